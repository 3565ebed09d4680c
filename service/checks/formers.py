"""Whom "the former" and "the latter", 前者 and 后者, stand for: the last two names joined before them."""

import re
from functools import lru_cache

from corpus.language import CHINESE_CHAR, Analyzer
from service.text.mentions import name_spans

_ALONE = r"(?=\W|$)(?! (?!is\b|was\b|has\b|had\b|will\b|can\b|may\b|[a-z]+(?:s|ed)\b)[a-z])"  # not "the former mayor"
_FORMER = re.compile(rf"\bthe former{_ALONE}|前者", re.IGNORECASE)
_LATTER = re.compile(rf"\bthe latter{_ALONE}|后者", re.IGNORECASE)
_JOINED = r"(?: and (?:the )?|[和与及跟])"


@lru_cache(maxsize=4096)
def with_formers_named(text: str, analyzer: Analyzer) -> str:
    """Return a text with two names for "the former" and "the latter"; for comparing, never for showing."""
    first = _FORMER.search(text)
    if not first or not _LATTER.search(text):
        return text
    before = text[: first.start()]
    names = {span.of(text) for span in name_spans(before)}
    names |= set(analyzer.all_chinese_names(before)) if CHINESE_CHAR.search(before) else set()
    one_of = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pairs = re.findall(rf"({one_of}){_JOINED}({one_of})", before) if names else []
    if not pairs:
        return text
    former, latter = pairs[-1]
    return before + _LATTER.sub(lambda _: latter, _FORMER.sub(lambda _: former, text[first.start() :]))
