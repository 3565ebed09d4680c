"""What a running server does by itself: reads its sources again, and renews what another model or splitter made."""

import threading
from typing import TYPE_CHECKING

import structlog

from corpus.errors import InsightError
from corpus.records import Progress
from service.curator import Curator

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

log = structlog.get_logger(__name__)


class _Stopped(Exception):
    """Ends a renewal half-way; what it made until then is kept and the next start goes on."""


class Upkeep:
    """Polls the configured sources every ``minutes`` (0: never) and renews once, both beside the answering."""

    def __init__(self, curator: Curator, *, minutes: float) -> None:
        self._curator, self._minutes = curator, minutes
        self._scheduler: BackgroundScheduler | None = None
        self._renewal: threading.Thread | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Begin; the first poll is one interval from now."""
        if self._curator.outdated:
            self._renewal = threading.Thread(target=self._renew, name="insight-renewal")
            self._renewal.start()
        if self._minutes:
            from apscheduler.schedulers.background import BackgroundScheduler

            self._scheduler = BackgroundScheduler(timezone="UTC")
            self._scheduler.add_job(
                self.poll, "interval", minutes=self._minutes, max_instances=1, coalesce=True, misfire_grace_time=None
            )
            self._scheduler.start()

    def stop(self) -> None:
        """End; a poll that goes on is waited for, a renewal breaks off after its next articles."""
        self._stopping.set()
        if self._scheduler is not None:
            self._scheduler.shutdown()
            self._scheduler = None
        if self._renewal is not None:
            self._renewal.join()
            self._renewal = None

    def poll(self) -> None:
        """Ingest once; what goes wrong is logged, and stands in the run's record where there is one."""
        if self._curator.busy:
            log.info("a run goes on: this poll is left out")
            return
        try:
            run = self._curator.ingest()
        except InsightError as error:
            log.warning("the sources could not be read", reason=str(error))
            return
        log.info("the sources were read", run=run.id, **run.counts)
        if run.error:
            log.warning("a source broke off", run=run.id, reason=run.error)

    def _renew(self) -> None:
        try:
            self._curator.renew(self._go_on)
        except _Stopped:
            log.info("the renewal goes on at the next start")
        except (InsightError, OSError) as error:
            log.warning("the renewal failed, the old vectors and passages serve on", reason=str(error))

    def _go_on(self, progress: Progress) -> None:
        log.info("renewing", done=progress.done, total=progress.total)
        if self._stopping.is_set():
            raise _Stopped
