"""From a question to its evidence: how it may be meant, which articles may answer it, and what is found in them."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.dictionary import Dictionary
from corpus.encoder import usable_cores
from corpus.filters import Filter
from corpus.language import Analyzer
from corpus.library import Library
from corpus.view import View
from service import phrases
from service.answer import ArticleRef, Related, Turn
from service.evidence import Evidence, SearchHit
from service.gather import Gatherer
from service.model.standalone import standalone
from service.model.talk import Talk
from service.question.capitals import with_capitals
from service.question.earlier import newest
from service.question.romanise import Romaniser
from service.question.smalltalk import only_greets
from service.question.spelling import Speller
from service.retrieve import Found, Retriever
from service.threshold import Gate
from service.understand import Reader, Understood

RELATED = 3
"""Articles named beside an answer, or in its place, at most."""
TRIES = 3  # at a view of the library that no ingest changed half-way


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles that a question may be answered from: what the asker's filter and the question itself leave.

    ``notice`` says what the question's own dates left out, None where they left out nothing.
    """

    where: Filter
    notice: str | None

    @classmethod
    def of(cls, question: Understood, where: Filter) -> "Scope":
        """Narrow ``where`` to the days of publication that the question asks for."""
        days = question.when.published
        if days is None:
            return cls(where, None)
        return cls(where.within(days.since, days.until), phrases.only_published(days, question.language))


@dataclass(frozen=True, slots=True)
class _Read:
    """A question as it may be meant, what was searched and found for it, and whether that is enough for an answer."""

    question: Understood
    scope: Scope
    found: Found
    evidence: Evidence
    admitted: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with all that was found for it, and how long each step took in milliseconds.

    ``admitted`` says that the evidence is enough for an answer in quotes.
    """

    question: Understood
    evidence: Evidence
    admitted: bool
    related: tuple[Related, ...]
    generation: int
    timings: Mapping[str, float]
    scope: Scope


class Finder:
    """Finds what one library holds for a question; safe to share among threads."""

    def __init__(
        self,
        library: Library,
        retriever: Retriever,
        analyzer: Analyzer,
        *,
        gate: Gate,
        dictionary: Dictionary | None,
        today: Callable[[], date],
    ) -> None:
        self._library, self._retriever, self._analyzer = library, retriever, analyzer
        self._gatherer, self._gate = Gatherer(library, analyzer), gate
        self._speller, self._dictionary, self._today = Speller(library, analyzer), dictionary, today
        self._romaniser = Romaniser(library, analyzer, dictionary) if dictionary else None
        self._turns = threading.BoundedSemaphore(usable_cores())  # more at once only stand in each other's way

    def search(self, query: str, *, k: int, where: Filter, without: frozenset[str]) -> list[SearchHit]:
        """Return the ``k`` best passages of the articles that ``where`` admits; those in ``without`` are left out."""
        understood = next(self._readings(query, ()))
        where = Scope.of(understood, where).where
        with self._turns:
            found = self._retriever.search(understood, where=where, without=without, k=k)
        return [
            SearchHit(
                rank,
                round(score, 4),
                ArticleRef.of_excerpt(excerpt),
                excerpt.passage_id,
                excerpt.headings,
                excerpt.text,
                excerpt.start,
                excerpt.end,
            )
            for rank, (excerpt, score) in enumerate(found, start=1)
        ]

    def prepare(
        self,
        question: str,
        history: Sequence[Turn],
        where: Filter,
        without: frozenset[str],
        talk: Talk | None = None,
    ) -> Prepared:
        """Find the evidence in one view of the library: an ingest that lands meanwhile makes it look again."""
        begun = time.perf_counter()
        rewritten = self._rewritten(question, history, talk)
        spent = time.perf_counter() - begun
        for _ in range(TRIES):
            generation = self._library.generation
            start = time.perf_counter()
            readings = self._readings(rewritten or question, () if rewritten else history)
            read, searched = self._found(readings, where, without)
            done = time.perf_counter()
            if self._library.generation == generation:
                break
        reworded = read.question.reworded or rewritten is not None
        timings = {"understand": in_ms(spent + done - start - searched), "retrieve": in_ms(searched)}
        return Prepared(
            replace(read.question, asked=question, reworded=reworded),
            read.evidence,
            read.admitted,
            self._related(read),
            generation,
            timings,
            read.scope,
        )

    def _rewritten(self, question: str, history: Sequence[Turn], talk: Talk | None) -> str | None:
        """Return a follow-up as the language model makes it stand on its own; None where the rules are to do it."""
        if talk is None or not history or only_greets(question):
            return None
        return standalone(question, history, talk=talk, analyzer=self._analyzer)

    def _readings(self, question: str, history: Sequence[Turn]) -> Iterator[Understood]:
        """Yield what a question may ask, the likeliest first; each is worked out when it is asked for."""
        with self._library.view() as view:
            spelt = self._speller.corrected(question, view)
            earlier = newest(history)
            turns = [self._plain(turn, view, named=bool(earlier)) for turn in (*earlier, Turn("user", spelt))]
            asked = " ".join(turn.content for turn in turns if turn.role == "user")
            names = self._romaniser.names(asked, view) if self._romaniser else None
        reader = Reader(
            self._analyzer, self._library.glossary, dictionary=self._dictionary, names=names, today=self._today()
        )
        *before, last = turns
        for understood in reader.readings(last.content, before):
            yield replace(understood, asked=question, reworded=understood.reworded or spelt != question)

    def _plain(self, turn: Turn, view: View, *, named: bool) -> Turn:
        """Return a turn with what somebody asked in simplified characters, in which the rules for questions are.

        With ``named``, names that were typed small get their capitals: a follow-up may be about them.
        """
        if turn.role != "user":
            return turn
        text = self._analyzer.simplified(turn.content)
        return replace(turn, content=with_capitals(text, view, self._analyzer) if named else text)

    def _found(self, readings: Iterable[Understood], where: Filter, without: frozenset[str]) -> tuple[_Read, float]:
        """Return the likeliest reading that the articles answer, or the first where they answer none.

        With it come the seconds that all searches took.
        """
        tried: list[_Read] = []
        spent = 0.0
        for understood in readings:
            begun = time.perf_counter()
            scope = Scope.of(understood, where)
            with self._turns:
                found = self._retriever.retrieve(understood, where=scope.where, without=without)
                evidence = self._gatherer.gather(understood, found, where=scope.where)
            spent += time.perf_counter() - begun
            tried.append(_Read(understood, scope, found, evidence, self._gate.admits(evidence.confidence)))
            if tried[-1].admitted:
                return tried[-1], spent
        return tried[0], spent

    def _related(self, read: _Read) -> tuple[Related, ...]:
        """Return the articles nearest to the question; the newest, where it names nothing but when they appeared."""
        ids = read.found.nearest[: 2 * RELATED]
        articles = self._library.articles_of(ids)
        near = [articles[i] for i in ids if i in articles and read.scope.where.admits(articles[i])]
        if read.question.when.aside and not read.question.units:
            near = self._library.articles(limit=RELATED, where=read.scope.where)
        refs = [ArticleRef.of(article) for article in near]
        return tuple(Related(ref.id, ref.title, ref.url, ref.published) for ref in refs)


def in_ms(seconds: float) -> float:
    """Return milliseconds with one place."""
    return round(seconds * 1000, 1)
