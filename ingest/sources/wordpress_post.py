"""What a record of WordPress's REST API says of a post, and the post that it makes."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from typing import Any

from ingest.identity import slug
from ingest.metadata import canonical_url, fold_language
from ingest.post import Post
from ingest.shortcodes import without_shortcodes
from ingest.text import one_line

# a record without what ingest does not read; the nested names keep the rest of "_links" and "content" away
FIELDS = (
    "id,status,date,date_gmt,modified,modified_gmt,link,title,content,"
    "lang,polylang_current_lang,wpml_current_locale,_links.author,_links.wp:term,_embedded"
)
LIGHT_FIELDS = "id,status,modified_gmt,link,content.protected"

_LANGUAGE_FIELDS = ("lang", "polylang_current_lang", "wpml_current_locale")
_NO_TOPICS = ("language", "post_translations", "author", "post_format")  # taxonomies that plugins keep other things in
_NO_CATEGORY = ("uncategorized", "uncategorised", "未分类", "未分類")
_FARTHEST = timedelta(hours=15)  # from UTC, and a little more than any time zone lies


def id_of(record: Any) -> int | None:
    """Return a record's number, or None where it is no record at all."""
    number = record.get("id") if isinstance(record, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else None


def marker_of(record: Mapping[str, Any]) -> str:
    """Return the time of modification in UTC as the site writes it; empty where it tells none."""
    marker = record.get("modified_gmt")
    return marker if isinstance(marker, str) and read_time(marker) else ""


def link_of(record: Mapping[str, Any]) -> str | None:
    """Return the public address, which only a published post has for good."""
    link = record.get("link")
    published = record.get("status", "publish") == "publish"
    return one_line(link) if published and isinstance(link, str) and canonical_url(link) else None


def is_protected(record: Mapping[str, Any]) -> bool:
    """Say whether a password stands before the text."""
    content = record.get("content")
    return isinstance(content, dict) and content.get("protected") is True


def post_of(record: Mapping[str, Any], *, site: str, address: str, key: str) -> Post | None:
    """Make a record's post, or None where the record holds no text; ``site`` and ``key`` name one without a link."""
    content = _rendered(record.get("content"))
    if not content.strip():
        return None
    link = link_of(record)
    authors, terms = _embedded(record)
    known: dict[str, object] = {
        "title": _plain(_rendered(record.get("title"))),
        "author": authors,
        "published": zoned(record.get("date"), record.get("date_gmt")),
        "modified": zoned(record.get("modified"), record.get("modified_gmt")),
        "categories": _topics(terms),
        "language": _language(record, terms),
        "url": link,
        "id": None if link else slug(f"{site.partition('://')[2]} {key}"),
    }
    metadata = {name: value for name, value in known.items() if value}
    # half a character, which JSON can hold, is none that anybody wrote
    body = f"<article>{without_shortcodes(content)}</article>".encode("utf-8", "ignore")
    return Post(address, body, "text/html", metadata, key, marker_of(record))


def _rendered(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("rendered")
    return value if isinstance(value, str) else ""


def _plain(html: str) -> str:
    return one_line(unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", html)))


def _embedded(record: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Return the authors' names, and taxonomy, slug and name of every term."""
    embedded = record.get("_embedded")
    if not isinstance(embedded, dict):
        return [], []
    # a site that hides its users embeds an error in the author's place, which has no name
    authors = [name for author in _dicts(embedded.get("author")) if (name := _plain(str(author.get("name") or "")))]
    groups = embedded.get("wp:term")
    terms = [
        (str(term.get("taxonomy", "")), str(term.get("slug", "")), _plain(str(term.get("name") or "")))
        for group in (groups if isinstance(groups, list) else [])
        for term in _dicts(group)
    ]
    return list(dict.fromkeys(authors)), terms


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    yield from (item for item in (value if isinstance(value, list) else []) if isinstance(item, dict))


def _topics(terms: list[tuple[str, str, str]]) -> list[str]:
    """Return the categories, then the tags and the terms of the site's own taxonomies."""
    found = [
        (taxonomy, name)
        for taxonomy, slug_, name in terms
        if name
        and taxonomy not in _NO_TOPICS
        and not slug_.startswith("uncategorized")  # a translation plugin adds the language to it
        and name.casefold() not in _NO_CATEGORY
    ]
    found.sort(key=lambda term: term[0] != "category")
    return list(dict.fromkeys(name for _, name in found))


def _language(record: Mapping[str, Any], terms: list[tuple[str, str, str]]) -> str | None:
    """Return the language that a translation plugin names, in a field or as a term; None leaves it to detection."""
    named = [record.get(field) for field in _LANGUAGE_FIELDS]
    named += [tag for taxonomy, slug_, name in terms if taxonomy == "language" for tag in (slug_, name)]
    return next((tag for tag in named if isinstance(tag, str) and fold_language(tag)), None)


def zoned(local: object, gmt: object) -> str | None:
    """Return a date-time in the site's own time with its offset, which is how far its time lies from UTC's."""
    here, there = read_time(local), read_time(gmt)
    if here is None or there is None:
        return there.replace(tzinfo=UTC).isoformat() if there else here.isoformat() if here else None
    offset = timedelta(minutes=round((here - there) / timedelta(minutes=1)))
    if abs(offset) > _FARTHEST:  # they do not tell of the same moment
        return there.replace(tzinfo=UTC).isoformat()
    return here.replace(tzinfo=timezone(offset)).isoformat()


def read_time(value: object) -> datetime | None:
    """Read a time as WordPress writes it; zeros, which stand for none, are no time."""
    try:
        return datetime.strptime(str(value)[:19].replace(" ", "T"), "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return None
