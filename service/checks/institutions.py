"""Names of institutions and honours put together of two: "Delta University" of "Delta Park" and "Calder University"."""

import re
from collections.abc import Sequence

from service.text.mentions import name_spans
from service.text.wording import fold, words

_HEADS = frozenset(
    "university college school institute academy hospital museum bank airport library council court foundation bridge"
    " station".split()
)
"""Words that name nothing without the one beside them."""
_FIELD = re.compile(
    r"\b(?P<head>prize|award|medal|chair|professor|fellow|degree|doctorate|bachelor|master|diploma|ministry|minister"
    r"|department|faculty|school|institute)s? (?:in|of|for) (?:the )?(?P<field>[\w’'-]+)"
    r"(?=(?P<more>(?:,? [\w’'-]+){0,4}))",
    re.IGNORECASE,
)
"""What is named by a field behind it, and what may be more of the field."""
_LINKED = re.compile(r"\b(?P<one>[A-Z][\w’']+) (?:of (?:the )?)?(?P<other>[A-Z][\w’']+)")


def put_together(statement: str, texts: Sequence[str]) -> str | None:
    """Return a name that ``texts`` don't have, though another one has the word beside "University" or "Prize in"."""
    shown = [_folded(span.of(text)) for text in texts for span in name_spans(text)]
    for span in name_spans(statement):
        name = span.of(statement)
        for match in re.finditer(rf"(?={_LINKED.pattern})", name):
            pair = {fold(match["one"]), fold(match["other"])}
            beside = pair - _HEADS
            elsewhere = len(beside) == 1 and any(beside <= there for there in shown)
            if elsewhere and not any(pair <= there for there in shown):
                return name
    return _of_another_field(statement, texts)


def _of_another_field(statement: str, texts: Sequence[str]) -> str | None:
    """Return a "Prize in Chemistry" whose field ``texts`` have elsewhere, and a prize in others alone."""
    for match in _FIELD.finditer(statement):
        head, field = fold(match["head"]), fold(match["field"])
        shown = [other for text in texts for other in _FIELD.finditer(text) if fold(other["head"]) == head]
        of_it = any(field in _folded(other["field"] + other["more"]) for other in shown)
        before = any(f"{field} {head}" in fold(text) for text in texts)
        if shown and not of_it and not before and any(field in _folded(text) for text in texts):
            return match[0]
    return None


def _folded(text: str) -> set[str]:
    return {fold(word) for word in words(text)}
