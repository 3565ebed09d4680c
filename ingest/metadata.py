"""What a document says of itself, checked and in one shape."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from corpus.article import Language
from ingest.post import BadPost
from ingest.text import one_line

_ALIASES = {
    "published": ("published", "date"),
    "modified": ("modified", "updated", "lastmod"),
    "categories": ("categories", "category"),
    "language": ("language", "lang"),
    "url": ("url", "link", "canonical"),
}
_NOT_PUBLIC = ("draft", "pending", "private", "future", "trash")
_WRITTEN_DATES = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """All that may be known of a post besides its text; None or empty where unknown."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    categories: tuple[str, ...] = ()
    language: Language | None = None
    url: str | None = None
    id: str | None = None
    sample: bool | None = None

    def or_else(self, other: "Metadata") -> "Metadata":
        """Fill what is unknown here from ``other``."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return Metadata(
            **{name: getattr(other, name) if value in (None, ()) else value for name, value in values.items()}
        )


def read_metadata(raw: Mapping[str, object]) -> Metadata:
    """Check metadata as someone wrote it; unknown keys are ignored, a wrong value raises BadPost naming its key.

    So does what says that the post is not published, as drafts of Hugo, Jekyll and others do.
    """
    _check_published(raw)
    raw = {name: value for name, value in raw.items() if not (name == "published" and value is True)}
    given = {item.name: _first(raw, _ALIASES.get(item.name, (item.name,))) for item in fields(Metadata)}
    return Metadata(
        title=_line("title", given["title"]),
        author=", ".join(_lines("author", given["author"])) or None,
        published=_date("published", given["published"]),
        modified=_date("modified", given["modified"]),
        categories=_lines("categories", given["categories"]),
        language=fold_language(_line("language", given["language"])),
        url=_url(_line("url", given["url"])),
        id=_line("id", given["id"]),
        sample=_flag(given["sample"]),
    )


def _check_published(raw: Mapping[str, object]) -> None:
    draft = str(raw.get("draft")).strip().casefold() in ("true", "yes")
    status = str(raw.get("status")).strip().casefold()
    if draft or status in _NOT_PUBLIC or raw.get("published") is False:
        raise BadPost(f"not published: it says of itself that it is {status if status in _NOT_PUBLIC else 'a draft'}")


def fold_language(tag: str | None) -> Language | None:
    """Fold a language tag such as "zh-CN" or "en_GB" to one of ours, or None."""
    primary = re.split(r"[-_]", (tag or "").strip().casefold())[0]
    match primary:
        case "en" | "zh":
            return primary
        case _:
            return None


def read_date(value: object) -> str | None:
    """Return a date or date-time in ISO 8601, or None where the value is neither."""
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    text = str(value).strip()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass  # perhaps with a time of day, perhaps in words
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        pass  # perhaps in words
    for pattern in _WRITTEN_DATES:
        try:
            return datetime.strptime(text, pattern).date().isoformat()
        except ValueError:
            continue
    return None


def canonical_url(url: str) -> str | None:
    """Return the one form of a web address: no fragment, no tracking, no slash at the end; None if it is not one."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"\s", url.strip()):
        return None
    usual = {"http": 80, "https": 443}[parts.scheme.lower()]
    place = f"[{host}]" if ":" in host else host
    if port and port != usual:
        place += f":{port}"
    query = urlencode(
        [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    )
    return urlunsplit((parts.scheme.lower(), place, parts.path.rstrip("/"), query, ""))


def _first(raw: Mapping[str, object], names: tuple[str, ...]) -> Any:
    return next((raw[name] for name in names if raw.get(name) not in (None, "", [], ())), None)


def _line(key: str, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise BadPost(f"'{key}' is not a text")
    return one_line(str(value)) or None


def _lines(key: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    items = value if isinstance(value, list | tuple) else re.split(r"[,，;；]", str(_line(key, value)))
    return tuple(line for item in items if (line := _line(key, item)))


def _date(key: str, value: Any) -> str | None:
    if value is None:
        return None
    found = read_date(value)
    if found is None:
        raise BadPost(f"'{key}' is not a date: {one_line(str(value))[:40]}; write it as 2025-11-20")
    return found


def _url(value: str | None) -> str | None:
    if value is None:
        return None
    if canonical_url(value) is None:
        raise BadPost(f"'url' is not a web address: {value[:80]}")
    return value


def _flag(value: Any) -> bool | None:
    match value:
        case None | bool():
            return value
        case str() if value.strip().casefold() in ("true", "yes", "false", "no"):
            return value.strip().casefold() in ("true", "yes")
        case _:
            raise BadPost("'sample' is neither true nor false")
