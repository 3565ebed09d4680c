"""Where a command's work is done: in the library opened here, or by the server that owns the data folder."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from corpus.errors import Unavailable
from corpus.records import Run
from service.answer import Answer, Mode, Turn
from service.evidence import SearchHit
from service.settings import Settings
from ui.console import progress

if TYPE_CHECKING:
    from ingest.run import Progress
    from service.wiring import Services


class Backend(Protocol):
    """What a command needs, wherever it is done."""

    def ask(self, question: str, *, history: Sequence[Turn], mode: Mode) -> Answer:
        """Return the answer to a question."""

    def search(self, query: str, *, k: int) -> list[SearchHit]:
        """Return at most ``k`` ranked passages."""

    def ingest(self, sources: Sequence[str], *, dry_run: bool, on_progress: "Callable[[Progress], None]") -> Run:
        """Bring in posts."""

    def withdraw(self, article_id: str) -> bool:
        """Withdraw an article; False where there is none of this id."""


class Local:
    """The library opened in this process."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    def ask(self, question: str, *, history: Sequence[Turn], mode: Mode) -> Answer:
        """Return the answer to a question."""
        return self._services.assistant.ask(question, history=history, mode=mode)

    def search(self, query: str, *, k: int) -> list[SearchHit]:
        """Return at most ``k`` ranked passages."""
        return self._services.assistant.search(query, k=k)

    def ingest(self, sources: Sequence[str], *, dry_run: bool, on_progress: "Callable[[Progress], None]") -> Run:
        """Bring in posts."""
        return self._services.ingest(sources, dry_run=dry_run, on_progress=on_progress)

    def withdraw(self, article_id: str) -> bool:
        """Withdraw an article; False where there is none of this id."""
        return self._services.library.withdraw(article_id)


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


def open_here(settings: Settings) -> "Services":
    """Open the library in this process, showing how the starter articles come into an empty one."""
    from corpus.ownership import owner_of
    from service.wiring import open_services
    from ui.remote import alive

    try:
        with progress("Preparing the library") as tell:
            return open_services(settings, on_progress=lambda step: tell(step.done, step.total, step.title))
    except Unavailable as error:
        owner = owner_of(settings.data_dir)
        url, pid = owner.get("url"), owner.get("pid")
        if url and isinstance(pid, int) and alive(pid):
            raise Unavailable(
                f"the data folder '{settings.data_dir}' belongs to the server at {url} (process {pid}), "
                "which does not answer; stop it and try again"
            ) from error
        raise
