"""Cleaning counted: pages as sites really build them, each around a text that is known word by word."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import product
from statistics import mean

import pytest

from corpus.article import Article, BlockKind
from corpus.language import CJK
from ingest.clean import Cleaned, clean
from ingest.post import Post
from tests.ingest.layouts import blogs, builders, chinese, pages, systems, wordpress
from tests.ingest.layouts.stories import STORIES, Markup, Page, Story

LAYOUTS: dict[str, Callable[[Story], Page]] = (
    wordpress.LAYOUTS | builders.LAYOUTS | blogs.LAYOUTS | chinese.LAYOUTS | pages.LAYOUTS | systems.LAYOUTS
)
FLOOR = 0.97
_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")


def words(text: str) -> Counter[str]:
    """The words of a text and how often each stands there; a Chinese character is one."""
    return Counter(_WORD.findall(text.casefold()))


def f1(kept: str, true: str) -> float:
    """Word-level F1 of two multisets of words."""
    found, wanted = words(kept), words(true)
    return 2 * (found & wanted).total() / max(1, found.total() + wanted.total())


def cleaned(page: Page, name: str = "page.html") -> Cleaned:
    return clean(Post(name, page.html.encode(), "text/html"))


def captions(article: Article) -> list[str]:
    return [block.span.of(article.text) for block in article.blocks if block.kind is BlockKind.CAPTION]


def cases() -> list[object]:
    return [
        pytest.param(layout, story, id=f"{name}-{story.slug}")
        for (name, layout), story in product(LAYOUTS.items(), STORIES)
    ]


@pytest.mark.parametrize(("layout", "story"), cases())
def test_a_page_gives_its_text_and_its_metadata(layout: Callable[[Story], Page], story: Story) -> None:
    page = layout(story)
    found = cleaned(page)
    article = found.article
    assert f1(article.text, f"{story.truth}\n{page.extra}") >= FLOOR
    assert article.title == story.title
    assert article.language == story.lang
    assert article.published == page.published
    if page.modified is not None:
        assert article.modified == page.modified
    if page.author is not None:
        assert article.author == page.author
    if page.url is not None:
        assert article.identity == page.url
    if page.categories:
        assert article.categories == page.categories
    assert found.flags == ()


@pytest.mark.parametrize(("layout", "story"), cases())
def test_a_page_keeps_the_kinds_of_its_blocks(layout: Callable[[Story], Page], story: Story) -> None:
    page = layout(story)
    article = cleaned(page).article
    kinds = [block.kind for block in article.blocks]
    assert captions(article) == story.of("!")
    assert kinds.count(BlockKind.LIST_ITEM) == len(story.of("-")) + page.points
    assert kinds.count(BlockKind.QUOTE) == len(story.of(">"))
    assert kinds.count(BlockKind.TABLE) == bool(story.of("|"))
    assert kinds.count(BlockKind.CODE) == bool(story.of("`"))


def test_cleaning_on_average() -> None:
    pages = [(layout(story), story) for layout, story in product(LAYOUTS.values(), STORIES)]
    scores = [f1(cleaned(page).article.text, f"{story.truth}\n{page.extra}") for page, story in pages]
    assert len(LAYOUTS) == 38
    assert mean(scores) >= 0.99


WORDPRESS = {
    "Twenty Ten": wordpress.CLASSIC,
    "Twenty Fifteen": wordpress.BLOCKS,
    "Twenty Seventeen": wordpress.CLASSIC,
    "Twenty Twenty-Four": wordpress.BLOCKS,
    "Astra with Yoast": wordpress.BLOCKS,
    "Elementor theme builder": Markup(),
    "Divi": Markup(),
    "Avada": Markup(),
    "WPBakery": Markup(),
}


@pytest.mark.parametrize(
    ("name", "story"), [pytest.param(n, s, id=f"{n}-{s.slug}") for n in WORDPRESS for s in STORIES]
)
def test_a_themes_page_and_the_content_alone_give_the_same_text(name: str, story: Story) -> None:
    page = cleaned(LAYOUTS[name](story)).article
    content = f"<article>{WORDPRESS[name].body(story)}</article>"
    alone = clean(Post("1", content.encode(), "text/html", {"title": story.title})).article
    assert page.text == alone.text
    assert [block.kind for block in page.blocks] == [block.kind for block in alone.blocks]


def test_a_page_that_stands_in_one_form_is_read() -> None:
    page = LAYOUTS["two sidebars"](STORIES[0])
    html = page.html.replace("<body>", '<body><form id="aspnetForm" action="/p">').replace("</body>", "</form></body>")
    assert f1(cleaned(Page(html)).article.text, STORIES[0].truth) >= FLOOR


LONG = (
    "The hall was opened by seven laboratories that had grown tired of paying for air, and within two years it held "
    "more samples than all of their old basements together had ever held before."
)


def shell(body: str, head: str = "") -> str:
    return f"<html><head><title>T</title>{head}</head><body><main><h1>T</h1>{body}</main></body></html>"


@pytest.mark.parametrize(
    ("header", "published", "modified"),
    [
        pytest.param("<p>Published on 20 November 2025</p>", "2025-11-20", None, id="in words"),
        pytest.param("<p>Posted November 20th, 2025 by Jane Roe</p>", "2025-11-20", None, id="American"),
        pytest.param("<p>发布时间：2025-11-20 来源：江报</p>", "2025-11-20", None, id="Chinese with its label"),
        pytest.param("<p>2025年11月20日</p>", "2025-11-20", None, id="Chinese alone"),
        pytest.param("<p>2025-11-20 09:15:30</p>", "2025-11-20T09:15:30", None, id="with a time of day"),
        pytest.param("<p>Last updated: 3 December 2025</p>", None, "2025-12-03", id="a change alone"),
        pytest.param(
            "<p>更新时间：2025-12-03</p><p>发布时间：2025-11-20</p>", "2025-11-20", "2025-12-03", id="both, Chinese"
        ),
        pytest.param(
            '<time datetime="2025-11-20T08:00:00-05:00">Thursday</time>',
            "2025-11-20T08:00:00-05:00",
            None,
            id="with its zone",
        ),
        pytest.param(
            '<time class="updated" datetime="2025-12-03">3 Dec</time>', None, "2025-12-03", id="time of a change"
        ),
        pytest.param(
            '<span itemprop="datePublished" content="2025-11-20">a while ago</span>', "2025-11-20", None, id="microdata"
        ),
        pytest.param("<p>On 20 November 2025 the doors of the hall were opened.</p>", None, None, id="a sentence"),
        pytest.param("<p>Founded in 2025</p>", None, None, id="a year"),
    ],
)
def test_a_date_shown_in_the_header(header: str, published: str | None, modified: str | None) -> None:
    page = shell(f"{header}<p>{LONG}</p><p>{LONG[::-1]}</p>")
    article = cleaned(Page(page)).article
    assert (article.published, article.modified) == (published, modified)
    told = published is not None or modified is not None
    assert article.text.startswith(LONG) == told


def test_a_day_that_no_calendar_has_is_left_out() -> None:
    article = cleaned(Page(shell(f"<p>Published on 31 February 2025</p><p>{LONG}</p><p>{LONG[::-1]}</p>"))).article
    assert article.published is None
    assert article.text.startswith(LONG)


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param('<div class="related"><h3>Other</h3><time datetime="2024-01-02">2 Jan</time></div>', id="a card"),
        pytest.param("<aside><p>Published on 2 January 2024</p></aside>", id="an aside"),
        pytest.param('<footer><time datetime="2024-01-02">2 Jan</time></footer>', id="a footer"),
        pytest.param("<section><h3>Other news</h3><p>2 January 2024</p></section>", id="below the text"),
        pytest.param(
            '<ol class="comment-list"><li><time class="published" datetime="2024-01-02">x</time></li></ol>',
            id="a comment",
        ),
    ],
)
def test_a_date_elsewhere_is_not_the_articles(elsewhere: str) -> None:
    page = shell(f"<p>{LONG}</p><p>{LONG[::-1]}</p>{elsewhere}")
    assert cleaned(Page(page)).article.published is None


def test_what_is_declared_wins_over_what_is_shown() -> None:
    meta = '<meta property="article:published_time" content="2025-11-20T09:15:00+08:00">'
    page = shell(f"<p>Published on 1 May 2019</p><p>{LONG}</p>", meta)
    article = cleaned(Page(page)).article
    assert (article.published, article.text) == ("2025-11-20T09:15:00+08:00", LONG)


def test_what_the_source_says_wins_over_the_page() -> None:
    page = LAYOUTS["Astra with Yoast"](STORIES[0])
    given = {"title": "Given", "published": "2020-02-02", "author": "Someone"}
    article = clean(Post("p.html", page.html.encode(), "text/html", given)).article
    assert (article.title, article.published, article.author) == ("Given", "2020-02-02", "Someone")
