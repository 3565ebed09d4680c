"""Which of several a question means: the second round, not the first; whoever is director, not who was the first."""

import re
from collections.abc import Sequence
from enum import IntEnum

from corpus.glossary import places_of
from corpus.language import Analyzer
from service.question.kinds import Kind
from service.question.units import Unit
from service.sentences.wanted import Wanted


class Place(IntEnum):
    """A place in a row: ordinals as numbers, and whoever holds a post now or held it before."""

    NOW = 0
    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4
    FIFTH = 5
    BEFORE = -1


_SAYS = {
    Place.NOW: r"\b(?:current|present)\b|现任|现在的",
    Place.FIRST: r"\b(?:first|1st|founding)\b|第一|首",
    Place.SECOND: r"\b(?:second|2nd)\b|第二",
    Place.THIRD: r"\b(?:third|3rd)\b|第三",
    Place.FOURTH: r"\b(?:fourth|4th)\b|第四",
    Place.FIFTH: r"\b(?:fifth|5th)\b|第五",
    Place.BEFORE: r"\b(?:former|previous|ex|outgoing)\b|前任|原任",
}
_ANY = re.compile("|".join(_SAYS.values()), re.IGNORECASE)
_PHASE_ZH = re.compile(r"(?<![第十百\d])[一二三四五首]期(?![间限待望货权刊])")  # of a fund, a park, a trial
_NEAR = 22  # characters before a word in which its ordinal stands: "the second sandbox round"
_BREAK = re.compile(r"[,.;:!?()，。；：！？（）]|\b(?:of|in|for|to|by|and|its|their|the)\b")
_HOLDS_NOW = re.compile(r"\bwho(?:['’]s| is)\b|是谁$", re.IGNORECASE)


class Ordinals:
    """Tells whether a sentence says another one than a question asks for."""

    def __init__(self, units: Sequence[Unit], wanted: Wanted, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        held_now = wanted.kind is Kind.WHO and bool(_HOLDS_NOW.search(wanted.text.strip(" ?？")))
        self._asked: list[tuple[Unit, Place]] = []
        for unit in units:
            said = _said(wanted.text, wanted.text.find(unit.surface))
            if unit.telling and (said or held_now):
                self._asked.append((unit, min(said, default=Place.NOW)))
        self._phases = _phases(wanted.text) if units else set()

    def says_another(self, text: str) -> bool:
        """Whether a sentence tells one of what is asked apart, and nowhere the one that is asked for."""
        if self._phases and (phases := _phases(text)) and self._phases.isdisjoint(phases):
            return True
        return bool(self._asked and _ANY.search(text)) and any(
            self._is_another(unit, place, text) for unit, place in self._asked
        )

    def _is_another(self, unit: Unit, asked: Place, text: str) -> bool:
        tokens = self._analyzer.tokens(text)
        terms = [token.term for token in tokens]
        starts = [tokens[at].span.start for phrase in unit.phrases for at in places_of(phrase, terms)]
        said = [_said(text, start) for start in starts]
        return bool(said) and all(places and asked not in places for places in said)


def _phases(text: str) -> set[str]:
    """Return which phases a text in Chinese names: 二期, and 首期 as 一期."""
    return {phase.replace("首", "一") for phase in _PHASE_ZH.findall(text)}


def _said(text: str, start: int) -> set[Place]:
    """Return the places in a row that are said of what stands at ``start``; of what stands nowhere (-1), none."""
    before = _BREAK.split(text[max(0, start - _NEAR) : max(0, start)])[-1]
    return {place for place, pattern in _SAYS.items() if re.search(pattern, before, re.IGNORECASE)}
