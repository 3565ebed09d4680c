"""Posts from a list of articles: JSON Lines, one article a line."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from ingest.checks import looks_like
from ingest.identity import short_hash
from ingest.post import BadPost, Item, Post, Refused

LONGEST_LINE = 20 * 1024 * 1024  # bytes
_FIELDS = ("id", "title", "lang", "language", "url", "author", "published", "modified", "categories", "sample")


def jsonl_posts(file: BinaryIO, address: str, key: str) -> Iterator[Item]:
    """Yield one post a line: ``text``, and where known ``id``, ``title``, ``lang``, ``url``, ``author``, ...

    The list may be of any length; it is read line by line. A line that is no article is refused by its number
    and the others go on. A file in which no line has a text, such as a set of questions, is refused as a whole.
    A refusal has the key of the post that would have been, or the file's where the line doesn't tell it.
    """
    kind = looks_like(file.read(1024))
    file.seek(0)
    if kind is not None:
        yield Refused(address, f"not a list of articles: it looks like {kind}", key)
        return
    if not any(b'"text"' in line for line in iter(lambda: file.readline(LONGEST_LINE + 1), b"")):
        yield Refused(address, 'not a list of articles: no line has a "text"', key)
        return
    file.seek(0)
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        place = f"{address}:{number}"
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield Refused(place, f"line {number} is longer than {LONGEST_LINE // 1024 // 1024} MB", key)
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _post(line, number, place, key)


def _post(line: bytes, number: int, place: str, key: str) -> Post | Refused:
    try:
        record = _record(line)
    except BadPost as error:
        return Refused(place, f"line {number} {error}", key)
    text, title = record.get("text"), record.get("title")
    # a line's number changes when others come before it, so a line without an id is known by its title or text
    own = f"{key}#{short_hash(str(title or text))}" if title or isinstance(text, str) else key
    if not isinstance(text, str):
        return Refused(place, f'line {number} has no "text"', own)
    metadata = {name: record[name] for name in _FIELDS if name in record}
    # JSON can spell what no text holds: zeros, and halves of characters
    return Post(place, text.replace("\0", "").encode(errors="ignore"), "text/plain", metadata, own)


def _record(line: bytes) -> dict[str, Any]:
    """Return a line's object, empty where it is something else; raises BadPost where it is no JSON, saying why."""
    try:
        record = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise BadPost("is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadPost(f"is not JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise BadPost("is not an article: nested too deep") from error
    except ValueError as error:
        raise BadPost("is not an article: it holds a number of thousands of digits") from error
    return record if isinstance(record, dict) else {}


def _no_number(name: str) -> None:
    raise BadPost(f"is not JSON: {name} is no number")
