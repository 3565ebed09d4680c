"""How much newer articles come before older ones."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ranking.recency import AGE_SHARE, ON_TOPIC, newer_first, newest_articles_first

DATES = {"new": date(2025, 6, 1), "year": date(2024, 6, 1), "old": date(2015, 1, 1)}

ranked = st.lists(st.tuples(st.sampled_from(["new", "year", "old", "undated"]), st.floats(0, 1)), max_size=12)


def order(names: list[str], scores: list[float]) -> list[str]:
    return [name for name, _ in sorted(zip(names, scores, strict=True), key=lambda pair: -pair[1])]


@pytest.mark.parametrize(
    ("passages", "first"),
    [
        pytest.param([("old", 0.60), ("new", 0.58)], "new", id="a near tie goes to the newer"),
        pytest.param([("undated", 0.60), ("new", 0.58)], "new", id="what has no date counts as old"),
        pytest.param([("old", 0.60), ("new", 0.50)], "old", id="a better passage stays first"),
        pytest.param([("old", 0.60), ("undated", 0.59)], "old", id="nothing newer, nothing changes"),
    ],
)
def test_newer_first_parts_near_ties_alone(passages: list[tuple[str, float]], first: str) -> None:
    assert order([name for name, _ in passages], newer_first(passages, DATES))[0] == first


@given(passages=ranked)
def test_age_takes_a_small_share_at_most(passages: list[tuple[str, float]]) -> None:
    for (name, before), after in zip(passages, newer_first(passages, DATES), strict=True):
        assert before * (1 - AGE_SHARE) - 1e-9 <= after <= before
        assert name != "new" or after == before


def test_the_newest_article_on_the_topic_comes_first() -> None:
    passages = [("old", 0.6), ("year", 0.55), ("new", 0.5), ("undated", 0.2)]
    scores = newest_articles_first(passages, DATES)
    assert order([name for name, _ in passages], scores) == ["new", "year", "old", "undated"]


def test_an_article_off_the_topic_is_not_first_for_being_new() -> None:
    passages = [("old", 0.6), ("new", 0.6 * ON_TOPIC - 0.01)]
    scores = newest_articles_first(passages, DATES)
    assert scores[0] == 0.6
    assert scores[1] < scores[0]


@given(passages=ranked)
def test_no_score_rises(passages: list[tuple[str, float]]) -> None:
    scores = newest_articles_first(passages, DATES)
    assert all(0 <= after <= before for (_, before), after in zip(passages, scores, strict=True))
    assert newest_articles_first([], DATES) == []


@given(passages=ranked)
def test_passages_of_one_article_keep_their_order(passages: list[tuple[str, float]]) -> None:
    scores = newest_articles_first(passages, DATES)
    for name in DATES:
        own = [(before, after) for (other, before), after in zip(passages, scores, strict=True) if other == name]
        assert all(a[1] <= b[1] for a in own for b in own if a[0] <= b[0])
