"""The small words, and what a question asks for."""

import pytest

from corpus.language import Analyzer
from service.question.kinds import Kind, kind_of
from service.text.words import LIGHT_ZH, STOP_ZH


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


def test_chinese_small_words_are_as_the_index_has_them(analyzer: Analyzer) -> None:
    assert {word for word in STOP_ZH | LIGHT_ZH if analyzer.normalise(word) != word} == set()
