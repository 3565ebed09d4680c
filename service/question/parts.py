"""Two questions in one: "When did the mill open and who runs it?"."""

import re

from corpus.language import detect
from service.text.words import ASKING_EN

_ASKS_ZH = "(?:[谁哪几何]|什么|多少)"
_TWO = re.compile(
    rf"(?P<first>(?:.*\W)?{ASKING_EN}.{{6,}}?)(?:[,;]? and |[,;?] (?:and )?)(?P<second>{ASKING_EN}.{{6,}})",
    re.IGNORECASE,
)
_TWO_ZH = re.compile(rf"(?P<first>.*{_ASKS_ZH}.*?)[，；？](?P<second>.*{_ASKS_ZH}.*)")


def two_questions(text: str) -> tuple[str, str] | None:
    """Return the two questions that a text joins, the second as it stands there; None of one question."""
    chinese = detect(text) == "zh"
    joined = (_TWO_ZH if chinese else _TWO).fullmatch(" ".join(text.split()))
    if joined is None:
        return None
    return f"{joined['first'].rstrip(' ?？')}{'？' if chinese else '?'}", joined["second"]
