"""Whose view a statement says it is, and whose the quotes."""

import pytest

from service.checks.speakers import said_by_another


@pytest.mark.parametrize(
    ("statement", "quote", "other"),
    [
        pytest.param("The port says that fees rose.", "In our view fees rose.", True, id="the authors' view"),
        pytest.param("The authors say that fees rose.", "In our view fees rose.", False, id="told as the authors'"),
        pytest.param("Fees rose.", "In our view fees rose.", False, id="nobody named"),
        pytest.param(
            "The port says that fees rose.", "We think so, and the port said fees rose.", False, id="both say it"
        ),
        pytest.param("The authors regard it as high.", "Some regard it as high.", True, id="the view of some"),
        pytest.param("港务局表示，收费上涨。", "在我们看来，收费上涨。", True, id="zh the authors' view"),
        pytest.param("作者认为收费上涨。", "我们认为收费上涨。", False, id="zh told as the authors'"),
    ],
)
def test_who_says_it(statement, quote, other):
    assert bool(list(said_by_another(statement, [quote]))) is other
