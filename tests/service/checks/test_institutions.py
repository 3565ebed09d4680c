"""A name that is put together of two."""

import pytest

from service.checks.institutions import put_together

QUOTE = "Vardo Ferry School works with Bergen University and the University of Narvik."


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        pytest.param("It works with Vardo University.", "Vardo University", id="of two names"),
        pytest.param("It works with Bergen University.", None, id="as it stands"),
        pytest.param("It works with Narvik University.", None, id="the words the other way round"),
        pytest.param("It works with the University of Bergen.", None, id="with of"),
    ],
)
def test_put_together(statement, found):
    assert put_together(statement, [QUOTE]) == found


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        pytest.param("Ada Vik won the Nord Prize in Chemistry.", "Prize in Chemistry", id="another prize"),
        pytest.param("Ada Vik won the Nord Prize in Medicine.", None, id="the prize"),
        pytest.param("Ada Vik won the Nord Prize in Physiology.", None, id="a part of it"),
        pytest.param("Ada Vik is a professor of physics.", None, id="the other way round"),
        pytest.param("Ada Vik is a professor of chemistry.", "professor of chemistry", id="another chair"),
        pytest.param("Ada Vik won the Nord Prize in Law.", None, id="a field that no quote has"),
        pytest.param("Ada Vik leads a department of chemistry.", None, id="a thing that no quote has"),
    ],
)
def test_of_another_field(statement, found):
    quote = (
        "After years on the chemistry of salts Ada Vik, a physics professor and since May professor of geology,"
        " won the Nord Prize in Physiology or Medicine."
    )
    assert put_together(statement, [quote]) == found
