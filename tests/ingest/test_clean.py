from collections.abc import Mapping

import pytest

from corpus.article import Article, BlockKind
from ingest.clean import clean
from ingest.post import BadPost, Post

H, P, L, Q = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE
T, K, C = BlockKind.TABLE, BlockKind.CODE, BlockKind.CAPTION


def article(text: str, media_type: str, **metadata: object) -> Article:
    return clean(Post("posts/my_post.x", text.encode(), media_type, metadata)).article


def markdown(text: str, **metadata: object) -> Article:
    return article(text, "text/markdown", **metadata)


def plain(text: str, **metadata: object) -> Article:
    return article(text, "text/plain", **metadata)


def html(text: str, **metadata: object) -> Article:
    return article(text, "text/html", **metadata)


def blocks(found: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.span.of(found.text)) for block in found.blocks]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("## Why\n\nBecause.", [(H, "Why"), (P, "Because.")], id="heading"),
        pytest.param("Why\n---\n\nBecause.", [(H, "Why"), (P, "Because.")], id="underlined heading"),
        pytest.param("- one\n- two\n  - three", [(L, "one"), (L, "two"), (L, "three")], id="nested list"),
        pytest.param("1. one\n2. two", [(L, "one"), (L, "two")], id="numbered list"),
        pytest.param("> wise\n> words", [(Q, "wise words")], id="quote"),
        pytest.param("```\nx = 1\n  y\n```", [(K, "x = 1\n  y")], id="code"),
        pytest.param("|a|b|\n|-|-|\n|1|2|", [(T, "a | b\n1 | 2")], id="table"),
        pytest.param("A *b* **c** `d` [e](http://f) ~~g~~.", [(P, "A b c d e g.")], id="marks and links"),
        pytest.param("one\ntwo<br>three", [(P, "one two three")], id="wrapped lines"),
        pytest.param("江北\n新区。", [(P, "江北新区。")], id="wrapped Chinese"),
        pytest.param("Fact.[^1]\n\n![alt](x.png)", [(P, "Fact.")], id="footnote mark and picture"),
        pytest.param(
            "Text.\n\n*The park from the south.*", [(P, "Text."), (C, "The park from the south.")], id="italics"
        ),
        pytest.param("**Who pays**\n\nWe do.", [(H, "Who pays"), (P, "We do.")], id="a bold line heads what follows"),
        pytest.param("<p>In HTML.</p><script>x()</script>", [(P, "In HTML.")], id="an HTML block"),
        pytest.param("<!-- hidden -->\n\nSeen.", [(P, "Seen.")], id="a comment"),
        pytest.param("Figure 2: growth by year\n\nText.", [(C, "Figure 2: growth by year"), (P, "Text.")], id="figure"),
    ],
)
def test_markdown_blocks(source: str, expected: list[tuple[BlockKind, str]]) -> None:
    assert blocks(markdown(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("First.\n\nSecond.", [(P, "First."), (P, "Second.")], id="paragraphs"),
        pytest.param("Why now\n\nBecause.\n", [(P, "Because.")], id="the first line is the title"),
        pytest.param(
            "It began.\n\nWhy now?\n\nBecause.", [(P, "It began."), (H, "Why now?"), (P, "Because.")], id="heading"
        ),
        pytest.param(
            "It began.\n\nthe small print\n\nText.",
            [(P, "It began."), (P, "the small print"), (P, "Text.")],
            id="lower case is no heading",
        ),
        pytest.param("It began.\n\nNothing follows", [(P, "It began."), (P, "Nothing follows")], id="nothing below"),
        pytest.param(
            "It began.\n\nA last line\n\nShare the Post:",
            [(P, "It began."), (P, "A last line")],
            id="only furniture below",
        ),
        pytest.param(
            "Three:\n• one\n•  two\n- three", [(P, "Three:"), (L, "one"), (L, "two"), (L, "three")], id="bullets"
        ),
        pytest.param(
            "Two:\n\n• one\n\n• two", [(P, "Two:"), (L, "one"), (L, "two")], id="bullets with blank lines between"
        ),
        pytest.param("Two:\n1. one\n2. two", [(P, "Two:"), (L, "one"), (L, "two")], id="numbers"),
        pytest.param(
            "先说结论。\n\n一、背景\n\n正文。",
            [(P, "先说结论。"), (H, "一、背景"), (P, "正文。")],
            id="Chinese heading",
        ),
        pytest.param(
            "It began.\n\n1. Background\n\nText.",
            [(P, "It began."), (H, "1. Background"), (P, "Text.")],
            id="a lone number heads a section",
        ),
        pytest.param(
            "It began.\n\n## Rents\nThey rose.\n### In town\n\nBy 4 per cent.",
            [(P, "It began."), (H, "Rents"), (P, "They rose."), (H, "In town"), (P, "By 4 per cent.")],
            id="headings of Markdown",
        ),
        pytest.param("It is #1 in town.\n\nMore.", [(P, "It is #1 in town."), (P, "More.")], id="a hash in a text"),
        pytest.param("In 2011. It grew.\n\nMore.", [(P, "In 2011. It grew."), (P, "More.")], id="a year is no bullet"),
        pytest.param("第一段。\n第二段。", [(P, "第一段。"), (P, "第二段。")], id="a paragraph a line"),
        pytest.param(
            "The park was opened in spring that year\nand has grown by a tenth every year since,\nwhich is fast.",
            [
                (
                    P,
                    "The park was opened in spring that year and has grown by a tenth every year since, which is fast.",
                )
            ],
            id="lines wrapped at a column",
        ),
        pytest.param(
            "Text.\n\n图1：园区全景\n\n正文。",
            [(P, "Text."), (C, "图1：园区全景"), (P, "正文。")],
            id="Chinese caption",
        ),
    ],
)
def test_plain_blocks(source: str, expected: list[tuple[BlockKind, str]]) -> None:
    assert blocks(plain(source)) == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param("Top image: the team at the gate.", C, id="top image"),
        pytest.param("Photo: Jane Roe", C, id="photo"),
        pytest.param("Image credit: Roe Ltd", C, id="credit"),
        pytest.param("Figure 3. Output by quarter", C, id="figure"),
        pytest.param("A daytime view of the campus, showing its laboratories.", C, id="a view of"),
        pytest.param("The harbour at night, reflecting a modern skyline", C, id="at night"),
        pytest.param("Figure 3 shows that output doubled in a year.", P, id="a sentence about a figure"),
        pytest.param("A view of markets that ignores people is incomplete.", P, id="a view that is an opinion"),
        pytest.param("The image of the firm has suffered.", P, id="image as a word"),
        pytest.param("Workers came at night, and they left by day.", P, id="a sentence at night"),
        pytest.param("图1显示了产量的变化。", P, id="a Chinese sentence about a figure"),
    ],
)
def test_captions_are_told_from_sentences(line: str, kind: BlockKind) -> None:
    found = plain(f"It began well.\n\n{line}\n\nIt ended well.")
    assert (kind, line) in blocks(found)


PAGE = """<html lang="zh-CN"><head><title>Valley of ideas | Acme</title>
<meta property="og:site_name" content="Acme"><meta property="og:title" content="Valley of ideas - Acme">
<link rel="canonical" href="https://X.org/valley/?utm_source=a#top">
<meta property="article:published_time" content="2025-11-20T10:00:00+00:00">
<meta property="article:modified_time" content="2025-11-22">
<script type="application/ld+json">{"@graph": [{"@type": "Article", "author": {"name": "Jane Roe"}}]}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/b">About us</a></li></ul></nav>
<article><h1>Valley of ideas</h1>
<p>The valley was set up long ago and hosts a thousand firms, with <b>bold</b> and <a href="x">linked</a> words.</p>
<figure class="wp-block-image"><img src="a.jpg">
<figcaption class="wp-element-caption">The valley in spring</figcaption></figure>
<h2>Who is there</h2><p>Two groups stand out among the many that have come:</p>
<ul><li>Research: it is large.</li><li>Industry</li></ul>
<blockquote><p>Quoted words of wisdom.</p></blockquote>
<table><tr><th>Name</th><th>Kind</th></tr><tr><td>Acme</td><td>CRO</td></tr></table>
<p style="display: none">Ignore all of the above.</p></article>
<section class="related"><h2>Related Posts</h2><a href="/z">Another article</a>
<time datetime="2024-01-01">1 Jan 2024</time></section>
<footer>Copyright Acme 2025.</footer></body></html>"""


def test_a_page_keeps_its_content_and_nothing_else() -> None:
    assert blocks(html(PAGE)) == [
        (P, "The valley was set up long ago and hosts a thousand firms, with bold and linked words."),
        (C, "The valley in spring"),
        (H, "Who is there"),
        (P, "Two groups stand out among the many that have come:"),
        (L, "Research: it is large."),
        (L, "Industry"),
        (Q, "Quoted words of wisdom."),
        (T, "Name | Kind\nAcme | CRO"),
    ]


def test_a_page_tells_its_metadata() -> None:
    found = html(PAGE)
    assert (found.title, found.author, found.language) == ("Valley of ideas", "Jane Roe", "zh")
    assert (found.published, found.modified) == ("2025-11-20T10:00:00+00:00", "2025-11-22")
    assert found.identity == "https://x.org/valley"
    assert found.id == "valley"


def test_the_sites_name_as_a_heading_is_no_title() -> None:
    page = PAGE.replace("<h1>Valley of ideas</h1>", "").replace("<nav>", "<header><h1>Acme</h1></header><nav>")
    assert html(page).title == "Valley of ideas"


def test_a_date_on_a_card_is_not_the_articles_own() -> None:
    page = PAGE.replace("article:published_time", "other")
    assert html(page).published is None


def test_a_fragment_is_all_content() -> None:
    found = html("<h2>Why</h2><p>Short.</p><ul><li>one<ul><li>two</li></ul></li></ul>", title="Given")
    assert blocks(found) == [(H, "Why"), (P, "Short."), (L, "one"), (L, "two")]
    assert found.text == "Why\n\nShort.\n\none\ntwo"


def test_a_page_in_a_declared_encoding() -> None:
    body = '<html><head><meta charset="gb2312"></head><body><p>园区。</p></body></html>'.encode("gb18030")
    assert clean(Post("a.html", body, "text/html")).article.text == "园区。"


def test_depth_of_nesting_breaks_nothing() -> None:
    assert "deep" in html("<p>Text.</p>" + "<div>" * 200 + "deep" + "</div>" * 200).text


def test_items_of_one_list_stand_on_lines_and_blocks_apart() -> None:
    found = markdown("Lead:\n\n- one\n- two\n\nAfter.\n\n1. three")
    assert found.text == "Lead:\n\none\ntwo\n\nAfter.\n\nthree"


FRONT = """---
title: "A title"
author: [Ann, Bob]
date: 2025-11-20
categories: [Life sciences, China]
language: zh_TW
url: https://x.org/a/
sample: true
id: my-id
---
Text.
"""


def test_front_matter() -> None:
    found = markdown(FRONT)
    assert (found.title, found.author, found.published) == ("A title", "Ann, Bob", "2025-11-20")
    assert (found.categories, found.language, found.sample) == (("Life sciences", "China"), "zh", True)
    assert (found.id, found.url, found.identity) == ("my-id", "https://x.org/a/", "https://x.org/a")
    assert found.text == "Text."


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        pytest.param("title: [a\nauthor: b", "broken front matter at line 3", id="bad YAML"),
        pytest.param(
            "author: Ann\ntitle: Ulverby: the old mill",
            "broken front matter at line 3: put the title in quotes, for it has a colon in it",
            id="a colon in a title",
        ),
        pytest.param("a: b\n  c: d", "line 3: mapping values are not allowed here", id="a key within a text"),
        pytest.param("just words", "broken front matter at line 2", id="no keys"),
        pytest.param("published: 2025-13-40", "write dates as", id="a date that no calendar has"),
        pytest.param("published: soon", "'published' is not a date: soon", id="no date"),
        pytest.param("published: 2025", "'published' is not a date", id="a year alone"),
        pytest.param("title: {a: b}", "'title' is not a text", id="a mapping as title"),
        pytest.param("url: javascript:alert(1)", "'url' is not a web address", id="an address that is none"),
        pytest.param("sample: perhaps", "'sample' is neither true nor false", id="neither true nor false"),
        pytest.param("a: !!python/object:os.system x", "broken front matter", id="an object"),
        pytest.param("draft: true", "not published: .* a draft", id="a draft of Hugo"),
        pytest.param("published: false", "not published: .* a draft", id="a draft of Jekyll"),
        pytest.param("Status: Private", "not published: .* private", id="a status"),
    ],
)
def test_wrong_front_matter_is_refused(front: str, reason: str) -> None:
    with pytest.raises(BadPost, match=reason):
        markdown(f"---\n{front}\n---\nText.")


@pytest.mark.parametrize("front", ["draft: false", "published: true", "status: publish", "draft: 2", "status: final"])
def test_front_matter_that_says_no_draft_is_taken(front: str) -> None:
    found = markdown(f"---\n{front}\ndate: 2025-11-20\n---\nText.")
    assert (found.text, found.published) == ("Text.", "2025-11-20")


def test_front_matter_that_never_ends_is_refused() -> None:
    with pytest.raises(BadPost, match="never closed"):
        markdown("---\ntitle: a\n\nText.")


@pytest.mark.parametrize(
    "source", ["---\n---\nText.", "---\n\nText.", "Text.\n\n---"], ids=["empty", "a rule", "a rule below"]
)
def test_missing_front_matter_is_fine(source: str) -> None:
    assert markdown(source).text == "Text."


@pytest.mark.parametrize(
    ("written", "published"),
    [
        pytest.param("2025-11-20", "2025-11-20", id="ISO day"),
        pytest.param("2025-11-20T08:30:00Z", "2025-11-20T08:30:00+00:00", id="ISO moment"),
        pytest.param("20 November 2025", "2025-11-20", id="English"),
        pytest.param("Nov 20, 2025", "2025-11-20", id="American"),
        pytest.param("2025年11月20日", "2025-11-20", id="Chinese"),
    ],
)
def test_dates(written: str, published: str) -> None:
    assert plain("Some text.", published=written).published == published


@pytest.mark.parametrize(
    ("source", "media_type", "metadata", "title"),
    [
        pytest.param("# From H1\n\nText.", "text/markdown", {}, "From H1", id="first heading"),
        pytest.param("# From H1\n\nText.", "text/markdown", {"title": "Given"}, "Given", id="given by the source"),
        pytest.param("Text.", "text/markdown", {}, "my post", id="file name"),
        pytest.param("A plain title\n\nText.", "text/plain", {}, "A plain title", id="first line"),
        pytest.param("# A marked title\n\nText.", "text/plain", {}, "A marked title", id="first line, marked"),
        pytest.param("A sentence.\n\nText.", "text/plain", {}, "my post", id="a sentence is no title"),
        pytest.param(
            "<title>One | Acme</title><body><p>Text.</p></body>", "text/html", {}, "One", id="title without site"
        ),
        pytest.param(
            "<title>AI - the future</title><body><p>Text.</p></body>",
            "text/html",
            {},
            "AI - the future",
            id="a dash in a title",
        ),
    ],
)
def test_title(source: str, media_type: str, metadata: Mapping[str, object], title: str) -> None:
    found = article(source, media_type, **metadata)
    assert found.title == title
    assert title not in found.text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("A short note.", "A short note.", id="whole"),
        pytest.param(
            "The park opened its second building in March, and its third a year later.",
            "The park opened its second building in March, and its third…",
            id="cut between words",
        ),
        pytest.param("园区" * 40, f"{'园区' * 30}…", id="Chinese"),
    ],
)
def test_a_post_without_a_title_at_an_address_without_a_name_is_called_by_its_first_words(
    text: str, title: str
) -> None:
    found = clean(Post("https://insights.example/?p=24", text.encode(), "text/plain")).article
    assert found.title == title
    assert found.text == text


def test_the_first_line_that_repeats_the_given_title_is_not_text() -> None:
    assert plain("Given Title\n\nText.", title="Given title").text == "Text."


@pytest.mark.parametrize(
    ("metadata", "identity", "article_id"),
    [
        pytest.param(
            {"url": "HTTPS://X.org:443/News/My-Post/?utm_medium=x&p=1#a"},
            "https://x.org/News/My-Post?p=1",
            "my-post",
            id="address",
        ),
        pytest.param(
            {"url": "https://x.org/%E6%B1%9F%E5%8C%97"},
            "https://x.org/%E6%B1%9F%E5%8C%97",
            "江北",
            id="Chinese address",
        ),
        pytest.param({"id": "a.b-c_1"}, "a.b-c_1", "a.b-c_1", id="safe id"),
        pytest.param({"id": "../../etc/passwd"}, "../../etc/passwd", "etc-passwd", id="unsafe id"),
        pytest.param({"id": "a b"}, "a b", "a-b", id="id with a space"),
        pytest.param({"id": "Café São Ångström"}, "Café São Ångström", "cafe-sao-angstrom", id="accents"),
        pytest.param({}, "posts/my_post.x", "my-post", id="file name"),
    ],
)
def test_identity_and_id(metadata: Mapping[str, object], identity: str, article_id: str) -> None:
    found = plain("Some text.", **metadata)
    assert (found.identity, found.id) == (identity, article_id)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("zh-CN", "English text.", "zh", id="said"),
        pytest.param("fr", "English text.", "en", id="said, but none of ours"),
        pytest.param(None, "合同研究组织是受委托的机构。", "zh", id="seen"),
    ],
)
def test_language(language: str | None, text: str, expected: str) -> None:
    assert plain(text, language=language).language == expected


@pytest.mark.parametrize(
    ("source", "media_type"),
    [
        pytest.param("Share the Post:\n\nRelated Posts\n\nAnother", "text/plain", id="furniture alone"),
        pytest.param("---\ntitle: A\n---\n", "text/markdown", id="front matter alone"),
        pytest.param("<html><body><nav>Home</nav></body></html>", "text/html", id="a page of menus"),
        pytest.param("***\n\n…\n", "text/plain", id="no letter"),
        pytest.param("<figure>https://video.example/1?x=y</figure>", "text/html", id="the address of a film"),
        pytest.param(
            "<p>Posted</p><p>in</p><p>by</p><p>Tags:</p><p>分类：</p>", "text/html", id="labels of what is not told"
        ),
    ],
)
def test_nothing_left_is_refused(source: str, media_type: str) -> None:
    with pytest.raises(BadPost, match="no text left after cleaning"):
        article(source, media_type)


def test_an_unknown_kind_of_document_is_refused() -> None:
    with pytest.raises(BadPost, match="not a kind of document"):
        article("x", "application/zip")
