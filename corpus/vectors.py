"""Chroma: a derived index of the passages' vectors, rebuilt from the catalogue at will.

Chroma is not safe for two processes, has no transaction across calls and can't be mended once torn; so one process owns
the folder, and a broken or outdated index is never repaired but built anew in a fresh folder, checked, and switched in
by replacing one pointer file.
"""

import ctypes
import os
import secrets
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from corpus.encoded import Vector
from corpus.errors import Unavailable

_POINTER, _OPENING, _CHANGING = "current", "opening", "changing"
_COLLECTION = "passages"
_BATCH = 2000  # below Chroma's own limit of 5461
SAMPLE = 20
_CLOSED = -1
_MMAP_THRESHOLD = -3  # as malloc.h numbers it
_LARGE = 128 * 1024  # bytes

Sample = Sequence[tuple[str, Vector]]

log = structlog.get_logger(__name__)


@contextmanager
def _chroma() -> Iterator[None]:
    """Say in one line what Chroma could not do: its folder is torn, or the disk full; raises Unavailable."""
    from chromadb.errors import InternalError

    try:
        yield
    except (InternalError, OSError) as error:
        raise Unavailable(
            f"the vector index can't be used: {error}; `insight verify --repair` builds it anew"
        ) from error


def _take_fresh_memory() -> None:
    """Have large blocks of memory come from the system, which clears them, and not from what the process freed.

    Chroma writes the whole block of a small index to its file, with whatever stood there before: text of an article,
    it may be, that was withdrawn. Only the GNU C library offers this; elsewhere nothing is done.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)


class ChromaIndex:
    """One Chroma folder with one collection."""

    @_chroma()
    def __init__(self, folder: Path, fingerprint: str) -> None:
        _take_fresh_memory()
        import chromadb
        from chromadb.config import Settings

        self.folder = folder
        self._client: Any = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
        self._collection = self._client.get_or_create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
            metadata={"fingerprint": fingerprint},
        )
        self.fingerprint = str((self._collection.metadata or {}).get("fingerprint"))
        self._queries = 0
        self._idle = threading.Condition()

    @_chroma()
    def upsert(self, ids: Sequence[str], vectors: Vector) -> None:
        """Add or replace vectors of shape (n, d)."""
        with self._marked():
            for first in range(0, len(ids), _BATCH):
                part = slice(first, first + _BATCH)
                self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part])

    @_chroma()
    def remove(self, ids: Sequence[str]) -> None:
        """Remove passages; unknown ids are none to remove."""
        with self._marked():
            for first in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[first : first + _BATCH]))

    @contextmanager
    def _marked(self) -> Iterator[None]:
        """Leave a file in the folder for as long as vectors change, and for good where that fails.

        An index whose process was killed meanwhile may hold all of them, and yet some that no search reaches.
        """
        mark = self.folder / _CHANGING
        failed_before = mark.exists()
        mark.touch()
        yield
        if not failed_before:
            mark.unlink()

    @_chroma()
    def query(self, vector: Vector, k: int) -> list[tuple[str, float]]:
        """Return at most ``k`` ids with their cosine, nearest first; raises Unavailable where the index is closed."""
        with self._in_use():
            return self._query(vector, k)

    def _query(self, vector: Vector, k: int) -> list[tuple[str, float]]:
        result: Any = self._collection.query(query_embeddings=vector[None, :], n_results=k, include=["distances"])
        return [
            (found, 1.0 - distance) for found, distance in zip(result["ids"][0], result["distances"][0], strict=True)
        ]

    @_chroma()
    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        """Return the vectors of those passages that the index holds, by id."""
        held: Any = self._collection.get(ids=list(ids), include=["embeddings"])
        return dict(zip(held["ids"], held["embeddings"], strict=True))

    @_chroma()
    def ids(self) -> set[str]:
        """Return every id in the index."""
        return set(self._collection.get(include=[])["ids"])

    def close(self) -> None:
        """Release the folder once no query runs on it any more."""
        with self._idle:
            self._idle.wait_for(lambda: self._queries <= 0)
            self._queries = _CLOSED
        self._client.close()

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        with self._idle:
            if self._queries == _CLOSED:
                raise Unavailable("the vector index was replaced in the middle of a search; ask again")
            self._queries += 1
        try:
            yield
        finally:
            with self._idle:
                self._queries -= 1
                self._idle.notify_all()


class IndexShelf:
    """The folder that holds the index in use, and new ones while they are built."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def new(self) -> bool:
        """Whether no index was ever built here."""
        return not self._folder.exists()

    def current(self, fingerprint: str, sample: Sample = ()) -> ChromaIndex | None:
        """Open the index in use; None where there is none, it was made for another fingerprint, or it is broken.

        Broken is what can't be opened, what lacks the vectors of ``sample``, what was not changed to the end, and what
        killed the process that opened it last: Chroma crashes on some torn files.
        """
        pointer = self._folder / _POINTER
        if not pointer.is_file():
            return None
        folder = self._folder / Path(pointer.read_text(encoding="ascii", errors="replace").strip()).name
        if not folder.is_dir():
            return None
        if (folder / _CHANGING).exists():
            log.warning("the last change of the vector index did not come to its end: it has to be built anew")
            return None
        opening = self._folder / _OPENING
        if opening.exists():
            log.warning("opening the vector index did not end well the last time: it has to be built anew")
            return None
        opening.touch()
        index, sound = None, False
        try:
            index = ChromaIndex(folder, fingerprint)
            if index.fingerprint == fingerprint:
                _check(index, sample)
                index.ids()
                sound = True
        except Unavailable as error:
            log.warning("the vector index is broken and has to be built anew", reason=str(error))
        finally:
            opening.unlink()
            if index and not sound:
                index.close()
        return index if sound else None

    def build(self, fingerprint: str, batches: Iterable[tuple[Sequence[str], Vector]]) -> ChromaIndex:
        """Build an index in a fresh folder, check it and switch it in; raises Unavailable where it fails the check."""
        self._folder.mkdir(parents=True, exist_ok=True)
        folder = self._folder / f"index-{secrets.token_hex(4)}"
        index = ChromaIndex(folder, fingerprint)
        try:
            _fill(index, batches)
        except BaseException:
            index.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._switch(folder)
        return index

    def tidy(self, keep: Path) -> None:
        """Remove whatever is not the index in use."""
        for other in self._folder.glob("index-*"):
            if other != keep:
                shutil.rmtree(other, ignore_errors=True)
        self._draft.unlink(missing_ok=True)

    @property
    def _draft(self) -> Path:
        return self._folder / f"{_POINTER}.new"

    def _switch(self, folder: Path) -> None:
        """Point to ``folder`` in one atomic step that survives a loss of power."""
        with self._draft.open("w", encoding="ascii") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        self._draft.replace(self._folder / _POINTER)
        (self._folder / _OPENING).unlink(missing_ok=True)


def _fill(index: ChromaIndex, batches: Iterable[tuple[Sequence[str], Vector]]) -> None:
    """Put vectors into a new index; raises Unavailable where it does not hold them afterwards."""
    count = 0
    sample: list[tuple[str, Vector]] = []
    for ids, vectors in batches:
        index.upsert(ids, vectors)
        count += len(ids)
        sample = (sample + list(zip(ids, vectors, strict=True))[:SAMPLE])[:SAMPLE]
    if len(index.ids()) != count:
        raise Unavailable(f"the new vector index holds {len(index.ids())} passages instead of {count}")
    _check(index, sample)


def _check(index: ChromaIndex, sample: Sample) -> None:
    """Read a sample's vectors back and search once; raises Unavailable.

    That a search finds each of them is not asked: many passages of the same words cut the graph of a sound index apart.
    """
    if not sample:
        return
    held = index.vectors([name for name, _ in sample])
    for name, vector in sample:
        if name not in held or float(held[name] @ vector) < 0.99:
            raise Unavailable(f"the vector index lacks the vector of passage {name}")
    if not index.query(sample[0][1], 1):
        raise Unavailable("the vector index finds nothing")
