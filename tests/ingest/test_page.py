"""One web page as a source, over real HTTP on loopback."""

from collections.abc import Iterator

import pytest

from corpus.errors import Unavailable
from ingest.fetch import Fetcher, FetchLimits, WebOptions
from ingest.identity import identity_of
from ingest.metadata import read_metadata
from ingest.post import Gone, Item, Post, Rank, Refused, Remembered, Unchanged
from ingest.sources.page import PageSource
from ingest.text import decode
from tests.ingest.site import Answer, Site, redirect, running_site

LIMITS = FetchLimits(total_s=5.0, attempts=2)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def fetch(site: Site) -> Iterator[Fetcher]:
    fetcher = Fetcher(site.url, WebOptions(private_hosts=("127.0.0.1",)), limits=LIMITS, sleep=lambda _: None)
    yield fetcher
    fetcher.close()


def read(source: PageSource, known: dict[str, Remembered] | None = None) -> Item:
    (item,) = source.posts(known or {})
    return item


def page(head: str = "", body: str = "<p>Words of the article.</p>") -> str:
    return f"<!doctype html><html><head><title>T</title>{head}</head><body><article>{body}</article></body></html>"


def test_a_page_is_a_post(site: Site, fetch: Fetcher) -> None:
    site.routes["/a/"] = Answer(page(), headers={"ETag": '"v1"'})
    source = PageSource(f"{site.url}/a/?utm_source=x#top", fetch)
    found = read(source)
    assert isinstance(found, Post)
    assert (source.name, source.rank) == (f"page:{site.url}/a", Rank.PAGE)
    assert (found.key, found.marker, found.media_type) == (f"{site.url}/a", 'ETag: "v1"', "text/html")
    assert identity_of(found, read_metadata(found.metadata)) == f"{site.url}/a"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        pytest.param("", "/a", id="none: where it was found"),
        pytest.param('<link rel="canonical" href="{site}/own">', "/own", id="canonical"),
        pytest.param('<link rel="Canonical nofollow" href="/own/?utm_source=x">', "/own/?utm_source=x", id="relative"),
        pytest.param('<meta property="og:url" content="{site}/own">', "/own", id="og:url"),
        pytest.param(
            '<meta property="og:url" content="{site}/og"><link rel="canonical" href="/own">', "/own", id="both"
        ),
        pytest.param('<link rel="canonical" href="https://elsewhere.example/x">', "/a", id="another host"),
        pytest.param('<link rel="canonical" href="{site}/">', "/a", id="the home page"),
        pytest.param('<link rel="canonical" href="javascript:x">', "/a", id="no web address"),
        pytest.param('<link rel="canonical" href="http://[broken">', "/a", id="broken"),
        pytest.param('<link rel="canonical" href="">', "/a", id="empty"),
    ],
)
def test_the_address_of_the_article(site: Site, fetch: Fetcher, head: str, url: str) -> None:
    site.routes["/a"] = page(head.format(site=site.url))
    found = read(PageSource(f"{site.url}/a", fetch))
    assert isinstance(found, Post)
    assert found.metadata["url"] == f"{site.url}{url}"
    assert found.key == f"{site.url}/a"


def test_a_redirected_page_is_at_its_final_address(site: Site, fetch: Fetcher) -> None:
    site.routes |= {"/old": redirect("/new", 301), "/new": page()}
    found = read(PageSource(f"{site.url}/old", fetch))
    assert isinstance(found, Post)
    assert (found.key, found.metadata["url"]) == (f"{site.url}/old", f"{site.url}/new")


@pytest.mark.parametrize(
    ("path", "body", "told", "media_type"),
    [
        pytest.param("/a", b"<p>x", "text/html", "text/html", id="HTML"),
        pytest.param("/a", b"<p>x", "application/xhtml+xml", "text/html", id="XHTML"),
        pytest.param("/a", b"<p>x", "", "text/html", id="HTML that no one calls so"),
        pytest.param("/a", b"%PDF-1.7", "application/pdf", "application/pdf", id="PDF"),
        pytest.param("/a", b"%PDF-1.7", "application/octet-stream", "application/pdf", id="PDF by its first bytes"),
        pytest.param("/a.md", b"# x", "text/plain", "text/markdown", id="Markdown by its name"),
        pytest.param("/a", b"# x", "text/x-markdown", "text/markdown", id="Markdown"),
        pytest.param("/a.docx", b"PK", "application/zip", "wordprocessingml.document", id="Word by its name"),
        pytest.param("/a", b"x", "text/plain", "text/plain", id="text"),
    ],
)
def test_kinds_of_document(site: Site, fetch: Fetcher, path: str, body: bytes, told: str, media_type: str) -> None:
    site.routes[path] = Answer(body, type=told)
    found = read(PageSource(f"{site.url}{path}", fetch))
    assert isinstance(found, Post)
    assert found.media_type.endswith(media_type)


@pytest.mark.parametrize(
    ("told", "body"),
    [
        pytest.param("text/html; charset=gb2312", "南京江北新区镕".encode("gb18030"), id="GB 2312, with GBK in it"),
        pytest.param("text/html; charset=Big5", "南京江北新區".encode("big5"), id="Big5"),
        pytest.param("text/html; charset=iso-8859-1", "南京江北新区".encode(), id="UTF-8 that is called Latin 1"),
    ],
)
def test_encodings_that_the_server_tells(site: Site, fetch: Fetcher, told: str, body: bytes) -> None:
    site.routes["/a"] = Answer(b"<html><body><p>" + body * 9 + b"</p></body></html>", type=told)
    found = read(PageSource(f"{site.url}/a", fetch))
    assert isinstance(found, Post)
    assert "<p>南京江北新" in decode(found.body)


@pytest.mark.parametrize(
    "told", ["text/html; charset=punycode", "text/html; charset=none", "text/html; charset=big5", "text/html"]
)
def test_encodings_that_the_server_can_not_mean(site: Site, fetch: Fetcher, told: str) -> None:
    body = b"<html><body><p>\xff\xff"
    site.routes["/a"] = Answer(body, type=told)
    found = read(PageSource(f"{site.url}/a", fetch))
    assert isinstance(found, Post)
    assert found.body == body


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(Answer(status=403), "the site answers 403 (Forbidden)", id="403"),
        pytest.param(Answer(status=399), "the site answers 399", id="a status without a name"),
        pytest.param(redirect("/"), "the site leads on to its home page instead", id="to the home page"),
        pytest.param(
            Answer(b"\x89PNG", type="image/png"), "not a kind of document that ingest reads: image/png", id="picture"
        ),
        pytest.param(redirect("https://elsewhere.example/"), "INSIGHT_WEB_HOSTS=elsewhere.example", id="elsewhere"),
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_what_is_no_post_is_refused_and_stays(
    site: Site, fetch: Fetcher, answer: Answer, reason: str, known: bool
) -> None:
    site.routes |= {"/a": answer, "/": page()}
    found = read(PageSource(f"{site.url}/a", fetch), {f"{site.url}/a": Remembered("a", "")} if known else {})
    assert isinstance(found, Refused)
    assert reason in found.reason
    assert found.key == f"{site.url}/a"


@pytest.mark.parametrize(
    ("header", "value", "condition"),
    [("ETag", 'W/"1"', "if-none-match"), ("Last-Modified", "Thu, 20 Nov 2025 08:00:00 GMT", "if-modified-since")],
)
@pytest.mark.parametrize("honoured", [True, False])
def test_a_page_as_it_was(site: Site, fetch: Fetcher, header: str, value: str, condition: str, honoured: bool) -> None:
    whole = Answer(page(), headers={header: value})
    site.routes["/a"] = lambda asked: (
        Answer(status=304) if honoured and asked.headers.get(condition) == value else whole
    )
    source = PageSource(f"{site.url}/a", fetch)
    first = read(source)
    assert isinstance(first, Post)
    known = {first.key: Remembered("a", first.marker)}
    assert read(source, known) == Unchanged(f"{site.url}/a", f"{site.url}/a")
    assert site.requests[-1].headers[condition] == value
    whole = Answer(page("<!-- new -->"), headers={header: "other"})
    honoured = False
    assert isinstance(read(source, known), Post)


def test_the_reply_of_the_opening_serves_once(site: Site, fetch: Fetcher) -> None:
    site.routes["/a"] = Answer(page(), headers={"ETag": '"v1"'})
    source = PageSource(f"{site.url}/a", fetch, first=fetch.get(f"{site.url}/a"))
    known = {f"{site.url}/a": Remembered("a", 'ETag: "v1"')}
    assert isinstance(read(source, known), Unchanged)
    assert len(site.requests) == 1
    assert isinstance(read(source), Post)
    assert len(site.requests) == 2


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        pytest.param([Answer(status=404)], Gone, id="404 twice"),
        pytest.param([Answer(status=410)], Gone, id="410 twice"),
        pytest.param([Answer(status=404), Answer(status=410)], Gone, id="404, then 410"),
        pytest.param([Answer(status=404), Answer(page())], Post, id="404 once"),
        pytest.param([Answer(status=404), Answer(status=403)], Refused, id="404, then 403"),
        pytest.param([Answer(status=401)], Refused, id="401"),
        pytest.param([Answer("")], Post, id="empty"),
    ],
)
@pytest.mark.parametrize("opened", [True, False])
def test_only_a_sign_given_twice_withdraws(
    site: Site, fetch: Fetcher, answers: list[Answer], outcome: type, opened: bool
) -> None:
    site.routes["/a"] = answers
    address = f"{site.url}/a"
    source = PageSource(address, fetch, first=fetch.get(address) if opened else None)
    found = read(source, {address: Remembered("a", 'ETag: "v1"')})
    assert isinstance(found, outcome)
    if isinstance(found, Gone):
        assert found.reason.startswith("the site answers 4")
        assert len(site.requests) == 2


def test_a_page_gone_that_is_not_known_is_refused(site: Site, fetch: Fetcher) -> None:
    found = read(PageSource(f"{site.url}/a", fetch), {f"{site.url}/b": Remembered("b", "")})
    assert found == Refused(f"{site.url}/a", "the site answers 404 (Not Found)", f"{site.url}/a")
    assert len(site.requests) == 1


def test_a_site_that_is_down_withdraws_nothing(site: Site, fetch: Fetcher) -> None:
    site.routes["/a"] = [Answer(status=404), Answer(status=500)]
    with pytest.raises(Unavailable):
        read(PageSource(f"{site.url}/a", fetch), {f"{site.url}/a": Remembered("a", "")})
