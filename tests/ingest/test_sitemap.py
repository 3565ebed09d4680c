"""Sitemaps as a source, over real HTTP on loopback."""

import gzip
from collections.abc import Iterator

import pytest

from corpus.errors import Unavailable
from ingest.fetch import Fetcher, FetchLimits, WebOptions
from ingest.post import Post, Rank, Refused, Remembered, Unchanged
from ingest.sources import sitemap as sitemap_module
from ingest.sources.sitemap import SitemapSource
from tests.ingest.site import Answer, Site, running_site

LIMITS = FetchLimits(total_s=5.0, attempts=2)
XML = "application/xml"


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def fetch(site: Site) -> Iterator[Fetcher]:
    fetcher = Fetcher(site.url, WebOptions(private_hosts=("127.0.0.1",)), limits=LIMITS, sleep=lambda _: None)
    yield fetcher
    fetcher.close()


def urlset(*pages: str | tuple[str, str]) -> str:
    """A sitemap of addresses, some with the time of their last change."""
    entries = [(page, "") if isinstance(page, str) else page for page in pages]
    listed = "".join(
        f"<url><loc>\n {loc} </loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"
        for loc, changed in entries
    )
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'


def index(*sitemaps: str) -> str:
    listed = "".join(f"<sitemap><loc>{sitemap}</loc></sitemap>" for sitemap in sitemaps)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'


def outcome(source: SitemapSource, known: dict[str, Remembered] | None = None) -> dict[str, str]:
    """What became of each address: "post", "unchanged", or the reason of a refusal."""
    found = {}
    for item in source.posts(known or {}):
        assert item.address not in found
        found[item.address] = item.reason if isinstance(item, Refused) else type(item).__name__.lower()
    return found


def opened(site: Site, fetch: Fetcher, types: tuple[str, ...] = ("posts",)) -> SitemapSource:
    return SitemapSource(f"{site.url}/sitemap.xml", fetch, WebOptions(post_types=types))


def test_every_page_of_a_sitemap(site: Site, fetch: Fetcher) -> None:
    site.routes |= {
        "/sitemap.xml": Answer(urlset((f"{site.url}/b/", "2025-11-20T08:00:00+08:00"), f"{site.url}/a?p=1"), type=XML),
        "/b/": "<p>B.",
        "/a": "<p>A.",
    }
    source = opened(site, fetch)
    posts = [item for item in source.posts({}) if isinstance(item, Post)]
    assert (source.name, source.rank) == (f"sitemap:{site.url}/sitemap.xml", Rank.PAGE)
    assert [(post.key, post.marker, post.metadata["url"]) for post in posts] == [
        (f"{site.url}/b", "2025-11-20T08:00:00+08:00", f"{site.url}/b/"),
        (f"{site.url}/a?p=1", "", f"{site.url}/a?p=1"),
    ]


def test_a_page_with_the_same_lastmod_is_not_fetched(site: Site, fetch: Fetcher) -> None:
    pages = {"a": "2025-01-01", "b": "2025-01-02", "c": "", "d": "2025-01-04"}
    site.routes["/sitemap.xml"] = urlset(*((f"{site.url}/{name}", changed) for name, changed in pages.items()))
    site.routes |= {f"/{name}": f"<p>{name}" for name in pages}
    known = {
        f"{site.url}/a": Remembered("a", "2025-01-01"),
        f"{site.url}/b": Remembered("b", "2024-01-02"),
        f"{site.url}/c": Remembered("c", ""),
    }
    assert list(outcome(opened(site, fetch), known).values()) == ["unchanged", "post", "post", "post"]
    assert site.asked == ["/sitemap.xml", "/b", "/c", "/d"]
    assert Unchanged(f"{site.url}/a", f"{site.url}/a") in list(opened(site, fetch).posts(known))


def test_an_index_is_followed_two_levels_deep(site: Site, fetch: Fetcher) -> None:
    site.routes |= {
        "/sitemap.xml": index(f"{site.url}/one.xml", f"{site.url}/two.xml.gz", f"{site.url}/sitemap.xml"),
        "/one.xml": index(f"{site.url}/three.xml", f"{site.url}/four.xml"),
        "/two.xml.gz": Answer(gzip.compress(urlset(f"{site.url}/b").encode()), type="application/gzip"),
        "/three.xml": urlset(f"{site.url}/a", f"{site.url}/b/"),
        "/four.xml": index(f"{site.url}/five.xml"),
        "/a": "<p>A.",
        "/b": "<p>B.",
        "/b/": "<p>B.",
    }
    assert outcome(opened(site, fetch)) == {
        f"{site.url}/a": "post",
        f"{site.url}/b/": "post",
        f"{site.url}/four.xml": "an index of sitemaps more than 2 levels deep",
    }


WORDPRESS = (
    "wp-sitemap-posts-post-1.xml",
    "wp-sitemap-posts-post-2.xml",
    "wp-sitemap-posts-page-1.xml",
    "wp-sitemap-taxonomies-category-1.xml",
    "wp-sitemap-taxonomies-post_tag-1.xml",
    "wp-sitemap-users-1.xml",
)
PLUGIN = (
    "post-sitemap.xml",
    "post-sitemap2.xml",
    "page-sitemap.xml",
    "report-sitemap.xml",
    "category-sitemap.xml",
    "post_tag-sitemap3.xml",
    "author-sitemap.xml",
    "attachment-sitemap1.xml",
)


@pytest.mark.parametrize(
    ("listed", "types", "read"),
    [
        pytest.param(WORDPRESS, ("posts",), WORDPRESS[:2], id="WordPress, posts"),
        pytest.param(WORDPRESS, ("posts", "pages"), WORDPRESS[:3], id="WordPress, posts and pages"),
        pytest.param(WORDPRESS, ("pages",), WORDPRESS[2:3], id="WordPress, pages"),
        pytest.param(PLUGIN, ("posts",), (*PLUGIN[:2], PLUGIN[3]), id="plug-in, posts and what is unknown"),
        pytest.param(PLUGIN, ("posts", "pages"), PLUGIN[:4], id="plug-in, posts and pages"),
        pytest.param(("sitemap-1.xml", "blog.xml"), ("posts",), ("sitemap-1.xml", "blog.xml"), id="any other"),
    ],
)
def test_sitemaps_of_what_is_no_article(
    site: Site, fetch: Fetcher, listed: tuple[str, ...], types: tuple[str, ...], read: tuple[str, ...]
) -> None:
    site.routes["/sitemap.xml"] = index(*(f"{site.url}/{name}" for name in listed))
    site.routes |= {f"/{name}": urlset() for name in listed}
    assert outcome(opened(site, fetch, types)) == {}
    assert site.asked[1:] == [f"/{name}" for name in read]


def test_the_home_page_is_no_article(site: Site, fetch: Fetcher) -> None:
    site.routes |= {
        "/blog/sitemap.xml": urlset(site.url, f"{site.url}/", f"{site.url}/blog/", f"{site.url}/blog/a"),
        "/blog/a": "<p>A.",
    }
    source = SitemapSource(f"{site.url}/blog/sitemap.xml", fetch, WebOptions())
    assert outcome(source) == {f"{site.url}/blog/a": "post"}


def test_one_bad_page_stops_nothing(site: Site, fetch: Fetcher) -> None:
    pages = [
        "https://elsewhere.example/x",
        "ftp://x/y",
        "http://[broken",
        "http://a b/",
        "x:",
        "gone",
        "broken",
        "picture",
        "good",
    ]
    listed = [page if ":" in page else f"{site.url}/{page}" for page in pages]
    site.routes |= {
        "/sitemap.xml": urlset(*listed),
        "/broken": Answer(status=500),
        "/picture": Answer(b"\x89PNG", type="image/png"),
        "/good": "<p>Good.",
    }
    reasons = outcome(opened(site, fetch), {f"{site.url}/gone": Remembered("gone", "")})
    assert list(reasons) == listed
    for address, part in zip(
        listed,
        ["INSIGHT_WEB_HOSTS=elsewhere.example", "only http and https", "not a web address", "not a web address",
         "only http and https", "answers 404 (Not Found)", "answers 500",
         "not a kind of document", "post"],
        strict=True,
    ):  # fmt: skip
        assert part in reasons[address]


def test_a_site_that_goes_down_breaks_off(site: Site, fetch: Fetcher) -> None:
    names = ["a", "b", "c", "d", "e", "f"]
    site.routes["/sitemap.xml"] = urlset(*(f"{site.url}/{name}" for name in names))
    site.routes |= {f"/{name}": Answer(status=503) for name in names} | {"/b": "<p>B."}
    posts = opened(site, fetch).posts({})
    assert [type(next(posts)) for _ in range(4)] == [Refused, Post, Refused, Refused]
    with pytest.raises(Unavailable, match="answers 503"):
        next(posts)


def test_sitemaps_at_no_address(site: Site, fetch: Fetcher) -> None:
    site.routes["/sitemap.xml"] = index("http://[broken", "file:///etc/passwd", f"{site.url}/good.xml?x=[")
    site.routes |= {"/good.xml": urlset(f"{site.url}/a"), "/a": "<p>A."}
    broken, file, post = outcome(opened(site, fetch)).values()
    assert "not a web address" in broken
    assert "only http and https" in file
    assert post == "post"


ENTITIES = '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + urlset("https://x.example/&b;")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(Answer(ENTITIES), "declares a document type or entities", id="entities"),
        pytest.param(
            Answer('<!DOCTYPE urlset SYSTEM "file:///etc/passwd"><urlset/>'), "declares a document type", id="DTD"
        ),
        pytest.param(Answer(ENTITIES.encode("utf-16")), "declares a document type", id="entities in UTF-16"),
        pytest.param(Answer("<urlset>" + "<url>" * 9999), "nested too deep", id="deep"),
        pytest.param(Answer("<urlset><url><loc>https://x.exam"), "broken at line 1", id="cut off"),
        pytest.param(Answer("<html><p>Nothing here"), "not a sitemap", id="a page"),
        pytest.param(Answer(""), "not a sitemap", id="empty"),
        pytest.param(Answer(b"\x1f\x8b\x08 nonsense"), "the file is compressed and broken", id="not gzip"),
        pytest.param(
            Answer(gzip.compress(gzip.compress(b"<urlset/>"))), "not a sitemap", id="gzip in gzip"
        ),
        pytest.param(
            Answer(gzip.compress(b"<urlset>" + b" " * 60_000_000)), "grows beyond 50 MB", id="gzip bomb"
        ),
        pytest.param(Answer(status=403), "the site answers 403 (Forbidden)", id="forbidden"),
    ],
)  # fmt: skip
def test_sitemaps_that_are_refused(site: Site, fetch: Fetcher, answer: Answer, reason: str) -> None:
    site.routes |= {
        "/sitemap.xml": index(f"{site.url}/bad.xml", f"{site.url}/good.xml"),
        "/bad.xml": answer,
        "/good.xml": urlset(f"{site.url}/a"),
        "/a": "<p>A.",
    }
    found = outcome(opened(site, fetch))
    assert reason in found[f"{site.url}/bad.xml"]
    assert found[f"{site.url}/a"] == "post"


def test_a_sitemap_without_end(site: Site, fetch: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap_module, "MOST_ADDRESSES", 2)
    site.routes["/sitemap.xml"] = urlset(*(f"{site.url}/{name}" for name in "abc"))
    site.routes |= {f"/{name}": "<p>x" for name in "abc"}
    assert outcome(opened(site, fetch)) == {
        f"{site.url}/a": "post",
        f"{site.url}/b": "post",
        f"{site.url}/sitemap.xml": "lists more than 2 pages: the rest was not read",
    }
    monkeypatch.setattr(sitemap_module, "MOST_SITEMAPS", 2)
    site.routes["/sitemap.xml"] = index(*(f"{site.url}/{name}.xml" for name in "abc"))
    site.routes |= {f"/{name}.xml": urlset() for name in "abc"}
    assert outcome(opened(site, fetch)) == {
        f"{site.url}/b.xml": "the site has more than 2 sitemaps: the rest was not read"
    }
