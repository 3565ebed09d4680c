"""One ingest: every post of every source cleaned, compared with what the library holds, and published."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from corpus.article import Article, Passage
from corpus.errors import InsightError, Unavailable
from corpus.records import Outcome, Run, RunItem
from ingest.boilerplate import RepeatedBlocks
from ingest.clean import clean
from ingest.identity import short_hash
from ingest.post import BadPost, Refused, Source
from ingest.sources.open import open_source
from ingest.split import SPLITTER, split
from ingest.spool import Spool


class LibraryPort(Protocol):
    """What a run needs of the library."""

    def find(self, identity: str) -> Article | None:
        """Return the live article of this identity."""
        ...

    def find_content(self, content_hash: str) -> Article | None:
        """Return the live article that reads the same."""
        ...

    def article(self, article_id: str) -> Article | None:
        """Return the live article of this id."""
        ...

    def splitter_of(self, article_id: str) -> str | None:
        """Return the splitter that made the article's passages."""
        ...

    def publish(self, article: Article, passages: Sequence[Passage], *, splitter: str = "") -> int:
        """Put an article in the place of its old version."""
        ...

    def record_run(self, run: Run) -> None:
        """Insert or replace the record of a run."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far publishing has come: ``done`` of ``total`` articles, the last one's title."""

    done: int
    total: int
    title: str


def _now() -> datetime:
    return datetime.now(UTC)


def run_ingest(
    library: LibraryPort,
    sources: Sequence[str],
    *,
    dry_run: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    clock: Callable[[], datetime] = _now,
) -> Run:
    """Bring the posts of the sources into the library and return what became of each.

    First all posts are read and cleaned, since only the whole run shows which blocks are boilerplate; then they are
    published one by one. A bad post is refused and the run goes on. Nothing is withdrawn because it is missing.
    A dry run tells the same and writes nothing. Raises BadInput before anything is done where a source can't be
    opened, and any InsightError that stops the publishing, after which the run is recorded as failed.
    """
    opened = [(name, open_source(name)) for name in sources]
    started = clock()
    run = Run(
        id=f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}",
        source=", ".join(sources),
        started=started.isoformat(timespec="milliseconds"),
    )
    if not dry_run:
        library.record_run(run)
    ingest = _Ingest(library, dry_run=dry_run)
    try:
        ingest.read(opened)
        ingest.publish(on_progress)
    except (InsightError, OSError) as error:
        failure = error if isinstance(error, InsightError) else _stopped(error)
        if not dry_run:
            _record_failure(library, ingest.ended(run, clock(), error=str(failure)), failure)
        raise failure from error
    finally:
        ingest.close()
    run = ingest.ended(run, clock())
    if not dry_run:
        library.record_run(run)
    return run


def _stopped(error: OSError) -> Unavailable:
    return Unavailable(f"the ingest stopped: {error.strerror or error}; what was published until then stays")


def _record_failure(library: LibraryPort, run: Run, failure: InsightError) -> None:
    try:
        library.record_run(run)
    except (InsightError, OSError) as error:  # the disk that stopped the run may refuse its record as well
        failure.add_note(f"nor could the run be recorded as failed: {error}")


class _Ingest:
    """One run under way."""

    def __init__(self, library: LibraryPort, *, dry_run: bool) -> None:
        self._library = library
        self._dry_run = dry_run
        self._items: list[RunItem | None] = []  # in the order of the posts; None until it is decided
        self._addresses: list[str] = []
        self._spool = Spool()
        self._repeated = RepeatedBlocks()
        self._identities: dict[str, str] = {}  # of this run, to the address that came first
        self._contents: dict[str, str] = {}  # of this run, to the article's id
        self._ids: dict[str, str] = {}  # of this run, to the identity that holds it

    def close(self) -> None:
        """Remove the temporary file."""
        self._spool.close()

    def ended(self, run: Run, at: datetime, *, error: str | None = None) -> Run:
        """Return the run with its end and all that was decided."""
        items = tuple(item for item in self._items if item is not None)
        return replace(run, finished=at.isoformat(timespec="milliseconds"), error=error, items=items)

    def read(self, opened: Sequence[tuple[str, Source]]) -> None:
        """Clean every post and lay it by."""
        for name, source in opened:
            for post in source.posts():
                self._addresses.append(post.address)
                if isinstance(post, Refused):
                    self._items.append(RunItem(post.address, Outcome.REFUSED, reason=post.reason))
                    continue
                try:
                    article = clean(post, source=name)
                except BadPost as error:
                    self._items.append(RunItem(post.address, Outcome.REFUSED, reason=str(error)))
                    continue
                self._repeated.see(article)
                self._spool.add(len(self._items), article)
                self._items.append(None)

    def publish(self, on_progress: Callable[[Progress], None] | None) -> None:
        """Decide on every article laid by, and publish what is new or changed."""
        for done, (number, article) in enumerate(self._spool.items(), start=1):
            item = self._settle(self._addresses[number], self._repeated.without(article))
            self._items[number] = item
            if on_progress is not None:
                on_progress(Progress(done, len(self._spool), article.title))

    def _settle(self, address: str, article: Article) -> RunItem:
        known = self._library.find(article.identity)
        article = replace(article, id=known.id if known else self._free_id(article))
        reason = self._double(article)
        if reason is not None:
            return RunItem(address, Outcome.REFUSED, title=article.title, reason=reason)
        self._identities[article.identity] = address
        self._contents[article.content_hash] = article.id
        self._ids[article.id] = article.identity
        unchanged = known is not None and known.content_hash == article.content_hash
        if unchanged and self._library.splitter_of(article.id) == SPLITTER:
            outcome = Outcome.KEPT
        else:
            outcome = Outcome.CHANGED if known else Outcome.ADDED
            if not self._dry_run:
                self._library.publish(article, split(article), splitter=SPLITTER)
        return RunItem(address, outcome, article_id=article.id, title=article.title)

    def _double(self, article: Article) -> str | None:
        """Say why this is an article that the run or the library has already, or None."""
        if article.identity in self._identities:
            return f"the same article as {self._identities[article.identity]}: both give the same address or id"
        if article.content_hash in self._contents:
            return f"same text as {self._contents[article.content_hash]}"
        other = self._library.find_content(article.content_hash)
        if other is not None and other.identity != article.identity:
            return f"same text as {other.id}"
        return None

    def _free_id(self, article: Article) -> str:
        """Return the article's id, with a short hash of its identity where another article holds it."""
        holder = self._library.article(article.id)
        taken = self._ids.get(article.id, holder.identity if holder else article.identity)
        return article.id if taken == article.identity else f"{article.id}-{short_hash(article.identity)}"
