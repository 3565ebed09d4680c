"""Several questions in one are told apart, so that what the articles know of either can be answered."""

import pytest

from corpus.glossary import Glossary
from corpus.language import Analyzer
from service.question.followups import FollowUps
from service.question.parts import questions_in


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("When did the mill open and who runs it?", ("When did the mill open?", "who runs it?"), id="and"),
        pytest.param(
            "When did the mill open? Who runs it now?", ("When did the mill open?", "Who runs it now?"), id="one behind"
        ),
        pytest.param(
            "Who built the mill, when did it open and how many work there?",
            ("Who built the mill?", "when did it open?", "how many work there?"),
            id="three",
        ),
        pytest.param(
            "Do we know in which year it opened and how many firms it has?",
            ("Do we know in which year it opened?", "how many firms it has?"),
            id="told",
        ),
        pytest.param("磨坊是谁建的，花了多少钱？", ("磨坊是谁建的？", "花了多少钱？"), id="zh"),
        pytest.param("磨坊何时开业？谁在管理？", ("磨坊何时开业？", "谁在管理？"), id="zh one behind"),
        pytest.param("Who runs the mill and the yard?", (), id="two things"),
        pytest.param("How and when did the mill open?", (), id="two words that ask"),
        pytest.param("What is the difference between what a mill does and what a yard does?", (), id="compared"),
        pytest.param("The miller who came to the yard, what does he do there?", (), id="only says which one"),
        pytest.param("磨坊有哪些租户？", (), id="zh one"),
        pytest.param("在评估任何磨坊的能力时，最关键的是什么？", (), id="zh any"),
        pytest.param("听说镇上有几家磨坊，具体是哪几家？", (), id="zh heard of"),
        pytest.param("", (), id="empty"),
    ],
)
def test_questions_are_told_apart(text: str, parts: tuple[str, ...]) -> None:
    assert questions_in(text) == parts


def test_each_stands_on_its_own(glossary: Glossary, analyzer: Analyzer) -> None:
    parts = FollowUps(glossary, analyzer).parts("When did BioBAY open and who runs it now?")
    assert parts == {"When did BioBAY open?": ("When did BioBAY open?",), "who runs it now?": ("who runs BioBAY now?",)}
