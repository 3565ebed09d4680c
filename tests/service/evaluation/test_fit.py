"""The threshold that parts answerable from unanswerable questions best, and what to expect of it."""

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadInput
from service.evaluation.fit import Errors, choose, errors_at, expected, fit
from service.threshold import Fitted

CONFIDENCES = st.lists(st.integers(0, 10_000).map(lambda n: n / 10_000), min_size=1, max_size=40)


def errors(threshold: float, answerable: Sequence[float], unanswerable: Sequence[float]) -> Errors:
    return errors_at(threshold, sorted(answerable), sorted(unanswerable))


def test_both_errors_are_counted() -> None:
    found = errors(0.5, [0.2, 0.5, 0.9, 0.8], [0.1, 0.5])
    assert found == Errors(false_answers=1, false_refusals=1, unanswerable=2, answerable=4)
    assert (found.false_answer_rate, found.false_refusal_rate, found.together) == (0.5, 0.25, 0.75)


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "threshold"),
    [
        pytest.param([0.8, 0.9], [0.1, 0.2], 0.5, id="the middle of the gap"),
        # Below 0.8 or above it costs the same, and between 0.5 and 0.8 lie several questions of both kinds.
        pytest.param(
            [0.5, 0.55, 0.58, *[0.9] * 5], [*[0.1] * 5, 0.6, 0.65, 0.8], 0.325, id="of two gaps as good the wider"
        ),
        pytest.param([1.0, 1.0], [0.0, 0.0], 0.5, id="sure of everything"),
        # 0.35 and 0.45 are one question each, which narrow the gap from 0.3 to 0.6 but don't close it.
        pytest.param([0.6, 0.7, 0.8, 0.35], [0.1, 0.2, 0.3, 0.45], 0.45, id="a question more or less is nothing"),
    ],
)
def test_the_threshold_chosen(answerable: list[float], unanswerable: list[float], threshold: float) -> None:
    assert choose(answerable, unanswerable) == pytest.approx(threshold)


@given(CONFIDENCES, CONFIDENCES)
def test_no_threshold_is_better_by_more_than_one_question(answerable: list[float], unanswerable: list[float]) -> None:
    chosen = choose(answerable, unanswerable)
    assert 0 < chosen < 1
    least = min(errors(n / 100, answerable, unanswerable).together for n in range(1, 101))
    slack = 1 / max(len(answerable), len(unanswerable))
    assert errors(chosen, answerable, unanswerable).together <= least + slack + 1e-6


@given(CONFIDENCES, CONFIDENCES, st.randoms())
def test_the_order_of_the_questions_is_nothing_to_it(
    answerable: list[float], unanswerable: list[float], random: Random
) -> None:
    shuffled = random.sample(answerable, len(answerable)), random.sample(unanswerable, len(unanswerable))
    assert choose(*shuffled) == choose(answerable, unanswerable)


def test_every_question_is_judged_once_by_a_threshold_made_without_it() -> None:
    # One unanswerable question is surer than all but the last answerable one: a threshold that had seen it would
    # not be lower for it, yet it is answered.
    found = expected([0.7, 0.8, 0.9] * 5, [0.1] * 11 + [0.95])
    assert (found.answerable, found.unanswerable) == (15, 12)
    assert (found.false_answers, found.false_refusals) == (1, 0)


@pytest.mark.parametrize("seed", range(5))
def test_where_nothing_but_chance_was_fitted_worse_is_expected(seed: int) -> None:
    random = Random(seed)
    answerable, unanswerable = ([random.random() for _ in range(40)] for _ in range(2))
    fitted = errors(choose(answerable, unanswerable), answerable, unanswerable).together
    assert fitted < expected(answerable, unanswerable).together


def fitted(answerable: list[float], unanswerable: list[float]) -> Fitted:
    return fit(answerable, unanswerable, scores="s", questions="q.jsonl", digest="d", day=date(2026, 3, 4))


def test_what_is_stored_says_where_it_came_from() -> None:
    found = fitted([0.8] * 12, [0.2] * 10)
    assert (found.value, found.scores, found.questions, found.digest, found.day) == (
        0.5, "s", "q.jsonl", "d", "2026-03-04",
    )  # fmt: skip
    assert (found.answerable, found.unanswerable) == (12, 10)
    assert (found.false_answer_rate, found.false_refusal_rate) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "reason"),
    [
        pytest.param([0.9] * 30, [0.1] * 9, "q.jsonl holds 9 unanswerable questions: .* 10 or more", id="unanswerable"),
        pytest.param([0.9] * 9, [0.1] * 30, "q.jsonl holds 9 answerable questions: .* 10 or more", id="answerable"),
        pytest.param([0.1] * 20, [0.9] * 20, "no threshold tells", id="the wrong way round"),
        pytest.param([0.5] * 20, [0.5] * 20, "no threshold tells", id="all alike"),
    ],
)
def test_what_nothing_can_be_fitted_on(answerable: list[float], unanswerable: list[float], reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        fitted(answerable, unanswerable)
