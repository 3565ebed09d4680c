"""The same number in another unit or with another bound is another amount."""

import pytest

from service.checks.amounts import contrarily_bounded, otherwise_bounded, otherwise_measured


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
        pytest.param("It grows 5 tons per acre.", "It grows 5 tons per hectare.", True, id="a rate of land"),
        pytest.param("每公顷增加5吨。", "It grows 5 tons per hectare.", False, id="across languages, a rate"),
        pytest.param("The gap is 9 mm.", "The gap is 9 cm.", True, id="mm"),
        pytest.param("It rose 800 feet.", "It rose 800 inches.", True, id="feet"),
        pytest.param("It runs at 90 mph.", "It runs at 90 km/h.", True, id="a speed"),
        pytest.param("It runs at 90 miles per hour.", "It runs at 90 mph.", False, id="a speed in words"),
        pytest.param("It weighs 5 kg.", "It weighs 5 tonnes.", True, id="a weight"),
        pytest.param("It weighs 5 kilograms.", "It weighs 5 kg.", False, id="a weight in words"),
        pytest.param("箱子重5公斤。", "箱子重5吨。", True, id="zh a weight"),
        pytest.param("箱子重5千克。", "箱子重5公斤。", False, id="zh the same by another name"),
        pytest.param("The dose is 5 mg.", "The dose is 5 ml.", True, id="a dose"),
        pytest.param("It stores 5 GB.", "It stores 5 TB.", True, id="data"),
        pytest.param("It makes 5 MW.", "It makes 5 MWh.", True, id="power and energy"),
        pytest.param("It is 5 °C.", "It is 5 degrees Celsius.", False, id="degrees"),
        pytest.param("It paid £4m.", "It paid $4m and £5m.", True, id="the currency of another amount"),
        pytest.param("It paid 4 million pounds.", "It paid £4m.", False, id="a currency in words"),
        pytest.param("费用为5万美元。", "费用为5万元。", True, id="zh a currency"),
        pytest.param("It costs HK$5m.", "It costs US$5m.", True, id="dollars of another place"),
        pytest.param("It rose by 2 per cent.", "It rose by 2 percentage points.", True, id="percentage points"),
        pytest.param("It fell to $230 million.", "It fell by $230 million.", True, id="to for by"),
        pytest.param("It fell by $230 million.", "It cut them by $230 million.", False, id="by"),
        pytest.param("租金降至5万元。", "租金降低了5万元。", True, id="zh to for by"),
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


@pytest.mark.parametrize(
    ("statement", "quote", "contrary"),
    [
        pytest.param("It takes at least 120 days.", "It takes up to 120 days.", True, id="at least for at most"),
        pytest.param("It takes 120 days or more.", "It takes 120 days or less.", True, id="behind the number"),
        pytest.param("It has no fewer than 5 rooms.", "It has at least 5 rooms.", False, id="denied"),
        pytest.param("It is exactly a third of it.", "It is roughly a third of it.", True, id="exactly for about"),
        pytest.param("It is about a third of it.", "It is over a third of it.", False, id="about can't be told"),
        pytest.param("每次至少停留180天。", "每次停留最长180天。", True, id="zh at least for at most"),
        pytest.param("期限不少于10年。", "期限不低于10年。", False, id="zh the same"),
        pytest.param("奖项正好是十项。", "获得十多项奖。", True, id="zh exactly for more"),
    ],
)
def test_contrary_bounds(statement: str, quote: str, contrary: bool) -> None:
    assert bool(list(contrarily_bounded(statement, [quote]))) is contrary
