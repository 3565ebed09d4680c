"""One way of writing for what is written in several: 二〇二一年 and 2021年, "Nov. 2023" and "November 2023"."""

import re
from functools import lru_cache

from service.text.months import MONTHS
from service.text.numerals import chinese_value

_LONG = {month[:3]: month for month in MONTHS if month != "May"}
_SHORT_MONTH = re.compile(rf"\b({'|'.join(_LONG)})t?\b\.?(?= ?\d)")
_YEAR_ZH = re.compile(r"[一二][零〇一二三四五六七八九]{3}(?=年)")
_TENS_ZH = r"[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DAY_ZH = re.compile(rf"(?<![一二三四五六七八九十])({_TENS_ZH})月({_TENS_ZH})(?=[日号])")
_MONTH_ZH = re.compile(rf"(?<=年)({_TENS_ZH})(?=月)")
_ABOUT_ZH = re.compile(
    r"(?<=[中里内有])约(?=[有为占]?[\d一二三四五六七八九十百千万半])"
)  # 中约 would be read as a place
_SHORT_FORM = re.compile(r"\s*\(([A-Z]{2,8}s?)\)")
_PLAIN_WORD = re.compile(r"[A-Za-z]+")
_JOINING = frozenset({"of", "and", "the", "for", "in", "on"})
_DOLLARS = re.compile(r"\bUS dollars?\b")


@lru_cache(maxsize=4096)
def spelt_alike(text: str) -> str:
    """Return ``text`` with dates in digits and months at full length; for comparing, never for showing."""
    text = _SHORT_MONTH.sub(lambda match: _LONG[match[1]], text)
    text = _DOLLARS.sub("dollars", text)
    text = _YEAR_ZH.sub(lambda match: _in_digits(match.group()), text)
    text = _DAY_ZH.sub(lambda match: f"{_in_digits(match[1])}月{_in_digits(match[2])}", text)
    text = _MONTH_ZH.sub(lambda match: _in_digits(match[1]), text)
    return _ABOUT_ZH.sub("大约", text)


def _in_digits(said: str) -> str:
    return f"{chinese_value(said):.0f}"


@lru_cache(maxsize=4096)
def without_own_short_forms(text: str) -> str:
    """Return ``text`` without the short forms that its own words explain: "contract research organisations (CROs)"."""
    return _SHORT_FORM.sub(lambda match: "" if _stands_for(match[1], text[: match.start()]) else match.group(), text)


def _stands_for(short: str, before: str) -> bool:
    letters = short.removesuffix("s").lower()
    words = [word for word in _PLAIN_WORD.findall(before) if word not in _JOINING]
    return [word[0].lower() for word in words[-len(letters) :]] == [*letters]
