"""Fractions and multiples in words are numbers that can be compared."""

import pytest

from service.text.fractions import fractions
from service.text.quantities import numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("two thirds of it", [(66.667, True)], id="thirds"),
        pytest.param("it fell by a quarter.", [(25.0, True)], id="a quarter"),
        pytest.param("half of them", [(50.0, True)], id="half"),
        pytest.param("half an hour", [(30.0, False)], id="half an hour"),
        pytest.param("about half a day", [(12.0, False)], id="half a day"),
        pytest.param("半年", [(6.0, False)], id="zh half a year"),
        pytest.param("nine out of ten trials", [(90.0, True)], id="out of"),
        pytest.param("one in ten trials", [(10.0, True)], id="in"),
        pytest.param("5 in 100 trials", [(5.0, True)], id="in digits"),
        pytest.param("三分之二的测序", [(66.667, True)], id="zh"),
        pytest.param("一半的企业", [(50.0, True)], id="zh half"),
        pytest.param("九成企业", [(90.0, True)], id="zh tenths"),
        pytest.param("it runs twice a day", [(2.0, False)], id="twice"),
        pytest.param("收入翻了一番", [(2.0, False)], id="zh doubled"),
        pytest.param("a third company", [], id="an ordinal"),
        pytest.param("it doubles the time", [(2.0, False)], id="doubles"),
        pytest.param("the second half of 2025", [], id="a half of a year"),
        pytest.param("12 in 2024", [], id="a year"),
        pytest.param("成立于北京", [], id="zh founded"),
    ],
)
def test_what_is_read(text: str, values: list[tuple[float, bool]]) -> None:
    assert [(value, percent) for _, value, percent, _, _ in fractions(text)] == values


def test_its_words_are_no_numbers_besides() -> None:
    assert [number.text for number in numbers("Two thirds of 90 came.")] == ["two thirds", "90"]
