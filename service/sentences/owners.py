"""Of whom a sentence tells: "EFEC's CEO visited the park" says nothing of who runs the park."""

import re
from collections.abc import Collection, Sequence

from corpus.glossary import places_of
from corpus.language import Analyzer, Token, detect
from service.question.units import Unit
from service.text.wording import other_names
from service.text.words import SORTS_EN

_POSSESSIVE = re.compile(
    r"[A-Z].*['’]s?|(?!(?:company|firm|group|business|organi[sz]ation|agency|institution)['’])[a-z]+['’]s"
)
_REFERS_BACK = re.compile(
    r"^[\"“‘'(]*(?:[Tt]h(?:is|at|ese|ose)|[Tt]he [a-z]+)\b"
    r"|\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\b"
    r"|^[“「]?[它他她其该本此这]"
    # short for a name that was given before in full
    rf"|\b[Tt]he (?:{'|'.join(sorted(map(str.title, SORTS_EN)))})\b(?! (?:[A-Z]|of\b|for\b))"
)
_PERSON = re.compile(r"he|she|his|her", re.IGNORECASE)
_DEPUTIES = frozenset("副 deputi vice assist former ex associ".split())  # index terms

_OURS = frozenset({"our", "my"})
_OF = re.compile(r"\s+(?:of|at|for)\s+(?:the\s+)?(?=[A-Z])")
_LEADS = re.compile(r"runs|ran|leads|led|heads|headed|manages|managed|directs|directed")
_WHOM = re.compile(r"\s+(?:the\s+)?(?=[A-Z])")


def another_has(
    unit: Unit, text: str, tokens: Sequence[Token], *, asked: Collection[str], names: Collection[str]
) -> bool:
    """Whether a sentence gives what a unit names to somebody else wherever it names it, or to a deputy.

    ``tokens`` are those of ``text``; ``asked`` are the index terms of the question, ``names`` those of its names.
    """
    terms = [token.term for token in tokens]
    owners = [
        _deputy(place, terms, asked) or (_owner(place, place + len(phrase), text, tokens) if names else None)
        for phrase in unit.phrases
        for place in places_of(phrase, terms)
    ]
    return bool(owners) and all(owner is not None and owner not in names for owner in owners)


def _deputy(place: int, terms: Sequence[str], asked: Collection[str]) -> str | None:
    """Return what makes another post of the one at ``place``, unless that is asked about: "deputy director"."""
    before = terms[place - 1] if place else ""
    return before if before in _DEPUTIES - set(asked) else None


def _owner(first: int, end: int, text: str, tokens: Sequence[Token]) -> str | None:
    """Return the index term of the name that has what stands at these tokens: "EFEC's CEO", "runs EFEC"."""
    if first and _POSSESSIVE.fullmatch(tokens[first - 1].span.of(text)):
        return tokens[first - 1].term
    before = [token.span.of(text).lower() for token in tokens[max(0, first - 3) : first]]
    if _OURS.intersection(before):  # "our China director" is the publisher's
        return "our"
    led = _LEADS.fullmatch(tokens[end - 1].span.of(text))
    if match := (_WHOM if led else _OF).match(text, tokens[end - 1].span.end):
        return next((token.term for token in tokens[end:] if token.span.start >= match.end()), None)
    return None


def names_another(text: str, question: str, analyzer: Analyzer) -> bool:
    """Whether a sentence has names that ``question`` has not, and refers to nothing before it.

    Of a sentence that holds no name of the question this says that it tells of somebody or something else. "He" behind
    a name is who is named there.
    """
    back = _REFERS_BACK.search(text)
    if detect(text) == "zh":
        asked = question.casefold()
        return not back and any(name not in asked for name in analyzer.chinese_names(text))
    others = [text.find(name.text) for name in other_names(text, question) if name.sure]
    person = back is not None and _PERSON.fullmatch(back.group()) is not None
    return bool(others) and (back is None or (person and min(others) < back.start()))
