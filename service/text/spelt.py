"""One way of writing for what is written in several: 二〇二一年 and 2021年, "Nov. 2023" and "November 2023"."""

import re
from functools import lru_cache

from service.text.numerals import DIGITS_ZH

_MONTHS = {
    month[:3]: month
    for month in (
        *("January", "February", "March", "April", "June", "July", "August", "September", "October", "November"),
        "December",
    )
}
_SHORT_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})t?\b\.?(?= ?\d)")
_YEAR_ZH = re.compile(r"[一二][零〇一二三四五六七八九]{3}(?=年)")
_TENS_ZH = r"[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DAY_ZH = re.compile(rf"(?<![一二三四五六七八九十])({_TENS_ZH})月({_TENS_ZH})(?=[日号])")
_MONTH_ZH = re.compile(rf"(?<=年)({_TENS_ZH})(?=月)")
_ABOUT_ZH = re.compile(
    r"(?<=[中里内有])约(?=[有为占]?[\d一二三四五六七八九十百千万半])"
)  # 中约 would be read as a place
_DOLLARS = re.compile(r"\bUS dollars?\b")


@lru_cache(maxsize=4096)
def spelt_alike(text: str) -> str:
    """Return ``text`` with dates in digits and months at full length; for comparing, never for showing."""
    text = _SHORT_MONTH.sub(lambda match: _MONTHS[match[1]], text)
    text = _DOLLARS.sub("dollars", text)
    text = _YEAR_ZH.sub(lambda match: "".join(str(DIGITS_ZH[char]) for char in match.group()), text)
    text = _DAY_ZH.sub(lambda match: f"{_tens(match[1])}月{_tens(match[2])}", text)
    text = _MONTH_ZH.sub(lambda match: str(_tens(match[1])), text)
    return _ABOUT_ZH.sub("大约", text)


def _tens(said: str) -> int:
    """Return the value, 1 to 39, of 三, 十, 二十 or 二十三."""
    tens, ten, ones = said.rpartition("十")
    return (DIGITS_ZH.get(tens, 1) * 10 if ten else 0) + DIGITS_ZH.get(ones, 0)
