"""Posts from a sitemap, or an index of sitemaps: every page that it lists."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.address import FetchRefused
from ingest.fetch import Fetch, Reply, WebOptions, status_words
from ingest.metadata import canonical_url
from ingest.post import BadPost, Item, Rank, Refused, Remembered, Unchanged
from ingest.sources.page import Pages, absolute, is_root
from ingest.sources.xml import parse_xml, root_name, unpacked

MOST_ADDRESSES = 100_000
MOST_SITEMAPS = 1_000
_DEEPEST = 2  # an index may list indexes, and those sitemaps alone

# WordPress's own sitemaps name the type of post; those of its plug-ins name it in front of "-sitemap"
_CORE = re.compile(r"/wp-sitemap-(posts-(?P<type>.+)|taxonomies-.+|users)-\d+\.xml$")
_PLUGIN = re.compile(r"/(?P<type>[\w-]+?)-sitemap\d*\.xml(\.gz)?$")
_LISTINGS = {"category", "post_tag", "tag", "author", "user", "post_format", "post_archive", "archive", "date"}
_LISTINGS |= {"attachment", "image", "video", "taxonomy", "product_cat", "product_tag", "local", "elementor_library"}


@dataclass(frozen=True, slots=True)
class _Page:
    address: str
    modified: str


class SitemapSource:
    """Every page of a sitemap but the site's home page; never says that anything is gone.

    WordPress's sitemaps of categories, tags, authors and attachments are passed over, and so are those of the types
    of post (posts, pages) that ``options`` does not name.
    """

    rank = Rank.PAGE

    def __init__(
        self,
        address: str,
        fetch: Fetch,
        options: WebOptions,
        *,
        sitemaps: Sequence[str] = (),
        read: Mapping[str, Reply] | None = None,
    ) -> None:
        """Name a sitemap, or a site and its ``sitemaps``; ``read`` holds those that have just been fetched."""
        self.name = f"sitemap:{canonical_url(address) or address}"
        self._sitemaps = tuple(sitemaps) or (address,)
        self._homes = {canonical_url(absolute(sitemap, ".")) for sitemap in self._sitemaps}
        self._homes |= {canonical_url(address)} if sitemaps else set()
        self._fetch = fetch
        self._options = options
        self._read = dict(read or {})

    def posts(self, known: Mapping[str, Remembered]) -> Iterator[Item]:
        """Yield the pages in the order of the sitemap; one whose ``lastmod`` is as before is not fetched."""
        pages = Pages(self._fetch)
        seen: set[str] = set()
        for found in self._listed():
            if isinstance(found, Refused):
                yield found
                continue
            key = canonical_url(found.address) or found.address
            if key in seen or key in self._homes or is_root(found.address):
                continue
            if len(seen) == MOST_ADDRESSES:
                yield Refused(self._sitemaps[0], f"lists more than {MOST_ADDRESSES} pages: the rest was not read")
                return
            seen.add(key)
            held = known.get(key)
            if held and found.modified and held.marker == found.modified:
                yield Unchanged(found.address, key)
            else:
                yield pages.read(found.address, key, marker=found.modified)

    def _listed(self) -> Iterator[_Page | Refused]:
        # depth first, in the order in which they are listed; what is seen twice is read once
        waiting = [(address, 0) for address in reversed(self._sitemaps)]
        seen: set[str] = set()
        while waiting:
            address, depth = waiting.pop()
            if address in seen:
                continue
            if len(seen) == MOST_SITEMAPS:
                yield Refused(address, f"the site has more than {MOST_SITEMAPS} sitemaps: the rest was not read")
                return
            seen.add(address)
            try:
                root = self._root(address)
            except (BadPost, FetchRefused) as error:
                yield Refused(address, str(error))
                continue
            if not is_index(root):
                yield from _pages(root)
            elif depth == _DEEPEST:
                yield Refused(address, f"an index of sitemaps more than {_DEEPEST} levels deep")
            else:
                listed = [page.address for page in _pages(root) if not self._passed_over(page.address)]
                waiting += [(sitemap, depth + 1) for sitemap in reversed(listed)]

    def _root(self, address: str) -> Any:
        reply = self._read.pop(address, None) or self._fetch.get(address)
        if reply.status != 200:
            raise BadPost(f"the site answers {status_words(reply.status)}")
        body = unpacked(reply)
        if root_name(body) not in SITEMAP_ROOTS:
            raise BadPost("not a sitemap")
        return parse_xml(body)

    def _passed_over(self, sitemap: str) -> bool:
        path = sitemap.partition("?")[0]
        if found := _CORE.search(path):
            return found["type"] is None or not self._wanted(found["type"])
        if found := _PLUGIN.search(path):
            kind = found["type"]
            return kind in _LISTINGS or (kind in ("post", "page") and not self._wanted(kind))
        return False

    def _wanted(self, post_type: str) -> bool:
        # the REST API calls posts and pages in the plural
        return post_type in self._options.post_types or f"{post_type}s" in self._options.post_types


SITEMAP_ROOTS = ("urlset", "sitemapindex")


def is_index(root: Any) -> bool:
    """Tell whether an outermost element is that of an index of sitemaps."""
    return str(root.tag).rpartition("}")[2] == "sitemapindex"


def _pages(root: Any) -> Iterator[_Page]:
    for entry in root:
        fields = {str(child.tag).rpartition("}")[2]: (child.text or "").strip() for child in entry}
        if fields.get("loc"):
            yield _Page(fields["loc"], fields.get("lastmod", ""))
