"""Who owns a data folder: one process at a time, held by a lock that ends with the process."""

import json
import os
from contextlib import suppress
from pathlib import Path

import filelock

from corpus.errors import Unavailable

LOCK, OWNER = "owner.lock", "owner.json"


class Ownership:
    """A data folder held by this process; ``owner.json`` in it tells others who holds it."""

    def __init__(self, data_dir: Path, lock: filelock.BaseFileLock) -> None:
        self._data_dir, self._lock = data_dir, lock

    @classmethod
    def take(cls, data_dir: Path) -> "Ownership":
        """Lock ``data_dir`` for this process; raises Unavailable, naming the owner, where another has it."""
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(data_dir / LOCK, timeout=0, thread_local=False)
            lock.acquire()
            ownership = cls(data_dir, lock)
            ownership.announce({})
        except filelock.Timeout as error:
            owner = owner_of(data_dir).get("pid", "unknown")
            raise Unavailable(
                f"the data folder '{data_dir}' is in use by process {owner}; stop it or ask it over its API"
            ) from error
        except OSError as error:
            raise Unavailable(f"the data folder '{data_dir}' can't be used: {error.strerror or error}") from error
        return ownership

    def announce(self, facts: dict[str, str]) -> None:
        """Write down this process and what else others should know of it, readable by this user alone."""
        path, draft = self._data_dir / OWNER, self._data_dir / f"{OWNER}.new"
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"pid": os.getpid(), "folder": self._data_dir.stat().st_ino, **facts}, file)
        draft.replace(path)

    def release(self) -> None:
        """Give the folder back."""
        with suppress(FileNotFoundError):
            (self._data_dir / OWNER).unlink()
        self._lock.release()


def owner_of(data_dir: Path) -> dict[str, object]:
    """Return what the owner of a folder wrote about itself; empty where nothing readable of this folder stands there.

    A folder that was copied while it was owned has the word of the other one's owner in it.
    """
    try:
        found = json.loads((data_dir / OWNER).read_text(encoding="utf-8"))
        here = data_dir.stat().st_ino
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("folder", here) == here else {}
