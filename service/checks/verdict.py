"""What the check of a statement finds, and the bounds that its score is held against."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.language import CJK
from service.answer import Support, SupportKind

_AUXILIARY = r"(?:is|are|was|were|been|has|have|had|will|would|can|could|do|does|did|may|might|must|should)"
_PART_ENDS = re.compile(
    rf"\s*[;；]\s*|,?\s+(?:and|but|while|whereas|because(?: of)?|due to|owing to|thanks to)\s+"
    rf"|(?P<said_of_it>(?:\s+{_AUXILIARY})+\s+|(?<=[{CJK}])(?:已经?|曾|将|正在|是|被|会)|(?<=^[{CJK}]{{4}})，)"
    rf"|(?<=[{CJK}])，"
)


def parts_of(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a sentence that are joined, or said of the subject; and whether one only leads in the next.

    That is the subject, or an opening like 除此之外.
    """
    start = 0
    for match in _PART_ENDS.finditer(sentence):
        yield sentence[start : match.start()], bool(match["said_of_it"])
        start = match.end()
    yield sentence[start:], False


SUPPORTED = 0.37
"""Least score of a supported statement, where F1 was best on the half that was fitted: 63 % of its words are found."""

PARTIAL = 0.09
"""Least score of a partial one: a third of the words are found. Chosen, not fitted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found; ``score`` is the likelihood of support, 0 to 1, and ``reason`` one line on it.

    ``kind`` is what it rests on, in a word of ours: ``reason`` may hold words of the statement.
    """

    support: Support
    reason: str
    score: float
    kind: SupportKind = "none"


def below(score: float, bound: float) -> float:
    """Squeeze a score, 0 to 1, under a bound and keep the order of scores."""
    return score * bound
