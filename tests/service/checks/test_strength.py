"""What a statement claims beyond its quotes."""

import pytest

from corpus.language import Analyzer
from service.checks.strength import claims_more, ranked_otherwise, ranks_higher, told_as_fact


@pytest.mark.parametrize(
    ("statement", "quote", "more"),
    [
        pytest.param("It is the largest mill.", "It is the oldest mill.", True, id="another superlative"),
        pytest.param("It is the oldest mill.", "The mill is older than any other.", False, id="one for a comparison"),
        pytest.param("It has an interest in a forest.", "It owns woods.", False, id="no superlatives"),
        pytest.param("它是最大的园区。", "它是第一座园区。", True, id="zh a superlative"),
        pytest.param("它最终成为园区。", "它成为园区。", False, id="zh none"),
        pytest.param("It builds depth rather than width.", "It builds depth and no width.", False, id="rather than"),
        pytest.param(
            "Firms with more than £3 million pay.", "Firms above £3 million pay.", False, id="a sum as a bound"
        ),
        pytest.param("It is the only mill.", "It is one of the mills.", True, id="only"),
        pytest.param("It plans to move.", "It moved in June.", True, id="planned for done"),
        pytest.param("It plans to move.", "It will move in June.", False, id="planned"),
        pytest.param("It aims to build deep piers.", "Its agenda is to build deep piers.", False, id="an aim"),
        pytest.param("As a result, rents are low.", "Rents are low.", True, id="a result of the sentence before"),
        pytest.param("Therefore, rents are low.", "Rents are low.", True, id="the same in another word"),
        pytest.param("As a result, rents are low.", "Rents are low because of this.", False, id="a result"),
        pytest.param("因此，租金很低。", "租金很低。", True, id="zh a result"),
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
        pytest.param(
            "It completed the pier in 2013.", "In 2013 it announced a pier.", True, id="finished for announced"
        ),
        pytest.param("It completed the pier in 2013.", "It announced the completion.", False, id="finished"),
        pytest.param("他们完成了搬迁。", "他们宣布搬迁。", True, id="zh finished for announced"),
        pytest.param("It inevitably brings bias.", "It can bring in bias.", True, id="inevitably"),
        pytest.param("Most ferries are full.", "Some ferries are full.", True, id="most"),
        pytest.param("Most ferries are full.", "73% of the ferries are full.", False, id="most, as a share"),
        pytest.param("It is certain that they sank.", "They may have sunk.", True, id="certain"),
        pytest.param("码头归学院所有。", "学院拥有码头。", False, id="zh owned"),
        pytest.param("It sailed before it was paid.", "It sailed and was paid.", True, id="an order"),
        pytest.param("It sailed before it was paid.", "It sailed, and later it was paid.", False, id="an order told"),
        pytest.param("It has more decks than theirs.", "It has decks, and so has theirs.", True, id="compared"),
        pytest.param("Brill, the owner of it, spins rather than weaves.", "Brill spins.", False, id="no degree"),
        pytest.param("It has more than 5 decks.", "It has 7 decks.", False, id="no comparison"),
        pytest.param("The council plans to approve it.", "It opens if approved.", False, id="planned"),
    ],
)
def test_what_is_claimed_beyond_the_quotes(statement: str, quote: str, more: bool) -> None:
    assert bool(list(claims_more(statement, [quote]))) is more


@pytest.mark.parametrize(
    ("statement", "quote", "more"),
    [
        pytest.param("The crews wore new suits.", "The crews would begin wearing new suits.", True, id="to come"),
        pytest.param("The port moved north.", "The port may move north.", True, id="possible"),
        pytest.param("The port may move north.", "The port might move north.", False, id="told as possible"),
        pytest.param("The port moved north.", "It said it would move, and it moved north.", False, id="done as well"),
        pytest.param("Keller was to move north.", "Keller would move north.", False, id="told as to come"),
    ],
)
def test_what_is_told_as_a_fact(statement: str, quote: str, more: bool, analyzer: Analyzer) -> None:
    assert bool(list(told_as_fact(statement, [quote], analyzer))) is more


@pytest.mark.parametrize(
    ("statement", "quote", "otherwise"),
    [
        pytest.param("It is the second oldest mill.", "It is the oldest mill.", True, id="second for first"),
        pytest.param("It is the oldest mill.", "It is the second-oldest mill.", True, id="first for second"),
        pytest.param("It is the oldest mill.", "It is the oldest mill.", False, id="the same"),
        pytest.param("It is the second oldest mill.", "It is the largest mill.", False, id="another order"),
        pytest.param("It is the second modest mill.", "It is a modest mill.", False, id="no superlative"),
        pytest.param("它是第二座磨坊。", "它是第一座磨坊。", True, id="zh"),
        pytest.param("它是第二座磨坊。", "它是第二座磨坊，第一座在北部。", False, id="zh both"),
    ],
)
def test_places_in_an_order(statement, quote, otherwise):
    assert bool(list(ranked_otherwise(statement, [quote]))) is otherwise


@pytest.mark.parametrize(
    ("statement", "quote", "higher"),
    [
        pytest.param("Brill is the oldest mill.", "Brill is one of the oldest mills.", True, id="one of them"),
        pytest.param("Brill is one of the oldest mills.", "Brill is among the oldest mills.", False, id="among them"),
        pytest.param(
            "Brill is the oldest mill.", "Brill is the oldest mill, one of the largest.", False, id="of another degree"
        ),
        pytest.param("The best-known mill is Brill.", "It is one of the best-known mills.", True, id="of two words"),
        pytest.param("Flax is more useful than wool.", "Flax is as useful as wool.", True, id="more for as much"),
        pytest.param("Flax is faster than wool.", "Flax is as fast as wool.", True, id="the same in one word"),
        pytest.param("Flax is as useful as wool.", "Flax is as useful as wool.", False, id="as much"),
        pytest.param("Flax is less useful than wool.", "Flax is not as useful as wool.", False, id="not as much"),
        pytest.param(
            "Flax is more useful than wool.", "It is as useful as silk, and more useful than wool.", False, id="both"
        ),
    ],
)
def test_degrees(statement: str, quote: str, higher: bool) -> None:
    assert bool([*ranks_higher(statement, [quote])]) is higher
