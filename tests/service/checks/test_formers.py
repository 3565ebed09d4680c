"""Whom "the former" and 后者 stand for."""

import pytest

from corpus.language import Analyzer
from service.checks.formers import with_formers_named
from service.verify import check


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param(
            "剑桥与南京互补：前者长于算法，后者长于制造。", "剑桥与南京互补：剑桥长于算法，南京长于制造。", id="zh"
        ),
        pytest.param(
            "Brill and Norvane differ: the former spins wool, the latter sells it.",
            "Brill and Norvane differ: Brill spins wool, Norvane sells it.",
            id="en",
        ),
        pytest.param(
            "Brill and Norvane met the former mayor of the latter town.",
            "Brill and Norvane met the former mayor of the latter town.",
            id="before a noun they stand for nothing",
        ),
        pytest.param("前者长于算法，后者长于制造。", "前者长于算法，后者长于制造。", id="two that are not named"),
        pytest.param("剑桥与南京互补，前者更大。", "剑桥与南京互补，前者更大。", id="one of them alone"),
    ],
)
def test_the_names_that_are_meant(analyzer: Analyzer, text: str, named: str) -> None:
    assert with_formers_named(text, analyzer) == named


def test_what_is_told_of_the_one_is_not_told_of_the_other(analyzer: Analyzer) -> None:
    quote = "剑桥与南京在这里互补：前者长于基础算法的提出，后者长于规模化的合成。"
    true, false = "剑桥长于基础算法的提出，南京长于规模化的合成。", "南京长于基础算法的提出，剑桥长于规模化的合成。"
    assert check(true, [quote], analyzer=analyzer).support == "supported"
    assert check(false, [quote], analyzer=analyzer).support == "unsupported"
