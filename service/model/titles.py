"""The titles of the articles in a reply: a list of sources at its end, "According to the article “…”,"."""

import re
from collections.abc import Iterable

from service.text.wording import squash

_LABEL = re.compile(
    r"^\W*(?:sources?|references?|citations?|from|see(?: also)?|来源|出处|资料|参考(?:资料|文章)?)\s*[:：]\s*",
    re.IGNORECASE,
)
_LEAST = 6  # characters of a title that is told from an ordinary word
_BEFORE_COLON = re.compile(r"[:：—–]")
_LEAST_BEFORE = 20  # characters before a title's colon that stand for all of it
_DATE = re.compile(r"[\d年月日]*")
_MARKS = "\"'“”‘’*_《》「」"
_IN_BRACKETS = re.compile(r"\s*[(（]([^()（）\n]{6,200})[)）]")


class Titles:
    """Knows the titles of some articles in whatever marks they are put."""

    def __init__(self, titles: Iterable[str]) -> None:
        whole = {title for title in titles if len(squash(title)) >= _LEAST}
        self._titles = sorted(whole, key=len, reverse=True)
        short = {squash(_BEFORE_COLON.split(title)[0]) for title in whole}
        self._names = [*map(squash, self._titles), *(name for name in short if len(name) >= _LEAST_BEFORE)]

    def is_only(self, text: str) -> bool:
        """Whether a text is a title, whole or up to its colon, and nothing more than a date or a number beside it."""
        said = squash(_LABEL.sub("", text))
        return any(name in said and _DATE.fullmatch(said.replace(name, "", 1)) for name in self._names)

    def without(self, text: str) -> str:
        """Return a sentence without titles in brackets at its end or within: "… (Source: “The park”)."."""
        return _IN_BRACKETS.sub(lambda match: "" if self.is_only(match[1]) else match.group(), text)

    def unnamed(self, text: str) -> str:
        """Return a sentence with "the article" for each title in quotation marks, so that its opening shows as one."""
        for title in self._titles:
            text = re.sub(rf"[{_MARKS}]+{re.escape(title)},?[{_MARKS}]+", _stand_in(title), text)
        return text


def _stand_in(title: str) -> str:
    return "the article" if title.isascii() else "该文章"
