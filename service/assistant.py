"""The answering path: understand, retrieve, gather evidence, write, verify; or say that it is not in the articles."""

import re
import secrets
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import structlog

from corpus.dictionary import Dictionary
from corpus.encoder import usable_cores
from corpus.errors import BadInput, TooLong
from corpus.filters import EVERYTHING, Filter
from corpus.language import Analyzer
from corpus.library import Library
from ingest.text import tidy
from service import phrases
from service.answer import Answer, ArticleRef, Citation, Delta, Direct, Event, Mode, Related, Restart, Statement, Turn
from service.cite import verify_quotes
from service.compose import choose, compose
from service.evidence import Evidence, SearchHit
from service.failures import ModelFailed
from service.gather import Gatherer
from service.generate import Generated, Writer
from service.known import known
from service.model.standalone import standalone
from service.model.talk import Talk
from service.question.asking import only_greets
from service.question.capitals import with_capitals
from service.question.followups import newest
from service.question.romanise import Romaniser
from service.question.spelling import Speller
from service.quotes.direct import verify_direct
from service.quotes.disagree import differing
from service.retrieve import Found, Retriever
from service.threshold import Gate, Threshold
from service.understand import Reader, Understood

RELATED = 3
MODEL_FLOOR = 0.15  # below it the evidence is so far off that no language model is asked
TRIES = 3  # at a view of the library that no ingest changed half-way
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

log = structlog.get_logger(__name__)


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
class AnswerBody:
    """What an answer says, and how it came about."""

    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    notice: str | None = None
    model: str | None = None
    direct: Direct | None = None


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


class Assistant:
    """Answers questions from one library; safe to share among threads."""

    def __init__(
        self,
        library: Library,
        retriever: Retriever,
        analyzer: Analyzer,
        *,
        dictionary: Dictionary | None = None,
        writer: Writer | None = None,
        max_chars: int = 2000,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._library, self._retriever, self._analyzer = library, retriever, analyzer
        self._gatherer, self._gate = Gatherer(library, analyzer), Gate(library)
        self._speller, self._dictionary = Speller(library, analyzer), dictionary
        self._romaniser = Romaniser(library, analyzer, dictionary) if dictionary else None
        self._turns = threading.BoundedSemaphore(usable_cores())  # more at once only stand in each other's way
        self._writer, self._max_chars, self._today = writer, max_chars, today

    def threshold(self) -> Threshold:
        """Return the threshold of confidence that answers are held against; a log line tells once of a stale one."""
        return self._gate.threshold()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        mode: Mode = "auto",
        where: Filter = EVERYTHING,
        without: frozenset[str] = frozenset(),
    ) -> Answer:
        """Return the answer from the articles that ``where`` admits; those in ``without`` count as withdrawn.

        Raises BadInput or TooLong.
        """
        *_, answer = self.stream(question, history=history, mode=mode, where=where, without=without)
        if not isinstance(answer, Answer):
            raise TypeError("a streamed answer must end with the answer itself")
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        mode: Mode = "auto",
        where: Filter = EVERYTHING,
        without: frozenset[str] = frozenset(),
    ) -> Generator[Event]:
        """Check the question, then return its answer as events; raises BadInput or TooLong before the first one."""
        clean = self._checked(question)
        if mode == "llm" and self._writer is None:
            raise BadInput(
                "no language model is set: give INSIGHT_LLM_URL and INSIGHT_LLM_MODEL, or ask in quotes mode"
            )
        return self._events(clean, tuple(history), None if mode == "quotes" else self._writer, where, without)

    def search(
        self, query: str, *, k: int = 10, where: Filter = EVERYTHING, without: frozenset[str] = frozenset()
    ) -> list[SearchHit]:
        """Return the ``k`` best passages of the articles that ``where`` admits; raises BadInput or TooLong."""
        if not 1 <= k <= 100:
            raise BadInput("k, the number of passages, lies between 1 and 100")
        understood = next(self._readings(self._checked(query), ()))
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

    def _checked(self, question: str) -> str:
        if len(question) > self._max_chars:
            raise TooLong(f"the question has {len(question)} characters; ask it in {self._max_chars} or fewer")
        if _CONTROL.search(question):
            raise BadInput("the question holds control characters; remove them and ask again")
        clean = " ".join(tidy(question).split())  # without characters that nobody sees
        if not clean:
            raise BadInput("the question is empty; ask something about the articles")
        return clean

    def _readings(self, question: str, history: Sequence[Turn]) -> Iterator[Understood]:
        """Yield what a question may ask, the likeliest first; each is worked out when it is asked for."""
        with self._library.view() as view:
            spelt = self._speller.corrected(question, view)
            turns = [*newest(history), Turn("user", spelt)]
            if len(turns) > 1:  # a name that was typed small is one that a follow-up may be about
                turns = [
                    replace(turn, content=with_capitals(turn.content, view, self._analyzer))
                    if turn.role == "user"
                    else turn
                    for turn in turns
                ]
            asked = " ".join(turn.content for turn in turns if turn.role == "user")
            names = self._romaniser.names(asked, view) if self._romaniser else None
        reader = Reader(
            self._analyzer, self._library.glossary, dictionary=self._dictionary, names=names, today=self._today()
        )
        *before, last = turns
        for understood in reader.readings(last.content, before):
            yield replace(understood, asked=question, reworded=True) if spelt != question else understood

    def _events(
        self,
        question: str,
        history: Sequence[Turn],
        writer: Writer | None,
        where: Filter,
        without: frozenset[str],
    ) -> Generator[Event]:
        begun = time.perf_counter()
        talk = writer.talk() if writer else None
        draft = self._prepare(question, history, where, without, talk)
        if writer is None or draft.evidence.confidence < MODEL_FLOOR:
            yield from self._in_quotes(draft, begun)
            return
        pair = differing(draft.evidence, draft.question, choose(draft.evidence, draft.question), self._analyzer)
        differ = tuple(sentence.article.id for sentence in pair)
        try:
            written = yield from writer.write(draft.question, draft.evidence, history, talk=talk, differing=differ)
        except ModelFailed as failure:
            log.warning("the language model failed", reason=failure.reason)
            reason = phrases.fell_back(failure, draft.question.language)
            yield from self._instead(draft, begun, reason)
            return
        yield from self._as_written(draft, begun, written)

    def _as_written(self, draft: Prepared, begun: float, written: Generated) -> Generator[Event]:
        """End with what the language model wrote, or with quotes where nothing it wrote could be proved."""
        if written.statements:
            said = AnswerBody(written.text, written.statements, written.citations, written.notice, written.model)
            yield self._answer(draft, begun, said)
        elif written.refused:
            yield from self._not_found(draft, begun, model=written.model)
        else:
            yield from self._instead(draft, begun, phrases.nothing_proved(draft.question.language))

    def _instead(self, draft: Prepared, begun: float, reason: str) -> Generator[Event]:
        """Answer in quotes where the language model could not, and say why."""
        notice = phrases.in_its_place(reason, draft.question.language, quoted=draft.admitted)
        yield Restart(notice)
        yield from self._in_quotes(draft, begun, notice)

    def _in_quotes(self, draft: Prepared, begun: float, notice: str | None = None) -> Generator[Event]:
        if not draft.admitted:
            yield from self._not_found(draft, begun, notice=notice)
            return
        composed = compose(draft.evidence, draft.question, self._analyzer)
        yield from map(Delta, composed.pieces)
        said = AnswerBody(
            "".join(composed.pieces), composed.statements, composed.book.citations, notice, direct=composed.direct
        )
        yield self._answer(draft, begun, said)

    def _not_found(
        self, draft: Prepared, begun: float, *, notice: str | None = None, model: str | None = None
    ) -> Generator[Event]:
        language = draft.question.language
        if only_greets(draft.question.text):
            text, draft = phrases.nothing_asked(language), replace(draft, related=())
        elif self._library.matching(draft.scope.where) == frozenset():
            text = phrases.none_matches(draft.scope.where, language)
            draft = replace(draft, scope=Scope(draft.scope.where, None))  # the text says it
        else:
            text = phrases.not_found(draft.related[:RELATED], language)
        yield Delta(text)
        yield self._answer(draft, begun, AnswerBody(text, notice=notice, model=model))

    def _answer(self, draft: Prepared, begun: float, said: AnswerBody) -> Answer:
        """Put the answer together; it is ``not_found`` where nothing is stated. Raises BrokenQuote."""
        composed = time.perf_counter()
        verify_quotes(said.citations, draft.evidence)
        if said.direct:
            verify_direct(said.direct, said.citations)
        cited = {citation.article.id for citation in said.citations}
        near = [article for article in draft.related if article.id not in cited][:RELATED]
        told = {} if said.statements else known(draft.question, draft.evidence, {article.id for article in near})
        done = time.perf_counter()
        timings = {
            **draft.timings,
            "compose": round(_ms(composed - begun) - sum(draft.timings.values()), 1),
            "verify": _ms(done - composed),
            "total": _ms(done - begun),
        }
        return Answer(
            id=secrets.token_hex(8),
            question=draft.question.asked,
            language=draft.question.language,
            status="answered" if said.statements else "not_found",
            mode="llm" if said.model else "quotes",
            text=said.text,
            confidence=round(draft.evidence.confidence, 4),
            statements=said.statements,
            citations=said.citations,
            related=tuple(replace(article, known=told.get(article.id)) for article in near),
            generation=draft.generation,
            fingerprint=self._library.fingerprint,
            model=said.model,
            notice=" ".join(filter(None, (said.notice, draft.scope.notice))) or None,
            understood=draft.question.text if draft.question.reworded else None,
            direct=said.direct,
            timings_ms=timings,
        )

    def _rewritten(self, question: str, history: Sequence[Turn], talk: Talk | None) -> str | None:
        """Return a follow-up as the language model makes it stand on its own; None where the rules are to do it."""
        if talk is None or not history or only_greets(question):
            return None
        return standalone(question, history, talk=talk, analyzer=self._analyzer)

    def _prepare(
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
        timings = {"understand": _ms(spent + done - start - searched), "retrieve": _ms(searched)}
        return Prepared(
            replace(read.question, asked=question, reworded=reworded),
            read.evidence,
            read.admitted,
            self._related(read),
            generation,
            timings,
            read.scope,
        )

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


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
