"""Whether what a question names stands in a text."""

import pytest

from service.sentences.presence import names_there


@pytest.mark.parametrize(
    ("question", "names"),
    [
        pytest.param("is Brill in the hollow?", {"hollow"}, id="a name, typed small"),
        pytest.param("is Brill in a hollow?", set(), id="any hollow"),
        pytest.param("who owns the firms?", set(), id="also an ordinary word there"),
        pytest.param("who owns the works?", set(), id="once alone"),
        pytest.param("who owns the Hollow?", set(), id="a name already"),
        pytest.param("", set(), id="empty"),
    ],
)
def test_a_word_that_a_text_has_as_a_name_alone_is_one(question: str, names: set[str]) -> None:
    text = (
        "In the Hollow firms are many. Brill bought the Works. Rents in the Hollow rose. Big Firms left, as Firms do."
    )
    assert names_there(question, text) == names
