"""RSS and Atom feeds as a source, over real HTTP on loopback."""

from collections.abc import Iterator
from typing import Any

import pytest

from corpus.errors import Unavailable
from ingest.fetch import Fetcher, FetchLimits, WebOptions
from ingest.metadata import read_metadata
from ingest.post import Item, Post, Rank, Refused, Remembered, Unchanged
from ingest.sources import feed as feed_module
from ingest.sources.feed import FeedSource
from tests.ingest.site import Answer, Site, running_site

LIMITS = FetchLimits(total_s=5.0, attempts=2)
WORDPRESS = "<generator>https://wordpress.org/?v=6.1.1</generator>"


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def fetch(site: Site) -> Iterator[Fetcher]:
    fetcher = Fetcher(site.url, WebOptions(private_hosts=("127.0.0.1",)), limits=LIMITS, sleep=lambda _: None)
    yield fetcher
    fetcher.close()


def rss(*items: str, head: str = "", declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'{declaration}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>Site</title><language>en-GB</language>{head}{listed}</channel></rss>"
    )


def atom(*entries: str, head: str = "") -> str:
    listed = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Site</title>{head}{listed}</feed>'


def whole(link: str, text: str = "<p>Words.</p>", more: str = "") -> str:
    return f"<title>T</title><link>{link}</link>{more}<content:encoded><![CDATA[{text}]]></content:encoded>"


def brief(link: str, more: str = "") -> str:
    return f"<title>T</title><link>{link}</link><description>Only the beginning.</description>{more}"


def read(
    site: Site, fetch: Fetcher, feed: str | bytes | Answer, known: dict[str, Remembered] | None = None
) -> list[Item]:
    site.routes["/feed/"] = feed if isinstance(feed, Answer) else Answer(feed, type="application/rss+xml")
    return list(FeedSource(f"{site.url}/feed/", fetch).posts(known or {}))


def only_post(items: list[Item]) -> Post:
    (item,) = items
    assert isinstance(item, Post)
    return item


def test_an_rss_item_with_its_whole_text(site: Site, fetch: Fetcher) -> None:
    item = f"""<title>AT&amp;amp;T &amp;lt;b&amp;gt; &lt;i&gt;in&lt;/i&gt; Nanjing</title>
        <link>{site.url}/valley/?utm_source=feed</link><dc:creator><![CDATA[Ann Lee]]></dc:creator>
        <pubDate>Thu, 20 Nov 2025 23:30:00 +0800</pubDate>
        <category><![CDATA[Biotech]]></category><category>Uncategorized</category><category>Nanjing</category>
        <guid isPermaLink="false">{site.url}/?p=7</guid><description>Short.</description>
        <content:encoded><![CDATA[<h2>One</h2><p style="display:none">Hidden.</p><p>南京.</p>]]></content:encoded>"""
    post = only_post(read(site, fetch, rss(item)))
    assert FeedSource(f"{site.url}/feed/", fetch).rank == Rank.FEED
    assert post.key == f"{site.url}/valley"
    assert post.media_type == "text/html"
    assert post.body.decode() == '<article><h2>One</h2><p style="display:none">Hidden.</p><p>南京.</p></article>'
    assert post.metadata == {
        "title": "AT&T <b> in Nanjing",
        "author": "Ann Lee",
        "published": "2025-11-20T23:30:00+08:00",
        "categories": ["Biotech", "Nanjing"],
        "url": f"{site.url}/valley/?utm_source=feed",
    }
    assert post.marker.startswith("2025-11-20T23:30:00+08:00")
    assert site.asked == ["/feed/"]


def test_an_atom_entry_with_its_whole_text(site: Site, fetch: Fetcher) -> None:
    entry = """<title type="html">Valley &amp;amp; more</title><link href="/valley"/><id>urn:1</id>
        <author><name>Ann Lee</name></author><author><name>Bo Wu</name></author>
        <published>2025-11-20T08:00:00Z</published><updated>2025-11-21T09:00:00+08:00</updated>
        <category term="bio" label="Biotech"/><summary>Short.</summary>
        <content type="xhtml" xml:lang="zh"><div xmlns="http://www.w3.org/1999/xhtml"><p>南京.</p></div></content>"""
    post = only_post(read(site, fetch, atom(entry)))
    assert "<p>南京.</p>" in post.body.decode()
    assert post.metadata == {
        "title": "Valley & more",
        "author": "Ann Lee, Bo Wu",
        "published": "2025-11-20T08:00:00+00:00",
        "modified": "2025-11-21T09:00:00+08:00",
        "categories": ["Biotech"],
        "language": "zh",
        "url": f"{site.url}/valley",
    }
    assert post.marker == "2025-11-21T09:00:00+08:00"


@pytest.mark.parametrize(
    ("feed", "found"),
    [
        pytest.param(rss(whole("{site}/a")), {}, id="no date"),
        pytest.param(
            rss(whole("{site}/a", more="<pubDate>20 Nov 2025</pubDate>")), {"published": "2025-11-20"}, id="day alone"
        ),
        pytest.param(rss(whole("{site}/a", more="<pubDate>soon</pubDate>")), {}, id="no date in it"),
        pytest.param(
            rss(whole("{site}/a", more="<dc:date>2025-11-20</dc:date>")),
            {"published": "2025-11-20", "modified": "2025-11-20"},
            id="Dublin Core",
        ),
        pytest.param(
            rss(whole("{site}/a", more="<pubDate>Thu, 20 Nov 2025 08:00:00 GMT</pubDate>"
                                        "<atom:updated>2025-12-01T00:00:00Z</atom:updated>")),
            {"published": "2025-11-20T08:00:00+00:00", "modified": "2025-12-01T00:00:00+00:00"},
            id="both",
        ),
        pytest.param(
            atom('<link href="{site}/a"/><updated>2025-11-20T08:00:00Z</updated><content>Words.</content>'),
            {"modified": "2025-11-20T08:00:00+00:00"},
            id="Atom, changed alone",
        ),
    ],
)  # fmt: skip
def test_dates(site: Site, fetch: Fetcher, feed: str, found: dict[str, str]) -> None:
    post = only_post(read(site, fetch, feed.replace("{site}", site.url)))
    assert {name: value for name, value in post.metadata.items() if name in ("published", "modified")} == found
    read_metadata(post.metadata)


def test_an_item_with_a_summary_alone_is_read_at_its_page(site: Site, fetch: Fetcher) -> None:
    date = "<pubDate>Thu, 20 Nov 2025 08:00:00 GMT</pubDate>"
    site.routes["/a"] = "<html><head><title>Site</title></head><body><p>The whole text.</p></body></html>"
    feed = rss(brief(f"{site.url}/a", date))
    post = only_post(read(site, fetch, feed))
    assert b"The whole text." in post.body
    assert post.metadata["title"] == "T"
    assert post.metadata["published"] == "2025-11-20T08:00:00+00:00"
    assert post.metadata["url"] == f"{site.url}/a"

    known = {post.key: Remembered("a", post.marker)}
    assert read(site, fetch, feed, known) == [Unchanged(f"{site.url}/a", f"{site.url}/a")]
    edited = feed.replace("Only the beginning", "Another beginning")
    assert isinstance(read(site, fetch, edited, known)[0], Post)
    undated = rss(brief(f"{site.url}/a"))
    assert isinstance(read(site, fetch, undated, {post.key: Remembered("a", "")})[0], Post)
    assert site.asked.count("/a") == 3


def test_a_text_in_the_feed_is_never_taken_for_unchanged(site: Site, fetch: Fetcher) -> None:
    feed = rss(whole(f"{site.url}/a", more="<pubDate>Thu, 20 Nov 2025 08:00:00 GMT</pubDate>"))
    first = only_post(read(site, fetch, feed))
    assert read(site, fetch, feed, {first.key: Remembered("a", first.marker)}) == [first]


@pytest.mark.parametrize(
    "end", ["[&hellip;]", "[…]", "[...]", '<a href="x">Continue reading →</a>', "Read more", "阅读全文 »"]
)
def test_a_text_cut_short_is_a_summary(site: Site, fetch: Fetcher, end: str) -> None:
    site.routes["/a"] = "<p>The whole text.</p>"
    post = only_post(read(site, fetch, rss(whole(f"{site.url}/a", f"<p>The beginning {end}</p>"))))
    assert post.body == b"<p>The whole text.</p>"


@pytest.mark.parametrize(
    ("item", "body"),
    [
        pytest.param("<title>T</title><description>&lt;p&gt;All.&lt;/p&gt;</description>", "<p>All.</p>", id="RSS"),
        pytest.param(
            '<title>T</title><guid isPermaLink="false">x</guid><description>All.</description>', "All.", id="with an id"
        ),
    ],
)
def test_an_item_without_a_link_is_complete_in_itself(site: Site, fetch: Fetcher, item: str, body: str) -> None:
    post = only_post(read(site, fetch, rss(item)))
    assert post.body.decode() == f"<article>{body}</article>"
    assert post.key.startswith(f"feed:{site.url}/feed#")
    assert "url" not in post.metadata
    assert only_post(read(site, fetch, rss(item))).key == post.key


def test_plain_text_is_not_taken_for_html(site: Site, fetch: Fetcher) -> None:
    entry = '<link href="/a"/><content type="text">One &lt;b&gt; two.\n\nThree &amp; four.</content>'
    post = only_post(read(site, fetch, atom(entry)))
    assert post.body.decode() == "<article><p>One &lt;b&gt; two.</p><p>Three &amp; four.</p></article>"


def test_one_bad_item_stops_nothing(site: Site, fetch: Fetcher) -> None:
    items = [
        brief("https://elsewhere.example/a"),
        brief(f"{site.url}/gone"),
        brief(f"{site.url}/broken"),
        "<title>T</title>",
        whole("javascript:alert(1)"),
        whole(f"{site.url}/good"),
        whole(f"{site.url}/good/", "<p>Twice.</p>"),
    ]
    site.routes["/broken"] = Answer(status=502)
    found = read(site, fetch, rss(*items), {f"{site.url}/gone": Remembered("gone", "")})
    reasons = [item.reason if isinstance(item, Refused) else type(item).__name__ for item in found]
    for reason, part in zip(
        reasons,
        ["INSIGHT_WEB_HOSTS=elsewhere.example", "answers 404", "answers 502", "neither a text nor a link", "Post",
         "Post"],
        strict=True,
    ):  # fmt: skip
        assert part in reason
    assert "url" not in found[4].metadata  # type: ignore[union-attr]


def test_a_site_that_goes_down_breaks_off(site: Site, fetch: Fetcher) -> None:
    site.routes |= {f"/{name}": Answer(status=503) for name in "abc"}
    feed = rss(whole(f"{site.url}/whole"), *(brief(f"{site.url}/{name}") for name in "abc"))
    site.routes["/feed/"] = feed
    posts = FeedSource(f"{site.url}/feed/", fetch).posts({})
    assert [type(next(posts)) for _ in range(3)] == [Post, Refused, Refused]
    with pytest.raises(Unavailable, match="answers 503"):
        next(posts)


# further pages


def paged(site: Site, count: int, *, size: int = 10, head: str = WORDPRESS) -> None:
    """Serve a feed of ``count`` items as WordPress pages it: 404 past the end."""

    def answer(asked: Any) -> Answer:
        number = int(asked.path.partition("paged=")[2] or 1)
        numbers = range((number - 1) * size, min(number * size, count))
        feed = rss(*(whole(f"{site.url}/{n}") for n in numbers), head=head)
        return Answer(feed if numbers else "", status=200 if numbers else 404)

    site.routes["/feed/"] = answer


@pytest.mark.parametrize(("count", "asked"), [(250, 26), (251, 27), (9, 2)])
def test_a_wordpress_feed_is_read_to_its_end(site: Site, fetch: Fetcher, count: int, asked: int) -> None:
    paged(site, count)
    found = list(FeedSource(f"{site.url}/feed/", fetch).posts({}))
    assert [item.key for item in found] == [f"{site.url}/{number}" for number in range(count)]
    assert len(site.requests) == asked


def test_any_other_feed_is_its_first_page(site: Site, fetch: Fetcher) -> None:
    paged(site, 30, head="<generator>Hugo</generator>")
    assert len(list(FeedSource(f"{site.url}/feed/", fetch).posts({}))) == 10
    assert site.asked == ["/feed/"]


def test_a_feed_that_repeats_itself_ends(site: Site, fetch: Fetcher) -> None:
    assert len(read(site, fetch, rss(whole(f"{site.url}/a"), head=WORDPRESS))) == 1
    assert len(site.requests) == 2


def test_a_feed_that_says_where_it_goes_on(site: Site, fetch: Fetcher) -> None:
    entry = '<link href="/{0}"/><content type="html">Words.</content>'
    following = '<link rel="next" href="/feed/2"/>'
    site.routes["/feed/2"] = atom(entry.format("b"))
    found = read(site, fetch, atom(entry.format("a"), head=following))
    assert [item.key for item in found] == [f"{site.url}/a", f"{site.url}/b"]


def test_a_page_that_fails_is_said(site: Site, fetch: Fetcher) -> None:
    site.routes["/feed/?paged=2"] = Answer(status=403)
    found = read(site, fetch, rss(whole(f"{site.url}/a"), head=WORDPRESS))
    assert found[1:] == [Refused(f"{site.url}/feed/?paged=2", "the site answers 403 (Forbidden)")]


def test_a_feed_without_end(site: Site, fetch: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "MOST_PAGES", 3)
    paged(site, 1000)
    found = list(FeedSource(f"{site.url}/feed/", fetch).posts({}))
    assert len(found) == 31
    assert isinstance(found[-1], Refused)
    assert found[-1].reason == "the feed has more than 3 pages: the older ones were not read"


# what can't be read


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(
            Answer('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>'),
            "declares a document type or entities",
            id="an entity",
        ),
        pytest.param(
            Answer('<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd"><rss/>'), "declares a document type", id="a DTD"
        ),
        pytest.param(Answer("<rss>" + "<a>" * 9999), "nested too deep", id="deep"),
        pytest.param(Answer("<html><p>x"), "not a feed", id="a page"),
        pytest.param(Answer(""), "not a feed", id="empty"),
        pytest.param(Answer(status=404), "the site answers 404 (Not Found)", id="404"),
        pytest.param(Answer(status=410), "the site answers 410 (Gone)", id="410"),
    ],
)
def test_feeds_that_are_refused(site: Site, fetch: Fetcher, answer: Answer, reason: str) -> None:
    (found,) = read(site, fetch, answer, {f"{site.url}/a": Remembered("a", "")})
    assert isinstance(found, Refused)
    assert reason in found.reason


CHINESE = rss(whole("http://127.0.0.1/a", "<p>南京江北新区</p>"))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param(CHINESE.encode(), "application/rss+xml; charset=UTF-8", id="UTF-8"),
        pytest.param(CHINESE.encode(), "text/html", id="called a page"),
        pytest.param(CHINESE.encode(), "text/xml; charset=iso-8859-1", id="called Latin 1"),
        pytest.param(CHINESE.replace("UTF-8", "gb2312").encode("gb2312"), "application/xml", id="GB 2312"),
        pytest.param(
            rss(whole("http://127.0.0.1/a", "<p>南京江北新区</p>"), declaration="").encode("gb18030"),
            "application/xml; charset=gb18030",
            id="GB 18030 that only the server tells",
        ),
        pytest.param(CHINESE.replace("UTF-8", "UTF-16").encode("utf-16"), "application/xml", id="UTF-16"),
        pytest.param(CHINESE.replace("南", "\x0b南").encode(), "application/xml", id="with a control character"),
        pytest.param(b"\n\n " + CHINESE.encode(), "application/xml", id="after blank lines"),
        pytest.param(CHINESE.replace("<title>Site", "<title>Site & &nbsp;").encode(), "text/xml", id="not well-formed"),
    ],
)
def test_encodings_and_small_faults(site: Site, fetch: Fetcher, body: bytes, told: str) -> None:
    post = only_post(read(site, fetch, Answer(body, type=told)))
    assert post.body.decode() == "<article><p>南京江北新区</p></article>"


def test_the_language_is_told_only_where_the_item_does(site: Site, fetch: Fetcher) -> None:
    items = [whole(f"{site.url}/a"), whole(f"{site.url}/b", more="<dc:language>zh-CN</dc:language>")]
    found = read(site, fetch, rss(*items))
    assert [item.metadata.get("language") for item in found if isinstance(item, Post)] == [None, "zh-CN"]
