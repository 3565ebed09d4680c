"""Reads the lines of a PDF file in a process of its own, which the system ends where it takes too long or too much.

``python -I pdf_reader.py LIMITS < FILE`` prints one JSON document: the pages and what the file says of itself, or
why it is refused. It imports nothing of ours, so that it starts quickly: ``ingest.pdf`` waits for it at every file.
"""

import json
import re
import resource
import sys
from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_LONGEST_WORD = 10_000  # characters of a title or of an author's name
_HEADER_WITHIN = 1024  # bytes; as every viewer has it
_BROKEN = "not a PDF file, or a broken one: save it anew"


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """What a PDF file may take; ``seconds`` of the processor, the rest in bytes, characters or pieces."""

    seconds: int = 60
    memory: int = 1024 * 1024 * 1024
    pages: int = 2000
    unpacked: int = 100 * 1024 * 1024  # drawing instructions on all pages
    page: int = 10 * 1024 * 1024  # on one, and any other stream; reading them takes many times their size in memory
    text: int = 1_000_000
    lines: int = 50_000


class _Refusal(Exception):
    """The file can't be read; the message says why, in one line."""


def read(body: bytes, limits: ReaderLimits) -> dict[str, Any]:
    """Return ``pages``, each a list of lines ``[text, top, size]``, and ``told``, or ``refused`` with the reason.

    Places and sizes are in points, from the foot of the page; 0 where they are not finite.
    """
    from pypdf import PdfReader, apply_configuration, get_configuration
    from pypdf.errors import LimitReachedError

    caps = get_configuration().with_overwrites(
        zlib_maximum_output_length=limits.page,
        lzw_maximum_output_length=limits.page,
        run_length_maximum_output_length=limits.page,
        array_based_stream_maximum_output_length=limits.page,
    )
    try:
        if b"%PDF-" not in body[:_HEADER_WITHIN]:
            return {"refused": _BROKEN}
        with apply_configuration(caps):
            reader = PdfReader(BytesIO(body), strict=False)
            _check(reader, limits)
            return {"pages": _pages(reader, limits), "told": _told(reader)}
    except _Refusal as error:
        return {"refused": str(error)}
    except LimitReachedError:
        return {"refused": "holds more, or is nested deeper, than ingest unpacks: print it to PDF anew"}
    except MemoryError:
        return {
            "refused": f"takes more than {limits.memory // 1024 // 1024} MB of memory to read: print it to PDF anew"
        }
    except Exception:  # noqa: BLE001 - what is wrong in a file shows anywhere in the library, as any kind of error
        return {"refused": _BROKEN}


def _check(reader: "PdfReader", limits: ReaderLimits) -> None:
    from pypdf.errors import DependencyError, LimitReachedError

    try:
        locked = reader.is_encrypted and not reader.decrypt("")  # without a password for reading, anyone may
    except (DependencyError, NotImplementedError):
        locked = True
    if locked:
        raise _Refusal("encrypted: save it without a password")
    if len(reader.pages) > limits.pages:
        raise _Refusal(f"more than {limits.pages:,} pages")
    unpacked = 0
    for number, page in enumerate(reader.pages, start=1):
        try:
            contents = page.get_contents()
            size = len(contents.get_data()) if contents is not None else 0
        except LimitReachedError:
            size = limits.page + 1
        if size > limits.page:
            raise _Refusal(f"page {number} unpacks to more than {limits.page // 1024 // 1024} MB")
        unpacked += size
        if unpacked > limits.unpacked:
            raise _Refusal(f"unpacks to more than {limits.unpacked // 1024 // 1024} MB")


def _pages(reader: "PdfReader", limits: ReaderLimits) -> list[list[list[Any]]]:
    pages: list[list[list[Any]]] = []
    length = count = 0
    for page in reader.pages:
        lines = _page_lines(page)
        length += sum(len(line[0]) for line in lines)
        count += len(lines)
        if length > limits.text:
            raise _Refusal(f"more than {limits.text:,} characters: split it")
        if count > limits.lines:
            raise _Refusal(f"more than {limits.lines:,} lines: split it")
        pages.append(lines)
    return pages


def _page_lines(page: "PageObject") -> list[list[Any]]:
    """Return the lines of a page with their places, in the order in which they were drawn."""
    lines: list[list[Any]] = []
    words: list[str] = []
    place: list[float] = []

    def end() -> None:
        if place:
            lines.append(["".join(words), *(value if isfinite(value) else 0.0 for value in place)])
        words.clear()
        place.clear()

    def see(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        for part in re.split(r"(\n)", text):
            if part == "\n":
                end()
                continue
            words.append(part)
            if part.strip() and not place:
                place.extend((cm[3] * tm[5] + cm[5], abs(size * tm[3] * cm[3])))

    page.extract_text(visitor_text=see)
    end()
    return lines


def _told(reader: "PdfReader") -> dict[str, str]:
    told = reader.metadata
    if told is None:
        return {}
    found = {"title": str(told.title or "")[:_LONGEST_WORD], "author": str(told.author or "")[:_LONGEST_WORD]}
    for key, name in (("published", "creation_date"), ("modified", "modification_date")):
        try:
            value = getattr(told, name)
        except ValueError:
            continue  # written in no way that PDF knows
        if value:
            found[key] = value.isoformat()
    return found


def main() -> None:
    """Read the file on standard input within the limits that the first argument gives as JSON."""
    limits = ReaderLimits(**json.loads(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    json.dump(read(sys.stdin.buffer.read(), limits), sys.stdout)


if __name__ == "__main__":
    main()
