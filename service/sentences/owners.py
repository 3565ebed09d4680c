"""Of whom a sentence tells: "EFEC's CEO visited the park" says nothing of who runs the park."""

import re
from collections.abc import Collection, Sequence

from corpus.glossary import places_of
from corpus.language import Analyzer, Token, detect
from service.question.units import Unit
from service.text.wording import other_names
from service.text.words import LIGHT_EN, SORTS_EN, STOP_EN

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
# "Established companies", "of long-established hubs" and "an established firm" tell of nobody who established something
_BEFORE_ADJECTIVE = re.compile(
    r"(?:^[\W_]*|\b(?:an?|the|of|for|with|like|from|other|many|some|more|most|several|its|their|these|those) "
    r"|\b(?:well|long|newly|recently|best|already)[- ])$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"[a-z]+ed", re.IGNORECASE)
_NO_THING = STOP_EN | LIGHT_EN
_DESCRIBED = re.compile(r" (?P<word>[a-z][a-z-]+)")
# "Ulverby and Brill have also set up a school"
_DOES = re.compile(
    r"(?: and (?:[A-Z]\S*\s)*?[A-Z]\S*)?\s(?:(?:has|have|had|also|later|since|then|now|itself|recently|jointly)\s)*"
)
_DONE = re.compile(r"[a-z]+ed|set|built|began|ran|led|won|sold|bought", re.IGNORECASE)
_TO_THAT = re.compile(r"\s(?!(?:by|in|on|at|as|under|with|from|to|for|and|or)\b)[\w“\"]")
_OF = re.compile(r"\s+(?:of|at|for)\s+(?:the\s+)?(?=[A-Z])")
_LEADS = re.compile(r"runs|ran|leads|led|heads|headed|manages|managed|directs|directed")
_WHOM = re.compile(r"\s+(?:the\s+)?(?=[A-Z])")
_DOES_NOW = re.compile(
    r"\bwho(?:['’]s| is| are| runs| leads| heads| manages| chairs| directs| owns| now)\b|现在|目前|现任|谁",
    re.IGNORECASE,
)
_DID = re.compile(r"\b(?:first|former|founding|originally|previous|was|were|used to)\b|曾|首任|原来|前任|过")
_UNTIL = re.compile(
    r"\b(?:until|till|former|formerly|previously|stepped down|resigned|retired|handed over)\b"
    r"|前任|原任|卸任|离任|辞去|直到"
)


def another_has(
    unit: Unit, text: str, tokens: Sequence[Token], *, asked: Collection[str], names: Collection[str]
) -> bool:
    """Whether a sentence gives what a unit names to somebody else wherever it names it, or to a deputy, or to nobody.

    ``tokens`` are those of ``text``; ``asked`` are the index terms of the question, ``names`` those of its names.
    """
    terms = [token.term for token in tokens]
    found = [(place, place + len(phrase)) for phrase in unit.phrases for place in places_of(phrase, terms)]
    return bool(found) and all(
        _is_of_nobody(first, end, text, tokens, names)
        or _is_of_another(_deputy(first, terms, asked) or (_owner(first, end, text, tokens) if names else None), names)
        for first, end in found
    )


def _is_of_another(owner: str | None, names: Collection[str]) -> bool:
    return owner is not None and owner not in names


def _is_of_nobody(first: int, end: int, text: str, tokens: Sequence[Token], names: Collection[str]) -> bool:
    """Whether a word only describes something, or tells what a name itself did: "Ulverby founded a school"."""
    return _only_describes(tokens[first], text) or _is_done_by(first, end, text, tokens, names)


def _only_describes(token: Token, text: str) -> bool:
    if not (_ADJECTIVE.fullmatch(token.span.of(text)) and _BEFORE_ADJECTIVE.search(text[: token.span.start])):
        return False
    found = _DESCRIBED.match(text, token.span.end)
    return found is not None and found["word"] not in _NO_THING


def _is_done_by(first: int, end: int, text: str, tokens: Sequence[Token], names: Collection[str]) -> bool:
    """Whether one of ``names`` is the doer of what stands at these tokens, and what is behind is what it did."""
    doer = next((token for token in reversed(tokens[:first]) if token.term in names), None)
    if doer is None or not _DOES.fullmatch(text[doer.span.end : tokens[first].span.start]):
        return False
    return bool(_DONE.fullmatch(tokens[first].span.of(text))) and bool(_TO_THAT.match(text, tokens[end - 1].span.end))


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
    a name is who is named there, and "it" what the sentence begins with.
    """
    back = _REFERS_BACK.search(text)
    if detect(text) == "zh":
        asked = question.casefold()
        return not back and any(name not in asked for name in analyzer.chinese_names(text))
    others = [text.find(name.text) for name in other_names(text, question) if name.sure]
    if not others or back is None:
        return bool(others)
    first = min(others)
    begins = text[:first].strip(" “‘(\"'") in {"", "The"}
    return first < back.start() and (begins or _PERSON.fullmatch(back.group()) is not None)


def tells_of_the_past(text: str, question: str) -> bool:
    """Whether it is asked who does something now, and a sentence tells who did it until some day."""
    return bool(_DOES_NOW.search(question) and not _DID.search(question) and _UNTIL.search(text))
