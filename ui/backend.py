"""Where a command's work is done: in the library opened here, or by the server that owns the data folder."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Protocol

from corpus.errors import Unavailable
from corpus.filters import EVERYTHING, Filter
from corpus.records import Run
from service.answer import Event, Mode, Turn
from service.evidence import SearchHit
from service.settings import Settings
from ui.console import progress

if TYPE_CHECKING:
    from corpus.records import OnProgress
    from service.threshold import Fitted
    from service.wiring import Services


class Backend(Protocol):
    """What a command needs, wherever it is done."""

    def stream(
        self, question: str, *, history: Sequence[Turn], mode: Mode, where: Filter = EVERYTHING
    ) -> Iterator[Event]:
        """Return the answer to a question from the articles that ``where`` admits, as events, as it comes."""

    def search(self, query: str, *, k: int, where: Filter = EVERYTHING) -> list[SearchHit]:
        """Return at most ``k`` ranked passages of the articles that ``where`` admits."""

    def ingest(self, sources: Sequence[str], *, dry_run: bool, sync: bool, on_progress: "OnProgress") -> Run:
        """Bring in posts."""

    def withdraw(self, article_id: str) -> bool:
        """Withdraw an article; False where there is none of this id."""

    def restore(self, article_id: str) -> bool:
        """Let a withdrawn article in again; False where none of this id was withdrawn."""

    def release(self, article_id: str) -> bool:
        """Publish what is held back of an article; False where nothing is."""


class Local:
    """The library opened in this process."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    def stream(
        self, question: str, *, history: Sequence[Turn], mode: Mode, where: Filter = EVERYTHING
    ) -> Iterator[Event]:
        """Return the answer to a question from the articles that ``where`` admits, as events, as it comes."""
        return self._services.assistant.stream(question, history=history, mode=mode, where=where)

    def search(self, query: str, *, k: int, where: Filter = EVERYTHING) -> list[SearchHit]:
        """Return at most ``k`` ranked passages of the articles that ``where`` admits."""
        return self._services.assistant.search(query, k=k, where=where)

    def ingest(self, sources: Sequence[str], *, dry_run: bool, sync: bool, on_progress: "OnProgress") -> Run:
        """Bring in posts."""
        return self._services.curator.ingest(sources, dry_run=dry_run, sync=sync, on_progress=on_progress)

    def withdraw(self, article_id: str) -> bool:
        """Withdraw an article; False where there is none of this id."""
        return self._services.curator.withdraw(article_id)

    def restore(self, article_id: str) -> bool:
        """Let a withdrawn article in again; False where none of this id was withdrawn."""
        return self._services.curator.restore(article_id)

    def release(self, article_id: str) -> bool:
        """Publish what is held back of an article; False where nothing is."""
        return self._services.curator.release(article_id)


@contextmanager
def open_backend(settings: Settings) -> Iterator[Backend]:
    """Hand the work to the server that owns the data folder, or open the folder here.

    Raises Unavailable where neither can be done.
    """
    from corpus.ownership import owner_of
    from ui.remote import Remote

    remote = Remote.of(owner_of(settings.data_dir))
    if remote is not None:
        try:
            yield remote
        finally:
            remote.close()
        return
    services = open_here(settings)
    try:
        yield Local(services)
    finally:
        services.close()


def set_threshold(settings: Settings, fitted: "Fitted | None") -> None:
    """Store the threshold of confidence, or go back to the default with None, here or at the server that is the owner.

    No library is opened for it: none need be there yet. Raises Unavailable where neither can be done.
    """
    from corpus.ownership import owner_of
    from service.threshold import store
    from ui.remote import Remote

    if remote := Remote.of(owner_of(settings.data_dir)):
        with closing(remote):
            remote.set_threshold(fitted)
    else:
        store(settings.data_dir, fitted)


def open_here(settings: Settings, *, beside: bool = False) -> "Services":
    """Open the library in this process, showing what has to be done first; ``beside`` as in ``open_services``."""
    from corpus.ownership import owner_of
    from service.wiring import open_services
    from ui.remote import Remote, alive

    try:
        with progress("Preparing the library") as tell:
            return open_services(settings, beside=beside, on_progress=tell)
    except Unavailable as error:
        owner = owner_of(settings.data_dir)
        url, pid = owner.get("url"), owner.get("pid")
        if url and isinstance(pid, int) and alive(pid):
            remote = Remote.of(owner)
            said = "is served already" if remote else "does not answer; stop it and try again"
            if remote:
                remote.close()
            raise Unavailable(
                f"the data folder '{settings.data_dir}' belongs to the server at {url} (process {pid}), which {said}"
            ) from error
        raise
