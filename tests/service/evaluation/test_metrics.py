import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.metrics import (
    auc,
    f1,
    hit_at,
    holds,
    mean,
    percentile,
    reciprocal_rank,
    sentence_overlap,
)

SCORES = st.lists(st.integers(0, 6).map(float), max_size=12)


@pytest.mark.parametrize(
    ("positives", "negatives", "expected"),
    [
        pytest.param([0.9, 0.8], [0.1, 0.2], 1.0, id="apart"),
        pytest.param([0.1], [0.9, 0.8], 0.0, id="upside down"),
        pytest.param([0.5, 0.5], [0.5], 0.5, id="all tied"),
        pytest.param([0.9, 0.4], [0.4, 0.1], 0.875, id="one tie among four pairs"),
        pytest.param([], [0.4], None, id="no positives"),
        pytest.param([0.4], [], None, id="no negatives"),
    ],
)
def test_auc(positives, negatives, expected):
    assert auc(positives, negatives) == expected


@given(SCORES, SCORES)
def test_auc_is_the_share_of_pairs_won(positives, negatives):
    pairs = list(product(positives, negatives))
    wins = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs)
    expected = wins / len(pairs) if pairs else None
    assert auc(iter(positives), iter(negatives)) == (pytest.approx(expected) if pairs else None)


@given(SCORES, SCORES)
def test_auc_of_swapped_classes_is_the_complement(positives, negatives):
    if positives and negatives:
        assert auc(positives, negatives) + auc(negatives, positives) == pytest.approx(1)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        pytest.param([], 0.5, None, id="nothing"),
        pytest.param([7.0], 0.95, 7.0, id="one value"),
        pytest.param([4.0, 1.0, 3.0, 2.0], 0.5, 2.5, id="between the middle two"),
        pytest.param(range(101), 0.95, 95, id="on a value"),
        pytest.param([1.0, 2.0], 1.0, 2.0, id="the largest"),
        pytest.param([1.0, 2.0], 0.0, 1.0, id="the smallest"),
    ],
)
def test_percentile(values, share, expected):
    assert percentile(values, share) == expected


def test_mean_of_nothing_is_unknown():
    assert mean([]) is None
    assert mean([True, False, False, True]) == 0.5


@pytest.mark.parametrize(
    ("hits", "false_alarms", "misses", "expected"),
    [
        pytest.param(3, 1, 2, 6 / 9, id="some of each"),
        pytest.param(2, 0, 0, 1.0, id="all right"),
        pytest.param(0, 5, 2, 0.0, id="none right"),
        pytest.param(0, 5, 0, None, id="nothing to find"),
    ],
)
def test_f1(hits, false_alarms, misses, expected):
    assert f1(hits=hits, false_alarms=false_alarms, misses=misses) == expected


@pytest.mark.parametrize(
    ("ranked", "gold", "expected"),
    [
        pytest.param(["a", "b"], {"a"}, 1.0, id="first"),
        pytest.param(["x", "y", "z", "a"], {"a", "q"}, 0.25, id="fourth"),
        pytest.param(["x", "b", "a"], {"a", "b"}, 0.5, id="the better of two"),
        pytest.param([*"0123456789", "a"], {"a"}, 0.0, id="below the depth"),
        pytest.param([], {"a"}, 0.0, id="nothing found"),
    ],
)
def test_reciprocal_rank(ranked, gold, expected):
    assert reciprocal_rank(ranked, gold) == expected


def test_hit_at_looks_no_deeper_than_told():
    assert hit_at(["x", "a"], {"a"}, 2)
    assert not hit_at(["x", "a"], {"a"}, 1)


LONG = "The valley was set up in 2011 by the city"


@pytest.mark.parametrize(
    ("quoted", "marked", "expected"),
    [
        pytest.param(["A one.", "B two."], ["A one.", "C three.", "D four."], (1 / 2, 1 / 3, 0.4), id="one in common"),
        pytest.param(["A  one.\n"], [" A one."], (1, 1, 1), id="blanks differ"),
        pytest.param(["Caf\u0065\u0301 one."], ["Caf\u00e9 one."], (1, 1, 1), id="composed differently"),
        pytest.param([LONG + "."], ["2. " + LONG + "."], (1, 1, 1), id="a list number in front"),
        pytest.param([LONG + "."], ["2. " + LONG], (0, 0, 0), id="neither within the other"),
        pytest.param([], ["A one."], (0, 0, 0), id="nothing quoted"),
        pytest.param(["B two."], ["A one."], (0, 0, 0), id="nothing in common"),
        pytest.param(["A one.", "A one."], ["A one."], (1, 1, 1), id="quoted twice"),
        pytest.param(["一。", "二。"], ["一。", "二。"], (1, 1, 1), id="Chinese"),
    ],
)
def test_sentence_overlap(quoted, marked, expected):
    overlap = sentence_overlap(quoted, marked)
    assert (overlap.precision, overlap.recall, overlap.f1) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("inner", "outer", "same"),
    [
        pytest.param("x" * 80, "x" * 100, True, id="four fifths of it"),
        pytest.param("x" * 79, "x" * 100, False, id="less"),
        pytest.param("x" * 50 + "y" + "x" * 39, "x" * 100, False, id="long enough, not within"),
    ],
)
def test_a_sentence_within_another_counts_from_four_fifths(inner, outer, same):
    assert (sentence_overlap([inner], [outer]).f1 == 1) is same
    assert (sentence_overlap([outer], [inner]).f1 == 1) is same


@given(
    st.lists(st.text("ab ", min_size=1, max_size=6), max_size=5),
    st.lists(st.text("ab ", min_size=1, max_size=6), min_size=1, max_size=5),
)
def test_overlap_swaps_precision_and_recall_with_its_sides(quoted, marked):
    there, back = sentence_overlap(quoted, marked), sentence_overlap(marked, quoted)
    assert (there.precision, there.recall) == (back.recall, back.precision)
    assert 0 <= there.f1 <= 1
    assert math.isclose(there.f1, back.f1)


@pytest.mark.parametrize(
    ("text", "wanted", "held"),
    [
        pytest.param("Made by WuXi AppTec [1]", "wuxi apptec", True, id="case aside"),
        pytest.param("WuXi\n AppTec", "WuXi AppTec", True, id="blanks aside"),
        pytest.param("合同研究组织（CRO）", "研究组织", True, id="Chinese"),
        pytest.param("1,000 firms", "1000", False, id="digits as written"),
    ],
)
def test_holds(text, wanted, held):
    assert holds(text, wanted) is held
