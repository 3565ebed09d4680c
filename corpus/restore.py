"""The way back from a backup into an empty data folder: checked throughout, whole or not at all."""

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.backup import CHUNK, FORMAT, MANIFEST, Manifest, connect, scratch, sync_folder
from corpus.database import CATALOGUE, cause
from corpus.errors import BadInput, Unavailable
from corpus.ownership import LOCK, OWNER, Ownership

_LARGEST_MANIFEST = 64 * 1024  # bytes
_PART = "restore.part"
# what a data folder may hold and still count as empty: the lock, what can be made again, what a killed restore left
_NO_LIBRARY = {LOCK, OWNER, f"{OWNER}.new", "models", "eval", "lost+found", _PART}
# what reading raises, depending on where the damage is
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    ValueError,
    sqlite3.DatabaseError,
)


def restore(source: Path, data_dir: Path) -> Manifest:
    """Restore the backup ``source`` into ``data_dir``, which must hold no library, whole or not at all.

    The next start builds the index. Raises BadInput where the file is no sound backup, is of a newer version, or the
    folder is not empty; Unavailable where the folder is in use or can't be written.
    """
    with _opened(source) as archive:
        manifest = _read_manifest(source, archive)
        ownership = Ownership.take(data_dir)
        try:
            _check_empty(data_dir)
            with scratch(data_dir / _PART, f"another restore into '{data_dir}'") as part:
                _unpack(archive, manifest, part / CATALOGUE)
                _check_catalogue(source, part / CATALOGUE, manifest)
                (part / CATALOGUE).replace(data_dir / CATALOGUE)
                sync_folder(data_dir)
        except OSError as error:
            raise Unavailable(f"the backup '{source}' can't be restored: {cause(error)}") from error
        finally:
            ownership.release()
    return manifest


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup; whatever shows it to be damaged while it is open becomes BadInput."""
    if not source.is_file():
        raise BadInput(f"there is no file '{source}'")
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except OSError as error:
        if error.errno == errno.EINVAL:  # offsets that lead nowhere
            raise _damaged(source, "its members are not where it says") from error
        raise BadInput(f"'{source}' can't be read: {cause(error)}") from error
    except _DAMAGE as error:
        raise _damaged(source, str(error) or type(error).__name__) from error


def _read_manifest(source: Path, archive: zipfile.ZipFile) -> Manifest:
    """Hold the archive's list of members against its manifest; raises BadInput."""
    _check_members(source, archive.infolist())
    with archive.open(MANIFEST) as file:
        body = file.read(_LARGEST_MANIFEST)
    try:
        known = json.loads(body)
        if isinstance(known, dict) and known.get("format") != FORMAT:
            raise BadInput(f"'{source}' has the format {known.get('format')!r}, which this version does not know")
        manifest = TypeAdapter(Manifest).validate_python(known)
    except ValidationError as error:
        raise _damaged(source, f"its manifest is wrong in {error.errors()[0]['loc']}") from error
    told = manifest.members.get(CATALOGUE)
    if told is None or told.size != archive.getinfo(CATALOGUE).file_size or len(manifest.members) > 1:
        raise _damaged(source, "its members are not those of its manifest")
    if manifest.schema not in _known_schemas():
        raise BadInput(f"'{source}' was made by version {manifest.version}, which is newer; install it to restore")
    return manifest


def _check_members(source: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse all but two plain files by their names: then no path and no link can lead out of the data folder."""
    sizes = {entry.filename: entry.file_size for entry in entries}
    if sizes.get(MANIFEST, _LARGEST_MANIFEST) >= _LARGEST_MANIFEST:
        raise BadInput(f"'{source}' is not a backup of a library: it holds no manifest")
    for entry in entries:
        if entry.filename not in (MANIFEST, CATALOGUE):
            raise BadInput(f"'{source}' holds '{entry.filename[:80]}', which no backup does; nothing was restored")
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise BadInput(f"'{source}' holds '{entry.filename}', which is no plain file; nothing was restored")
    if len(entries) != 2 or len(sizes) != 2:
        raise _damaged(source, "it lacks a member, or has one twice")


def _known_schemas() -> set[str]:
    from alembic.script import ScriptDirectory

    migrations = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    return {script.revision for script in migrations.walk_revisions()}


def _check_empty(data_dir: Path) -> None:
    found = sorted({path.name for path in data_dir.iterdir()} - _NO_LIBRARY)
    if found:
        what = "holds a library" if CATALOGUE in found else f"is not empty: it holds '{found[0]}'"
        raise BadInput(
            f"the data folder '{data_dir}' {what}; move its contents away, or name a new folder by INSIGHT_DATA_DIR"
        )


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, copy: Path) -> None:
    """Write the catalogue out, never more than the manifest says, and hold it against the manifest's hash."""
    told = manifest.members[CATALOGUE]
    free = shutil.disk_usage(copy.parent).free
    if told.size > free:
        raise Unavailable(f"the library takes {told.size:,} bytes, and the disk has {free:,} left; make room for it")
    digest, written = hashlib.sha256(), 0
    with archive.open(CATALOGUE) as member, copy.open("xb") as file:
        while chunk := member.read(min(CHUNK, told.size - written + 1)):
            written += len(chunk)
            if written > told.size:
                break
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if written != told.size or digest.hexdigest() != told.sha256:
        raise zipfile.BadZipFile(f"{CATALOGUE} is not what the manifest says")


def _check_catalogue(source: Path, copy: Path, manifest: Manifest) -> None:
    """Ask SQLite whether the catalogue is sound; raises BadInput where it is not, or of another schema."""
    with closing(connect(copy, "mode=ro&immutable=1")) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise _damaged(source, f"the catalogue is not sound: {found}")
        # Ours has neither: they could change data behind the library's back
        if connection.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()[0]:
            raise _damaged(source, "the catalogue holds triggers or views")
        (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if schema != manifest.schema:
            raise _damaged(source, f"the catalogue has schema {schema} instead of {manifest.schema}")


def _damaged(source: Path, reason: str) -> BadInput:
    return BadInput(f"'{source}' is damaged or no backup: {reason}; nothing was restored")
