"""Chooses the source by what its name is."""

import re
from pathlib import Path

from corpus.errors import BadInput
from ingest.fetch import WebOptions
from ingest.post import Source
from ingest.sources.folder import FileSource, FolderSource

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_BARE_SITE = re.compile(r"[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}(:\d+)?(/.*)?")


def open_source(name: str, *, web: WebOptions | None = None, sync: bool = False) -> Source:
    """Open a folder, a file or a web address; raises BadInput, with what to do, where there is nothing to read.

    ``sync`` lets a folder say of posts that they have left it. A web address is fetched once, to see what it is;
    raises Unavailable where its site is down.
    """
    if not name.strip():
        raise BadInput("a source has no name: name a folder, a file or a web address")
    scheme = _SCHEME.match(name)
    if scheme and scheme[1].lower() in ("http", "https"):
        if sync:
            raise _not_a_folder(name)
        from ingest.sources.web import open_web

        return open_web(name.strip(), (web or WebOptions()).at(name.strip()))
    path = Path(name).expanduser()
    try:
        if path.is_dir():
            return FolderSource(path, sync=sync)
        if path.exists():
            if sync:
                raise _not_a_folder(name)
            return FileSource(path)
    except (OSError, ValueError) as error:  # a name too long, or with a NUL in it
        raise BadInput(f"'{name[:80]}' can't be read: {error}") from error
    if scheme:
        raise BadInput(f"'{name[:80]}' is not fetched: name a folder, a file, or an address with http or https")
    hint = f"; for a web site, write https://{name}" if _BARE_SITE.fullmatch(name) else ""
    raise BadInput(f"no such folder or file: '{name}'{hint}")


def _not_a_folder(name: str) -> BadInput:
    return BadInput(f"--sync is for folders, and '{name[:80]}' is none: leave it out")
