"""What an admin does to the library: bring posts in, take articles out, let them in again."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from corpus.errors import BadInput
from corpus.library import Library
from corpus.records import ADMIN, Held, OnProgress, Progress, Run, Withdrawal
from ingest.identity import short_hash
from ingest.post import Source
from ingest.run import Rules, run_ingest
from ingest.settle import withdrawal_of
from ingest.sources.upload import UploadSource
from ingest.split import SPLITTER, split

_TOGETHER = 16  # articles renewed at a time

log = structlog.get_logger(__name__)


class Curator:
    """Changes the library, one run at a time; ``sources`` are those that are read where none is named."""

    def __init__(self, library: Library, *, rules: Rules, sources: Sequence[str] = ()) -> None:
        self._library, self._rules, self._sources = library, rules, tuple(sources)
        self._running = threading.Lock()

    def ingest(
        self,
        sources: Sequence[str] = (),
        *,
        dry_run: bool = False,
        sync: bool = False,
        on_progress: OnProgress | None = None,
    ) -> Run:
        """Bring in ``sources``, or the configured ones where none is named; waits while another run goes on.

        With ``sync`` folders withdraw what left them. Raises BadInput where there are no sources or one is none.
        """
        chosen = tuple(sources) or self._sources
        if not chosen:
            raise BadInput("name a source, or set INSIGHT_SOURCES to what is read when none is named")
        return self._run(chosen, dry_run=dry_run, sync=sync, on_progress=on_progress)

    def upload(self, name: str, body: bytes, *, dry_run: bool = False) -> Run:
        """Bring in one file that a person sent; raises BadInput where it is of no kind that ingest reads."""
        return self._run([UploadSource(name, body)], dry_run=dry_run, sync=False, on_progress=None)

    @property
    def busy(self) -> bool:
        """Whether a run goes on."""
        return self._running.locked()

    def withdraw(self, article_id: str) -> bool:
        """Take an article out until ``restore``, whatever its sources give, and also one that is merely held back.

        False where there is none of this id.
        """
        held = [item.article for item in self.held() if item.article.id == article_id]
        article = self._library.article(article_id) or next(iter(held), None)
        if article is None:
            return False
        known = withdrawal_of(article, at=datetime.now(UTC), source=ADMIN, reason="withdrawn by an admin")
        posts = tuple((origin.source, origin.key) for origin in self._library.ledger.origins_of(article_id))
        self._library.ledger.put_withdrawals([replace(known, posts=posts, body_hash=article.body_hash)])
        self._library.withdraw(article_id)
        return True

    def withdrawn(self) -> list[Withdrawal]:
        """Return what was withdrawn and not let in again, the newest first."""
        return self._library.ledger.withdrawals()

    def restore(self, article_id: str) -> bool:
        """Let a withdrawn article in again, when its source is next read; False where none of this id was withdrawn."""
        found = [item for item in self.withdrawn() if item.article_id == article_id]
        self._library.ledger.let_in([item.identity for item in found], by_admin=True)
        return bool(found)

    def held(self) -> list[Held]:
        """Return what is held back, the newest first."""
        return self._library.ledger.held()

    def release(self, article_id: str) -> bool:
        """Publish what is held back of an article; False where nothing is."""
        ledger = self._library.ledger
        found = next((item for item in self.held() if item.article.id == article_id), None)
        if found is None:
            return False
        article = replace(found.article, id=self._own_id(found))
        before = ledger.origins(found.origin.source).get(found.origin.key)
        self._library.publish(article, split(article), splitter=SPLITTER)
        ledger.put_origins([replace(found.origin, article_id=article.id)])
        ledger.let_in([article.identity], by_admin=True)
        if before and before.article_id != article.id and not ledger.origins_of(before.article_id):
            self._library.withdraw(before.article_id)  # the post was another article, which nothing gives any more
        return True

    def _own_id(self, held: Held) -> str:
        """Return the id of a held article, or a new one where another post has taken the address that it leaves."""
        article, post = held.article, (held.origin.source, held.origin.key)
        live = self._library.article(article.id)
        if live is None or live.identity == article.identity:
            return article.id
        others = [o for o in self._library.ledger.origins_of(live.id) if (o.source, o.key) != post]
        return f"{article.id}-{short_hash(article.identity)}" if others else article.id

    @property
    def outdated(self) -> bool:
        """Whether ``renew`` has anything to do."""
        return self._library.outdated or bool(self._otherwise_split())

    def renew(self, on_progress: OnProgress | None = None) -> None:
        """Bring all articles to the embedding model that is set and to the present splitter; the old serve until then.

        What ``on_progress`` raises breaks it off; what was made until then is kept.
        """
        self._library.renew(on_progress)
        with self._alone(on_progress):
            stale = self._otherwise_split()
            if stale:
                log.warning("the splitter changed: articles are split again", articles=len(stale))
            for first in range(0, len(stale), _TOGETHER):
                articles = self._library.articles_of(stale[first : first + _TOGETHER]).values()
                self._library.publish_all([(article, split(article)) for article in articles], splitter=SPLITTER)
                if on_progress:
                    on_progress(Progress("renewing", min(first + _TOGETHER, len(stale)), len(stale)))

    def _otherwise_split(self) -> list[str]:
        return [name for name, holding in self._library.holdings().items() if holding.splitter != SPLITTER]

    def _run(
        self, sources: Sequence[str | Source], *, dry_run: bool, sync: bool, on_progress: OnProgress | None
    ) -> Run:
        rules = Rules(web=self._rules.web, sync=sync, quarantine=self._rules.quarantine, dry_run=dry_run)
        with self._alone(on_progress):
            return run_ingest(self._library, sources, rules=rules, on_progress=on_progress)

    @contextmanager
    def _alone(self, on_progress: OnProgress | None) -> Iterator[None]:
        """Wait for the run that goes on, saying so."""
        if not self._running.acquire(blocking=False):
            log.info("waiting for the run that goes on")
            if on_progress is not None:
                on_progress(Progress("waiting", 0))
            self._running.acquire()
        try:
            yield
        finally:
            self._running.release()
