"""In which measure a question wants its number."""

import pytest

from service.text.measures import measures_asked, units_asked
from service.text.mentions import Measure, amounts


@pytest.mark.parametrize(
    ("question", "units"),
    [
        pytest.param("How much did Norvane raise?", {Measure.MONEY}, id="to raise"),
        pytest.param("How much do tenants pay?", {Measure.MONEY}, id="to pay"),
        pytest.param("What are the fees of the mill?", {Measure.MONEY}, id="fees"),
        pytest.param("What price did they agree on?", {Measure.MONEY}, id="a price"),
        pytest.param("What area does the park cover?", {Measure.AREA}, id="an area"),
        pytest.param("How long does a berth last?", {Measure.DURATION}, id="how long it lasts"),
        pytest.param("公司融资多少？", {Measure.MONEY}, id="zh funds raised"),
        pytest.param("房租是多少？", {Measure.MONEY}, id="zh rent"),
        pytest.param("合同金额是多少？", {Measure.MONEY}, id="zh a sum"),
        pytest.param("rent for a bench at the mill", {Measure.MONEY}, id="no question word"),
        pytest.param("tuition at Norvane", {Measure.MONEY}, id="tuition"),
        pytest.param("What is the maximum fine under the act?", {Measure.MONEY}, id="a fine"),
        pytest.param("the sum Norvane paid for the mill", {Measure.MONEY}, id="a sum that was paid"),
        pytest.param("What did Norvane pay for the mill?", {Measure.MONEY}, id="paid for something"),
        pytest.param("What did Norvane pay for?", set(), id="what it was paid for"),
        pytest.param("What did they spend the grant on?", set(), id="what it was spent on"),
        pytest.param("What was the mill valued at in 2024?", {Measure.MONEY}, id="a value"),
        pytest.param("What was the damage in pounds?", {Measure.MONEY}, id="a currency"),
        pytest.param("What were the sales in 2023?", {Measure.MONEY}, id="sales"),
        pytest.param("What were the sales managers told?", set(), id="who sells"),
        pytest.param("磨坊 经理 年薪", {Measure.MONEY}, id="zh no question word"),
        pytest.param("How much did the ferry raise its fares?", set(), id="fares are raised by a share"),
        pytest.param("渡轮的票价上涨了多少？", set(), id="zh fares rise by a share"),
        pytest.param("How much are they spending on the mill?", {Measure.MONEY}, id="what is being spent"),
        pytest.param("What share of boats sails?", {Measure.PERCENT}, id="a share"),
        pytest.param("奖金占利润的多少？", set(), id="zh how much of a sum"),
        pytest.param("企业申请能省多少费用？", set(), id="zh what is saved, by a share too"),
        pytest.param("拿证书要等几个月？", {Measure.DURATION}, id="zh months"),
        pytest.param("How much fish is landed?", set(), id="how much of a thing"),
        pytest.param("How long is the quay?", set(), id="a length or a duration"),
        pytest.param("How many boats are there?", set(), id="a count"),
    ],
)
def test_the_units_that_an_answer_must_say(question: str, units: set[Measure]) -> None:
    assert units_asked(question) == units


def test_a_wide_sign_is_a_percentage() -> None:
    assert [amount.measure for amount in amounts("20％的船停航")] == [Measure.PERCENT]


def test_how_long_something_lasts_is_a_duration() -> None:
    assert measures_asked("How long did the trial last?") == {Measure.DURATION}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("60 working days", "60 working days", id="working days"),
        pytest.param("a two-year diploma", "two-year", id="joined by a hyphen"),
        pytest.param("half an hour", "half an hour", id="half an hour"),
        pytest.param("two and a half years", "two and a half years", id="and a half"),
        pytest.param("a decade of work", "a decade", id="a decade"),
        pytest.param("two to two and a half hours", "two to two and a half hours", id="a range to a half"),
        pytest.param("注册只需70个工作日", "70个工作日", id="zh working days"),
        pytest.param("five-star hotels", None, id="no unit"),
        pytest.param("two-thirds of them", None, id="a share"),
    ],
)
def test_durations(text: str, said: str | None) -> None:
    found = [amount.span.of(text) for amount in amounts(text) if amount.measure is Measure.DURATION]
    assert found == ([said] if said else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("bought for £11.5m by Brill", "£11.5m", id="millions in a letter"),
        pytest.param("worth £1.2bn", "£1.2bn", id="billions in letters"),
        pytest.param("pays $80k a year", "$80k", id="thousands in a letter"),
        pytest.param("€2 million", "€2 million", id="a word"),
        pytest.param("£56 a square foot", "£56", id="no letter"),
        pytest.param("a pier of 42m", None, id="metres"),
    ],
)
def test_money(text: str, said: str | None) -> None:
    found = [amount.span.of(text) for amount in amounts(text) if amount.measure is Measure.MONEY]
    assert found == ([said] if said else [])
