"""What bounds a number or a date: "no more than four", "between 12 and 36 months", "62 yuan a month", 不低于."""

import re

from corpus.article import Span

ROUGH = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|approximately|some|close to|up to)\W*$|[约近]\s*$|大约\s*$|将近\s*$|左右",
    re.IGNORECASE,
)
"""What says before a number, or right behind it in Chinese, that it is about so much."""
ABOVE = re.compile(
    r"\b(?:more than|over|above|at least|exceeding|upwards of)\W*$|(?:超过?|逾|不少于|至少)\s*$|[多余]|以上",
    re.IGNORECASE,
)
"""The same for more."""

_NUMBER = r"[£$€¥]?[\d.,]*\d(?:%| (?:hundred|thousand|million|billion))?|[a-z]+"
_BEFORE = re.compile(
    r"(?:\b(?:(?:no|not) (?:more|less|fewer|later|earlier|before|after)(?: than)?|(?:more|less|fewer) than"
    r"|at (?:least|most)|over|under|above|below|up to|about|around|nearly|almost|roughly|approximately|some|exceeding"
    r"|upwards of|close to"
    rf"|just (?:over|under)|before|until|since|after|by|between (?:{_NUMBER})(?: [a-z]+)? and)\s+"
    r"|(?:不(?:低于|高于|少于|多于|超过|足|到)|超过|逾|至少|至多|最多|最少|将近|接近|大约|约为?|近|不到)\s*)$",
    re.IGNORECASE,
)
_PER = (
    r"(?:per|a|an|each|every) (?:square |cubic )?(?:metre|meter|foot|kilometre|mile|hour|day|week|month|year|quarter"
    r"|night|person|head|seat|hectare|acre|tonne)"
)
_AFTER = re.compile(rf"(?: {_PER}){{1,2}}\b| or (?:more|less|so)\b| ?(?:以上|以下|左右|以内)")


def with_bounds(place: Span, text: str) -> Span:
    """Return ``place``, a number or a date in ``text``, with the words right beside it that bound it."""
    before, after = _BEFORE.search(text, 0, place.start), _AFTER.match(text, place.end)
    return Span(before.start() if before else place.start, after.end() if after else place.end)
