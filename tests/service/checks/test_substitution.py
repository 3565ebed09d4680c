"""Which words of a statement are others than those that the quotes have in their place."""

import pytest

from corpus.language import Analyzer
from service.checks.substitution import substituted

QUOTE = "Seamen were paid partly in advance before a long voyage. They spent their pay at once in the port."


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        pytest.param("Seamen were paid usually in advance before a voyage.", [("usually", "partly")], id="another"),
        pytest.param("Seamen were paid partly in advance before a long voyage.", [], id="the same"),
        pytest.param("Seamen were paid partly in advance before every long voyage.", [], id="one more word"),
        pytest.param("Sailors were paid partly in advance.", [("Sailors", "Seamen")], id="at the beginning"),
        pytest.param("They spent their wages at once.", [("wages", "pay")], id="in the second sentence"),
        pytest.param("Before a voyage their money went on drink.", [], id="nothing in the same place"),
        pytest.param("Seamen were paid twelve in advance before a voyage.", [], id="numbers are compared elsewhere"),
        pytest.param("They spent their pay at once in the town.", [], id="behind small words alone"),
        pytest.param("They took their pay at once in the port.", [], id="a verb that says little"),
        pytest.param("They spent to win it at once in the port.", [], id="a phrase of another shape"),
    ],
)
def test_a_word_among_the_same_words(statement: str, found: list[tuple[str, str]]) -> None:
    assert [(one.said, one.shown) for one in substituted(statement, [QUOTE], Analyzer())] == found


def test_what_another_sentence_says_so_is_said() -> None:
    quotes = [QUOTE, "Most seamen were paid usually in advance."]
    assert substituted("Seamen were paid usually in advance before a long voyage.", quotes, Analyzer()) == []


def test_nothing_is_compared_without_a_quote() -> None:
    assert substituted("Seamen were paid.", [], Analyzer()) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        pytest.param("It is home to 40 schools.", [("schools", "firms")], id="something else is counted"),
        pytest.param("It is home to 40 firms.", [], id="the same"),
        pytest.param("It is home to 40 young firms.", [], id="one more word"),
        pytest.param("It is home to 50 schools.", [], id="another number"),
    ],
)
def test_what_is_counted(statement: str, found: list[tuple[str, str]]) -> None:
    quote = "The mill is now home to more than 40 firms along the whole river Lenn."
    assert [(one.said, one.shown) for one in substituted(statement, [quote], Analyzer())] == found


@pytest.mark.parametrize(
    ("statement", "quote", "found"),
    [
        pytest.param(
            "The rules have been in force since 1 July.", "The rules, in effect since 1 July, stand.", [], id="a state"
        ),
        pytest.param(
            "试验数据质量的最终责任在合同研究组织。",
            "委托方可以把职责交给合同研究组织，但试验数据质量的最终责任始终在申办者。",
            [("合同研究组织", "申办者")],
            id="zh a word of several parts, and an adverb more",
        ),
        pytest.param("最终责任在申办者。", "最终责任始终在申办者。", [], id="zh the same"),
    ],
)
def test_words_of_other_shapes(statement: str, quote: str, found: list[tuple[str, str]]) -> None:
    assert [(one.said, one.shown) for one in substituted(statement, [quote], Analyzer())] == found
