"""Chooses the source by what its name is."""

from pathlib import Path
from urllib.parse import urlsplit

from corpus.errors import BadInput
from ingest.post import Source
from ingest.sources.folder import FileSource, FolderSource


def open_source(name: str) -> Source:
    """Open a folder or a file; raises BadInput, with what to do, where there is nothing to read."""
    if urlsplit(name).scheme.lower() in ("http", "https"):
        raise BadInput(f"web sources are not available yet: save '{name}' as files and name their folder")
    path = Path(name).expanduser()
    try:
        if path.is_dir():
            return FolderSource(path)
        if path.exists():
            return FileSource(path)
    except (OSError, ValueError) as error:  # a name too long, or with a NUL in it
        raise BadInput(f"'{name[:80]}' can't be read: {error}") from error
    raise BadInput(f"no such folder or file: '{name}'")
