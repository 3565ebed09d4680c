"""What a web address turns out to be, over real HTTP on loopback."""

import gzip
import json
from collections.abc import Callable, Iterator

import pytest

from corpus.errors import BadInput, Unavailable
from ingest.address import FetchRefused
from ingest.fetch import Fetcher, FetchLimits, WebOptions
from ingest.post import Gone, Item, Post, Refused, Remembered, Source
from ingest.sources.feed import FeedSource
from ingest.sources.open import open_source
from ingest.sources.page import PageSource
from ingest.sources.sitemap import SitemapSource
from ingest.sources.web import OpenedSource, open_web
from ingest.sources.wordpress import WordPressSource
from tests.ingest.site import Answer, Asked, Site, redirect, running_site

LOOPBACK = WebOptions(private_hosts=("127.0.0.1",))
RSS = '<rss version="2.0"><channel><title>S</title></channel></rss>'
PAGE = "<!doctype html><html><head><title>T</title></head><body><p>Words.</p></body></html>"
NOT_WORDPRESS = ["/", "/wp-json/?_fields=name,url,home,namespaces", "/?rest_route=/&_fields=name,url,home,namespaces"]


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def opened(site: Site) -> Iterator[Callable[..., Source]]:
    """Open an address of the site without the pauses between attempts."""
    fetchers: list[Fetcher] = []

    def open_path(path: str = "", options: WebOptions = LOOPBACK) -> Source:
        limits = FetchLimits(total_s=5.0, attempts=2)
        fetchers.append(Fetcher(site.url + path, options, limits=limits, sleep=lambda _: None))
        source = open_web(site.url + path, options, fetcher=fetchers[-1])
        assert isinstance(source, OpenedSource)
        return source.source

    yield open_path
    for fetcher in fetchers:
        fetcher.close()


Open = Callable[..., Source]


def items(source: Source, known: dict[str, Remembered] | None = None) -> list[Item]:
    return list(source.posts(known or {}))


def urlset(*addresses: str) -> str:
    return "<urlset>" + "".join(f"<url><loc>{address}</loc></url>" for address in addresses) + "</urlset>"


def linked(site: Site, api: str) -> Answer:
    return Answer(PAGE.replace("</title>", f'</title><link rel="https://api.w.org/" href="{site.url}{api}">'))


def api_root(site: Site, home: str = "") -> Answer:
    told = {"name": "S", "home": f"{site.url}{home}", "url": site.url, "namespaces": ["oembed/1.0", "wp/v2"]}
    return Answer(json.dumps(told), type="application/json")


@pytest.mark.parametrize(
    ("path", "answer", "kind", "name"),
    [
        pytest.param("/feed/", Answer(RSS, type="application/rss+xml"), FeedSource, "feed:{}/feed", id="RSS"),
        pytest.param("/feed/", Answer(RSS), FeedSource, "feed:{}/feed", id="RSS that is called a page"),
        pytest.param(
            "/atom.xml", Answer('<feed xmlns="http://www.w3.org/2005/Atom"/>'), FeedSource, "feed:{}/atom", id="Atom"
        ),
        pytest.param(
            "/x",
            Answer('<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'),
            FeedSource,
            "feed:{}/x",
            id="RSS 1.0",
        ),
        pytest.param(
            "/s.xml", Answer("<!-- x --><urlset/>", type="text/xml"), SitemapSource, "sitemap:{}/s.xml", id="map"
        ),
        pytest.param("/s.xml", Answer("<sitemapindex/>"), SitemapSource, "sitemap:{}/s.xml", id="index"),
        pytest.param(
            "/s.xml.gz",
            Answer(gzip.compress(b"<urlset/>"), type="application/gzip"),
            SitemapSource,
            "sitemap:{}/s.xml.gz",
            id="sitemap, packed",
        ),
        pytest.param("/a/", Answer(PAGE), PageSource, "page:{}/a", id="page"),
        pytest.param("/a.pdf", Answer(b"%PDF-1.7", type="application/pdf"), PageSource, "page:{}/a.pdf", id="PDF"),
        pytest.param("/a.md", Answer("# T", type="text/markdown"), PageSource, "page:{}/a.md", id="Markdown"),
    ],
)  # fmt: skip
def test_what_an_address_is(site: Site, opened: Open, path: str, answer: Answer, kind: type[Source], name: str) -> None:
    site.routes[path] = answer
    source = opened(path)
    assert isinstance(source, kind)
    assert source.name.startswith(name.format(site.url))
    assert site.asked == [path]
    found = items(source)
    assert site.asked == [path]
    if kind is PageSource:
        assert [type(item) for item in found] == [Post]


# WordPress


@pytest.mark.parametrize(
    ("header", "api"),
    [
        pytest.param('<{}/wp-json/>; rel="https://api.w.org/"', "/wp-json/", id="pretty addresses"),
        pytest.param('<{}/?rest_route=/>; rel="https://api.w.org/"', "/?rest_route=/", id="plain addresses"),
        pytest.param(
            '<{}/x>; rel="alternate", <{}/index.php/wp-json/>; rel=https://api.w.org/',
            "/index.php/wp-json/",
            id="by index.php, one of several",
        ),
    ],
)
def test_wordpress_by_its_header(site: Site, opened: Open, header: str, api: str) -> None:
    site.routes |= {"/": Answer(PAGE, headers={"Link": header.format(site.url, site.url)}), "/?rest_route=/": "no"}
    full = f"{api}{'&' if '?' in api else '?'}_fields=name,url,home,namespaces"
    site.routes[full] = api_root(site)
    source = opened()
    assert isinstance(source, WordPressSource)
    assert source.name == f"wordpress:{site.url}"
    assert site.asked == ["/", full]


@pytest.mark.parametrize(
    ("path", "api"),
    [
        pytest.param("/", "/wp-json/", id="home"),
        pytest.param("/blog/", "/blog/wp-json/", id="in a folder"),
        pytest.param("/blog", "/blog/wp-json/", id="in a folder, without a slash"),
        pytest.param("/blog/index.php", "/blog/?rest_route=/", id="in a folder, plain addresses"),
        pytest.param("/", "/api/", id="under another name"),
    ],
)
def test_wordpress_by_its_link(site: Site, opened: Open, path: str, api: str) -> None:
    site.routes |= {path: linked(site, api), api.partition("?")[0]: api_root(site, "/home")}
    if "?" in api:
        site.routes[f"{api}&_fields=name,url,home,namespaces"] = api_root(site, "/home")
    source = opened(path)
    assert isinstance(source, WordPressSource)
    assert source.name == f"wordpress:{site.url}/home"


@pytest.mark.parametrize("api", ["/wp-json/?_fields=name,url,home,namespaces", NOT_WORDPRESS[2]])
def test_wordpress_that_hides_its_link(site: Site, opened: Open, api: str) -> None:
    site.routes |= {"/": PAGE, api: api_root(site)}
    assert isinstance(opened(), WordPressSource)


def test_a_page_of_a_wordpress_site_is_a_page(site: Site, opened: Open) -> None:
    site.routes |= {"/2025/valley/": linked(site, "/wp-json/"), "/wp-json/": api_root(site)}
    source = opened("/2025/valley/")
    assert isinstance(source, PageSource)
    assert site.asked == ["/2025/valley/"]


def test_user_and_password_open_a_closed_api(site: Site, opened: Open) -> None:
    def api(asked: Asked) -> Answer:
        return api_root(site) if "authorization" in asked.headers else Answer("{}", status=401)

    site.routes |= {"/": linked(site, "/wp-json/"), "/wp-json/": api}
    assert isinstance(opened(), PageSource)
    options = WebOptions(private_hosts=("127.0.0.1",), user="ann", password="x")
    assert isinstance(opened("", options), WordPressSource)
    sent = [request.path.partition("?")[0] for request in site.requests if "authorization" in request.headers]
    assert sent == ["/wp-json/"]


def test_user_and_password_are_not_shown_to_who_does_not_ask(site: Site, opened: Open) -> None:
    site.routes |= {"/": linked(site, "/wp-json/"), "/wp-json/": api_root(site)}
    opened("", WebOptions(private_hosts=("127.0.0.1",), user="ann", password="x"))
    assert all("authorization" not in request.headers for request in site.requests)


def test_an_api_on_another_host_is_not_asked(site: Site, opened: Open) -> None:
    header = f'<http://127.0.0.2:{site.port}/wp-json/>; rel="https://api.w.org/"'
    site.routes["/"] = Answer(PAGE, headers={"Link": header})
    assert isinstance(opened(), PageSource)
    site.routes["/wp-json/"] = api_root(site)
    assert isinstance(opened(), WordPressSource)


@pytest.mark.parametrize(
    "api",
    [
        pytest.param(Answer("<html>", status=200), id="a page"),
        pytest.param(Answer("[1]", type="application/json"), id="a list"),
        pytest.param(Answer('{"namespaces": ["other/v1"]}', type="application/json"), id="another API"),
        pytest.param(Answer('{"namespaces": null}', type="application/json"), id="no names"),
        pytest.param(Answer("[" * 100_000, type="application/json"), id="deep JSON"),
        pytest.param(Answer("{}", status=401), id="closed"),
    ],
)
def test_what_is_no_wordpress_api(site: Site, opened: Open, api: Answer) -> None:
    site.routes |= {"/": linked(site, "/wp-json/"), "/wp-json/": api}
    assert isinstance(opened(), PageSource)


# any other home page


def test_a_home_page_stands_for_the_sitemaps_that_robots_txt_names(site: Site, opened: Open) -> None:
    robots = f"""User-agent: *\nDisallow: /x
        Sitemap: {site.url}/one.xml\nSITEMAP:/two.xml \nSitemap: http://[broken\n#Sitemap: /three.xml"""
    site.routes |= {
        "/": PAGE,
        "/robots.txt": Answer(robots, type="text/plain"),
        "/one.xml": urlset(f"{site.url}/", f"{site.url}/a"),
        "/two.xml": urlset(f"{site.url}/b"),
        "/a": PAGE,
        "/b": PAGE,
    }
    site.routes["/?rest_route=/"] = PAGE
    source = opened()
    assert isinstance(source, SitemapSource)
    assert source.name == f"sitemap:{site.url}"
    assert [item.key for item in items(source) if isinstance(item, Post)] == [f"{site.url}/a", f"{site.url}/b"]
    assert site.asked.count("/one.xml") == 1


def test_a_home_page_stands_for_its_sitemap(site: Site, opened: Open) -> None:
    site.routes |= {"/": PAGE, "/robots.txt": "Sitemap: /none.xml", "/sitemap.xml": urlset(f"{site.url}/a"), "/a": PAGE}
    source = opened("/")
    assert isinstance(source, SitemapSource)
    assert [type(item) for item in items(source)] == [Post]


def test_a_home_page_stands_for_its_feed(site: Site, opened: Open) -> None:
    links = (
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="text/html" hreflang="zh" href="/zh/">'
        '<link rel="alternate" type="application/rss+xml" href="https://elsewhere.example/feed">'
        '<link rel="alternate" type="application/atom+xml" href="/feed/">'
    )
    site.routes |= {"/": PAGE.replace("</title>", f"</title>{links}"), "/feed/": RSS, "/comments/feed/": RSS}
    source = opened()
    assert isinstance(source, FeedSource)
    assert source.name == f"feed:{site.url}/feed"


def test_a_home_page_with_nothing_else_is_a_page(site: Site, opened: Open) -> None:
    site.routes["/"] = lambda asked: Answer(PAGE, status=200 if asked.path == "/" else 404)
    source = opened()
    assert isinstance(source, PageSource)
    assert site.asked == [*NOT_WORDPRESS, "/robots.txt", "/sitemap.xml"]
    assert [type(item) for item in items(source)] == [Post]


@pytest.mark.parametrize("answer", [Answer(status=500), redirect("https://login.example/")])
def test_a_guess_that_fails_says_nothing_of_the_site(site: Site, opened: Open, answer: Answer) -> None:
    site.routes |= {"/": PAGE, "/wp-json/": answer, "/robots.txt": redirect("https://elsewhere.example/")}
    site.routes["/?rest_route=/&_fields=name,url,home,namespaces"] = answer
    site.routes["/sitemap.xml"] = urlset()
    assert isinstance(opened(), SitemapSource)


def test_a_declared_api_that_is_down_is_said(site: Site, opened: Open) -> None:
    site.routes |= {"/": linked(site, "/wp-json/"), "/wp-json/": Answer(status=503), "/sitemap.xml": urlset()}
    with pytest.raises(Unavailable, match="wp-json/ can't be fetched"):
        opened()


def test_a_home_page_that_leads_on(site: Site, opened: Open) -> None:
    site.routes |= {"/": redirect("/en/"), "/en/": PAGE, "/sitemap.xml": urlset(f"{site.url}/en/", f"{site.url}/en/a")}
    site.routes["/en/a"] = PAGE
    assert isinstance(opened(), SitemapSource)


# what can't be opened


@pytest.mark.parametrize("status", [400, 401, 403, 451])
def test_an_address_that_is_refused(site: Site, opened: Open, status: int) -> None:
    site.routes["/a"] = Answer(PAGE, status=status)
    with pytest.raises(BadInput, match=rf"/a' answers {status} \(.+\): check the address, and whether the site lets"):
        opened("/a")


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_is_gone_is_told_by_its_source(site: Site, opened: Open, status: int) -> None:
    site.routes["/a"] = Answer(PAGE, status=status)
    (found,) = items(opened("/a"))
    assert isinstance(found, Refused)
    (found,) = items(opened("/a"), {f"{site.url}/a": Remembered("a", "")})
    assert isinstance(found, Gone)


def test_a_site_that_is_down(site: Site, opened: Open) -> None:
    site.routes["/a"] = Answer(status=500)
    with pytest.raises(Unavailable, match="after 2 attempts: it answers 500"):
        opened("/a")


def test_a_packed_file_that_is_broken(site: Site, opened: Open) -> None:
    site.routes["/s.xml.gz"] = Answer(b"\x1f\x8b nonsense")
    with pytest.raises(BadInput, match="the file is compressed and broken"):
        opened("/s.xml.gz")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("file:///etc/passwd", "name a folder, a file, or an address with http or https", id="file"),
        pytest.param("file:/etc/passwd", "is not fetched", id="file, short"),
        pytest.param("ftp://site.example/feed", "is not fetched", id="ftp"),
        pytest.param("gopher://site.example", "is not fetched", id="gopher"),
        pytest.param("data:text/html,x", "is not fetched", id="data"),
        pytest.param("javascript:alert(1)", "is not fetched", id="script"),
        pytest.param("site.example/feed", "for a web site, write https://site.example/feed", id="without a scheme"),
        pytest.param("www.site.example", "for a web site, write https://www.site.example", id="www"),
        pytest.param("https://u:secret@site.example", "INSIGHT_WORDPRESS_USER", id="credentials"),
        pytest.param("HTTP://127.0.0.1/", "INSIGHT_PRIVATE_HOSTS=127.0.0.1", id="loopback"),
        pytest.param("https://", "not a web address", id="no host"),
    ],
)
def test_names_that_are_no_source(name: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as refusal:
        open_source(name)
    assert "secret" not in str(refusal.value)


def test_sync_is_for_folders(site: Site, tmp_path: object) -> None:
    for name in (f"{site.url}/a", str(tmp_path / "a.md")):  # type: ignore[operator]
        if not name.startswith("http"):
            (tmp_path / "a.md").write_text("A.")  # type: ignore[operator]
        with pytest.raises(BadInput, match="--sync is for folders"):
            open_source(name, web=LOOPBACK, sync=True)
    assert site.requests == []


def test_open_source_takes_the_web_options(site: Site) -> None:
    site.routes["/a"] = PAGE
    source = open_source(f" {site.url}/a ", web=LOOPBACK)
    assert [type(item) for item in items(source)] == [Post]
    assert [type(item) for item in items(source)] == [Post]
    with pytest.raises(FetchRefused, match=r"INSIGHT_PRIVATE_HOSTS=127\.0\.0\.1$"):
        open_source(f"{site.url}/a")
