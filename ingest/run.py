"""One ingest: every post of every source cleaned, compared with what the library holds, and published."""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from corpus.article import Article
from corpus.catalogue import Edition, Holding
from corpus.errors import InsightError, Unavailable
from corpus.ledger import Ledger
from corpus.records import OnProgress, Origin, Outcome, Run, RunItem, Withdrawal
from ingest.fetch import WebOptions
from ingest.journal import Journal
from ingest.post import Source
from ingest.read import Findings, Reader, read_all
from ingest.settle import RunState, Settled, Settler, Shelves, withdrawal_of
from ingest.sources.open import open_source
from ingest.split import SPLITTER, split
from ingest.spool import Spool

_TOGETHER = 16  # articles published at a time: their texts are embedded together


class LibraryPort(Shelves, Protocol):
    """What a run needs of the library."""

    def holdings(self) -> Mapping[str, Holding]:
        """Return by which marks each live article is known, by id."""
        ...

    def articles_of(self, ids: Sequence[str]) -> Mapping[str, Article]:
        """Return those of the named articles that are live, by id."""
        ...

    def publish_all(self, editions: Sequence[Edition], *, splitter: str = "") -> list[int]:
        """Put articles in the place of their old versions."""
        ...

    def withdraw(self, *article_ids: str) -> bool:
        """Take articles out."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """How a run is to be done.

    ``web`` says what sources on the web may do; ``sync`` has folders withdraw what left them; ``quarantine`` holds
    flagged articles back; ``dry_run`` writes nothing.
    """

    web: WebOptions = field(default_factory=WebOptions)
    sync: bool = False
    quarantine: bool = False
    dry_run: bool = False


def _now() -> datetime:
    return datetime.now(UTC)


def run_ingest(
    library: LibraryPort,
    sources: Sequence[str | Source],
    *,
    rules: Rules = Rules(),
    on_progress: OnProgress | None = None,
    clock: Callable[[], datetime] = _now,
) -> Run:
    """Bring the posts of the sources into the library and return what became of each.

    First all posts are read and cleaned, since only the whole run shows which blocks are boilerplate; then what is gone
    is withdrawn and what is new or changed published. A bad post is refused and the run goes on; a source that breaks
    off ends with what it gave, which the run's ``error`` says. Nothing is withdrawn because it is missing. Raises
    BadInput before anything is done where a source is none, and any InsightError that stops the publishing, after which
    the run is recorded as failed.
    """
    opened = [_opened(source, rules) for source in sources]
    started = clock()
    run = Run(
        id=f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}",
        source=", ".join(source if isinstance(source, str) else source.name for source in sources),
        started=started.isoformat(timespec="milliseconds"),
    )
    journal = Journal(run, None if rules.dry_run else library.ledger, on_progress)
    try:
        with closing(_Ingest(library, journal, rules, started)) as ingest:
            broken_off = ingest.perform(opened)
    except (InsightError, OSError) as error:
        failure = error if isinstance(error, InsightError) else _stopped(error)
        if not rules.dry_run:
            _record_failure(library.ledger, journal.ended(clock(), error=str(failure)), failure)
        raise failure from error
    run = journal.ended(clock(), error="; ".join(broken_off) or None)
    if not rules.dry_run:
        library.ledger.record_run(run)
    return run


@dataclass(frozen=True, slots=True)
class _Unreachable:
    """A source that could not be opened just now; the others are read all the same."""

    name: str
    error: Unavailable


def _opened(source: str | Source, rules: Rules) -> Source | _Unreachable:
    if not isinstance(source, str):
        return source
    try:
        return open_source(source, web=rules.web, sync=rules.sync)
    except Unavailable as error:
        return _Unreachable(source, error)


def _stopped(error: OSError) -> Unavailable:
    return Unavailable(f"the ingest stopped: {error.strerror or error}; what was published until then stays")


def _record_failure(ledger: Ledger, run: Run, failure: InsightError) -> None:
    try:
        ledger.record_run(run)
    except (InsightError, OSError) as error:  # the disk that stopped the run may refuse its record as well
        failure.add_note(f"nor could the run be recorded as failed: {error}")


class _Ingest:
    """One run under way."""

    def __init__(self, library: LibraryPort, journal: Journal, rules: Rules, started: datetime) -> None:
        self._library, self._journal, self._rules, self._started = library, journal, rules, started
        self._findings = Findings(Spool())
        self._holdings = library.holdings()
        self._before: dict[str, dict[str, Origin]] = {}  # by source
        self._left: set[tuple[str, str]] = set()  # posts that are gone, by source and key

    def close(self) -> None:
        """Remove the temporary file."""
        self._findings.spool.close()

    def perform(self, opened: Sequence[Source | _Unreachable]) -> list[str]:
        """Read, withdraw and publish; return which sources broke off, and why."""
        reader = Reader(self._library.ledger, self._holdings, self._journal, self._findings)
        for source in opened:
            if isinstance(source, _Unreachable):
                reader.broke_off(source.name, source.error)
        # the source whose word counts most comes first, so that of two that give one article the right one is taken
        ready = [source for source in opened if not isinstance(source, _Unreachable)]
        read_all(reader, sorted(ready, key=lambda source: -source.rank))
        self._publish(barred=self._withdraw())
        if not self._rules.dry_run:
            self._remember()
        return self._findings.broken_off

    def _withdraw(self) -> list[Withdrawal]:
        """Withdraw what the sources say is gone, before anything else is published; return what is to stay out.

        What merely left one source may come in again through another, in this run too.
        """
        ledger, gone = self._library.ledger, self._findings.gone
        articles = self._library.articles_of([origin.article_id for _, origin, _ in gone]) if gone else {}
        doomed, barred = list[str](), list[Withdrawal]()
        for number, origin, sign in gone:
            article = articles.get(origin.article_id)
            if article is None:  # an admin was quicker
                item = RunItem(sign.address, Outcome.WITHDRAWN, origin.article_id, reason=sign.reason)
                self._journal.decide(number, item)
                continue
            self._left.add((origin.source, origin.key))
            elsewhere = sign.unless_elsewhere and any(
                (other.source, other.key) not in self._left for other in ledger.origins_of(article.id)
            )
            item = RunItem(sign.address, Outcome.WITHDRAWN, article.id, article.title, reason=sign.reason)
            if elsewhere:
                note = f"{sign.reason}; another source gives it"
                item = RunItem(sign.address, Outcome.KEPT, article.id, article.title, note=note)
            else:
                doomed.append(article.id)
            if not sign.unless_elsewhere:
                barred.append(withdrawal_of(article, at=self._started, source=origin.source, reason=sign.reason))
            self._journal.decide(number, item)
            if elsewhere and not self._rules.dry_run:
                ledger.forget(origin.source, origin.key)
        if doomed and not self._rules.dry_run:
            self._journal.tell("withdrawing", 0, len(doomed))
            ledger.put_withdrawals(barred)
            self._library.withdraw(*doomed)
        out = set(doomed)
        self._holdings = {name: holding for name, holding in self._holdings.items() if name not in out}
        return barred

    def _remember(self) -> None:
        """Remember the new markers of posts that are as they were, and hold back nothing of such posts any more."""
        ledger, kept = self._library.ledger, self._findings.kept.values()
        ledger.put_origins([origin for origin in self._findings.remarked if origin.article_id in self._holdings])
        known = {(origin.source, origin.key) for _, _, origin in kept}
        taken_back = [item for item in ledger.held() if (item.origin.source, item.origin.key) in known]
        if taken_back:
            ledger.let_in([item.article.identity for item in taken_back])

    def _publish(self, *, barred: Sequence[Withdrawal]) -> None:
        """Decide on every article laid by, and publish what is new or changed, some at a time."""
        state = RunState(
            holdings=self._holdings,
            kept=self._findings.kept,
            barred=barred,
            left=self._left,
            now=self._started,
            quarantine=self._rules.quarantine,
            dry_run=self._rules.dry_run,
        )
        settler = Settler(self._library, self._findings.repeated, state)
        total, batch = len(self._findings.spool), list[tuple[int, Settled]]()
        for done, candidate in enumerate(self._findings.spool.candidates(), start=1):
            settled = settler.settle(candidate, self._remembered(candidate.origin))
            batch.append((candidate.number, settled))
            if len(batch) == _TOGETHER or done == total:
                self._carry_out(batch)
                batch.clear()
            self._journal.tell("publishing", done, total, candidate.article.title)

    def _remembered(self, origin: Origin) -> Origin | None:
        """Return what is remembered of a post."""
        if origin.source not in self._before:
            self._before[origin.source] = self._library.ledger.origins(origin.source)
        found = self._before[origin.source].get(origin.key)
        return found if found and found.article_id in self._holdings else None

    def _carry_out(self, batch: Sequence[tuple[int, Settled]]) -> None:
        """Do what was decided, and only then write it into the journal."""
        # an admin may have withdrawn one while the run went on
        barred = self._library.ledger.barred([settled.publish.identity for _, settled in batch if settled.publish])
        batch = [(number, _unless_barred(settled, barred)) for number, settled in batch]
        editions = [(settled.publish, split(settled.publish)) for _, settled in batch if settled.publish is not None]
        if not self._rules.dry_run:
            self._write(editions, [settled for _, settled in batch])
        for number, settled in batch:
            self._journal.decide(number, settled.item)

    def _write(self, editions: Sequence[Edition], batch: Sequence[Settled]) -> None:
        ledger = self._library.ledger
        identities = {article.identity: article.id for article, _ in editions}
        ledger.let_in(list(identities))
        self._library.publish_all(editions, splitter=SPLITTER)
        origins = [settled.origin for settled in batch if settled.origin is not None]
        # before the posts are remembered as something else: after a kill the next run comes by here again
        if abandoned := self._abandoned(batch, origins):
            self._library.withdraw(*abandoned)
        ledger.put_origins(origins)
        for settled in batch:
            if settled.hold is not None:
                ledger.hold(settled.hold)
        # an admin who withdraws an article while its new version is embedded has the last word
        if barred := ledger.barred(identities):
            self._library.withdraw(*(identities[identity] for identity in barred))

    def _abandoned(self, batch: Sequence[Settled], origins: Sequence[Origin]) -> list[str]:
        """Return the articles that the posts of a batch leave behind and that nothing else gives."""
        moved = {(origin.source, origin.key): origin.article_id for origin in origins}
        left_behind = [settled.left_behind for settled in batch if settled.left_behind is not None]
        return [
            name
            for name in left_behind
            if name not in moved.values()
            and all((origin.source, origin.key) in moved for origin in self._library.ledger.origins_of(name))
        ]


def _unless_barred(settled: Settled, barred: Collection[str]) -> Settled:
    article = settled.publish
    if article is None or article.identity not in barred:
        return settled
    reason = "withdrawn by an admin while the run went on"
    return Settled(RunItem(settled.item.address, Outcome.REFUSED, title=article.title, reason=reason))
