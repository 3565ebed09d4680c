"""Bodies within limits: decompression that stops, so that a small reply can't become a huge one."""

import zlib
from collections.abc import Iterable, Mapping

from corpus.errors import BadInput

GZIP_MAGIC = b"\x1f\x8b"
_EITHER = 32 + zlib.MAX_WBITS  # zlib's sign for: gzip or zlib, as the head says
_BARE = -zlib.MAX_WBITS  # deflate without a head, as some servers send it


class BadBody(BadInput):
    """Data that is too large, or compressed and broken; the message is the reason, without a subject."""


class Inflater:
    """Takes gzip or deflate in pieces and gives at most ``limit`` bytes in all; more of them are never inflated."""

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._limit = limit
        self._fed = False
        self._stream = zlib.decompressobj(_EITHER)

    def feed(self, data: bytes) -> bytes:
        """Return what a further piece holds; raises BadBody."""
        parts: list[bytes] = []
        while data:
            if self._stream.eof:  # gzip files may follow one another; zeros only pad
                data = data.lstrip(b"\0")
                self._stream = zlib.decompressobj(_EITHER) if data else self._stream
                continue
            part = self._inflated(data)
            self._left -= len(part)
            if self._left < 0:
                raise BadBody(f"grows beyond {_size(self._limit)} when decompressed")
            parts.append(part)
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
        return b"".join(parts)

    def end(self) -> None:
        """Say that nothing more comes; raises BadBody where something is missing."""
        if not self._stream.eof and self._fed:
            raise BadBody("is compressed and breaks off")

    def _inflated(self, data: bytes) -> bytes:
        first, self._fed = not self._fed, True
        try:
            return self._stream.decompress(data, self._left + 1)
        except zlib.error as error:
            if first and not data.startswith(GZIP_MAGIC):
                self._stream = zlib.decompressobj(_BARE)
                return self._inflated(data)
            raise BadBody("is compressed and broken") from error


def gunzip(data: bytes, *, limit: int) -> bytes:
    """Return the content of a gzip file of at most ``limit`` bytes; raises BadBody."""
    inflater = Inflater(limit)
    content = inflater.feed(data)
    inflater.end()
    return content


def read_body(chunks: Iterable[bytes], headers: Mapping[str, str], *, limit: int) -> bytes:
    """Read a reply's body and decompress it as its headers say; raises BadBody beyond ``limit`` bytes of either."""
    packing = headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise BadBody(f"is compressed as '{packing[:40]}', which was not asked for")
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise BadBody(f"is larger than {_size(limit)}")
    inflater = None if packing in ("", "identity") else Inflater(limit)
    read, parts = 0, []
    for chunk in chunks:
        read += len(chunk)
        if read > limit:
            raise BadBody(f"is larger than {_size(limit)}")
        parts.append(inflater.feed(chunk) if inflater else chunk)
    if inflater:
        inflater.end()
    return b"".join(parts)


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:g} MB"
