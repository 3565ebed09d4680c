"""The last question asked of something else: "and in Suzhou?", 苏州呢？."""

import re
from collections.abc import Sequence

from corpus.article import Span
from corpus.language import detect
from service.question.articles import topic_of_articles
from service.question.fragments import ENDS, PREPOSITION, Elsewhere
from service.question.kinds import Kind, kind_of
from service.question.pronouns import OPENS

# "which of Brill, Colm and Dent was sold?"
_ONE_OF = re.compile(
    r"(?:(?:and|but|so) )?(?:which|who) of [^?]*?(?:,| and) [^?]*? "
    r"(?P<verb>is|was|are|were|has|have|had|can|could|will|would) (?P<rest>.+)",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:which|what|how many) (?:are |were )?(?:the )?(?P<what>(?:(?!of\b)[a-z-]+ ){0,2}?"
    r"(?!(?:is|was|does|has|this|its|others)\b)[\w-]+s)\b(?!['’])",
    re.IGNORECASE,
)
_HAS_WHICH_ZH = re.compile(
    r"(?P<where>[^，？?]+?)(?:一?共)?有(?:哪些|哪几[个家所位]|多少[个家所位]?|几[个家所位])(?P<what>[^，？?]{2,12})[？?]*"
)
_PLACED = re.compile(rf" (?:about|{PREPOSITION}) (?:the )?(?=[^?]*[A-Z])[^?,]+[? ]*$")


def asked_of(previous: str, part: Elsewhere, names: Sequence[Span]) -> str:
    """Ask the previous question, in which ``names`` stand, of something else, in the place of the last of its shape."""
    if on := topic_of_articles(previous):
        return f"{previous[: on.start]}{part.what}{previous[on.end :]}"
    if of_one := _ONE_OF.fullmatch(previous):
        return f"{of_one['verb'].capitalize()} {part.what} {of_one['rest']}"
    if not names:
        return _appended(previous, part)
    behind = rf"\b{part.preposition}(?: the)? $"
    same = [span for span in names if part.preposition and re.search(behind, previous[: span.start])]
    alike = [span for span in names if _shape(span.of(previous)) == _shape(part.what)]
    written = [span for span in names if detect(span.of(previous)) == detect(part.what)]
    replaced = (same or alike or written or names)[-1]
    if "的" in part.what:
        replaced = _with_its_place(replaced, names, previous)
    before, after = previous[: replaced.start], previous[replaced.end :]
    if part.preposition and not same and (other := re.search(rf"\b{PREPOSITION}(?: the)? $", before)):
        before = f"{before[: other.start()]}{part.preposition} "
    sort = replaced.of(previous).partition(" ")[2] if part.one else ""
    return f"{before}{part.what}{f' {sort}' if sort else ''}{after}"


def asked_of_another(previous: str, question: str, preposition: str | None) -> str | None:
    """Ask the previous question of another common thing, where one stands behind the same preposition: "in finance"."""
    phrase = rf"\b{preposition} (?:the |an? )?[a-z'’-]+(?: [a-z'’-]+)??(?=[?. ]*$| {PREPOSITION}\b)"
    found = re.search(phrase, previous) if preposition else None
    if not found:
        return None
    return f"{previous[: found.start()]}{OPENS.sub('', question).rstrip(ENDS)}{previous[found.end() :]}"


def asked_of_others(previous: str, what: str) -> str | None:
    """Ask the previous question of other common things: "which mills are there?" of "which firms are there?".

    None where it asks for none.
    """
    found = _ASKED_FOR.search(previous)
    if not found or kind_of(previous) is not Kind.LIST or not what.endswith("s"):
        return None
    return f"{previous[: found.start('what')]}{what}{previous[found.end('what') :]}"


def asked_for(previous: str) -> str | None:
    """Return what a question asks for several of, with where they are: "the firms in Brill".

    None where it asks for no such things.
    """
    if several := _HAS_WHICH_ZH.fullmatch(previous):
        return f"{several['where']}的{several['what']}"
    found = _ASKED_FOR.search(previous)
    if not found:
        return None
    place = _PLACED.search(previous, found.end())
    return f"the {found['what']}{place.group().rstrip(ENDS) if place else ''}"


def _with_its_place(name: Span, names: Sequence[Span], text: str) -> Span:
    """Return a name with those that 的 joins to it: 无锡的月湾 takes the place of 常州的滆湖."""
    first, last = name.start, name.end
    for other in names:
        if other.start >= last and text[last : other.start].strip() == "的":
            last = other.end
    for other in reversed(names):
        if other.end <= first and text[other.end : first].strip() == "的":
            first = other.start
    return Span(first, last)


def _appended(previous: str, part: Elsewhere) -> str:
    """Ask a question that names nothing of something."""
    if detect(previous) == "zh":
        return f"{part.what}{previous.rstrip(ENDS)}？"
    return f"{previous.rstrip(ENDS)} {f'{part.preposition} ' if part.preposition else ''}{part.what}?"


def _shape(name: str) -> tuple[bool, bool]:
    """Tell a place from an abbreviation: written in Chinese, or all in capitals."""
    return detect(name) == "zh", sum(char.isupper() for char in name) > 1 and " " not in name
