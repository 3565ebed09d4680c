"""Two questions in one are told apart, so that what the articles know of either can be answered."""

import pytest

from corpus.glossary import Glossary
from corpus.language import Analyzer
from service.question.followups import FollowUps
from service.question.parts import two_questions


@pytest.mark.parametrize(
    ("text", "two"),
    [
        pytest.param("When did the mill open and who runs it?", ("When did the mill open?", "who runs it?"), id="and"),
        pytest.param(
            "When did the mill open? Who runs it now?", ("When did the mill open?", "Who runs it now?"), id="one behind"
        ),
        pytest.param("磨坊是谁建的，花了多少钱？", ("磨坊是谁建的？", "花了多少钱？"), id="zh"),
        pytest.param("Who runs the mill and the yard?", None, id="two things"),
        pytest.param("How and when did the mill open?", None, id="two words that ask"),
        pytest.param("磨坊有哪些租户？", None, id="zh one"),
        pytest.param("", None, id="empty"),
    ],
)
def test_two_questions_are_told_apart(text: str, two: tuple[str, str] | None) -> None:
    assert two_questions(text) == two


def test_the_second_stands_on_its_own(glossary: Glossary, analyzer: Analyzer) -> None:
    parts = FollowUps(glossary, analyzer).parts("When did BioBAY open and who runs it now?")
    assert parts == ("When did BioBAY open?", "who runs BioBAY now?")
