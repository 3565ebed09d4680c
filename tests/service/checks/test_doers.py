"""Who did what to whom."""

import pytest

from corpus.language import Analyzer
from service.checks.doers import done_by_another, turned_round


@pytest.mark.parametrize(
    ("statement", "quote", "turned"),
    [
        pytest.param("Solexa acquired Illumina.", "Illumina acquired Solexa.", True, id="turned round"),
        pytest.param("Solexa acquired Illumina.", "Illumina, which acquired Solexa, grew.", True, id="of a clause"),
        pytest.param(
            "Solexa acquired the American company Illumina in 2007.",
            "It passed to the American company Illumina, which acquired Solexa in 2007.",
            True,
            id="words between",
        ),
        pytest.param("Solexa was acquired by Illumina.", "Illumina acquired Solexa.", False, id="in the passive"),
        pytest.param("Solexa was acquired by Illumina.", "Illumina was acquired by Solexa.", True, id="both passive"),
        pytest.param("Solexa bought Illumina.", "Illumina acquired Solexa.", False, id="another verb tells nothing"),
        pytest.param("Ada Lee joined Brill.", "Ada Lee joined Brill in May.", False, id="the same"),
        pytest.param(
            "Solexa acquired Illumina.",
            "Illumina acquired Solexa, and Solexa acquired Illumina.",
            False,
            id="both told",
        ),
    ],
)
def test_doer_and_done_to(statement: str, quote: str, turned: bool, analyzer: Analyzer) -> None:
    assert turned_round(statement, quote, analyzer) is turned


GRANTED = (
    "Brill tests the looms, but the licence itself is granted by the Ulverby Council. The mill was sold by Norvane."
)


@pytest.mark.parametrize(
    ("statement", "quote", "doer"),
    [
        pytest.param("Brill grants the licence itself.", GRANTED, "Ulverby Council", id="another one"),
        pytest.param("The Ulverby Council grants the licence.", GRANTED, None, id="the same"),
        pytest.param("The Council granted the licence.", GRANTED, None, id="the same, for short"),
        pytest.param("UC grants the licence.", GRANTED, None, id="somebody who may be the same"),
        pytest.param("Brill granted a loan.", GRANTED, None, id="something else"),
        pytest.param(
            "Brill granted the licence.", f"{GRANTED} Brill granted the first licence.", None, id="both are told"
        ),
        pytest.param("The licence is granted by Brill.", GRANTED, "Ulverby Council", id="another one, in the passive"),
        pytest.param("The licence is granted by the Ulverby Council.", GRANTED, None, id="the same, in the passive"),
    ],
)
def test_who_does_it(statement, quote, doer):
    assert done_by_another(statement, quote, Analyzer()) == doer
