"""What bounds a number goes with it, so that "no more than four" is not read as four."""

import pytest

from corpus.article import Span
from service.quotes.bounds import with_bounds


@pytest.mark.parametrize(
    ("text", "number", "bounded"),
    [
        pytest.param("We saw four mills.", "four mills", "four mills", id="none"),
        pytest.param("We saw no more than four mills.", "four mills", "no more than four mills", id="no more than"),
        pytest.param("It has over 340 firms.", "340 firms", "over 340 firms", id="over"),
        pytest.param("It lasts between 12 and 36 months.", "36 months", "between 12 and 36 months", id="between"),
        pytest.param(
            "It cost between £3 million and £4 million.", "£4 million", "between £3 million and £4 million", id="sums"
        ),
        pytest.param(
            "Rent is 62 yuan per square metre a month.", "62 yuan", "62 yuan per square metre a month", id="a rate"
        ),
        pytest.param("It closed before 1990.", "1990", "before 1990", id="a day"),
        pytest.param("It has four or more.", "four", "four or more", id="or more"),
        pytest.param("比例不低于百分之五十。", "百分之五十", "不低于百分之五十", id="Chinese"),
        pytest.param("共有300家以上。", "300家", "300家以上", id="Chinese, behind"),
        pytest.param("turnover 12", "12", "12", id="the end of another word"),
        pytest.param("four", "four", "four", id="nothing else"),
    ],
)
def test_bounds_go_with_what_they_bound(text: str, number: str, bounded: str) -> None:
    start = text.index(number)
    assert with_bounds(Span(start, start + len(number)), text).of(text) == bounded
