"""What is checked of a document before it is parsed: that it is what its name says, and that its text has an end."""

import re

from ingest.post import BadPost

LONGEST_TEXT = 1_000_000  # characters, which is a book of 500 pages
MOST_LINES = 50_000  # that are not blank; each may become a block of its own
MOST_CELLS = 100_000  # of tables

_FIRST_BYTES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "a file of an old Office, or an encrypted one"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s")


def looks_like(body: bytes) -> str | None:
    """Return what a file's first bytes say that it is, in words for a person; None where they say nothing."""
    for first, kind in _FIRST_BYTES:
        if body.startswith(first):
            return kind
    if _PAGE.match(body):
        return "a web page (HTML)"
    return "an XML file" if _XML.match(body) else None


def check_kind(body: bytes) -> None:
    """Raise BadPost, which names the kind, where a file that is called a text is something else."""
    kind = looks_like(body)
    if kind is not None:
        raise BadPost(f"not a text file: it looks like {kind}")
    head = body[:4096]
    # every other byte of a Western text in UTF-16 is zero; its byte order mark holds no zero and comes first
    if not head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) and head.count(0) > 0.4 * len(head) > 0:
        raise BadPost("not a text file, or UTF-16 without its byte order mark: save it as UTF-8")


def check_text(text: str) -> None:
    """Raise BadPost where a text is longer than any article, so that parsing it stays a matter of seconds."""
    check_size(len(text), sum(1 for line in text.split("\n") if line.strip()), text.count("|"))


def check_size(characters: int, lines: int, cells: int = 0) -> None:
    """Raise BadPost, which says what to do, where a document is longer than any article."""
    for count, most, what in (
        (characters, LONGEST_TEXT, "characters"),
        (lines, MOST_LINES, "lines"),
        (cells, MOST_CELLS, "table cells"),
    ):
        if count > most:
            raise BadPost(f"more than {most:,} {what}: split it")
