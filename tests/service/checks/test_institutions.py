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
