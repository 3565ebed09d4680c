"""Thoughts before a reply are no part of it, however they are marked and wherever the stream is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model.thoughts import Thoughts

HARMONY = "<|channel|>analysis<|message|>They ask of the park.<|end|><|start|>assistant<|channel|>final<|message|>"
CASES = [
    pytest.param("It opened in May.", "It opened in May.", id="none"),
    pytest.param("<think>Hm. In May?</think>It opened.", "It opened.", id="think"),
    pytest.param("\n <Thinking>Hm.</thinking>\nIt opened.", "\nIt opened.", id="thinking, with blanks and a capital"),
    pytest.param("[THINK]Hm. In May?[/THINK]It opened.", "It opened.", id="in square brackets"),
    pytest.param(f"{HARMONY}It opened.", "It opened.", id="harmony"),
    pytest.param("<|channel|>final<|message|>It opened.", "It opened.", id="harmony without thoughts"),
    pytest.param("<think>Hm. In May?", "", id="they never end"),
    pytest.param("<thi", "<thi", id="a beginning that is none"),
    pytest.param("<b>It</b> opened.", "<b>It</b> opened.", id="another tag"),
    pytest.param("It opened. <think>Hm.</think>", "It opened. <think>Hm.</think>", id="not before the reply"),
]


def reply(pieces: list[str]) -> str:
    thoughts = Thoughts()
    return "".join([*map(thoughts.feed, pieces), thoughts.close()])


@pytest.mark.parametrize(("text", "expected"), CASES)
@given(size=st.integers(1, 12))
def test_the_reply_is_what_follows_the_thoughts(text: str, expected: str, size: int) -> None:
    assert reply([text[place : place + size] for place in range(0, len(text), size)]) == expected


def test_a_reply_is_passed_on_as_it_comes() -> None:
    thoughts = Thoughts()
    assert [thoughts.feed(piece) for piece in ("<think>a", "</think>", "b", "c")] == ["", "", "b", "c"]
