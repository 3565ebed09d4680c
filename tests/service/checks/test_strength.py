"""What a statement claims beyond its quotes."""

import pytest

from service.checks.strength import claims_more


@pytest.mark.parametrize(
    ("statement", "quote", "more"),
    [
        pytest.param("It is the only mill.", "It is one of the mills.", True, id="only"),
        pytest.param("It is the only mill.", "It is the sole mill.", False, id="only, in another word"),
        pytest.param("It spins not only wool.", "It spins wool and flax.", False, id="not only"),
        pytest.param("All tenants pay.", "New tenants pay.", True, id="all"),
        pytest.param("All tenants pay.", "Each tenant pays.", False, id="all for each"),
        pytest.param("A firm must start within a month.", "A firm may start within a month.", True, id="must"),
        pytest.param("A firm must file.", "A firm is required to file.", False, id="must, in other words"),
        pytest.param("所有企业免租。", "新企业免租。", True, id="zh all"),
        pytest.param(
            "The council has approved it.", "It opens if the council approves it.", True, id="done for planned"
        ),
        pytest.param("The council has approved it.", "The council approved it.", False, id="done"),
        pytest.param("They have put up towers.", "They now want to put up towers.", True, id="done for wanted"),
        pytest.param(
            "It has closed the gap.", "It has tried, and expects to close the gap.", True, id="another is done"
        ),
        pytest.param("It had two models.", "It will have two models.", False, id="no deed"),
        pytest.param("The council plans to approve it.", "It opens if approved.", False, id="planned"),
    ],
)
def test_what_is_claimed_beyond_the_quotes(statement: str, quote: str, more: bool) -> None:
    assert bool(list(claims_more(statement, [quote]))) is more
