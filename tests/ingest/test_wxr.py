import resource
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article, BlockKind
from ingest.clean import clean
from ingest.post import Gone, Item, Post, Refused
from ingest.run import run_ingest
from ingest.sources.open import open_source
from ingest.sources.wxr import wxr_posts

Write = Callable[..., Path]

H, P, L, C, K = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.CODE

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.8" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Acme</title><language>en-US</language>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[jroe]]></wp:author_login>
<wp:author_display_name><![CDATA[Jane Roe]]></wp:author_display_name></wp:author>
<wp:category><wp:cat_name><![CDATA[Life sciences]]></wp:cat_name></wp:category>
"""
TAIL = "</channel>\n</rss>\n"


def item(content: str = "<p>Some text.</p>", *, number: int = 1, **fields: str) -> str:
    values = {
        "title": "Valley &amp;#8217; of <![CDATA[<em>ideas</em> &amp; more]]>",
        "link": f"https://acme.example/valley-{number}/",
        "pubDate": "Thu, 20 Nov 2025 10:00:00 +0000",
        "post_date_gmt": "2025-11-20 10:00:00",
        "post_modified_gmt": "2025-11-22 08:30:00",
        "creator": "jroe",
        "status": "publish",
        "post_type": "post",
        "post_password": "",
        "categories": "",
    } | fields
    own = ("post_date_gmt", "post_modified_gmt", "status", "post_type", "post_password")
    return (
        f"<item><title>{values['title']}</title><link>{values['link']}</link><pubDate>{values['pubDate']}</pubDate>"
        f"<dc:creator><![CDATA[{values['creator']}]]></dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[An excerpt.]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        + "".join(f"<wp:{name}><![CDATA[{values[name]}]]></wp:{name}>" for name in own)
        + f"{values['categories']}<wp:postmeta><wp:meta_key>k</wp:meta_key></wp:postmeta>"
        "<wp:comment><wp:comment_content>A comment.</wp:comment_content></wp:comment></item>\n"
    )


def read(export: str | bytes) -> list[Item]:
    body = export if isinstance(export, bytes) else export.encode()
    return list(wxr_posts(BytesIO(body), "export.xml", "file:1/export.xml"))


def outcomes(export: str | bytes) -> dict[str, str]:
    found = [item for item in read(export) if isinstance(item, Post | Refused)]
    return {item.address: item.media_type if isinstance(item, Post) else item.reason for item in found}


def article(content: str, **fields: str) -> Article:
    (post,) = read(HEAD + item(content, number=1, **fields) + TAIL)
    assert isinstance(post, Post)
    return clean(post).article


def test_a_post_with_all_that_the_export_knows_of_it() -> None:
    labels = (
        '<category domain="category" nicename="life"><![CDATA[Life sciences, &amp; more]]></category>'
        '<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>'
        '<category domain="post_tag" nicename="cro"><![CDATA[CRO]]></category>'
    )
    found = article("<p>Some text.</p>", categories=labels)
    assert (found.title, found.author, found.text) == ("Valley ’ of ideas & more", "Jane Roe", "Some text.")
    assert (found.published, found.modified) == ("2025-11-20T10:00:00+00:00", "2025-11-22T08:30:00+00:00")
    assert found.categories == ("Life sciences, & more", "CRO")
    assert (found.url, found.identity) == ("https://acme.example/valley-1/", "https://acme.example/valley-1")
    assert found.id == "valley-1"


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        pytest.param({"creator": "ghost"}, "author", "ghost", id="a login without a name"),
        pytest.param({"creator": ""}, "author", None, id="no author"),
        pytest.param(
            {"post_date_gmt": "0000-00-00 00:00:00", "pubDate": "Thu, 20 Nov 2025 18:00:00 +0800"},
            "published",
            "2025-11-20T18:00:00+08:00",
            id="the feed's date where WordPress's own is zeros",
        ),
        pytest.param(
            {"post_date_gmt": "0000-00-00 00:00:00", "pubDate": "Wed, 30 Nov -0001 00:00:00 +0000"},
            "published",
            None,
            id="no date at all",
        ),
        pytest.param({"post_modified_gmt": ""}, "modified", None, id="never modified"),
        pytest.param({"link": "not an address"}, "url", None, id="a link that is no address"),
        pytest.param(
            {"categories": '<category domain="language" nicename="zh-hans">中文</category>'},
            "language",
            "zh",
            id="a language among the categories",
        ),
        pytest.param(
            {"categories": '<category domain="language" nicename="fr">Français</category>'},
            "language",
            "en",
            id="another language is left to the text",
        ),
        pytest.param({"post_type": "page"}, "author", "Jane Roe", id="a page"),
    ],
)
def test_metadata(fields: dict[str, str], name: str, expected: str | None) -> None:
    assert getattr(article("<p>Some text.</p>", **fields), name) == expected


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        *[
            pytest.param({"status": status}, f"not published: {status}", id=status)
            for status in ("draft", "private", "pending", "future", "auto-draft", "inherit")
        ],
        pytest.param({"status": ""}, "not published: no status", id="no status"),
        pytest.param({"post_password": "x"}, "not published: protected by a password", id="password"),
    ],
)
def test_what_is_not_published_is_refused_by_name(fields: dict[str, str], reason: str) -> None:
    assert outcomes(HEAD + item(number=7, **fields) + item(number=8) + TAIL) == {
        "export.xml:7": reason,
        "export.xml:8": "text/html",
    }


def test_what_is_refused_or_in_the_trash_has_the_key_of_the_post_that_it_was() -> None:
    (before,) = read(HEAD + item(number=7) + TAIL)
    (refused,) = read(HEAD + item(number=7, status="draft") + TAIL)
    (gone,) = read(HEAD + item(number=7, status="trash") + TAIL)
    assert refused == Refused("export.xml:7", "not published: draft", before.key)
    assert gone == Gone("export.xml:7", before.key, "trashed in the export")


def test_a_post_in_the_trash_is_withdrawn_and_one_that_is_absent_stays(library: Any, folder: Write) -> None:
    place = folder({"a.xml": HEAD + item("<p>One.</p>", number=1) + item("<p>Two.</p>", number=2) + TAIL}) / "a.xml"
    run_ingest(library, [str(place)])
    assert {article.text for article in library.held.values()} == {"One.", "Two."}
    place.write_text(HEAD + item("<p>One.</p>", number=1, status="trash") + TAIL)
    run = run_ingest(library, [str(place)])
    assert (run.counts["withdrawn"], run.counts["seen"]) == (1, 1)
    assert {article.text for article in library.held.values()} == {"Two."}


def test_what_an_export_no_longer_holds_is_not_gone() -> None:
    assert not any(isinstance(found, Gone) for found in read(HEAD + TAIL) + read(HEAD + item(number=8) + TAIL))


@pytest.mark.parametrize("kind", ["attachment", "nav_menu_item", "wp_block", "product"])
def test_other_kinds_of_entry_are_passed_over(kind: str) -> None:
    assert outcomes(HEAD + item(number=7, post_type=kind, status="inherit") + item(number=8) + TAIL) == {
        "export.xml:8": "text/html"
    }


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            '<!-- wp:heading {"level":2} -->\n<h2>Why</h2>\n<!-- /wp:heading -->\n\n<!-- wp:paragraph -->\n'
            '<p>Because.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:latest-posts {"postsToShow":3} /-->',
            [(H, "Why"), (P, "Because.")],
            id="blocks",
        ),
        pytest.param("One.\n\n<h2>Two</h2>\nThree\nfour.", [(P, "One."), (H, "Two"), (P, "Three four.")], id="classic"),
        pytest.param("One.<!--more-->\r\n\r\nTwo.", [(P, "One."), (P, "Two.")], id="the break before the rest"),
        pytest.param("<ul>\n<li>one</li>\n\n<li>two</li>\n</ul>", [(L, "one"), (L, "two")], id="list"),
        pytest.param("<pre>a [x]\n\nb</pre>\n\nText.", [(K, "a [x]\nb"), (P, "Text.")], id="code keeps its lines"),
        pytest.param(
            '[caption id="a" align="left"]<img src="x.jpg" /> The park[/caption]\n\nText.',
            [(C, "The park"), (P, "Text.")],
            id="caption",
        ),
        pytest.param(
            '[vc_row][vc_column width="1/2"]Inside.[/vc_column][/vc_row]',
            [(P, "Inside.")],
            id="words between shortcodes",
        ),
        pytest.param('[gallery ids="1,2"]\n\n[audio]\n\n[x-form id="3" /]\n\nText.', [(P, "Text.")], id="alone"),
        pytest.param(
            "He [sic] said [see page 5] that [CRO] won [1].",
            [(P, "He [sic] said [see page 5] that [CRO] won [1].")],
            id="words in square brackets stay",
        ),
        pytest.param(
            "Text.\n\nhttps://video.example/1\n\n[embed]https://video.example/2[/embed]\n\nMore.",
            [(P, "Text."), (P, "More.")],
            id="embedded addresses",
        ),
        pytest.param("<p>At https://a.example now.</p>", [(P, "At https://a.example now.")], id="an address in a text"),
    ],
)
def test_content_is_cleaned(content: str, expected: list[tuple[BlockKind, str]]) -> None:
    found = article(content)
    assert [(block.kind, block.span.of(found.text)) for block in found.blocks] == expected


ENTITIES = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(9))
BOMB = f"<!DOCTYPE rss [{ENTITIES}]>"


@pytest.mark.parametrize(
    ("export", "reason"),
    [
        pytest.param("", "not a WordPress export", id="empty"),
        pytest.param("no XML", "not a WordPress export", id="no XML"),
        pytest.param("<urlset><url><loc>x</loc></url></urlset>", "not a WordPress export", id="sitemap"),
        pytest.param("<rss version='2.0'><channel><item/></channel></rss>", "not a WordPress export", id="feed"),
        pytest.param(
            "<x xmlns:wp='http://wordpress.org/export/1.2/'><item/></x>", "not a WordPress export", id="another root"
        ),
        pytest.param(BOMB + HEAD.split("-->")[1] + item("&b8;") + TAIL, "declares a document type", id="entity bomb"),
        pytest.param(
            BOMB + HEAD.split("-->")[1].replace("2.0", "&b8;", 1) + TAIL,
            "declares a document type",
            id="in an attribute",
        ),
        pytest.param(
            '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + HEAD.split("-->")[1] + item() + TAIL,
            "declares a document type",
            id="external entity",
        ),
        pytest.param(
            '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">' + HEAD.split("-->")[1] + item() + TAIL,
            "declares a document type",
            id="external document type",
        ),
    ],
)
def test_what_is_no_export_is_refused_in_one_line(export: str, reason: str) -> None:
    ((address, found),) = outcomes(export).items()
    assert address == "export.xml"
    assert found.startswith(reason)
    assert "\n" not in found


def test_an_export_that_breaks_off_gives_no_half_post() -> None:
    whole = HEAD + item(number=1) + item("<p>" + "Long. " * 20_000 + "</p>", number=2) + TAIL
    cut = whole[: whole.index("</content:encoded>", whole.index("Long."))]
    found = outcomes(cut)
    assert list(found) == ["export.xml:1", "export.xml"]
    assert found["export.xml"].startswith("broken off at line ")


def test_every_cut_gives_only_whole_posts() -> None:
    whole = (HEAD + item(number=1) + item(number=2) + TAIL).encode()
    bodies = {post.body for post in read(whole) if isinstance(post, Post)}
    for end in range(len(HEAD), len(whole) - len("</rss>\n"), 7):
        found = read(whole[:end])
        assert {post.body for post in found if isinstance(post, Post)} <= bodies
        assert isinstance(found[-1], Refused)
    assert not any(isinstance(post, Refused) for post in read(whole.strip()))


def test_a_control_character_does_not_end_the_export() -> None:
    assert outcomes(HEAD + item("<p>One\x0b two.</p>") + item(number=2) + TAIL) == {
        "export.xml:1": "text/html",
        "export.xml:2": "text/html",
    }


class _Long:
    """An export of a hundred megabytes that is made while it is read."""

    def __init__(self, items: int) -> None:
        self._items = items
        self.seek(0)

    def seek(self, _place: int) -> None:
        self._parts = self._made()
        self._rest = b""

    def _made(self) -> Iterator[bytes]:
        yield HEAD.encode()
        for number in range(self._items):
            yield item("<p>" + "Some words. " * 8000 + "</p>", number=number).encode()
        yield TAIL.encode()

    def read(self, size: int) -> bytes:
        while len(self._rest) < size and (part := next(self._parts, b"")):
            self._rest += part
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


def test_an_export_of_any_size_needs_the_memory_of_one_post() -> None:
    next(wxr_posts(_Long(5), "export.xml", "k"))  # type: ignore[arg-type]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = 0
    for _ in wxr_posts(_Long(1000), "export.xml", "k"):  # type: ignore[arg-type]
        count += 1
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert count == 1000
    assert grown < 30 * 1024  # kilobytes


def test_a_folder_finds_exports_and_refuses_other_xml(folder: Write) -> None:
    place = folder({"a.xml": HEAD + item() + TAIL, "b.xml": "<urlset/>"})
    found = list(open_source(str(place)).posts({}))
    assert [post.address for post in found] == ["posts/a.xml:1", "posts/b.xml"]
    assert isinstance(found[1], Refused)
    assert found[1].reason == "not a WordPress export"
