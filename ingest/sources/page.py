"""One web page as a post, by itself or out of a feed or a sitemap."""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from corpus.errors import Unavailable
from ingest.address import FetchRefused
from ingest.fetch import Fetch, Reply, status_words
from ingest.metadata import canonical_url
from ingest.post import Gone, Item, Post, Rank, Refused, Remembered, Unchanged
from ingest.sources.folder import MEDIA_TYPES

_HTML = "text/html"
_KINDS = {media_type: media_type for media_type in MEDIA_TYPES.values()}
_KINDS |= {"application/xhtml+xml": _HTML, "text/x-markdown": "text/markdown"}
# what servers say of files whose kind they don't know, so that the name tells more
_VAGUE = (
    "",
    "text/plain",
    "application/octet-stream",
    "binary/octet-stream",
    "application/zip",
    "application/download",
)
_HEAD = 512 * 1024  # bytes, within which a page's links to its own kind stand
_GONE = (404, 410)
_PATIENCE = 3  # pages that fail in a row
_CONDITIONS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
# of these one is a superset of others; the rest are ASCII or UTF-8, or nothing that a page is written in
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A <link> in a page's head; ``rel`` in lower case, ``href`` made absolute."""

    rel: frozenset[str]
    href: str
    type: str


class PageSource:
    """One page. A known one that the site says twice to be gone is ``Gone``; nothing else withdraws it."""

    rank = Rank.PAGE

    def __init__(self, address: str, fetch: Fetch, *, first: Reply | None = None) -> None:
        """Name a page; ``first`` is the reply where it has just been fetched."""
        self._address = address
        self._key = canonical_url(address) or address
        self.name = f"page:{self._key}"
        self._fetch = fetch
        self._first = first

    def posts(self, known: Mapping[str, Remembered]) -> Iterator[Item]:
        """Yield the page, or what became of it."""
        held = known.get(self._key)
        marker = held.marker if held else ""
        try:
            first, self._first = self._first, None
            reply = first or self._fetch.get(self._address, headers=_conditions(marker))
            if reply.status in _GONE and held:
                reply = self._fetch.get(self._address)
        except FetchRefused as error:
            yield Refused(self._address, str(error), self._key)
            return
        if reply.status in _GONE and held:
            yield Gone(self._address, self._key, f"the site answers {status_words(reply.status)}, asked twice")
        elif marker and (reply.status == 304 or (200 <= reply.status < 300 and _marker(reply) == marker)):
            yield Unchanged(self._address, self._key)
        else:
            yield page_item(reply, self._address, self._key, marker=_marker(reply))


class Pages:
    """Reads pages one by one: one that fails is refused, several in a row mean that the site has broken off."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._failed = 0

    def read(
        self, address: str, key: str, *, marker: str = "", metadata: Mapping[str, object] | None = None
    ) -> Post | Refused:
        """Fetch a page and return it as a post, or why it is none; raises Unavailable where the site is down."""
        try:
            reply = self._fetch.get(address)
        except FetchRefused as error:
            return Refused(address, str(error), key)
        except Unavailable as error:
            self._failed += 1
            if self._failed >= _PATIENCE:
                raise
            return Refused(address, str(error), key)
        self._failed = 0
        return page_item(reply, address, key, marker=marker, metadata=metadata)


def page_item(
    reply: Reply, address: str, key: str, *, marker: str = "", metadata: Mapping[str, object] | None = None
) -> Post | Refused:
    """Turn what came for an address into a post, or say why it is none.

    ``metadata`` is what the source knows of it; the address of the article is the one that the page declares, where
    that lies on its own host, else the one at which it was found in the end.
    """
    if not 200 <= reply.status < 300:
        return Refused(address, f"the site answers {status_words(reply.status)}", key)
    if is_root(reply.url) and not is_root(address):
        return Refused(address, "the site leads on to its home page instead", key)
    media_type = _kind(reply)
    if media_type is None:
        return Refused(address, f"not a kind of document that ingest reads: {reply.media_type or 'unknown'}", key)
    body = _in_unicode(reply) if media_type == _HTML else reply.body
    url = _own_address(reply) if media_type == _HTML else reply.url
    return Post(address, body, media_type, {**(metadata or {}), "url": url}, key, marker)


def links_of(reply: Reply) -> list[Link]:
    """Return the <link> elements of a page, in order; none where it can't be read."""
    return [
        Link(frozenset((link.get("rel") or "").lower().split()), href, (link.get("type") or "").strip().lower())
        for link in _elements(reply, "link")
        if (href := absolute(reply.url, link.get("href")))
    ]


def absolute(base: str, href: str | None) -> str:
    """Return an address made absolute; "" where there is none, or one so broken that it can't be told."""
    try:
        return urljoin(base, (href or "").strip()) if href else ""
    except ValueError:  # such as an unclosed bracket
        return ""


def is_root(url: str) -> bool:
    """Tell whether an address is that of a whole host."""
    return canonical_url(url) is not None and urlsplit(url)[2:4] in (("", ""), ("/", ""))


def same_host(one: str, other: str) -> bool:
    """Tell whether two addresses are on one host, with or without "www."."""
    hosts = {(urlsplit(url).hostname or "").removeprefix("www.") for url in (one, other) if canonical_url(url)}
    return len(hosts) == 1


def is_html(reply: Reply) -> bool:
    """Tell whether a reply is a web page."""
    return _kind(reply) == _HTML


def _kind(reply: Reply) -> str | None:
    """Return the media type that ingest knows a document by; None where it reads no such documents."""
    if reply.body.startswith(b"%PDF-"):
        return "application/pdf"
    told = reply.media_type
    by_name = MEDIA_TYPES.get(PurePosixPath(urlsplit(reply.url).path).suffix.lower()) if told in _VAGUE else None
    if not told and not by_name and reply.body.lstrip()[:1] == b"<":
        return _HTML
    return by_name or _KINDS.get(told)


def _own_address(reply: Reply) -> str:
    declared = [link.href for link in links_of(reply) if "canonical" in link.rel]
    declared += [
        absolute(reply.url, meta.get("content"))
        for meta in _elements(reply, "meta")
        if meta.get("property") == "og:url"
    ]
    for url in declared[:1]:
        # a theme that declares the home page to be every page's address would make one article of all of them
        if canonical_url(url) and same_host(url, reply.url) and (is_root(reply.url) or not is_root(url)):
            return url
    return reply.url


def _elements(reply: Reply, tag: str) -> list[Any]:
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(reply.body[:_HEAD], parser)
    except etree.XMLSyntaxError:  # it holds no element
        return []
    return [] if tree is None else list(tree.iter(tag))


def _in_unicode(reply: Reply) -> bytes:
    """Return a page in UTF-8, with a mark that says so, where only the reply's header tells its encoding."""
    told = _CHARSET.search(reply.headers.get("content-type", ""))
    try:
        reply.body.decode()
        return reply.body
    except UnicodeDecodeError:
        pass  # so it is in another encoding
    try:
        name = codecs.lookup(told.group(1)).name if told else ""
        return codecs.BOM_UTF8 + reply.body.decode(_CHARSETS[name]).encode() if name in _CHARSETS else reply.body
    except (LookupError, UnicodeDecodeError):
        return reply.body  # the page itself may tell, or its letters


def _marker(reply: Reply) -> str:
    """Return what the server tells changes by, as the line of its header; empty where it says nothing."""
    for header in _CONDITIONS:
        if value := reply.headers.get(header.lower(), "").strip():
            return f"{header}: {value}"
    return ""


def _conditions(marker: str) -> dict[str, str]:
    header, _, value = marker.partition(": ")
    return {_CONDITIONS[header]: value} if header in _CONDITIONS else {}
