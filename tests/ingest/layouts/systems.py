"""Pages of further content systems."""

# ruff: noqa: E501 - pages are written as sites send them

from tests.ingest.layouts.frame import cards, comments, fill
from tests.ingest.layouts.stories import Markup, Page, Story


def drupal_seven(story: Story) -> Page:
    """The line of who submitted it and when stands below the text, in words; there is no <article>."""
    html = """<!DOCTYPE html><html><head><title>$title | commons</title><link rel="canonical" href="$url" /></head><body class="html
not-front one-sidebar sidebar-second page-node node-type-article"><div id="skip-link"><a href="#main-content" class="element-invisible
element-focusable">Skip to main content</a></div><div id="page"><div id="page-inner"><div id="header"><div class="section clearfix"><a
id="logo" href="/"><img src="/logo.png"></a><div class="region region-header"><div id="block-search-form" class="block block-search"><div
class="content"><form><h2 class="element-invisible">Search form</h2></form></div></div><div class="content"><ul
class="language-switcher-locale-url"><li><a>Deutsch</a></li><li><a>English</a></li></ul></div></div></div></div><div id="main"><div
id="content" class="column"><div class="section"><a id="main-content"></a><h1 class="title" id="page-title">$title</h1><div
class="tabs"></div><div class="region region-content"><div id="block-system-main" class="block"><div class="content"><div id="node-205"
class="node node-article"><div class="content"><div class="field field-name-body field-type-text-with-summary"><div
class="field-items"><div class="field-item even">$body</div></div></div><div class="field field-name-field-tags"><div
class="field-items"><a href="/t">towns</a></div></div></div><div class="submitted">Submitted by <span class="username">rasos</span> on
24 July 2017 - 18:55</div></div></div></div></div></div></div><div id="sidebar-second" class="column sidebar"><div class="section"><h2>
Roadshow</h2><p>$newsletter</p><p>$footer</p></div></div></div></div></div></body></html>"""
    return Page(fill(html, story, body=Markup().body(story)), url=story.url)


def hugo(story: Story) -> Page:
    """Hugo with a common theme: a row of labels under the title, a folded table of contents, arrows below."""
    html = """<!DOCTYPE html><html lang="$lang"><head><title>$title | Quay Notes</title><meta property="og:title" content="$title"></head>
<body id="top"><header class="header"><nav class="nav"><div class="logo"><a href="/">Quay Notes</a></div><ul id="menu"><li><a
href="/archive"><span>Archive</span></a></li></ul></nav></header><main class="main"><article class="post-single"><header
class="post-header"><div class="breadcrumbs"><a href="/">Home</a>&nbsp;»&nbsp;<a href="/posts">Posts</a></div><h1 class="post-title
entry-hint-parent">$title</h1><div class="post-meta"><span title='2025-11-20 09:15:00 +0800 CST'>$day_us</span>&nbsp;·&nbsp;4
min&nbsp;·&nbsp;$author</div></header><div class="toc"><details><summary accesskey="c"><span class="details">Table of Contents</span>
</summary><div class="inner"><ul>$contents</ul></div></details></div><div class="post-content">$body</div><footer class="post-footer"><ul
class="post-tags"><li><a href="/t">towns</a></li></ul><nav class="paginav"><a class="prev" href="/p"><span class="title">« Prev</span><br>
<span>A short history of the regional grant</span></a></nav></footer></article></main><footer class="footer"><span>&copy; 2025 <a
href="/">Quay Notes</a></span></footer></body></html>"""
    marks = Markup(
        heading='<h2 id="related-work">{}<a hidden class="anchor" aria-hidden="true" href="#related-work">#</a></h2>'
    )
    entries = "".join(f"<li><a href='#h'>{heading}</a></li>" for heading in story.of("#"))
    return Page(fill(html, story, body=marks.body(story), contents=entries), published="2025-11-20")


def portal(story: Story) -> Page:
    """A Chinese portal's finance page, its body by id, the editor's line within it."""
    html = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}_江报财经_江报网</title><meta property="article:published_time"
content="$published"></head><body><div class="wrap-outer clearfix" id="wrapOuter"><div class="path-search"><div class="path"
id="tp_path"><div class="channel-path"><a href="/">江报财经</a> &gt; <a href="/roll">滚动新闻</a> &gt; 正文</div></div></div><div
class="main-content w1240"><h1 class="main-title">$title</h1><div class="top-bar-wrap" id="top_bar_wrap"><div class="top-bar ani"
id="top_bar"><div class="date-source"><span class="date">2025年11月20日 09:15</span><span class="source ent-source">江城晚报</span></div>
</div></div><div class="article-content clearfix"><div class="article-content-left"><div class="article" id="artibody">$body<p
class="show_author">责任编辑：李一 </p></div><div class="article-bottom clearfix"><div class="article-keywords">文章关键词：<a
href="/k">园区</a></div></div><div class="blk-comment">$comments</div></div><div class="article-content-right"><div class="blk">$cards
</div></div></div></div></div></body></html>"""
    marks = Markup(figure='<div class="img_wrapper"><img src="a.jpg" alt=""><span class="img_descr">{}</span></div>')
    parts = {
        "body": marks.body(story),
        "comments": comments('<div class="item"><p>{text}</p></div>'),
        "cards": cards("<h3>{title}</h3><p>{excerpt}</p>"),
    }
    return Page(fill(html, story, **parts), published=story.published)


def column(story: Story) -> Page:
    """A column on a Chinese question-and-answer site: the date in microdata, recommended pieces and comments below."""
    html = """<!DOCTYPE html><html><head><title data-rh="true">$title - 问乎</title><meta itemprop="headline" content="$title"><meta
itemprop="datePublished" content="2025-11-20T01:15:00.000Z"></head><body><div id="root"><div class="ColumnPageHeader-Wrapper"><header
class="ColumnPageHeader"><div>首发于</div><a class="ColumnLink" href="/c">城市</a></header></div><article class="Post-Main Post-NormalMain"
tabindex="-1"><header class="Post-Header"><h1 class="Post-Title">$title</h1><div class="Post-Author"><div class="AuthorInfo"><span
class="AuthorInfo-name">$author</span><div class="AuthorInfo-badge">在一家研究所工作</div></div></div><div>128 人赞同了该文章</div></header><div
class="Post-RichTextContainer"><div class="css-1yuhvjn"><div class="RichText ztext Post-RichText">$body</div></div></div><div
class="ContentItem-time">编辑于 2025-12-03 10:00</div><div class="Post-topicsAndReviewer"><div class="TopicList"><a href="/t">城市规划</a></div>
</div><div class="RichContent-actions"><button>赞同 128</button><button>3 条评论</button></div></article><div class="Post-Sub"><div
class="Recommendations-Main"><h3 class="BlockTitle">推荐阅读</h3>$cards</div><div class="Comments-container"><h2>3 条评论</h2>$comments</div>
</div></div></body></html>"""
    parts = {
        "body": Markup().body(story),
        "comments": comments('<div class="CommentContent">{text}</div>'),
        "cards": cards(
            '<div class="PostItem"><h1 class="PostItem-Title">{title}</h1><p class="PostItem-Summary">{excerpt}</p></div>'
        ),
    }
    return Page(fill(html, story, **parts), published="2025-11-20T01:15:00+00:00")


def one_form(story: Story) -> Page:
    """An ASP.NET page: all of it stands in one form, and the title is no heading."""
    html = """<html><head><title>$title</title></head><body><form method="post" action="./news.aspx?id=9" id="form1"><input type="hidden"
name="__VIEWSTATE" value="/wEPDwUK"><div id="header"><div class="logo"></div><ul class="menu"><li><a href="/">Home</a></li><li><a
href="/news">News</a></li></ul></div><div id="content"><div class="left"><h3>News</h3><ul><li><a href="/2025">2025</a></li><li><a
href="/2024">2024</a></li></ul></div><div class="right"><span id="lblTitle" class="newsTitle">$title</span><br><span
id="lblDate">20/11/2025</span><div id="divBody">$body</div><a class="back" href="/news">Back to list</a></div></div><div
id="footer">$footer</div></form></body></html>"""
    return Page(fill(html, story, body=Markup().body(story)), published="2025-11-20")


def unnamed(story: Story) -> Page:
    """Neither a tag nor a class says anything: boxes in boxes."""
    html = """<!DOCTYPE html><html lang="$lang"><head><title>$title - Acme</title></head><body><div><div><a href="/">Acme</a> <a
href="/a">Work</a> <a href="/b">Thinking</a></div></div><div><div><h1>$title</h1><div>20 Nov 2025</div></div><div><div>$body</div></div>
</div><div><div><h3>More thinking</h3><div>$cards</div></div></div><div><div>$footer</div><div>$newsletter</div></div></body></html>"""
    others = cards('<a href="/x"><div>{title}</div><div>{day}</div></a>')
    return Page(fill(html, story, body=Markup().body(story), cards=others), published="2025-11-20")


LAYOUTS = {
    "Drupal 7": drupal_seven,
    "Hugo": hugo,
    "Chinese portal": portal,
    "Chinese column": column,
    "ASP.NET": one_form,
    "boxes without names": unnamed,
}
