"""Who did what to whom, where two names stand on either side of one verb: "Solexa acquired Illumina"."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from corpus.language import Analyzer
from service.text.mentions import name_spans

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


def turned_round(statement: str, quotes: str, analyzer: Analyzer) -> bool:
    """Whether a statement has doer and done-to in each other's place, and the quotes never tell it as it does."""
    said, shown = _deeds(statement, analyzer), _deeds(quotes, analyzer)
    return any((whom, verb, doer) in shown and (doer, verb, whom) not in shown for doer, verb, whom in said)


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
