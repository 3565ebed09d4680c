"""Names of institutions put together of two: "Delta University" of a "Delta Park" and a "Calder University"."""

import re
from collections.abc import Sequence

from service.text.mentions import name_spans
from service.text.wording import fold, words

_HEADS = frozenset(
    "university college school institute academy hospital museum bank airport library council court foundation bridge"
    " station".split()
)
"""Words that name nothing without the one beside them."""
_LINKED = re.compile(r"\b(?P<one>[A-Z][\w’']+) (?:of (?:the )?)?(?P<other>[A-Z][\w’']+)")


def put_together(statement: str, texts: Sequence[str]) -> str | None:
    """Return an institution's name that ``texts`` don't have, though another one has the word beside "University"."""
    shown = [{fold(word) for word in words(span.of(text))} for text in texts for span in name_spans(text)]
    for span in name_spans(statement):
        name = span.of(statement)
        for match in re.finditer(rf"(?={_LINKED.pattern})", name):
            pair = {fold(match["one"]), fold(match["other"])}
            beside = pair - _HEADS
            elsewhere = len(beside) == 1 and any(beside <= there for there in shown)
            if elsewhere and not any(pair <= there for there in shown):
                return name
    return None
