"""Sentences that lead others in: what opens a section, announces a list or asks brings what belongs to it.

Such a sentence may hold hardly a word of the question ("There are four:"), so that its likelihood is raised too.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.article import Article, Passage
from corpus.language import Analyzer
from corpus.view import View
from service.checks.orders import quotable
from service.evidence import RankedPassage, ScoredSentence
from service.question.kinds import FACTS, Kind, asks_later
from service.sentences.features import Measured
from service.sentences.listed import announces
from service.sentences.neighbours import (
    Placed,
    answered_next,
    asks_itself,
    continued_next,
    explained_next,
    followers,
    leads_in,
    runs_on,
    told_next,
)
from service.sentences.owners import tells_of_the_past
from service.sentences.presence import NAMED, presence
from service.sentences.sections import Heading, openings, series
from service.sentences.tables import header_of
from service.understand import Understood

OPENS = 0.6
"""Likelihood of a sentence that opens a section whose heading says what is asked for."""
ANNOUNCED = 0.9
"""Likelihood of a sentence that announces what is asked for, where all else of the question stands near it."""

_NOT_HEADED = FACTS | {Kind.DEFINITION, Kind.YES_NO}  # kinds that one sentence answers, wherever it stands
_LEADS_READ = 5  # of the best sentences; as many as an answer quotes at most


class Leads:
    """What sentences lead in, of one question in one view; ``headings`` gives an article's, its title first."""

    def __init__(
        self,
        question: Understood,
        view: View,
        analyzer: Analyzer,
        headings: Callable[[Article], tuple[Heading, ...]],
    ) -> None:
        self._question, self._view, self._analyzer, self._headings = question, view, analyzer, headings

    def told(self, scored: Sequence[tuple[ScoredSentence, Measured]]) -> list[ScoredSentence]:
        """Return sentences best first, the likelihood of those that lead others in raised; the best bring them."""
        opened = {sentence.article.id: sentence.article for sentence, _ in scored}
        starts = {name: self._openings(article) for name, article in opened.items()}
        raised = [
            self._raised(sentence, row, opens=sentence.sentence.span.start in starts[sentence.article.id])
            for sentence, row in scored
        ]
        told = self._in_series(sorted(raised, key=lambda sentence: -sentence.score))
        return [*map(self._with_followers, told[:_LEADS_READ]), *told[_LEADS_READ:]]

    def _in_series(self, told: Sequence[ScoredSentence]) -> list[ScoredSentence]:
        """Put what opens the first of the best article's sections that number what is to be listed first.

        It brings what opens the others.
        """
        for lead in told[:1] if self._question.kind is Kind.LIST else ():
            places = series(self._question.units, lead.article, self._headings(lead.article))
            found = (_sentence_at(place, lead.passage, lead.article, self._view) for place in places)
            if opening := [placed for placed in found if placed]:
                (passage, sentence), *others = opening
                text = sentence.span.of(lead.article.text)
                first = ScoredSentence(lead.article, passage, sentence, text, max(lead.score, ANNOUNCED), lead.holds)
                rest = [each for each in told if each.sentence.span != sentence.span]
                return [self._with(first, others), *rest]
        return list(told)

    def _raised(self, lead: ScoredSentence, row: Measured, *, opens: bool) -> ScoredSentence:
        """Raise what opens a section headed by what is asked for, and what announces things of the sort that follow."""
        if self._question.kind in _NOT_HEADED:
            return lead
        least = OPENS if opens else 0.0
        if self._announces(lead) and self._follow(lead):
            least = max(least, ANNOUNCED * row.features.context**2)
        return replace(lead, score=max(lead.score, least))

    def _announces(self, lead: ScoredSentence) -> bool:
        telling = [unit for unit in self._question.units if unit.telling]
        return announces(lead.text, self._question.kind, telling, self._analyzer)

    def _openings(self, article: Article) -> frozenset[int]:
        if self._question.kind in _NOT_HEADED:
            return frozenset()
        listed = self._question.kind is Kind.LIST
        return openings(self._question.units, article, self._headings(article), listed=listed)

    def _with_followers(self, lead: ScoredSentence) -> ScoredSentence:
        """Let a sentence that leads others in bring them, also out of the next passage."""
        if lead.brings:
            return lead
        place, article, kind = lead.sentence.span, lead.article, self._question.kind
        if header := header_of(lead.sentence, article):  # a row without it says little to who reads the quote
            return self._with(lead, [(lead.passage, s) for s in quotable(lead.passage) if s.span == header])
        rest = _behind(lead)
        if asks_itself(lead.text):
            return self._with(lead, answered_next(place, rest, article))
        if not leads_in(lead.text, kind):
            told = told_next(place, rest, article) if kind is Kind.LIST else []
            told = told or explained_next(place, rest, article, kind)
            asked = self._question.text
            later = asks_later(asked) or (
                kind is Kind.WHO and tells_of_the_past(lead.text, asked)  # then comes who followed
            )
            if not told and (later or kind in FACTS | {Kind.OTHER}):
                told = continued_next(place, rest, article, lambda text: later or self._tells_more(lead, text))
            return self._with(lead, told)
        return self._with(lead, self._follow(lead))

    def _follow(self, lead: ScoredSentence) -> list[Placed]:
        """Return the list or the numbered sentences that a sentence leads in, also out of the next passage."""
        place, article = lead.sentence.span, lead.article
        rest = _behind(lead)
        counted = self._announces(lead)
        found = followers(place, rest, article, counted=counted)
        if runs_on(found, lead.passage, place) and (following := _next(lead.passage, article, self._view)):
            both = [*rest, *((following, s) for s in quotable(following))]
            found = followers(place, both, article, counted=counted)
        return found

    def _tells_more(self, lead: ScoredSentence, text: str) -> bool:
        """Whether a text holds something asked of a name that the leading sentence lacks."""
        terms = self._analyzer.terms(text)
        units = (unit for place, unit in enumerate(self._question.units) if not unit.name and place not in lead.holds)
        return any(presence(unit, terms) >= NAMED for unit in units)

    @staticmethod
    def _with(lead: ScoredSentence, found: Sequence[Placed]) -> ScoredSentence:
        text = lead.article.text
        brought = (ScoredSentence(lead.article, p, s, s.span.of(text), lead.score) for p, s in found)
        return replace(lead, brings=tuple(brought))


def with_neighbours(passages: Sequence[RankedPassage], best: Sequence[ScoredSentence]) -> list[RankedPassage]:
    """Put each passage that a sentence reaches into right after the sentence's own, where it is not there already."""
    held = {ranked.passage.id for ranked in passages}
    joined: list[RankedPassage] = []
    for ranked in passages:
        joined.append(ranked)
        for lead in best:
            reached = {item.passage.id: item.passage for item in lead.brings if item.passage.id not in held}
            if lead.passage.id == ranked.passage.id:
                joined += [replace(ranked, passage=passage) for passage in reached.values()]
                held |= reached.keys()
    return joined


def _behind(lead: ScoredSentence) -> list[Placed]:
    """Return the sentences of its passage that stand behind one and may be quoted, in order."""
    end = lead.sentence.span.end
    return [(lead.passage, sentence) for sentence in quotable(lead.passage) if sentence.span.start >= end]


def _next(passage: Passage, article: Article, view: View, *, step: int = 1) -> Passage | None:
    """Return the passage after one of an article as it was read, or so many on; None beyond its ends."""
    found = view.passage(f"{passage.article_id}.{passage.version}.{passage.ordinal + step}")
    return found if found and found.span.of(article.text) == found.text else None


def _sentence_at(place: int, near: Passage, article: Article, view: View) -> Placed | None:
    """Return the sentence that starts at a place of an article and may be quoted; ``near`` is one of its passages."""
    step = 1 if place >= near.span.start else -1
    passage: Passage | None = near
    while passage and not passage.span.start <= place < passage.span.end:
        passage = _next(passage, article, view, step=step)
    found = quotable(passage) if passage else []
    return next(((passage, sentence) for sentence in found if passage and sentence.span.start == place), None)
