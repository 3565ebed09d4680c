"""Chooses the source for a web address by what is found there."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from corpus.errors import BadInput, Unavailable
from ingest.address import FetchRefused
from ingest.fetch import Fetch, Fetcher, Reply, WebOptions, status_words
from ingest.post import BadPost, Item, Remembered, Source
from ingest.sources.feed import FEED_ROOTS, FeedSource
from ingest.sources.page import PageSource, absolute, is_html, is_root, links_of, same_host
from ingest.sources.sitemap import SITEMAP_ROOTS, SitemapSource
from ingest.sources.xml import root_name, unpacked

_API = "https://api.w.org/"  # the relation by which WordPress names its REST API
_API_HEADER = re.compile(r"<([^<>]*)>[^<]*?\brel=\"?https://api\.w\.org/\"?")
_API_FIELDS = "_fields=name,url,home,namespaces"
_SITEMAP_LINE = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_MOST_SITEMAPS = 50  # named in robots.txt
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")


def open_web(name: str, web: WebOptions, *, fetcher: Fetcher | None = None) -> Source:
    """Fetch an address and open what it is: a WordPress site, a feed, a sitemap, or a page.

    The home address of a site that is no WordPress gives the site's sitemap, else its feed, else the page itself.
    Raises BadInput where the address can't be read, with what to check, and Unavailable where the site is down.
    """
    fetch = fetcher or Fetcher(name, web)
    try:
        return OpenedSource(_Discovery(name, web, fetch).source(), fetch)
    finally:
        fetch.close()


class OpenedSource:
    """A source together with the connections that it uses, which end with each reading."""

    def __init__(self, source: Source, fetcher: Fetcher) -> None:
        self.source = source
        self.name = source.name
        self.rank = source.rank
        self._fetcher = fetcher

    def posts(self, known: Mapping[str, Remembered]) -> Iterator[Item]:
        """Yield what the source yields."""
        try:
            yield from self.source.posts(known)
        finally:
            self._fetcher.close()


class _Discovery:
    def __init__(self, name: str, web: WebOptions, fetch: Fetch) -> None:
        self._name = name.strip()
        self._web = web
        self._fetch = fetch

    def source(self) -> Source:
        """Fetch the address and choose."""
        reply = self._fetch.get(self._name)
        if reply.status in (404, 410):  # a page that is known may be gone, which the source finds out
            return PageSource(self._name, self._fetch, first=reply)
        if not 200 <= reply.status < 300:
            raise BadInput(
                f"'{self._name[:120]}' answers {status_words(reply.status)}: "
                "check the address, and whether the site lets programs read it"
            )
        match _document(reply):
            case "feed":
                return FeedSource(self._name, self._fetch, first=reply)
            case "sitemap":
                return SitemapSource(self._name, self._fetch, self._web, read={self._name: reply})
        found = (self._wordpress(reply) or self._home(reply)) if is_html(reply) else None
        return found or PageSource(self._name, self._fetch, first=reply)

    def _wordpress(self, reply: Reply) -> Source | None:
        """Return the WordPress site whose home this is, None where it is a page of one or something else."""
        declared = self._declared_apis(reply)
        usual = [urljoin(reply.url, "/wp-json/"), urljoin(reply.url, "/?rest_route=/")] if is_root(reply.url) else []
        for api in dict.fromkeys([*declared, *usual]):
            home = _home_of(api)
            if not any(_same_place(home, url) for url in (reply.url, self._name)):
                continue
            try:
                site = self._site(api)
            except (FetchRefused, Unavailable):
                if api in declared:
                    raise
                continue  # it was but a guess, so it says nothing of the site
            if site is not None:
                from ingest.sources.wordpress import WordPressSource

                return WordPressSource(site or home, api, self._fetch, self._web)
        return None

    def _declared_apis(self, reply: Reply) -> list[str]:
        declared = _API_HEADER.findall(reply.headers.get("link", ""))
        declared += [link.href for link in links_of(reply) if _API in link.rel]
        return [found for href in declared[:1] if (found := absolute(reply.url, href))]

    def _site(self, api: str) -> str | None:
        """Return the home address that an API tells, "" where it tells none; None where there is no such API."""
        address = f"{api}{'&' if '?' in api else '?'}{_API_FIELDS}"
        reply = self._fetch.get(address)
        if reply.status in (401, 403) and self._web.user:
            reply = self._fetch.get(address, private=True)
        try:
            told: Any = json.loads(reply.body) if reply.status == 200 else None
        except (ValueError, RecursionError):  # a page instead of an API
            return None
        if not isinstance(told, dict) or "wp/v2" not in (told.get("namespaces") or ()):
            return None
        return str(told.get("home") or told.get("url") or "")

    def _home(self, reply: Reply) -> Source | None:
        """Return what a site's home page stands for, None where it is some other page or has nothing but itself."""
        if not is_root(reply.url) and not is_root(self._name):
            return None
        listed = self._named_sitemaps(urljoin(reply.url, "/robots.txt"))
        for sitemap in [*listed, urljoin(reply.url, "/sitemap.xml")]:
            if read := self._found(sitemap, "sitemap"):
                sitemaps = listed if sitemap in listed else [sitemap]
                return SitemapSource(self._name, self._fetch, self._web, sitemaps=sitemaps, read={sitemap: read})
        for link in links_of(reply):
            of_posts = "alternate" in link.rel and link.type in _FEED_TYPES and "/comments/" not in link.href
            if of_posts and (read := self._found(link.href, "feed")):
                return FeedSource(link.href, self._fetch, first=read)
        return None

    def _named_sitemaps(self, robots: str) -> list[str]:
        reply = self._read(robots)
        named = _SITEMAP_LINE.findall(reply.body)[:_MOST_SITEMAPS] if reply else []
        return [absolute(robots, address.decode("ascii", "ignore")) for address in named]

    def _found(self, address: str, kind: str) -> Reply | None:
        reply = self._read(address)
        try:
            return reply if reply and _document(reply) == kind else None
        except BadPost:
            return None

    def _read(self, address: str) -> Reply | None:
        """Fetch what may be there or not."""
        try:
            reply = self._fetch.get(address)
        except FetchRefused:
            return None
        return reply if reply.status == 200 else None


def _document(reply: Reply) -> str:
    """Tell a feed from a sitemap from anything else; raises BadPost where it is packed and can't be unpacked."""
    root = root_name(unpacked(reply))
    return "feed" if root in FEED_ROOTS else "sitemap" if root in SITEMAP_ROOTS else ""


def _home_of(api: str) -> str:
    """Return the home address of the site whose API root this is: without ``rest_route``, or a folder further up."""
    path = urlsplit(api).path
    if "rest_route=" not in urlsplit(api).query:
        path = re.sub(r"[^/]*/?$", "", path)
    return urljoin(api, re.sub(r"index\.php/?$", "", path) or "/")


def _same_place(one: str, other: str) -> bool:
    paths = {re.sub(r"(/index\.php)?/*$", "", urlsplit(url).path) for url in (one, other)}
    return same_host(one, other) and len(paths) == 1
