"""One file that a person sends."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath

from corpus.errors import BadInput, TooLong
from ingest.post import Item, Post, Rank, Remembered
from ingest.sources.folder import LARGEST_FILE, LISTS, MEDIA_TYPES
from ingest.text import one_line

_LONGEST_NAME = 120  # characters, with the suffix
_READ = (*MEDIA_TYPES, *LISTS)


class UploadSource:
    """One file as it was sent, with the name that it had where it came from; nothing of it is a path here.

    Its kind is told by the name's suffix. Raises TooLong where it is too large, BadInput where it is empty or of a kind
    that ingest doesn't read.
    """

    name = "upload"
    rank = Rank.OWN

    def __init__(self, name: str, body: bytes) -> None:
        self.file_name = safe_name(name)
        self._suffix = PurePosixPath(self.file_name).suffix.lower()
        self._body = body
        if self._suffix not in _READ:
            raise BadInput(f"can't read '{self.file_name}': send a file with one of the suffixes {', '.join(_READ)}")
        if len(body) > LARGEST_FILE:
            raise TooLong(
                f"'{self.file_name}' is larger than {LARGEST_FILE // 1024 // 1024} MB: split it, "
                "or put it into a folder and run `insight ingest` on that"
            )
        if not body:
            raise BadInput(f"'{self.file_name}' is empty: send a file with text in it")

    def posts(self, known: Mapping[str, Remembered]) -> Iterator[Item]:  # noqa: ARG002  a file is read whole
        """Yield the file's post, or the posts of a list or an export."""
        key = f"{self.name}:{self.file_name}"
        if self._suffix in LISTS:
            yield from LISTS[self._suffix](BytesIO(self._body), self.file_name, key)
        else:
            yield Post(self.file_name, self._body, MEDIA_TYPES[self._suffix], key=key)


def safe_name(name: str) -> str:
    """Return the last part of a file's name or path, without controls, in at most 120 characters, its suffix kept."""
    last = re.split(r"[/\\]", one_line(name))[-1].strip()
    suffix = PurePosixPath(last).suffix[:20]  # of those that are read none is as long
    return last.removesuffix(suffix)[: _LONGEST_NAME - len(suffix)] + suffix or "unnamed"
