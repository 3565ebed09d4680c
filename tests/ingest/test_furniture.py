"""Each case is a page's text as someone would paste it; what stands around the article must go, its own words stay."""

from pathlib import Path

import pytest

from corpus.article import Article, BlockKind
from ingest.bylines import is_byline, read_byline
from ingest.clean import clean
from ingest.furniture import is_furniture
from ingest.post import Post

LONG = (
    "The programme began with four partners and a modest grant, and it has grown every year since then because the "
    "partners meet each month, publish what they learn, and let the younger staff lead the working groups that "
    "matter most to them and to the firms that hire them."
)


def plain(text: str) -> Article:
    return clean(Post("page.txt", text.encode(), "text/plain")).article


@pytest.mark.parametrize(
    "line",
    [
        "Share the Post:",
        "Share this",
        "Share this article on LinkedIn",
        "Share: Facebook Twitter LinkedIn",
        "Facebook | Twitter | LinkedIn",
        "Read more",
        "Read more »",
        "Read more: How we chose the site",
        "Continue reading…",
        "Back to top",
        "Leave a comment",
        "Leave a Reply Cancel reply",
        "3 Comments",
        "Your email address will not be published. Required fields are marked *",
        "We use cookies to make this site work. By going on you agree to this.",
        "Accept all cookies",
        "Tags: biotech, Cambridge",
        "Home > Insights > Life sciences",
        "首页 > 新闻 > 正文",
        "← Previous post: Why clusters work",
        "Next Post",
        "Subscribe to our newsletter for news and events.",
        "Sign up for the monthly newsletter and never miss an event!",
        "5 min read",
        "© 2025 Acme Ltd. All rights reserved.",
        "分享到：微信 微博 QQ空间",
        "分享：",
        "阅读全文",
        "上一篇：园区的由来",
        "下一篇：没有了",
        "长按二维码关注我们",
        "扫码关注",
        "欢迎关注我们的微信公众号",
        "欢迎订阅我们的邮件通讯",
        "标签：生物医药、剑桥",
        "发表评论",
        "责任编辑：李一",
        "（编辑：林一）",
        "举报/反馈",
        "- Advertisement -",
        "Story continues below advertisement",
    ],
)
def test_furniture_goes(line: str) -> None:
    assert is_furniture(line)
    found = plain(f"It began.\n\n{LONG}\n\n{line}\n\n{LONG[::-1]}")
    assert line not in found.text
    assert found.text.count("\n\n") == 2


@pytest.mark.parametrize(
    "line",
    [
        "Shared priorities",
        "Share of patents by region",
        "Share prices fell by a tenth after the news.",
        "Our newsletter reached nine thousand readers last year, and half of them open it every week.",
        "Subscribe to a journal, and you will still wait a year for the answer.",
        "Next steps",
        "Previous work on enzymes",
        "Home and abroad",
        "Home / office balance is a matter of trust, not of rules.",
        "Comments from regulators",
        "Cookies are small files that a site stores in a browser.",
        "Read more widely than your rivals do.",
        "Related work",
        "Follow the money.",
        "分享经济的边界",
        "订阅制服务在医药行业越来越常见。",
        "下一篇论文将讨论细胞治疗。它会在秋天发表。",
        "关注患者的需要。",
        "标签是药品监管的一部分。",
        "编辑：一个正在消失的职业。",
        "Advertisements for medicines are banned.",
        "编辑部的故事",
    ],
)
def test_the_articles_own_words_stay(line: str) -> None:
    assert not is_furniture(line)
    assert line in plain(f"It began.\n\n{line}\n\n{LONG}").text


CARDS = """Related Posts

Insights & Analysis

17 Dec 2024

Why small labs move faster than large ones

Company Updates

3 Nov 2024

A visit to the northern campus

Stay Updated

Subscribe to our newsletter for the latest news, events, and offers."""


def test_all_from_related_posts_on_goes_and_lends_no_date() -> None:
    found = plain(f"The title\n\n{LONG}\n\nShare the Post:\n\n{CARDS}")
    assert found.text == LONG
    assert found.published is None
    assert found.title == "The title"


def test_cards_with_excerpts_go_too() -> None:
    excerpt = "This report looks at the labs of the region and asks what they do in another way than we do […]"
    assert plain(f"It began.\n\n{LONG}\n\nYou may also like\n\nSmall labs\n\n{excerpt}").text.endswith(LONG)


def test_chinese_cards_go() -> None:
    found = plain(
        "我们参观了园区。\n\n园区很大，企业很多。\n\n相关文章\n\n小实验室的优势\n\n2024年12月17日\n\n扫码关注"
    )
    assert found.text == "我们参观了园区。\n\n园区很大，企业很多。"


def test_an_article_that_goes_on_after_its_cards_keeps_its_end() -> None:
    found = plain(f"It began.\n\nRelated posts\n\nWhy small labs move faster\n\nWhat we learnt\n\n{LONG}")
    assert found.text == f"It began.\n\nWhat we learnt\n\n{LONG}"


@pytest.mark.parametrize("title", ["Related stories", "More on the method", "Latest news"])
def test_a_section_of_such_a_title_stays(title: str) -> None:
    section = f"It began.\n\n{title}\n\n{LONG}\n\nIt is short."
    assert plain(section).text == section


def test_a_last_section_on_more_of_the_same_stays() -> None:
    section = "It began.\n\nMore on the method\n\nIt is described in the annex."
    assert plain(section).text == section


def test_menus_go_and_lists_stay() -> None:
    menu = "- Home\n- About us\n- Insights\n- Contact"
    goals = "- Speed\n- Quality\n- Products\n- Reach"
    found = plain(f"{menu}\n\nIt began.\n\n{LONG}\n\n{goals}")
    assert "About us" not in found.text
    assert "Quality\nProducts" in found.text


def test_a_stay_updated_section_with_text_stays() -> None:
    section = f"It began.\n\nStay informed\n\n{LONG}"
    assert plain(section).text == section


def test_furniture_in_markdown_and_html() -> None:
    marked = clean(Post("a.md", b"Text.\n\n## Related Posts\n\n- [One](a)\n- [Two](b)\n", "text/markdown")).article
    page = clean(Post("a.html", b"<p>Text.</p><p>Share this:</p><h3>Related Posts</h3><p>One</p>", "text/html")).article
    assert marked.text == page.text == "Text."


def test_the_real_page(shared: Path) -> None:
    pages = sorted((shared / "seed").glob("*.txt"))
    if not pages:
        pytest.skip(f"no real page at hand: {shared / 'seed'} holds none")
    found = clean(Post(pages[0].name, pages[0].read_bytes(), "text/plain")).article
    for gone in ("Share the Post", "Related Posts", "Stay Updated", "newsletter", "17 Dec 2025", "Insights & Analysis"):
        assert gone not in found.text
    kinds = [block.kind for block in found.blocks]
    assert found.published is None
    assert found.title.startswith("Inside Nanjing")
    assert kinds.count(BlockKind.CAPTION) == 3
    assert kinds.count(BlockKind.HEADING) == 7
    assert kinds.count(BlockKind.LIST_ITEM) == 5
    assert found.names == {"药石科技": "Pharmablock Sciences"}


@pytest.mark.parametrize(
    ("line", "author", "published"),
    [
        pytest.param("By Jane Roe | 20 November 2025 | 5 min read", "Jane Roe", "2025-11-20", id="English"),
        pytest.param("Posted November 20th, 2025 by Jane Roe", "Jane Roe", "2025-11-20", id="American"),
        pytest.param("November 20, 2025 · 4 min · Jane Roe", None, "2025-11-20", id="labels in a row"),
        pytest.param("By Jane Roe, Director of the Hall", "Jane Roe", None, id="with an office"),
        pytest.param("Thursday, 20 November 2025", None, "2025-11-20", id="a day"),
        pytest.param("20.11.2025", None, "2025-11-20", id="in figures"),
        pytest.param("20/11/2025", None, "2025-11-20", id="in figures with strokes"),
        pytest.param("发布时间：2025-11-20 09:15 来源：江报 浏览：233 次", None, "2025-11-20T09:15:00", id="Chinese"),
        pytest.param("作者：王一 2025-11-20", "王一", "2025-11-20", id="Chinese author"),
        pytest.param("来源：新华社", None, None, id="a source alone"),
    ],
)
def test_lines_about_an_article(line: str, author: str | None, published: str | None) -> None:
    found = read_byline(line)
    assert is_byline(line)
    assert (found.author, found.published) == (author, published)


@pytest.mark.parametrize(
    "line",
    [
        "By the river",
        "By 2030 we will all be there",
        "By Monday, the hall was full",
        "In May 2025 we met.",
        "Founded 20 November 2025",
        "2025年11月20日，会议在南京召开",
        "Key figures 2025-11-20",
        "From 2019-2021",
        "作者的话",
        "时间不等人",
        "Share prices fell",
    ],
)
def test_lines_of_an_article(line: str) -> None:
    assert not is_byline(line)


def test_a_day_that_may_be_a_month_is_no_date() -> None:
    assert read_byline("05/11/2025").published is None
