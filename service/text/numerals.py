"""The words that numbers are written with in English and Chinese, and what they are worth."""

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
"""The tens, from 20 on."""
NUMBERS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 20 + 10 * place for place, word in enumerate(TENS)
}
"""The numbers of one word, 0 to 90."""
DIGITS_ZH = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
"""The digits, 0 to 9."""
SCALES_ZH = {"十": 10, "百": 100, "千": 1000}
"""What multiplies a digit before it."""


def chinese_value(digits: str) -> float:
    """Return the value of a number in characters; digits alone are read one by one, as in a year (二〇二五)."""
    if len(digits) > 1 and all(char in DIGITS_ZH for char in digits):
        return float("".join(str(DIGITS_ZH[char]) for char in digits))
    total = section = current = 0
    for char in digits:
        if char in DIGITS_ZH:
            current = DIGITS_ZH[char]
        elif char in SCALES_ZH:
            section, current = section + (current or 1) * SCALES_ZH[char], 0
        else:
            total, section, current = (total + section + current or 1) * (10**4 if char == "万" else 10**8), 0, 0
    return float(total + section + current)
