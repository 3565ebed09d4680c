"""Tables and JSON are read as the lines that they might have been, wherever the stream is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model.structured import Structured

HEAD = "| Mill | Opened | Source |\n|---|:-:|---|\n"
CASES = [
    pytest.param("One is.\nTwo are.", "One is.\nTwo are.", id="none"),
    pytest.param(f"{HEAD}| Brill | 1980 | [S-7f3a] |\n", "- Brill – opened: 1980 [S-7f3a]\n", id="a table"),
    pytest.param(
        f"So:\n\n{HEAD}| Brill | 1980 | |\n\nOne is.", "So:\n\n- Brill – opened: 1980\n\nOne is.", id="in text"
    ),
    pytest.param(
        "| | Brill |\n|---|---|\n| Rent | low [S-7f3a] |", "- Brill – rent: low [S-7f3a]\n", id="an empty corner"
    ),
    pytest.param("| A | B |\n|-|-|\n| Ada | She left [S-7f3a]. |", "- Ada: She left [S-7f3a].\n", id="a sentence"),
    pytest.param("| 项目 | 说明 |\n|-|-|\n| 磨坊 | 磨坊很大。 |", "- 磨坊：磨坊很大。\n", id="zh a sentence"),
    pytest.param("| a | b |\n| c | d |\n| e | f |", "- a: b\n- c: d\n- e: f\n", id="no head"),
    pytest.param('{"answer": "One is.", "keys": ["S-7f3a"]}', "One is. [S-7f3a]", id="JSON"),
    pytest.param('```json\n{"text": "One is [S-7f3a]."}\n```', "One is [S-7f3a]. ", id="JSON in a fence"),
    pytest.param('{"answer": ["One is.", "Two are."]}', "One is.\nTwo are. ", id="JSON with a list"),
    pytest.param('{"answer": "One is', '{"answer": "One is', id="JSON that is cut off"),
    pytest.param("{S-7f3a} One is.", "{S-7f3a} One is.", id="braces that are no JSON"),
    pytest.param("```\nOne is.\n```", "```\nOne is.\n```", id="a fence without JSON"),
]


def read(pieces: list[str]) -> str:
    structured = Structured()
    return "".join([*map(structured.feed, pieces), structured.close()])


@pytest.mark.parametrize(("text", "expected"), CASES)
@given(size=st.integers(1, 12))
def test_what_a_structured_reply_says(text: str, expected: str, size: int) -> None:
    assert read([text[place : place + size] for place in range(0, len(text), size)]) == expected


def test_text_is_passed_on_as_it_comes() -> None:
    structured = Structured()
    assert [structured.feed(piece) for piece in ("One", " is", ".\n|", " a |")] == ["One", " is", ".\n", ""]
