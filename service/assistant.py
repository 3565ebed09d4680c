"""The answering path: understand, retrieve, gather evidence, write, verify; or say that it is not in the articles."""

import re
import secrets
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import structlog

from corpus.dictionary import Dictionary
from corpus.errors import BadInput, TooLong
from corpus.filters import EVERYTHING, Filter
from corpus.language import Analyzer
from corpus.library import Library
from ingest.text import tidy
from service import phrases
from service.answer import Answer, Citation, Delta, Direct, Event, Mode, Restart, Statement, Turn
from service.cite import CitationBook, verify_quotes
from service.compose import choose, compose
from service.evidence import SearchHit
from service.failures import Failure, ModelFailed
from service.finder import RELATED, Finder, Part, Prepared, Scope, in_ms
from service.generate import Generated, Writer
from service.known import known
from service.listing import Listed, Listing
from service.question.smalltalk import asks_summary, only_greets
from service.quotes.direct import verify_direct
from service.quotes.disagree import differing
from service.retrieve import Retriever
from service.threshold import Gate, Threshold

MODEL_FLOOR = 0.05
"""Confidence below which the evidence is so far off that no language model is asked."""
NEAR = 0.15  # confidence from which the nearest sentence may answer, seen or not
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AnswerBody:
    """What an answer says, and how it came about."""

    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    notice: str | None = None
    model: str | None = None
    direct: Direct | None = None


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
        self._library, self._analyzer, self._gate = library, analyzer, Gate(library)
        self._finder = Finder(library, retriever, analyzer, gate=self._gate, dictionary=dictionary, today=today)
        self._listing = Listing(library, self._finder, analyzer, today)
        self._writer, self._max_chars = writer, max_chars

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
        left: Callable[[], bool] | None = None,
    ) -> Generator[Event]:
        """Check the question, then return its answer as events; raises BadInput or TooLong before the first one.

        Once ``left`` says that nobody waits for them, the language model is asked no more, and they end.
        """
        clean = self._checked(question)
        if mode == "llm" and self._writer is None:
            raise BadInput(
                "no language model is set: give INSIGHT_LLM_URL and INSIGHT_LLM_MODEL, or ask in quotes mode"
            )
        writer = None if mode == "quotes" else self._writer
        return self._events(clean, tuple(history), writer, where, without, left=left)

    def search(
        self, query: str, *, k: int = 10, where: Filter = EVERYTHING, without: frozenset[str] = frozenset()
    ) -> list[SearchHit]:
        """Return the ``k`` best passages of the articles that ``where`` admits; raises BadInput or TooLong."""
        if not 1 <= k <= 100:
            raise BadInput("k, the number of passages, lies between 1 and 100")
        return self._finder.search(self._checked(query), k=k, where=where, without=without)

    def _checked(self, question: str) -> str:
        if len(question) > self._max_chars:
            raise TooLong(f"the question has {len(question)} characters; ask it in {self._max_chars} or fewer")
        if _CONTROL.search(question):
            raise BadInput("the question holds control characters; remove them and ask again")
        clean = " ".join(tidy(question).split())  # without characters that nobody sees
        if not clean:
            raise BadInput("the question is empty; ask something about the articles")
        return clean

    def _events(
        self,
        question: str,
        history: Sequence[Turn],
        writer: Writer | None,
        where: Filter,
        without: frozenset[str],
        *,
        left: Callable[[], bool] | None,
    ) -> Generator[Event]:
        begun = time.perf_counter()
        if listed := self._listing.answer(question, history, where, without):
            yield from self._listed(listed, begun)
            return
        talk = writer.talk(left) if writer else None
        draft = self._finder.prepare(question, history, where, without, talk)
        if writer is None or draft.evidence.confidence < MODEL_FLOOR:
            yield from self._in_quotes(draft, begun)
            return
        try:
            written = yield from writer.write(
                draft.question, draft.evidence, history, talk=talk, differing=self._differing(draft)
            )
        except ModelFailed as failure:
            if failure.kind is Failure.LEFT:
                log.info("nobody waits for the answer any more")
                return
            log.warning("the language model failed", reason=failure.in_full)
            reason = phrases.fell_back(failure, draft.question.language)
            yield from self._instead(draft, begun, reason)
            return
        yield from self._as_written(draft, begun, written)

    def _listed(self, listed: Listed, begun: float) -> Generator[Event]:
        said = listed.said
        yield from map(Delta, said.pieces)
        body = AnswerBody("".join(said.pieces), said.statements, said.book.citations)
        yield self._answer(listed.draft, begun, body)

    def _differing(self, draft: Prepared) -> tuple[str, ...]:
        """Return the ids of articles that say different things of what is asked."""
        pairs = (
            differing(part.evidence, part.question, choose(part.evidence, part.question), self._analyzer)
            for part in draft.parts
            if part.admitted
        )
        return tuple(sentence.article.id for pair in pairs for sentence in pair)

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
        told = [(part.evidence, part.question) for part in draft.parts if part.admitted]
        composed = compose(told, self._analyzer, points=draft.parts[0].admitted)
        pieces = list(composed.pieces)
        untold = [part for part in draft.parts if not (part.admitted or _may_be_told(part, composed.book))]
        if untold:
            missing = phrases.part_not_found([part.question.asked for part in untold], draft.question.language)
            pieces.append(f"\n\n{missing}")
        yield from map(Delta, pieces)
        said = AnswerBody("".join(pieces), composed.statements, composed.book.citations, notice, direct=composed.direct)
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
            say = phrases.no_summary if asks_summary(draft.question.text) else phrases.not_found
            text = say(draft.related[:RELATED], language)
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
            "compose": round(in_ms(composed - begun) - sum(draft.timings.values()), 1),
            "verify": in_ms(done - composed),
            "total": in_ms(done - begun),
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


def _may_be_told(part: Part, book: CitationBook) -> bool:
    """Whether what comes nearest to an answer, and not from far off, is quoted anyway: its reader may find it there."""
    nearest = part.evidence.sentences[:1] if part.evidence.confidence >= NEAR else ()
    return any(book.holds(best.article, best.sentence.span) for best in nearest)
