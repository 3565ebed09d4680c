"""Backups: one file that holds the whole library.

The file is a ZIP: common tools open it, members of any size are streamed (ZIP64), and its manifest is read without the
rest. It holds a copy of the catalogue, taken with SQLite's online backup from one snapshot, so it can be made beside a
running server. The vector index is not in it: the next start builds it from the catalogue's vectors.

Being about files of SQLite's, this module and ``corpus.restore`` speak its dialect.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import filelock
import sqlalchemy as sa
from alembic.util import CommandError
from pydantic import Field

from corpus import lexical
from corpus.catalogue import Catalogue
from corpus.database import CATALOGUE, cause
from corpus.errors import BadInput, Unavailable
from corpus.ownership import LOCK

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024  # bytes read at a time
_DRAFT = "backup.zip"
_PAGES = 4096  # copied between two words on progress

OnPages = Callable[[int, int], None]
"""Told of pages copied so far, and of how many there are."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup: its size in bytes and its SHA-256 in hexadecimal."""

    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    ``schema`` is the newest migration in the catalogue, ``created`` ISO 8601 in UTC. ``embedder`` and ``fingerprint``
    name the embedding model in use, with which nothing has to be embedded again; None where it was never started.
    """

    format: int
    version: str
    schema: str
    created: str
    articles: int
    passages: int
    generation: int
    embedder: str | None
    fingerprint: str | None
    members: dict[str, Member]

    def to_dict(self) -> dict[str, Any]:
        """Return the manifest as plain data, ready for JSON."""
        return asdict(self)


def back_up(data_dir: Path, target: Path, *, force: bool = False, on_pages: OnPages | None = None) -> Manifest:
    """Write a backup of the library in ``data_dir`` to the file ``target``, whole or not at all.

    It is put together in a folder ``target`` + ``.part`` beside it. Raises BadInput where there is no library, or
    where ``target`` exists and ``force`` is not given; Unavailable where it can't be read or written.
    """
    source = data_dir / CATALOGUE
    if not source.is_file():
        raise BadInput(f"there is no library to back up in the data folder '{data_dir}'")
    _check_target(target, data_dir, force=force)
    try:
        with scratch(target.with_name(f"{target.name}.part"), f"another backup to '{target}'") as part:
            _copy(source, part / CATALOGUE, on_pages)
            manifest = _settle(part / CATALOGUE)
            draft = part / _DRAFT
            _pack(draft, part / CATALOGUE, manifest)
            _check_target(target, data_dir, force=force)  # it may have come to be meanwhile
            draft.replace(target)
            sync_folder(target.parent)
    except (OSError, sqlite3.Error, sa.exc.DatabaseError) as error:
        raise Unavailable(f"the backup '{target}' can't be made: {cause(error)}") from error
    return manifest


def _check_target(target: Path, data_dir: Path, *, force: bool) -> None:
    if target.is_dir():
        raise BadInput(f"'{target}' is a folder; name a file in it, such as '{target / 'insight.zip'}'")
    if not target.parent.is_dir():
        raise BadInput(f"there is no folder '{target.parent}' for the backup")
    if target.resolve().is_relative_to(data_dir.resolve()):
        raise BadInput(f"'{target}' lies in the data folder and would be lost with it; name a file elsewhere")
    if target.exists() and not target.is_file():
        raise BadInput(f"'{target}' is no plain file and is not replaced; name another file")
    if os.path.lexists(target) and not force:
        raise BadInput(f"'{target}' exists already; name another file, or add --force")


@contextmanager
def scratch(folder: Path, rival: str) -> Iterator[Path]:
    """Hold a folder to work in, which is gone afterwards; one that a kill left behind is taken over, emptied.

    Nothing is removed but what stands in it under our names: the folder may be somebody else's.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = filelock.FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise Unavailable(f"{rival} is under way; wait for it") from error
    try:
        _empty(folder)
        yield folder
    finally:
        _empty(folder)
        (folder / LOCK).unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()
        lock.release()


def _empty(folder: Path) -> None:
    for left in [*folder.glob(f"{CATALOGUE}*"), folder / _DRAFT]:
        left.unlink(missing_ok=True)


def _copy(source: Path, copy: Path, on_pages: OnPages | None) -> None:
    """Copy a catalogue as it is at this moment, whoever writes meanwhile."""

    def tell(_status: int, remaining: int, total: int) -> None:
        if on_pages:
            on_pages(total - remaining, total)

    with closing(connect(source, "mode=rw")) as original, closing(sqlite3.connect(copy)) as twin:
        original.execute("BEGIN")  # one snapshot for all steps: without it each write would make the copy begin again
        original.execute("SELECT count(*) FROM sqlite_master").fetchone()
        original.backup(twin, pages=_PAGES, progress=tell)


def _settle(copy: Path) -> Manifest:
    """Take out of a copy what no question can see, so that no byte of it is left, and describe it."""
    catalogue = Catalogue.at(copy)
    try:
        catalogue.migrate()
        catalogue.sweep()  # what was withdrawn, or is just being published
        with catalogue.write() as connection:
            lexical.optimize(connection)
        with catalogue.read() as connection:
            schema = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        articles, live, generation = catalogue.count(), len(catalogue.live_ids()), catalogue.generation
        embedder, fingerprint = catalogue.fact("embedder"), catalogue.fact("fingerprint")
    except CommandError as error:
        raise Unavailable(f"the library was made by a newer version: {error}; make the backup with that") from error
    finally:
        catalogue.close()
    _press(copy)
    with copy.open("rb") as file:
        member = Member(copy.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
    return Manifest(
        format=FORMAT,
        version=version("insight-assistant"),
        schema=schema,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        articles=articles,
        passages=live,
        generation=generation,
        embedder=embedder,
        fingerprint=fingerprint,
        members={CATALOGUE: member},
    )


def _press(copy: Path) -> None:
    """Write the database anew, in one file that any tool opens: deleted rows leave copies in the gaps of its pages."""
    pressed = copy.with_name(f"{CATALOGUE}.new")
    with closing(sqlite3.connect(copy)) as twin:
        twin.execute("VACUUM INTO ?", (str(pressed),))
    pressed.replace(copy)


def _pack(draft: Path, copy: Path, manifest: Manifest) -> None:
    """Write the archive, readable by this user alone: the articles may not be public."""
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest.to_dict(), ensure_ascii=False, indent=2))
            with copy.open("rb") as body, archive.open(CATALOGUE, "w", force_zip64=True) as member:
                shutil.copyfileobj(body, member, CHUNK)
        file.flush()
        os.fsync(file.fileno())


def connect(path: Path, how: str) -> sqlite3.Connection:
    """Open a database that exists; ``how`` are the parameters of an SQLite address."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=10, isolation_level=None)


def sync_folder(folder: Path) -> None:
    """Have a renaming survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
