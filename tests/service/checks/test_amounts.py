"""The same number in another unit or with another bound is another amount."""

import pytest

from service.checks.amounts import otherwise_bounded, otherwise_measured


@pytest.mark.parametrize(
    ("statement", "quote", "other"),
    [
        pytest.param("It takes 60 days.", "It takes 60 working days.", True, id="working days"),
        pytest.param("It takes 60 working days.", "It takes 60 working days.", False, id="the same"),
        pytest.param("It covers 278 square miles.", "It covers 278 square kilometres.", True, id="square miles"),
        pytest.param("它占地278平方公里。", "It covers 278 square kilometres.", False, id="across languages"),
        pytest.param("它占地278公顷。", "It covers 278 square kilometres.", True, id="across languages, another"),
        pytest.param("It lasts 3 years.", "It lasts 3 years, in 3 parts.", False, id="a number that stands twice"),
        pytest.param("It has 60 rooms.", "It takes 60 days.", False, id="no unit said"),
        pytest.param("Rent is £39 a month.", "Rent is £39 a year.", True, id="a rate"),
        pytest.param("It runs twice a day.", "It runs twice an hour.", True, id="how often"),
        pytest.param("It came a year later.", "It costs £39 a month.", False, id="no rate"),
        pytest.param("租金每年39元。", "租金每月39元。", True, id="zh a rate"),
    ],
)
def test_units(statement: str, quote: str, other: bool) -> None:
    assert bool(list(otherwise_measured(statement, [quote]))) is other


@pytest.mark.parametrize(
    ("statement", "quote", "other"),
    [
        pytest.param("It hosts about 1,000 firms.", "It hosts more than 1,000 firms.", True, id="about for more"),
        pytest.param("It hosts over 1,000 firms.", "It hosts more than 1,000 firms.", False, id="over is more than"),
        pytest.param("It hosts 1,000 firms.", "It hosts more than 1,000 firms.", False, id="left out"),
        pytest.param("It hosts about 1,000 firms.", "It hosts 1,000 firms.", False, id="about one that is exact"),
        pytest.param("It hosts over 1,000 firms.", "It hosts 1,000 firms.", True, id="more than one that is exact"),
        pytest.param("It is exactly 100 km away.", "It is about 100 km away.", True, id="exactly"),
        pytest.param("It keeps no more than 120 jobs.", "It keeps at least 120 jobs.", True, id="at most for at least"),
        pytest.param("It keeps no more than 120 jobs.", "It keeps at most 120 jobs.", False, id="a denied bound"),
        pytest.param("员工超过430人。", "员工约430人。", True, id="zh more for about"),
        pytest.param("员工430人左右。", "员工约430人。", False, id="zh about, behind"),
    ],
)
def test_bounds(statement: str, quote: str, other: bool) -> None:
    assert bool(list(otherwise_bounded(statement, [quote]))) is other
