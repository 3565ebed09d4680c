"""The unit that stands behind a number, by one name in both languages: "km" and 公里 are kilometres.

``mentions`` has a table of its own: of fewer units, by what they measure, since by it a direct answer is cut out.
"""

import re

_SQUARE = r"(?:square |sq\.? ?)"
_CUBIC = r"(?:cubic |cu\.? ?)"
_METRE = r"met(?:re|er)s?"
_PER_HOUR = r"(?: per hour| an hour|/h(?:our|r)?\b)"
_HOURLY = "(?:每小时|/小时|/时)"

# A longer unit before one that it begins with: "km/h" before "km", "mm" before "m".
_UNITS = (
    ("percentage points", r"percentage points?|个?百分点"),
    ("per cent", r"%|per ?cent\b|percent"),
    ("kilometres per hour", rf"(?:km|kilo{_METRE}){_PER_HOUR}|kph\b|kmh\b|公里{_HOURLY}|千米{_HOURLY}"),
    ("miles per hour", rf"mph\b|miles?{_PER_HOUR}|英里{_HOURLY}"),
    ("metres per second", rf"m/s\b|{_METRE} (?:per|a) second|米每秒|米/秒"),
    ("knots", r"knots?|kts?|节(?=[，。；航]|$)"),
    ("working days", r"(?:working|business)[ -]days?|工作日"),
    ("square kilometres", rf"{_SQUARE}(?:km|kilo{_METRE})|km²|km2|平方公里|平方千米"),
    ("square metres", rf"{_SQUARE}(?:m|{_METRE})|m²|m2|平方米|平米"),
    ("square miles", rf"{_SQUARE}(?:mi|miles?)|平方英里"),
    ("square feet", rf"{_SQUARE}(?:ft|feet|foot)|平方英尺"),
    ("square inches", rf"{_SQUARE}(?:in|inch(?:es)?)|平方英寸"),
    ("hectares", "hectares?|ha|公顷"),
    ("acres", "acres?|英亩"),
    ("mu", "mu|亩"),
    ("cubic metres", rf"{_CUBIC}(?:m|{_METRE})|m³|m3|立方米"),
    ("cubic feet", rf"{_CUBIC}(?:ft|feet|foot)|立方英尺"),
    ("milliseconds", "milliseconds?|ms|毫秒"),
    ("seconds", "seconds?|secs?|秒钟?"),
    ("minutes", "minutes?|mins?|分钟"),
    ("hours", "hours?|hrs?|小时"),
    ("days", "(?:calendar )?days?|天|日(?!元)"),
    ("weeks", "weeks?|周(?!年)|星期"),
    ("months", "months?|月"),
    ("quarters", "quarters?(?! of)|季度"),
    ("years", "years?|年"),
    ("decades", "decades?"),
    ("centuries", "centur(?:y|ies)|世纪"),
    ("nanometres", rf"nm|nano{_METRE}|纳米"),
    ("micrometres", rf"[µμ]m|micro{_METRE}|microns?|微米"),
    ("millimetres", rf"mm|milli{_METRE}|毫米"),
    ("centimetres", rf"cm|centi{_METRE}|厘米|公分"),
    ("kilometres", rf"km|kilo{_METRE}|公里|千米"),
    ("nautical miles", r"nautical miles?|海里"),
    ("metres", rf"{_METRE}|(?<= )m|米"),
    ("miles", "miles?|英里"),
    ("yards", "yards?|yds?"),
    ("feet", "feet|foot|ft|英尺"),
    ("inches", "inch(?:es)?|英寸"),
    ("micrograms", r"[µμ]g|mcg|micrograms?|微克"),
    ("milligrams", "mg|milligrams?|毫克"),
    ("kilograms", "kg|kilos?|kilogram(?:me)?s?|公斤|千克"),
    ("grams", "g|grams?|grammes?|克(?![隆拉服])"),
    ("tonnes", "tonnes?|tons?|t|公?吨"),
    ("pounds in weight", r"lbs?|磅"),
    ("ounces", "ounces?|oz|盎司"),
    ("jin", "斤"),
    ("millilitres", "ml|millilit(?:re|er)s?|毫升"),
    ("litres", "l|lit(?:re|er)s?|公?升(?![级至到高值])"),
    ("gallons", "gallons?|加仑"),
    ("barrels", "barrels?|桶"),
    *((f"{name}bytes", rf"{letter}B|{name}bytes?") for letter, name in (("K", "kilo"), ("M", "mega"), ("G", "giga"))),
    *((f"{name}bytes", rf"{letter}B|{name}bytes?") for letter, name in (("T", "tera"), ("P", "peta"))),
    *((f"{name}watt hours", rf"{letter}Wh|{name}watt[ -]hours?|{chinese}") for letter, name, chinese in (
        ("k", "kilo", "千瓦时"), ("M", "mega", "兆瓦时"), ("G", "giga", "吉瓦时"), ("T", "tera", "太瓦时"))),
    *((f"{name}watts", rf"{letter}W|{name}watts?|{chinese}") for letter, name, chinese in (
        ("k", "kilo", "千瓦"), ("M", "mega", "兆瓦"), ("G", "giga", "吉瓦"), ("T", "tera", "太瓦"))),
    ("watts", "watts?|W|瓦(?!片)"),
    ("degrees Celsius", r"(?:°|degrees? )(?:C|Celsius|centigrade)|℃|摄氏度"),
    ("degrees Fahrenheit", r"(?:°|degrees? )(?:F|Fahrenheit)|℉|华氏度"),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile(rf"[ -]?[多余几]?个?(?:{unit})(?![a-z])", re.IGNORECASE)) for name, unit in _UNITS)


def unit_behind(text: str, place: int) -> str | None:
    """Return the name of the unit that stands at ``place``, right behind a number; None where there is none."""
    return next((name for name, pattern in _PATTERNS if pattern.match(text, place)), None)
