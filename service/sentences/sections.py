"""Which section of its article a sentence stands in, and whether another section is on what a question asks about.

An article that sets two parks side by side has a section on each, and says in neither sentence of which park it tells.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.article import Article, BlockKind, Language
from corpus.language import Analyzer
from service.question.units import Unit
from service.sentences.presence import NAMED, presence
from service.text.words import POSSESSIVE_END

_COUNTS = re.compile(
    r"(?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) \w"
    r"|[两二三四五六七八九十\d]{1,2}[大个项点类种条所家座]",
    re.IGNORECASE,
)

# "Lesson 1", "The second lesson", 教训之一, 误会二：, 第三点教训
_NUMBERED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|one|two|three|four|five|six|[1-9])\b"
    r"|之[一二三四五六七八九十]|第[一二三四五六七八九十]|[一二三四五六七八九十](?=[:、])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where it starts, its level, its normalised text and its index terms."""

    start: int
    level: int
    text: str
    terms: tuple[str, ...]


def headings_of(article: Article, analyzer: Analyzer) -> tuple[Heading, ...]:
    """Return the title of an article, at level 0, and its headings in order."""
    blocks = [block for block in article.blocks if block.kind is BlockKind.HEADING]
    said = [(0, 0, article.title), *((b.span.start, b.level, b.span.of(article.text)) for b in blocks)]
    return tuple(
        Heading(start, level, analyzer.normalise(text), tuple(analyzer.terms(text))) for start, level, text in said
    )


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that a question asks about: a proper name, or Chinese words that no list of words knows."""

    text: str
    unit: Unit | None

    def stands_in(self, text: str, terms: Sequence[str]) -> bool:
        """Whether it stands in a normalised text with these index terms."""
        return self.text in text or (self.unit is not None and presence(self.unit, terms) >= NAMED)


def first_named(topics: Sequence[Topic], article: Article) -> int:
    """Return where an article first names one of ``topics``; 0 where that can't be told, or its title does."""
    said = [POSSESSIVE_END.sub("", topic.unit.surface) if topic.unit else topic.text for topic in topics]
    if any(topic.unit and topic.unit.others for topic in topics) or any(name in article.title for name in said):
        return 0
    found = (re.search(re.escape(name), article.text, re.IGNORECASE) for name in said)
    return min((match.start() for match in found if match), default=0)


def openings(units: Sequence[Unit], article: Article, headings: Sequence[Heading], *, listed: bool) -> frozenset[int]:
    """Return where the sections of an article begin whose headings hold what ``units`` ask for, the title the rest.

    Of a section whose heading counts what is to be ``listed`` ("Four yards") each paragraph is one of them.
    """
    places = set[int]()
    for heading in _headed(units, headings):
        inside = _blocks_under(heading, article)
        places.update(inside if listed and _COUNTS.match(heading.text) else inside[:1])
    return frozenset(places)


def series(units: Sequence[Unit], article: Article, headings: Sequence[Heading]) -> tuple[int, ...]:
    """Return where those of these sections begin, two or more, whose headings number them: "Lesson 1", "Lesson 2"."""
    numbered = [heading for heading in _headed(units, headings) if _NUMBERED.search(heading.text)]
    starts = [start for heading in numbered for start in _blocks_under(heading, article)[:1]]
    return tuple(starts) if len(starts) > 1 else ()


def _headed(units: Sequence[Unit], headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings that hold what ``units`` ask for; what of it the title holds they need not."""
    asked = [unit for unit in units if unit.heavy]
    telling = [unit for unit in asked if unit.telling] or asked
    untitled = [unit for unit in asked if presence(unit, headings[0].terms) < NAMED]
    return [
        heading
        for heading in headings[1:]
        if any(presence(unit, heading.terms) >= NAMED for unit in telling)
        and all(presence(unit, heading.terms) >= NAMED for unit in untitled)
    ]


def _blocks_under(heading: Heading, article: Article) -> list[int]:
    """Return where the blocks between a heading and the next one start."""
    below = [block for block in article.blocks if block.span.start > heading.start]
    return [block.span.start for block in takewhile(lambda block: block.kind is not BlockKind.HEADING, below)]


def topics_of(units: Sequence[Unit], question: str, language: Language, analyzer: Analyzer) -> list[Topic]:
    """Return what ``question`` asks about by name.

    Chinese names are cut in pieces as often as not, so words side by side that neither the glossary nor the dictionary
    knows are taken as one.
    """
    topics = [Topic(analyzer.normalise(unit.surface), unit) for unit in units if unit.proper]
    if language == "en":
        return topics
    asked, run = analyzer.normalise(question), ""
    for unit in units:
        surface = analyzer.normalise(unit.surface)
        unknown = unit.heavy and len(unit.phrases) == 1 and not unit.name
        if unknown and run and run + surface in asked:
            run += surface
            continue
        if len(run) > 1:
            topics.append(Topic(run, None))
        run = surface if unknown else ""
    return [*topics, Topic(run, None)] if len(run) > 1 else topics


class Sections:
    """Tells of each sentence of an article whether it stands in the section on something else than ``topics``."""

    def __init__(self, headings: Sequence[Heading], topics: Sequence[Topic], analyzer: Analyzer) -> None:
        self._headings, self._analyzer = headings, analyzer
        # What stands in several headings, like the "Park" of two parks, tells none of them apart; of what the title
        # names the whole article tells.
        places = {topic: [h.level for h in headings if topic.stands_in(h.text, h.terms)] for topic in topics}
        self._topics = [topic for topic, levels in places.items() if len(levels) == 1 and 0 not in levels]

    def is_on_another(self, place: int, text: str, terms: Sequence[str]) -> bool:
        """Judge the sentence ``text``, with these index terms, that starts at ``place``.

        A section without a heading tells nothing, nor does one whose sentence names a topic itself.
        """
        above = self._above(place) if self._topics else []
        if not above:
            return False
        told = [(self._analyzer.normalise(text), terms), *((heading.text, heading.terms) for heading in above)]
        return not any(topic.stands_in(*one) for topic in self._topics for one in told)

    def _above(self, place: int) -> list[Heading]:
        """Return the headings above a place, the innermost first."""
        above: list[Heading] = []
        for heading in reversed([heading for heading in self._headings if heading.level and heading.start <= place]):
            if not above or heading.level < above[-1].level:
                above.append(heading)
        return above
