"""What somebody supposes is asked about; it need not be true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.question.claims import as_asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param(
            "I was told the mill opened in 1990. Is that right?", "is it so that the mill opened in 1990?", id="told"
        ),
        pytest.param(
            "So the mill is closed, right?", "is it so that the mill is closed?", id="what joins it is left out"
        ),
        pytest.param(
            "My boss says the mill opened in 1990; is he right?",
            "is it so that the mill opened in 1990?",
            id="somebody says",
        ),
        pytest.param(
            "Correct me if I'm wrong: the mill opened in 1990?",
            "is it so that the mill opened in 1990?",
            id="correct me",
        ),
        pytest.param(
            "Hi there, is it true that the mill has ten wheels?", "is it so that the mill has ten wheels?", id="greeted"
        ),
        pytest.param(
            "The mill has ten wheels, doesn't it?", "is it so that The mill has ten wheels?", id="a question tag"
        ),
        pytest.param("Wasn't the mill opened in 1990?", "Was the mill opened in 1990?", id="a denial"),
        pytest.param(
            "I heard the mill only opened in 1990. Is that the right founding year?",
            "the mill opened. what is the founding year?",
            id="the right year",
        ),
        pytest.param(
            "There can't be more than a couple of hundred mills in Ulverby, surely. What is the real figure?",
            "how many mills in Ulverby?",
            id="the real figure",
        ),
        pytest.param(
            "Am I right that the mill has just the one title? If not, what are they?",
            "the mill has title? what are they?",
            id="if not",
        ),
        pytest.param(
            "I take it no large firm has moved to Ulverby. Or has one, and if so who?",
            "which large firm has moved to Ulverby?",
            id="none, or which",
        ),
        pytest.param(
            "The mill has only been there since 1990, hasn't it? When was it built?",
            "The mill has been there. When was it built?",
            id="checked, and asked on",
        ),
        pytest.param(
            "There can't be more than ten mills in Ulverby, can there? How many are there?",
            "mills in Ulverby. How many are there?",
            id="checked otherwise, and asked on",
        ),
        pytest.param("谷里应该只有两三百家企业吧？实际有多少？", "谷里有多少家企业？", id="the real figure, Chinese"),
        pytest.param("磨坊只有一个称号吧？如果不是，是哪几个？", "磨坊一个称号吧？是哪几个？", id="if not, Chinese"),
    ],
)
def test_a_claim_becomes_a_question(text: str, asked: str) -> None:
    assert as_asked(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("When was the mill opened?", id="a plain question"),
        pytest.param("Was the mill opened in 1990?", id="a yes or no"),
        pytest.param("I heard of a mill in Ulverby, what is it called?", id="heard of"),
        pytest.param("I read the article, who wrote it?", id="it asks itself"),
        pytest.param("Which mill is the real one?", id="real"),
        pytest.param("Is a number prime or not?", id="or not"),
        pytest.param("听说磨坊有十个轮子，对吗？", id="Chinese asks so as it is"),
        pytest.param("", id="empty"),
    ],
)
def test_other_questions_stay(text: str) -> None:
    assert as_asked(text) == text


@given(st.text(max_size=200))
def test_something_is_always_left_of_something(text: str) -> None:
    assert bool(as_asked(text).strip()) or not text.strip()
