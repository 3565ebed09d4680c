"""Who did what to whom, where two names stand on either side of one verb: "Solexa acquired Illumina"."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from corpus.language import Analyzer
from service.text.mentions import name_spans
from service.text.wording import SMALL_WORDS, fold

Deed = tuple[str, str, str]
"""The doer, the verb's stem and whom it was done to, all in small letters."""

_VERB = r"(?P<verb>[a-z]+ed|bought|took over|sold|won|led|beat|sued|hired|built|gave|taught|met|paid|left|joined)"
_AUXILIARY = r"(?:(?:has|have|had|was|were|is|are|been|being|later|also|then|now|once|since|itself) ){0,3}"
_THEM = r"(?: (?:the|its|his|her|their|a|an)(?: [A-Za-z-]+){0,3})?"
_ACTIVE = re.compile(rf"(?:,? (?:which|who|that))?,? {_AUXILIARY}{_VERB}{_THEM} ")
_PASSIVE = re.compile(
    rf"(?:,? (?:which|who|that))?,? (?:(?:has|have|had|been|being|was|were|is|are|later|also) )*{_VERB}"
    r"(?: in \d{4}| in [A-Z][a-z]+ \d{4})? by(?: the)?(?: [a-z-]+){0,3} "
)

_ONE_VERB = re.compile(r" (?:(?:has|have|had|also|then|now|later|itself) ){0,2}(?P<verb>[a-z]+(?:ed|s))\b(?! by\b)")
_DONE_BY = re.compile(
    r"\b(?:is|are|was|were|been|being) (?:[a-z]+ly )?(?P<verb>[a-z]+ed)(?: in \d{4})? by (?:the )?"
    r"(?P<who>[A-Z][\w’'&-]*(?: (?:of |and |the )*[A-Z][\w’'&-]*)*)"
)

_CLAUSE_EDGE = re.compile(r"[,;:.](?=\s)|\b(?:and|but|while|which|who)\b")


def turned_round(statement: str, quotes: str, analyzer: Analyzer) -> bool:
    """Whether a statement has doer and done-to in each other's place, and the quotes never tell it as it does."""
    said, shown = _deeds(statement, analyzer), _deeds(quotes, analyzer)
    return any((whom, verb, doer) in shown and (doer, verb, whom) not in shown for doer, verb, whom in said)


def done_by_another(statement: str, quotes: str, analyzer: Analyzer) -> str | None:
    """Return who does what a statement says that another one does, where the quotes say so of the same thing.

    Somebody whom the quotes don't name may be the same by another name.
    """
    told = _content(statement, analyzer)
    suffered = ((who.casefold(), verb) for verb, who, _ in _passive(statement, analyzer))
    for name, verb in (*_active(statement, analyzer), *suffered):
        by = [who for other, who, thing in _passive(quotes, analyzer) if other == verb and told & thing]
        does = any(verb == other and name in who for who, other in _active(quotes, analyzer))
        if by and not does and name in quotes.casefold() and not any(name in who.casefold() for who in by):
            return by[0]
    return None


def _active(text: str, analyzer: Analyzer) -> Iterator[tuple[str, str]]:
    """Yield names in small letters with the stem of the verb right behind them."""
    for name in name_spans(text):
        if match := _ONE_VERB.match(text, name.end):
            yield name.of(text).casefold(), analyzer.stem(match["verb"])


@lru_cache(maxsize=2048)
def _passive(text: str, analyzer: Analyzer) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Return the stems of verbs that something suffers, by whom, and the words for that thing."""
    return tuple(
        (analyzer.stem(match["verb"]), match["who"], _content(_CLAUSE_EDGE.split(text[: match.start()])[-1], analyzer))
        for match in _DONE_BY.finditer(text)
    )


def _content(text: str, analyzer: Analyzer) -> frozenset[str]:
    tokens = analyzer.tokens(text)
    return frozenset(token.term for token in tokens if fold(token.span.of(text)) not in SMALL_WORDS)


@lru_cache(maxsize=2048)
def _deeds(text: str, analyzer: Analyzer) -> frozenset[Deed]:
    return frozenset(_read(text, analyzer))


def _read(text: str, analyzer: Analyzer) -> Iterator[Deed]:
    found = name_spans(text)
    # "the American company Illumina" has a name before the name
    for one, two in [*pairwise(found), *zip(found, found[2:], strict=False)]:
        between = text[one.end : two.start]
        first, second = (re.split(r"[\s-]", name.of(text).casefold())[0] for name in (one, two))
        if passive := _PASSIVE.fullmatch(between):
            yield second, analyzer.stem(passive["verb"]), first
        elif active := _ACTIVE.fullmatch(between):
            yield first, analyzer.stem(active["verb"]), second
