"""Of what the sentences of a passage tell, one after the other, where a fact is asked of a name or of a year."""

import re
from collections.abc import Iterable, Sequence

from corpus.language import Analyzer
from service.question.kinds import FACTS, Kind
from service.question.units import Unit
from service.sentences.ordinals import Ordinals
from service.sentences.owners import names_another
from service.sentences.presence import NAMED, presence, stands_as_name
from service.sentences.sections import Heading, Sections
from service.sentences.wanted import Wanted
from service.text.mentions import name_spans
from service.text.wording import other_names
from service.text.words import NAME_EN

_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)")
_NUMBERED = re.compile(r"\b[A-Z][a-z]+ (?:\d{1,2}|[A-Z]|[IVX]+)\b(?! [A-Z])")  # "Phase 2" and "Series A" name nobody
_JOINED = re.compile(rf"{NAME_EN}(?:(?:, | or | and | vs\.? | versus ){NAME_EN})+")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|its|his|her|their)\b|^[“「]?[它他她其该本此这]", re.IGNORECASE)


class Subjects:
    """Follows a passage from its first sentence on; ``above`` are the index terms of its title and headings.

    Its article's ``title`` may name others beside what is asked about: "Ulverby or Brill?" settles for neither.
    ``headings`` are all of its article's, which first names what is asked about at ``named_from``.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        wanted: Wanted,
        above: Sequence[str],
        analyzer: Analyzer,
        headings: Sequence[Heading] = (),
        *,
        title: str = "",
        named_from: int = 0,
    ) -> None:
        self._question, self._analyzer, self._above = wanted.text, analyzer, above
        self._asked = [unit for unit in units if unit.proper or unit.place] if wanted.kind in FACTS else []
        self._own_section = any(presence(unit, above) >= NAMED for unit in self._asked)  # all of it tells of that name
        self._rivals = self._named_beside(title) if self._own_section else frozenset[str]()
        self._named_last = True  # whether what was named last is what is asked about
        # of a "when" a year is no part of what is asked
        dated = units if wanted.kind in FACTS - {Kind.WHEN} else []
        self._years = years_of(dated)
        self._before: Sequence[str] = ()
        self._named_from = named_from
        facts = wanted.kind in FACTS
        self._ordinals = Ordinals(units if facts else (), wanted, analyzer)
        self._sections = Sections(headings, wanted.topics, analyzer)

    def tells_of_another(self, text: str, terms: Sequence[str], place: int = 0) -> bool:
        """Whether the next sentence tells of another name or year than is asked.

        ``terms`` are its index terms, ``place`` is where it starts in its article.
        """
        another = self._of_another_name(text, terms) if self._asked else False
        another = another or self._sections.is_on_another(place, text, terms)
        another = another or self._ordinals.says_another(text)
        another = another or place + len(text) <= self._named_from
        nowhere = self._years.isdisjoint((*terms, *self._before, *self._above))
        self._before = terms
        return another or (bool(self._years) and nowhere and bool(_YEAR.search(text)))

    def _of_another_name(self, text: str, terms: Sequence[str]) -> bool:
        """Judge a sentence by its names; one that refers back ("Its director") tells of what was named last."""
        named, back = any(stands_as_name(unit, terms) for unit in self._asked), _begins_with_pronoun(text)
        followed = self._named_last
        others = [name.text for name in other_names(_NUMBERED.sub("", text), self._question) if name.sure]
        self._named_last = named or (followed and (back or not others))
        if named:
            return False
        own = self._own_section and self._rivals.isdisjoint(map(self._analyzer.stem, others))
        return (back and not followed) or (
            not own and names_another(_NUMBERED.sub("", text), self._question, self._analyzer)
        )

    def _named_beside(self, title: str) -> frozenset[str]:
        """Return the index terms of names that a title joins to one that is asked about."""
        found = (self._analyzer.terms(run.group()) for run in _JOINED.finditer(title))
        runs = [run for run in found if any(stands_as_name(unit, run) for unit in self._asked)]
        return frozenset(term for run in runs for term in run)


def years_of(units: Iterable[Unit]) -> set[str]:
    """Return the years among what a question names."""
    return {unit.own[0] for unit in units if len(unit.own) == 1 and _YEAR.fullmatch(unit.own[0])}


def _begins_with_pronoun(text: str) -> bool:
    """Whether a pronoun stands before any name, so that it stands for something before the sentence."""
    pronoun = _PRONOUN.search(text)
    if not pronoun:
        return False
    return all(
        pronoun.start() <= name.start for name in name_spans(text) if name.of(text).lower() != pronoun[0].lower()
    )
