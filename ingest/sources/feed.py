"""Posts from an RSS or Atom feed."""

import html
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ingest.address import FetchRefused
from ingest.fetch import Fetch, Reply, status_words
from ingest.identity import short_hash
from ingest.metadata import canonical_url, fold_language, read_date
from ingest.post import BadPost, Item, Post, Rank, Refused, Remembered, Unchanged
from ingest.shortcodes import without_shortcodes
from ingest.sources.page import Pages, absolute
from ingest.sources.xml import check_harmless, root_name, unpacked
from ingest.text import one_line

FEED_ROOTS = ("rss", "feed", "RDF")
MOST_PAGES = 1_000

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# what WordPress and others put at the end of a text that goes on elsewhere
_CUT_SHORT = re.compile(r"(\[\s*(…|\.\.\.)\s*\]|(continue reading|read more|阅读全文|继续阅读)\W*)\s*$", re.IGNORECASE)


class FeedSource:
    """Every item of a feed, and of its further pages where it has them; never says that anything is gone.

    An item with its whole text is a post as it stands. Where there is only a summary, the page that it links to is
    fetched instead, unless the feed tells the same of it as before: so an edit that the feed does not show, neither
    by a date nor in title or summary, is not seen.
    """

    rank = Rank.FEED

    def __init__(self, address: str, fetch: Fetch, *, first: Reply | None = None) -> None:
        """Name a feed; ``first`` is the reply where it has just been fetched."""
        self._address = address
        self.name = f"feed:{canonical_url(address) or address}"
        self._fetch = fetch
        self._first = first

    def posts(self, known: Mapping[str, Remembered]) -> Iterator[Item]:
        """Yield the items, the newest first as feeds have them."""
        pages = Pages(self._fetch)
        seen: set[str] = set()
        address = self._address
        for number in range(1, MOST_PAGES + 1):
            try:
                first, self._first = self._first, None
                reply = first or self._fetch.get(address)
                if reply.status == 404 and number > 1:  # how WordPress says that there are no more
                    return
                feed = read_feed(reply)
            except (BadPost, FetchRefused) as error:
                yield Refused(address, str(error))
                return
            before = len(seen)
            for entry in feed.entries:
                item = _Item(entry, feed, self.name)
                if item.key not in seen:
                    seen.add(item.key)
                    yield _read(item, known, pages)
            following = _next_page(feed, reply.url, number + 1)
            if following is None or len(seen) == before:
                return
            address = following
        yield Refused(address, f"the feed has more than {MOST_PAGES} pages: the older ones were not read")


def read_feed(reply: Reply) -> Any:
    """Parse a feed; raises BadPost, with the reason, where it is none or not harmless."""
    import feedparser

    if reply.status != 200:
        raise BadPost(f"the site answers {status_words(reply.status)}")
    body = unpacked(reply)
    if root_name(body) not in FEED_ROOTS:
        raise BadPost("not a feed")
    check_harmless(body)
    # what is hidden in a text shows by its styles, so they are kept for the cleaning to see
    return feedparser.parse(
        body,
        response_headers={"content-location": reply.url, "content-type": _content_type(reply, body)},
        sanitize_html=False,
    )


def _content_type(reply: Reply, body: bytes) -> str:
    """Return what tells the encoding; UTF-8 is known by itself, and many a server claims another in its place."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return reply.headers.get("content-type", "")
    return "application/xml; charset=utf-8"


def _read(item: "_Item", known: Mapping[str, Remembered], pages: Pages) -> Item:
    if (body := item.body()) is not None:
        return Post(item.address, body, "text/html", item.metadata(), item.key, item.marker())
    if not item.link:
        return Refused(item.address, "holds neither a text nor a link to one", item.key)
    held = known.get(item.key)
    if held and held.marker and held.marker == item.marker():
        return Unchanged(item.address, item.key)
    return pages.read(item.link, item.key, marker=item.marker(), metadata=item.metadata())


class _Item:
    """One item of a feed as feedparser gives it."""

    def __init__(self, entry: Any, feed: Any, source: str) -> None:
        self._entry = entry
        self._feed = feed
        link = str(entry.get("feedburner_origlink") or entry.get("link") or "").strip()
        self.link = link if canonical_url(link) else ""
        own = str(entry.get("id") or "").strip() or f"{entry.get('title', '')}\n{entry.get('summary', '')}"
        self.key = canonical_url(link) or f"{source}#{short_hash(own)}"
        self.address = self.link or self.key

    def body(self) -> bytes | None:
        """Return the item's whole text as an HTML fragment, None where the feed has but a summary of it."""
        contents = [content for content in self._entry.get("content", ()) if content.get("value", "").strip()]
        if not contents and not self.link and self._entry.get("summary", "").strip():
            contents = [self._entry.summary_detail]  # RSS says that such an item is complete in itself
        if not contents:
            return None
        whole = max(contents, key=lambda content: len(content["value"]))
        text = whole["value"]
        if self.link and _CUT_SHORT.search(_plain(text)):
            return None
        if whole.get("type") == "text/plain" and "content" in self._entry:
            text = "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", text))
        return f"<article>{without_shortcodes(text)}</article>".encode("utf-8", "replace")

    def metadata(self) -> Mapping[str, object]:
        """Return what the feed says of the item."""
        tags = [one_line(str(tag.get("label") or tag.get("term") or "")) for tag in self._entry.get("tags", ())]
        found = {
            "title": _plain(self._entry.get("title", "")),
            "author": self._author(),
            "published": self._published(),
            "modified": self._when("updated"),
            "categories": [tag for tag in dict.fromkeys(tags) if tag and tag.casefold() != "uncategorized"],
            "language": self._language(),
            "url": self.link,
        }
        return {name: value for name, value in found.items() if value}

    def marker(self) -> str:
        """Return when the item changed; where it says only when it was published, what it shows as well."""
        changed = self._when("updated")
        if changed:
            return changed
        published = self._published()
        shown = short_hash(f"{self._entry.get('title', '')}\n{self._entry.get('summary', '')}")
        return f"{published} {shown}" if published else ""

    def _author(self) -> str:
        names = [str(author.get("name", "")) for author in self._entry.get("authors", ())]
        return ", ".join(filter(None, map(one_line, names))) or one_line(str(self._entry.get("author", "")))

    def _published(self) -> str | None:
        # RSS 1.0 has but one date, and feedparser takes it for that of the last change
        only_date = not str(self._feed.version).startswith("atom")
        return self._when("published") or (self._when("updated") if only_date else None)

    def _when(self, name: str) -> str | None:
        """Return a date as the item says it, in ISO 8601; in its own time zone where it can be told."""
        if name not in self._entry:
            return None
        text = str(self._entry[name]).strip()
        if found := read_date(text):
            return found
        try:
            when = parsedate_to_datetime(text)
        except ValueError:
            parsed = self._entry.get(f"{name}_parsed")
            return datetime.fromtimestamp(timegm(parsed), UTC).isoformat() if parsed else None
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).isoformat()

    def _language(self) -> str | None:
        """Return the language that the item itself declares; the feed's own says nothing of a site in two languages."""
        told = [content.get("language") for content in self._entry.get("content", ())]
        own = str(self._entry.get("language") or next(filter(None, told), ""))
        return own if fold_language(own) and own != self._feed.feed.get("language") else None


def _plain(text: str) -> str:
    return one_line(html.unescape(_TAG.sub("", text)))


def _next_page(feed: Any, url: str, number: int) -> str | None:
    """Return where the feed goes on: as it says itself, or as WordPress pages feeds without saying so."""
    for link in feed.feed.get("links", ()):
        if link.get("rel") == "next" and link.get("href"):
            return absolute(url, str(link["href"])) or None
    maker = f"{feed.feed.get('generator', '')} {feed.feed.get('generator_detail', {}).get('href', '')}"
    if "wordpress.org" not in maker.lower():
        return None
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "paged"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("paged", str(number))])))
