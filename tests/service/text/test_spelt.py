"""What is written in several ways is written in one."""

import pytest

from service.text.spelt import spelt_alike


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        pytest.param("二〇二一年九月一日起施行", "2021年9月1日起施行", id="zh a date"),
        pytest.param("同年十一月二十三日", "同年11月23日", id="zh a day"),
        pytest.param("二〇〇三年三月公布", "2003年3月公布", id="zh a month"),
        pytest.param("三月内完成", "三月内完成", id="zh months that are no date"),
        pytest.param("其中约三分之一", "其中大约三分之一", id="zh no place"),
        pytest.param("中约旦", "中约旦", id="zh no number"),
        pytest.param("It opened in Nov. 2023.", "It opened in November 2023.", id="a short month"),
        pytest.param("Sept 5", "September 5", id="of four letters"),
        pytest.param("Jan Keller", "Jan Keller", id="a first name"),
        pytest.param("a billion US dollars", "a billion dollars", id="dollars"),
    ],
)
def test_spelt_alike(text, alike):
    assert spelt_alike(text) == alike
