"""An article that tells of the topic elsewhere too, and holds what the question names, raises its passages."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.question.units import Unit
from service.ranking.bm25 import LexicalScorer, Weighed
from service.ranking.whole_article import costs, with_articles

COSTS = (0.3, 0.1)  # of a name, of a word


def counted(*candidates: tuple[str, float, float, float]) -> list[float]:
    """Count articles in: of each candidate its article, its score, and how firmly name and word stand in it."""
    articles, scores, *held = zip(*candidates, strict=True)
    return with_articles(
        np.array(scores, np.float32), articles, np.array(held, np.float32), np.array(COSTS, np.float32)
    ).tolist()


@pytest.mark.parametrize(
    "candidates",
    [
        pytest.param([("a", 0.50, 1, 1), ("b", 0.51, 1, 1), ("a", 0.48, 1, 1)], id="its other passage tells of it too"),
        pytest.param([("a", 0.40, 1, 1), ("b", 0.50, 0, 1)], id="it alone holds the name"),
        pytest.param([("a", 0.50, 1, 1), ("b", 0.51, 1, 0)], id="it alone holds the word"),
        pytest.param(
            [("a", 0.50, 0, 1), ("b", 0.51, 0, 1), ("a", 0.10, 1, 0)], id="another passage of it holds the name"
        ),
    ],
)
def test_a_passage_rises_with_its_article(candidates: list[tuple[str, float, float, float]]) -> None:
    best, other, *_ = counted(*candidates)
    assert best > other


@pytest.mark.parametrize(
    "candidates",
    [
        pytest.param([("a", 0.52, 0, 0), ("b", 0.50, 0, 0)], id="no article holds what is asked: none lacks it"),
        pytest.param([("a", 0.70, 1, 0), ("b", 0.50, 1, 1)], id="a word less is no name less"),
        pytest.param([("a", 0.70, 1, 1), ("b", 0.50, 1, 1), ("b", 0.50, 1, 1)], id="far better than several others"),
    ],
)
def test_what_is_clearly_better_stays_so(candidates: list[tuple[str, float, float, float]]) -> None:
    best, other, *_ = counted(*candidates)
    assert best > other


def test_a_name_costs_more_than_a_word_as_heavy() -> None:
    name, word = (Unit(text, (text,), (), 1.0, text == "suzhou") for text in ("suzhou", "rent"))
    of_name, of_word = costs(LexicalScorer([Weighed(name, 2.0), Weighed(word, 2.0)], {}, {}, {}))
    assert of_name > 2 * of_word


def test_of_nothing_comes_nothing() -> None:
    assert with_articles(np.zeros(0, np.float32), [], np.zeros((2, 0), np.float32), np.zeros(2, np.float32)).size == 0


share = st.floats(0, 1, width=32)


@given(st.lists(st.tuples(st.sampled_from("abc"), share, share, share), min_size=1, max_size=9))
def test_scores_stay_shares_and_an_articles_passages_stay_in_order(
    candidates: list[tuple[str, float, float, float]],
) -> None:
    scores = counted(*candidates)
    assert all(0 <= score <= 1 + 1e-6 for score in scores)
    rows = [(article, before, after) for (article, before, *_), after in zip(candidates, scores, strict=True)]
    for one, other in permutations(rows, 2):
        if one[0] == other[0] and one[1] > other[1]:
            assert one[2] >= other[2]


@given(st.lists(st.tuples(st.sampled_from("abc"), share, share, share), min_size=1, max_size=9))
def test_the_rest_stays_as_it_is_where_an_article_is_left_out(
    candidates: list[tuple[str, float, float, float]],
) -> None:
    with_all = [score for (article, *_), score in zip(candidates, counted(*candidates), strict=True) if article != "a"]
    rest = [candidate for candidate in candidates if candidate[0] != "a"]
    assert not rest or counted(*rest) == pytest.approx(with_all)
