"""Posts from a list of articles: JSON Lines, one article a line."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from ingest.identity import short_hash
from ingest.post import Post, Refused

LONGEST_LINE = 20 * 1024 * 1024  # bytes
_FIELDS = ("id", "title", "lang", "language", "url", "author", "published", "modified", "categories", "sample")


def jsonl_posts(file: BinaryIO, address: str, key: str) -> Iterator[Post | Refused]:
    """Yield one post a line: ``text``, and where known ``id``, ``title``, ``lang``, ``url``, ``author``, ...

    The list may be of any length; it is read line by line. A line that is no article is refused by its number
    and the others go on. A file in which no line has a text, such as a set of questions, is refused as a whole.
    """
    if not any(b'"text"' in line for line in file):
        yield Refused(address, 'not a list of articles: no line has a "text"')
        return
    file.seek(0)
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        place = f"{address}:{number}"
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield Refused(place, f"line {number} is longer than {LONGEST_LINE // 1024 // 1024} MB")
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _post(line, number, place, key)


def _post(line: bytes, number: int, place: str, key: str) -> Post | Refused:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Refused(place, f"line {number} is not UTF-8")
    except json.JSONDecodeError as error:
        return Refused(place, f"line {number} is not JSON: {error.msg} at column {error.colno}")
    except (RecursionError, ValueError):  # nested too deep, or a number of thousands of digits
        return Refused(place, f"line {number} is not an article")
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str):
        return Refused(place, f'line {number} has no "text"')
    metadata = {name: record[name] for name in _FIELDS if name in record}
    # a line's number changes when others come before it, so a line without an id is known by its title or text
    own = f"{key}#{short_hash(str(record.get('title') or text))}"
    return Post(place, text.encode("utf-8", "surrogatepass"), "text/plain", metadata, own)
