"""A small Services for the tests of the API, the page and the command line: real shapes, no index, no model.

The fake assistant quotes every sentence that shares two words (or two pairs of Chinese characters) with the question,
so its answers depend on what is asked.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus.article import Article, Block, BlockKind, Language, Passage, Sentence, Span
from corpus.errors import BadInput, TooLong
from corpus.filters import EVERYTHING, Filter
from corpus.language import detect
from corpus.records import ADMIN, Held, Outcome, Progress, Run, RunItem, Withdrawal
from service.answer import (
    Answer,
    ArticleRef,
    Citation,
    Delta,
    Event,
    Mode,
    Related,
    Restart,
    Statement,
    Turn,
    Unproved,
)
from service.evidence import SearchHit
from service.settings import Settings
from service.threshold import Threshold, in_force

TOKEN = "owner-token-for-tests"

VALLEY = (
    "The Biopharmaceutical Valley was set up in 2011 in Jiangbei New Area.\n\n"
    "Contract research leaders WuXi AppTec and Pharmablock Sciences operate in Jiangbei. "
    "The Valley is home to more than 1,000 enterprises along the value chain."
)
CHINESE = "江北新区有多家合同研究组织，药明康德和药石科技都在其中。剑桥集群重视长期的基础研究。"
HOSTILE_TITLE = "<img src=x onerror=alert(1)> hostile & co"
HOSTILE = (
    "The hostile article says <script>window.pwned = 1</script> and [click](javascript:window.pwned=1). "
    "A hostile picture ![](http://evil.example/x.png) sits beside $$\\frac{1}{2}$$ and <b>bold</b> `code` *stars*."
)


def make_article(article_id: str, title: str, text: str, *, published: str | None, url: str | None) -> Article:
    return Article(
        id=article_id,
        identity=url or article_id,
        title=title,
        text=text,
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
        language=detect(text),
        url=url,
        author="Editorial team",
        published=published,
        categories=("Life sciences",),
    )


def passage_of(article: Article) -> Passage:
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^。.\s][^。]*?(?:。|\.(?=\s|$))", article.text)]
    return Passage(
        id=f"{article.id}.1.0",
        article_id=article.id,
        version=1,
        ordinal=0,
        span=Span(0, len(article.text)),
        text=article.text,
        headings=("Who is there",),
        sentences=tuple(Sentence(span, BlockKind.PARAGRAPH) for span in spans),
    )


def articles() -> list[Article]:
    base = "https://insights.example/"
    return [
        make_article("a1", "Nanjing Jiangbei Valley", VALLEY, published="2025-11-20T08:00:00", url=f"{base}valley"),
        make_article("a2", "江北与剑桥", CHINESE, published="2025-06-18", url=f"{base}zh"),
        make_article("a3", HOSTILE_TITLE, HOSTILE, published=None, url='javascript:alert("x")'),
    ]


class FakeLibrary:
    """Articles in memory, with the methods of the library that a door uses."""

    generation = 7
    fingerprint = "fake-fingerprint"

    def __init__(self, held: Sequence[Article]) -> None:
        self._held = {article.id: article for article in held}
        self._notes: dict[str, str] = {}
        self._runs: dict[str, Run] = {}

    def articles(self, *, limit: int | None = None, offset: int = 0, where: Filter = EVERYTHING) -> list[Article]:
        held = [article for article in self._held.values() if where.admits(article)][offset:]
        return held if limit is None else held[:limit]

    def article(self, article_id: str) -> Article | None:
        return self._held.get(article_id)

    def articles_of(self, ids: Sequence[str]) -> dict[str, Article]:
        return {name: self._held[name] for name in ids if name in self._held}

    def holds_samples(self) -> bool:
        return True

    def count(self, where: Filter = EVERYTHING) -> int:
        return len(self.articles(where=where))

    def categories(self) -> tuple[str, ...]:
        return tuple(sorted({name for article in self._held.values() for name in article.categories}))

    def authors(self) -> tuple[str, ...]:
        return tuple(sorted({article.author for article in self._held.values() if article.author}))

    def noted(self, name: str) -> str | None:
        return self._notes.get(name)

    def note(self, name: str, value: str | None) -> None:
        self._notes.pop(name, None)
        if value is not None:
            self._notes[name] = value

    def withdraw(self, article_id: str) -> bool:
        return self._held.pop(article_id, None) is not None

    def passage(self, passage_id: str) -> Passage | None:
        article = self._held.get(passage_id.split(".", maxsplit=1)[0])
        return passage_of(article) if article else None

    @property
    def ledger(self) -> "FakeLibrary":
        return self

    def record_run(self, run: Run) -> None:
        self._runs[run.id] = run

    def runs(self, limit: int = 50) -> list[Run]:
        return list(self._runs.values())[:limit]

    def run(self, run_id: str) -> Run | None:
        return self._runs.get(run_id)


def marks(text: str) -> set[str]:
    """Words of four letters or more, and pairs of Chinese characters."""
    chinese = "".join(re.findall(r"[\u4e00-\u9fff]", text))
    return {w.casefold() for w in re.findall(r"[A-Za-z0-9]{4,}", text)} | {
        chinese[i : i + 2] for i in range(len(chinese) - 1)
    }


LOOK_S = 0.02


@dataclass
class FakeAssistant:
    """Answers by word overlap; remembers what it was given."""

    library: FakeLibrary
    heard: list[tuple[str, tuple[Turn, ...], str]] = field(default_factory=list)
    notice: str | None = None
    restarts: bool = False
    unproved: str | None = None
    fails_after: int | None = None
    pause_s: float = 0.0
    stalls: bool = False
    left: threading.Event = field(default_factory=threading.Event)
    threads: set[str] = field(default_factory=set)
    filters: list[Filter] = field(default_factory=list)

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), mode: Mode = "auto", where: Filter = EVERYTHING
    ) -> Answer:
        events = self.stream(question, history=history, mode=mode, where=where)
        return next(event for event in events if isinstance(event, Answer))

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        mode: Mode = "auto",
        where: Filter = EVERYTHING,
        left: Callable[[], bool] | None = None,
    ) -> Iterator[Event]:
        self.filters.append(where)
        self.threads.add(threading.current_thread().name)
        self.heard.append((question, tuple(history), mode))
        if not question.strip():
            raise BadInput("the question is empty")
        if len(question) > 2000:
            raise TooLong("the question is longer than 2,000 characters")
        if self.fails_after == 0:
            raise RuntimeError("secret detail of a bug")
        answer = self._answer(question, where)
        if self.restarts:
            yield Delta("A false start")
            yield Restart("the language model broke off")
        if self.unproved:
            yield Unproved(self.unproved)
        for count, piece in enumerate(re.findall(r"\S+\s*", answer.text), start=1):
            yield Delta(piece)
            time.sleep(self.pause_s)
            if count == self.fails_after:
                raise RuntimeError("secret detail of a bug")
        while self.stalls and left and not left():  # like a language model that falls silent
            time.sleep(LOOK_S)
        if left and left():
            self.left.set()
        yield answer

    def threshold(self) -> Threshold:
        return in_force(self.library)

    def search(self, query: str, *, k: int = 10, where: Filter = EVERYTHING) -> list[SearchHit]:
        self.filters.append(where)
        if not query.strip():
            raise BadInput("the query is empty")
        found = [(len(marks(query) & marks(a.text)), a) for a in self.library.articles(where=where)]
        ranked = sorted((pair for pair in found if pair[0]), key=lambda pair: -pair[0])[:k]
        return [
            SearchHit(rank, 1 / rank, ArticleRef.of(a), f"{a.id}.1.0", ("Who is there",), a.text, 0, len(a.text))
            for rank, (_, a) in enumerate(ranked, start=1)
        ]

    def _answer(self, question: str, where: Filter) -> Answer:
        citations: list[Citation] = []
        for article in self.library.articles(where=where):
            for sentence in passage_of(article).sentences:
                quote = sentence.span.of(article.text)
                if len(marks(question) & marks(quote)) >= 2:
                    number, span = len(citations) + 1, sentence.span
                    citations.append(
                        Citation(
                            number, ArticleRef.of(article), f"{article.id}.1.0", quote, span.start, span.end,
                            f"{article.url}#:~:text=hit" if article.url else None,
                        )
                    )  # fmt: skip
        language: Language = detect(question)
        nowhere = "The articles do not say." if language == "en" else "文章中没有提到。"
        related = tuple(Related(a.id, a.title, a.url, a.published) for a in self.library.articles(where=where)[:2])
        return Answer(
            id="answer-1",
            question=question,
            language=language,
            status="answered" if citations else "not_found",
            mode="quotes",
            text=" ".join(f"{c.quote} [{c.number}]" for c in citations) or nowhere,
            confidence=0.9 if citations else 0.1,
            statements=tuple(Statement(c.quote, (c.number,), "supported") for c in citations),
            citations=tuple(citations),
            related=() if citations else related,
            generation=7,
            fingerprint="fake-fingerprint",
            notice=self.notice,
            timings_ms={"total": 3.0},
        )


@dataclass
class FakeServices:
    """What `open_services` gives, without its weight."""

    settings: Settings = field(default_factory=Settings)
    library: FakeLibrary = field(default_factory=lambda: FakeLibrary(articles()))
    model_name: str | None = None
    embedder_name: str = "fake-embedder"
    owner_token: str = TOKEN
    closed: bool = False
    begun: bool = False
    announced: str | None = None
    ingested: list[tuple[tuple[str, ...], bool, bool]] = field(default_factory=list)
    ingest_error: Exception | None = None
    run_error: str | None = None
    assistant: FakeAssistant = field(init=False)
    curator: "FakeCurator" = field(init=False)

    def __post_init__(self) -> None:
        self.assistant = FakeAssistant(self.library)
        self.curator = FakeCurator(self)

    def begin(self) -> None:
        self.begun = True

    def close(self) -> None:
        self.closed = True

    def announce(self, url: str) -> None:
        self.announced = url


@dataclass
class FakeCurator:
    """Changes the fake library, and remembers what it was asked for."""

    services: FakeServices
    tombs: dict[str, Withdrawal] = field(default_factory=dict)
    kept_back: list[Held] = field(default_factory=list)
    uploads: list[tuple[str, bytes, bool]] = field(default_factory=list)

    def withdraw(self, article_id: str) -> bool:
        article = self.services.library.article(article_id)
        if article is None:
            return False
        self.tombs[article_id] = Withdrawal(article.identity, article_id, "2026-01-02T03:04:05Z", ADMIN, "by an admin")
        return self.services.library.withdraw(article_id)

    def withdrawn(self) -> list[Withdrawal]:
        return list(self.tombs.values())

    def restore(self, article_id: str) -> bool:
        return self.tombs.pop(article_id, None) is not None

    def held(self) -> list[Held]:
        return self.kept_back

    def release(self, article_id: str) -> bool:
        found = [item for item in self.kept_back if item.article.id == article_id]
        self.kept_back = [item for item in self.kept_back if item.article.id != article_id]
        return bool(found)

    def upload(self, name: str, body: bytes, *, dry_run: bool = False) -> Run:
        self.uploads.append((name, body, dry_run))
        return self.ingest([name], dry_run=dry_run)

    def ingest(
        self,
        sources: Sequence[str],
        *,
        dry_run: bool = False,
        sync: bool = False,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Run:
        told = self.services
        told.ingested.append((tuple(sources), dry_run, sync))
        if told.ingest_error:
            raise told.ingest_error
        items = (
            RunItem("posts/new.md", Outcome.ADDED, "a9", "A new article"),
            RunItem("posts/bad.md", Outcome.REFUSED, reason="the post has no text"),
        )
        for done, item in enumerate(items, start=1):
            if on_progress:
                on_progress(Progress("publishing", done, len(items), item.title or item.address))
        run = Run("run-1", ", ".join(sources), "2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z", told.run_error, items)
        told.library.record_run(run)
        return run
