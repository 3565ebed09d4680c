"""From a question to its evidence: how it may be meant, which articles may answer it, and what is found in them."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, zip_longest
from typing import NamedTuple

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
    """A question as it may be meant, what was searched and found for it, and whether that is enough for an answer.

    ``seconds`` is what the searches for all that it may mean took.
    """

    question: Understood
    scope: Scope
    found: Found
    evidence: Evidence
    admitted: bool
    seconds: float = 0.0


class _Asked(NamedTuple):
    """A question, itself without slips of the pen, the turns before it, and who reads both."""

    question: str
    reader: Reader
    text: str
    before: Sequence[Turn]
    respelt: bool

    def readings(self) -> Iterator[Understood]:
        """Yield what it may ask, the likeliest first; each is worked out when it is asked for."""
        for understood in self.reader.readings(self.text, self.before):
            yield replace(understood, asked=self.question, reworded=understood.reworded or self.respelt)


@dataclass(frozen=True, slots=True)
class Part:
    """A question, or one of several that a text joins, what was found for it, and whether that is enough in quotes."""

    question: Understood
    evidence: Evidence
    admitted: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with all that was found for it, and how long each step took in milliseconds.

    ``parts`` are the questions that it joins where any of them can be answered in quotes, else it alone; ``evidence``
    is that of those that can, or of all of it.
    """

    question: Understood
    evidence: Evidence
    parts: tuple[Part, ...]
    related: tuple[Related, ...]
    generation: int
    timings: Mapping[str, float]
    scope: Scope

    @property
    def admitted(self) -> bool:
        """Whether the evidence is enough for an answer in quotes."""
        return any(part.admitted for part in self.parts)


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
        understood = next(self._asked(query, ()).readings())
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
            whole, joined = self._read(rewritten or question, () if rewritten else history, where, without)
            done = time.perf_counter()
            if self._library.generation == generation:
                break
        reworded = whole.question.reworded or rewritten is not None
        searched = sum(each.seconds for each in (whole, *joined))
        timings = {"understand": in_ms(spent + done - start - searched), "retrieve": in_ms(searched)}
        read = joined or (whole,)
        return Prepared(
            replace(whole.question, asked=question, reworded=reworded),
            _together([each.evidence for each in read if each.admitted] or [whole.evidence]),
            tuple(Part(each.question, each.evidence, each.admitted) for each in read),
            self._related(whole),
            generation,
            timings,
            whole.scope,
        )

    def unsearched(self, question: str, scope: Scope) -> Prepared:
        """Return a question that no sentence has to be found for, as it was asked."""
        begun = time.perf_counter()
        understood = replace(next(self._asked(question, ()).readings()), text=question, reworded=False)
        timings = {"understand": in_ms(time.perf_counter() - begun), "retrieve": 0.0}
        return Prepared(understood, Evidence((), (), 0.0), (), (), self._library.generation, timings, scope)

    def _rewritten(self, question: str, history: Sequence[Turn], talk: Talk | None) -> str | None:
        """Return a follow-up as the language model makes it stand on its own; None where the rules are to do it."""
        if talk is None or not history or only_greets(question):
            return None
        return standalone(question, history, talk=talk, analyzer=self._analyzer)

    def _read(
        self, question: str, history: Sequence[Turn], where: Filter, without: frozenset[str]
    ) -> tuple[_Read, Sequence[_Read]]:
        """Return a question as it is meant, and those that it joins; none where none of them is answered."""
        asked = self._asked(question, history)
        readings = asked.readings()
        likeliest = next(readings)
        whole = self._found(chain([likeliest], readings), where, without)
        parts = [self._found(each, where, without) for each in asked.reader.parts(likeliest.text)]
        told = any(part.admitted for part in parts)
        return whole, parts if told else ()

    def _asked(self, question: str, history: Sequence[Turn]) -> _Asked:
        with self._library.view() as view:
            spelt = self._speller.corrected(question, view)
            earlier = newest(history)
            *before, last = [self._plain(turn, view, named=bool(earlier)) for turn in (*earlier, Turn("user", spelt))]
            said = " ".join(turn.content for turn in (*before, last) if turn.role == "user")
            names = self._romaniser.names(said, view) if self._romaniser else None
        reader = Reader(
            self._analyzer, self._library.glossary, dictionary=self._dictionary, names=names, today=self._today()
        )
        return _Asked(question, reader, last.content, before, spelt != question)

    def _plain(self, turn: Turn, view: View, *, named: bool) -> Turn:
        """Return a turn with what somebody asked in simplified characters, in which the rules for questions are.

        With ``named``, names that were typed small get their capitals: a follow-up may be about them.
        """
        if turn.role != "user":
            return turn
        text = self._analyzer.simplified(turn.content)
        return replace(turn, content=with_capitals(text, view, self._analyzer) if named else text)

    def _found(self, readings: Iterable[Understood], where: Filter, without: frozenset[str]) -> _Read:
        """Return the likeliest reading that the articles answer, or the first where they answer none."""
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
                break
        return replace(tried[-1] if tried[-1].admitted else tried[0], seconds=spent)

    def _related(self, read: _Read) -> tuple[Related, ...]:
        """Return the articles nearest to the question; the newest, where it names nothing but when they appeared."""
        ids = read.found.nearest[: 2 * RELATED]
        articles = self._library.articles_of(ids)
        near = [articles[i] for i in ids if i in articles and read.scope.where.admits(articles[i])]
        if read.question.when.aside and not read.question.units:
            near = self._library.articles(limit=RELATED, where=read.scope.where)
        refs = [ArticleRef.of(article) for article in near]
        return tuple(Related(ref.id, ref.title, ref.url, ref.published) for ref in refs)


def _together(found: Sequence[Evidence]) -> Evidence:
    """Return the evidence of several questions as one: their passages by turns, each once."""
    if len(found) == 1:
        return found[0]
    by_turns = chain.from_iterable(zip_longest(*(evidence.passages for evidence in found)))
    passages = {ranked.passage.id: ranked for ranked in reversed([each for each in by_turns if each])}
    sentences = sorted(chain.from_iterable(each.sentences for each in found), key=lambda sentence: -sentence.score)
    return Evidence(
        tuple(reversed(passages.values())), tuple(sentences), max(evidence.confidence for evidence in found)
    )


def in_ms(seconds: float) -> float:
    """Return milliseconds with one place."""
    return round(seconds * 1000, 1)
