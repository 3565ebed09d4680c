"""The small words, what a question asks for, and what sort of sentence answers it."""

import pytest

from corpus.language import Analyzer
from service.kinds import Kind, fits, kind_of
from service.words import LIGHT_ZH, STOP_ZH


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        pytest.param("In which year were most boats built?", Kind.WHEN, id="a year before a list"),
        pytest.param("How long is the pier?", Kind.QUANTITY, id="how long, not how"),
        pytest.param("What percentage of firms export?", Kind.QUANTITY, id="a percentage"),
        pytest.param("What caused the closure?", Kind.WHY, id="a cause"),
        pytest.param("Which city hosts the fair?", Kind.WHERE, id="which city, not which"),
        pytest.param("Whose mill was it?", Kind.WHO, id="whose"),
        pytest.param("What are the main tenants?", Kind.LIST, id="what are the ...s"),
        pytest.param("Name three tenants.", Kind.LIST, id="an order"),
        pytest.param("园区和港口相比怎么样？", Kind.COMPARISON, id="zh compared"),
        pytest.param("港口几乎关闭", Kind.OTHER, id="zh nearly is no number"),
        pytest.param("WHEN DID IT OPEN", Kind.WHEN, id="capitals"),
        pytest.param("", Kind.OTHER, id="nothing"),
    ],
)
def test_the_words_that_ask_decide_the_kind(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    ("kind", "fitting", "other"),
    [
        pytest.param(Kind.WHEN, "It opened in March.", "It opened to great joy.", id="en when"),
        pytest.param(Kind.WHEN, "港口于2012年启用。", "港口已经启用。", id="zh when"),
        pytest.param(Kind.QUANTITY, "It has 340 tenants.", "It has tenants.", id="en quantity"),
        pytest.param(Kind.QUANTITY, "It has three tenants.", "It has tenants.", id="en quantity in words"),
        pytest.param(Kind.QUANTITY, "园区有两百家企业。", "园区有企业。", id="zh quantity"),
        pytest.param(Kind.QUANTITY, "It has 340 tenants.", "It opened in 2009.", id="a year is no quantity"),
        pytest.param(Kind.WHERE, "It stands near Ulverby.", "It stands firm.", id="en where"),
        pytest.param(Kind.WHY, "It closed because rents rose.", "It closed.", id="en why"),
        pytest.param(Kind.WHY, "由于租金上涨，它关闭了。", "它关闭了。", id="zh why"),
        pytest.param(Kind.DEFINITION, "A slip is a ramp for boats.", "Boats need slips.", id="en definition"),
    ],
)
def test_a_sentence_with_what_is_asked_for_fits_better(kind: Kind, fitting: str, other: str) -> None:
    assert fits(kind, fitting) > 0 > fits(kind, other)


@pytest.mark.parametrize("kind", [Kind.OTHER, Kind.HOW, Kind.LIST, Kind.COMPARISON])
def test_where_any_sentence_may_answer_none_fits_better(kind: Kind) -> None:
    assert fits(kind, "It opened in 2009.") == fits(kind, "It stands firm.") == 0.0


def test_chinese_small_words_are_as_the_index_has_them(analyzer: Analyzer) -> None:
    assert {word for word in STOP_ZH | LIGHT_ZH if analyzer.normalise(word) != word} == set()
