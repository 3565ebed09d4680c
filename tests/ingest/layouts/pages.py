"""Pages of no particular kit: written by hand, by a framework, by a newspaper's own system."""

# ruff: noqa: E501 - pages are written as sites send them

from tests.ingest.layouts.frame import cards, comments, fill
from tests.ingest.layouts.stories import Markup, Page, Story


def by_hand(story: Story) -> Page:
    """No <article>, no class, no metadata: a menu, a line with the date, the text and a line of copyright."""
    html = """<html><head><title>$title</title></head>
<body bgcolor="#fffff0">
<p><a href="index.html">Home</a> | <a href="papers.html">Papers</a> | <a href="photos.html">Photos</a> | <a href="mail.html">Mail</a></p>
<hr>
<h1>$title</h1>
<p><i>By $author. Published on $day.</i></p>
$body
<hr>
<p><small>&copy; 2009-2025 $author. <a href="index.html">Back to the home page</a></small></p>
</body></html>"""
    plain = Markup(
        figure='<center><img src="a.jpg"><br><small>{}</small></center>',
        table='<table border="1">{}</table>',
        code="<pre>{}</pre>",
    )
    return Page(fill(html, story, body=plain.body(story)), published="2025-11-20", author=story.author)


def framework(story: Story) -> Page:
    """A React site with utility classes: nothing tells the parts of the page but its tags."""
    html = """<!DOCTYPE html><html lang="$lang"><head><meta charset="utf-8"><title>$title | Harbour</title><meta property="og:title"
content="$title"><meta property="og:url" content="$url"><script id="__NEXT_DATA__" type="application/json">{"props":{}}</script></head>
<body class="antialiased bg-white"><div id="__next"><div class="sticky top-0 z-40 w-full backdrop-blur"><div class="max-w-8xl mx-auto">
<a href="/" class="mr-3 flex-none">Harbour</a><nav class="text-sm leading-6 font-semibold"><ul class="flex space-x-8"><li><a
href="/blog">Blog</a></li><li><a href="/jobs">Jobs</a></li></ul></nav></div></div><main class="mx-auto max-w-3xl px-4"><article
class="relative pt-10"><header class="space-y-1 text-center"><dl class="space-y-10"><div><dt class="sr-only">Published on</dt><dd
class="text-base text-gray-500"><time datetime="$published">Thursday, $day_us</time></dd></div></dl><h1 class="text-3xl
font-extrabold tracking-tight">$title</h1></header><div class="divide-y xl:grid xl:grid-cols-4"><dl class="pb-10 pt-6 xl:border-b"><dt
class="sr-only">Authors</dt><dd><ul class="flex flex-wrap"><li class="flex items-center space-x-2"><dl class="whitespace-nowrap
text-sm"><dt class="sr-only">Name</dt><dd class="text-gray-900">$author</dd><dt class="sr-only">X</dt><dd><a href="/x">@harbour</a>
</dd></dl></li></ul></dd></dl><div class="divide-y xl:col-span-3"><div class="prose max-w-none pb-8 pt-10">$body</div><div class="pb-6
pt-6 text-sm text-gray-700"><a href="/discuss">Discuss on X</a> • <a href="/edit">View on GitHub</a></div></div><footer><div
class="divide-gray-200 text-sm font-medium"><div class="py-4"><h2 class="text-xs uppercase tracking-wide">Tags</h2><div><a
href="/t">research</a></div></div><div class="flex justify-between"><div><h2 class="text-xs uppercase">Previous Article</h2><a
href="/p">A short history of the regional grant</a></div></div></div><div class="pt-4"><a href="/blog">← Back to the blog</a></div>
</footer></div></article></main><footer class="mt-16"><div class="mb-2 text-sm text-gray-500"><div>© 2026</div><div>Harbour</div></div>
</footer></div></body></html>"""
    return Page(fill(html, story, body=Markup().body(story)), published=story.published, url=story.url)


def commented(story: Story) -> Page:
    """A short page under a long discussion, in a theme of someone's own."""
    html = """<!DOCTYPE html><html lang="$lang"><head><meta charset="utf-8"><title>$title - Quay Notes</title></head><body><div
class="wrapper"><div class="header"><a href="/">Quay Notes</a><p>A notebook in public</p></div><div class="main"><div class="post"><h1
class="post-title">$title</h1><p class="post-meta">Posted by $author on <time datetime="$published" pubdate="pubdate">$day</time> in
<a href="/c">$category</a></p>$body<p class="post-tags">Tags: <a href="/t">research</a>, <a href="/u">towns</a></p></div><div
class="comments" id="disqus_thread"><h2>Discussion</h2>$comments</div><div class="comment-box"><h3>Say something</h3><p>Be kind. You may
use a name that is not your own.</p><form><textarea></textarea></form></div></div><div class="footer">Made by hand in a small
office.</div></div></body></html>"""
    thread = '<div class="comment"><div class="comment-author">{name} <time datetime="2025-11-22">2 days later</time></div><p>{text}</p></div>'
    parts = {"body": Markup().body(story), "comments": comments(thread) * 4}
    return Page(fill(html, story, **parts), published=story.published, author=story.author)


def sidebars(story: Story) -> Page:
    """A company's page on Bootstrap: two sidebars full of sentences, a strip of cards and a long footer."""
    html = """<!DOCTYPE html><html lang="$lang"><head><meta charset="utf-8"><title>$title | Harbour Partners</title><meta property="og:site_name"
content="Harbour Partners"><link rel="canonical" href="$url"></head><body><div id="cookieBanner" class="cookie-banner" role="dialog"
aria-live="polite"><p>$cookies</p><button>Accept</button></div><header class="navbar navbar-expand-lg"><a class="navbar-brand"
href="/">Harbour Partners</a><ul class="navbar-nav"><li class="nav-item"><a class="nav-link" href="/services">Services</a></li></ul>
</header><nav aria-label="breadcrumb"><ol class="breadcrumb"><li class="breadcrumb-item"><a href="/">Home</a></li><li
class="breadcrumb-item active">$title</li></ol></nav><div class="container"><div class="row"><div class="col-md-2"><div
class="sidebar-left"><h4>Our services</h4><ul><li><a href="/a">Site selection for laboratories</a></li><li><a href="/b">Grant
advice</a></li></ul><p>We help towns and institutes to share what they cannot afford alone, from the first sketch to the first
tenant.</p></div></div><div class="col-md-7"><h1>$title</h1><div class="article-info"><span>Published on $day</span> <span>Last updated:
3 December 2025</span> <span>Author: $author</span></div><div class="article-content">$body</div><div class="share-links"><span>Share:
</span><a href="#">LinkedIn</a> <a href="#">X</a></div></div><div class="col-md-3"><aside class="sidebar"><div class="card"><div
class="card-body"><h5 class="card-title">Talk to an expert</h5><p class="card-text">Our partners have opened eleven shared halls in
four countries, and they answer letters within two working days.</p><a class="btn btn-primary" href="/c">Contact us</a></div></div>
<div class="card"><h5>Upcoming events</h5><p>15 January 2026: Open day at the customs hall.</p></div></aside></div></div><section
class="insights-strip"><h3>More insights</h3><div class="row">$cards</div></section></div><footer class="page-footer"><div
class="row"><div class="col"><h5>About Harbour Partners</h5><p>$footer</p></div><div class="col"><h5>Offices</h5><p>Estermouth,
Northfield, Port Sallow. Visitors are welcome on working days between nine and five.</p></div><div class="col"><h5>Newsletter</h5>
<p>$newsletter</p></div></div></footer></body></html>"""
    card = '<div class="col-md-4"><div class="card"><h5 class="card-title">{title}</h5><p class="card-text">{excerpt}</p><small>{day}</small></div></div>'
    page = fill(html, story, body=Markup().body(story), cards=cards(card))
    return Page(page, published="2025-11-20", modified="2025-12-03", url=story.url, author=story.author)


def contents(story: Story) -> Page:
    """A handbook's page: the tree of pages on the left, the contents of this one on the right and at the top."""
    html = """<!doctype html><html lang="$lang"><head><meta charset="utf-8"><title>$title | Handbook</title><meta name="author"
content="$author"></head><body class="docs-wrapper"><nav class="navbar navbar--fixed-top"><div class="navbar__inner"><a
class="navbar__brand" href="/"><b class="navbar__title">Handbook</b></a></div></nav><div class="main-wrapper"><aside
class="theme-doc-sidebar-container"><nav class="menu thin-scrollbar"><ul class="theme-doc-sidebar-menu menu__list"><li
class="menu__list-item"><a class="menu__link" href="/a">Getting started with a shared hall</a></li><li class="menu__list-item"><a
class="menu__link" href="/b">Rules for tenants</a></li></ul></nav></aside><main class="docMainContainer_x"><div class="container
padding-top--md"><div class="row"><div class="col docItemCol_y"><div class="docItemContainer_z"><article><nav
class="theme-doc-breadcrumbs breadcrumbsContainer_q"><ul class="breadcrumbs"><li class="breadcrumbs__item"><a
href="/">Home</a></li><li class="breadcrumbs__item"><span>$category</span></li></ul></nav><div class="tocCollapsible_w
theme-doc-toc-mobile"><button type="button">On this page</button><ul class="table-of-contents">$contents</ul></div><div
class="theme-doc-markdown markdown"><header><h1>$title</h1></header><div id="toc" class="toc"><h2 class="toc-title">In this
chapter</h2><ol>$contents</ol></div>$body</div><footer class="theme-doc-footer"><div class="row theme-doc-footer-edit-meta-row"><a
href="/edit">Edit this page</a><span class="theme-last-updated">Last updated on <b><time datetime="2025-12-03T09:40:00.000Z">Dec 3,
2025</time></b> by <b>maintainers</b></span></div></footer></article><nav class="pagination-nav docusaurus-mt-lg"><a
class="pagination-nav__link" href="/p"><div class="pagination-nav__sublabel">Previous</div><div class="pagination-nav__label">Rules for
tenants</div></a></nav></div></div><div class="col col--3"><div class="tableOfContents_r thin-scrollbar theme-doc-toc-desktop"><ul
class="table-of-contents">$contents</ul></div></div></div></div></main></div><footer class="footer"><div class="footer__copyright">
Copyright © 2026 Harbour, Inc. Built with Docusaurus.</div></footer></body></html>"""
    doc = Markup(
        heading='<h2 class="anchor anchorWithStickyNavbar_a" id="h">{}<a href="#h" class="hash-link" aria-label="Direct link">\u200b</a></h2>',
        code='<div class="language-bash codeBlockContainer_c"><div class="codeBlockContent_d"><pre class="prism-code"><code>{}</code></pre>'
        '<div class="buttonGroup_e"><button type="button">Copy</button></div></div></div>',
    )
    entries = "".join(
        f'<li><a href="#h" class="table-of-contents__link">{heading}</a></li>' for heading in story.of("#")
    )
    page = fill(html, story, body=doc.body(story), contents=entries)
    return Page(page, modified="2025-12-03T09:40:00+00:00", author=story.author)


def lazy(story: Story) -> Page:
    """A magazine's page on Drupal: pictures load late and stand twice, their captions and credits in a figure."""
    html = """<!DOCTYPE html><html lang="$lang" dir="ltr" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8"><title>$title | Quay
Magazine</title><link rel="canonical" href="$url"><meta property="og:site_name" content="Quay Magazine"><meta property="og:title"
content="$title"><meta name="dcterms.date" content="2025-11-20T09:15+08:00"></head><body class="path-node page-node-type-article"><a
href="#main-content" class="visually-hidden focusable skip-link">Skip to main content</a><div class="dialog-off-canvas-main-canvas"
data-off-canvas-main-canvas><div class="layout-container"><header role="banner"><div class="region region-header"><div id="block-site"
class="block block-system"><a href="/">Quay Magazine</a></div></div></header><main role="main"><a id="main-content" tabindex="-1"></a>
<div class="layout-content"><div class="region region-content"><div id="block-page-title" class="block"><h1 class="page-title"><span
class="field field--name-title">$title</span></h1></div><div id="block-content" class="block block-system-main-block"><article
role="article" class="node node--type-article node--promoted node--view-mode-full"><footer class="node__meta"><div
class="node__submitted">By <span class="field field--name-uid">$author</span>, <span class="field field--name-created">$day</span>
</div></footer><div class="node__content clearfix"><div class="clearfix text-formatted field field--name-body field--type-text-with-summary">
$body</div><div class="field field--name-field-tags field--label-above clearfix"><h3 class="field__label">Tags</h3><ul
class="links field__items"><li><a href="/t">research</a></li></ul></div></div><section class="field field--name-comment
comment-wrapper"><h2 class="title comment-form__title">Add new comment</h2>$comments</section></article></div><div
class="views-element-container block block-views" id="block-related"><h2>Related stories</h2><div class="view
view-related-content">$cards</div></div></div></div></main><footer role="contentinfo"><div class="region region-footer"><p>$footer</p>
</div></footer></div></div></body></html>"""
    late = Markup(
        figure='<figure role="group" class="caption caption-img align-center"><div class="lazyload-wrapper"><noscript><img '
        'src="/sites/a.jpg" alt="The same picture for those without scripts"></noscript><img class="lazyload" '
        'src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/sites/a.jpg" alt=""></div><figcaption>{}</figcaption></figure>'
    )
    parts = {
        "body": late.body(story),
        "comments": comments(
            '<article class="comment"><footer class="comment__meta">{name}</footer><div class="content"><p>{text}</p></div></article>'
        ),
        "cards": cards(
            '<div class="views-row"><h3><a href="/x">{title}</a></h3><p>{excerpt}</p><time datetime="2025-10-14">{day}</time></div>'
        ),
    }
    return Page(fill(html, story, **parts), published="2025-11-20T09:15:00+08:00", url=story.url, author=story.author)


def key_points(story: Story) -> Page:
    """A news page: a box of key points above the body is content; the boxes of other news in between are not."""
    html = """<!DOCTYPE html><html lang="$lang"><head><meta charset="utf-8"><title>$title - The Estermouth Herald</title><link
rel="canonical" href="$url"><meta property="og:title" content="$title"><meta property="article:section" content="$category"><script
type="application/ld+json">[{"@context":"https://schema.org","@type":["NewsArticle"],"headline":"$title","datePublished":"$published",
"dateModified":"$modified","author":[{"@type":"Person","name":"$author"}],"articleSection":["$category"]},{"@context":
"https://schema.org","@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"NewsArticle","headline":"Another",
"datePublished":"2025-10-14"}}]}]</script></head><body><div class="PageBuilder-page"><div class="GlobalNavigation-container"><nav><a
href="/">The Estermouth Herald</a></nav></div><div class="Ticker" aria-label="Breaking news"><span>BREAKING</span><a href="/x">Ferry
service to the island is suspended until the storm has passed</a></div><main id="MainContent"><div class="ArticleHeader-wrapper"><div
class="ArticleHeader-eyebrow"><a href="/c">$category</a></div><h1 class="ArticleHeader-headline">$title</h1><div
class="ArticleHeader-time"><time data-testid="published-timestamp" itemprop="datePublished" content="$published">Published Thu, Nov 20
2025 9:15 AM</time><time data-testid="lastpublished-timestamp" itemprop="dateModified" content="$modified">Updated Wed, Dec 3 2025</time>
</div><div class="Author-authorNameAndSocial"><a class="Author-authorName" href="/author/x">$author</a></div></div><article
class="ArticleBody-wrapper"><div class="RenderKeyPoints-list"><div class="RenderKeyPoints-header">Key Points</div><div
class="group"><ul>$points</ul></div></div><div class="ArticleBody-articleBody" id="RegularArticle" data-module="ArticleBody"
itemprop="articleBody">$body</div></article><div class="SocialShare-bar"><a href="#">Share Article via Email</a></div><aside
class="RelatedContent-container" role="complementary"><h2 class="RelatedContent-header">Related Content</h2>$cards</aside><div
class="SectionWrapper"><h2>Trending now</h2>$cards</div></main><footer class="GlobalFooter"><div class="subscribe">$newsletter</div>
<p>$footer</p></footer></div></body></html>"""
    related = """<div class="RelatedQuotes-list"><div class="InlineRelated-box related-links"><div class="label">Read more Herald
news</div><ul><li><a href="/y">Ferry service to the island is suspended until the storm has passed</a></li><li><a href="/z">Harbour
dues to rise in April for the third year in a row</a></li></ul></div></div><div class="advertisement" aria-label="Advertisement"><p>Story
continues below advertisement</p></div>"""
    first = story.of("p")[:2]
    points = "".join(f"<li>{words}</li>" for words in first)
    parts = {
        "body": Markup().body(story, after={3: related}),
        "points": points,
        "cards": cards(
            '<div class="Card-container"><a href="/x">{title}</a><div class="Card-description">{excerpt}</div><time>{day}</time></div>'
        ),
    }
    return Page(
        fill(html, story, **parts),
        published=story.published,
        modified=story.modified,
        author=story.author,
        url=story.url,
        categories=(story.category,),
        extra="Key Points\n" + "\n".join(first),
        points=len(first),
    )


def static_blog(story: Story) -> Page:
    """A static site of Jekyll's default theme: microdata, a footer with an address, code in highlighted blocks."""
    html = """<!DOCTYPE html><html lang="$lang"><head><meta charset="utf-8"><title>$title | Quay Notes</title><link rel="canonical" href="$url">
<meta property="og:site_name" content="Quay Notes"><script type="application/ld+json">{"@context":"https://schema.org","@type":"WebSite",
"name":"Quay Notes"}</script></head><body><header class="site-header"><div class="wrapper"><a class="site-title" rel="author"
href="/">Quay Notes</a><nav class="site-nav"><div class="trigger"><a class="page-link" href="/about/">About</a></div></nav></div></header>
<main class="page-content" aria-label="Content"><div class="wrapper"><article class="post h-entry" itemscope
itemtype="http://schema.org/BlogPosting"><header class="post-header"><h1 class="post-title p-name" itemprop="name headline">$title</h1><p
class="post-meta"><time class="dt-published" datetime="$published" itemprop="datePublished">Nov 20, 2025</time>• <span itemprop="author"
itemscope itemtype="http://schema.org/Person"><span class="p-author h-card" itemprop="name">$author</span></span></p></header><div
class="post-content e-content" itemprop="articleBody">$body</div><a class="u-url" href="$url" hidden></a></article></div></main><footer
class="site-footer h-card"><data class="u-url" value="/"></data><div class="wrapper"><h2 class="footer-heading">Quay Notes</h2><div
class="footer-col-wrapper"><div class="footer-col"><p>A notebook on shared machines, kept by people who have dropped a few of them.</p>
</div></div></div></footer></body></html>"""
    rouge = Markup(
        code='<div class="language-sh highlighter-rouge"><div class="highlight"><pre class="highlight"><code>{}</code></pre></div></div>',
        table="<table>{}</table>",
    )
    return Page(
        fill(html, story, body=rouge.body(story)),
        published=story.published,
        author=story.author,
        url=story.url,
    )


def magazine(story: Story) -> Page:
    """One column of sections without a container of the text's own; pull-outs and a donation appeal between them."""
    html = """<!DOCTYPE html><html lang="$lang"><head><meta charset="utf-8"><title>$title — Tideline</title><meta name="date"
content="2025-11-20"><meta name="citation_author" content="$author"></head><body><div class="c-site"><div class="c-masthead"><a
href="/">Tideline</a><ul class="c-menu"><li><a href="/reportage">Reportage</a></li></ul></div><div class="c-story"><div
class="c-story__kicker">$category</div><h1 class="c-story__headline">$title</h1><div class="c-story__credits">Words by $author</div>
$sections</div><div class="c-more"><h3 class="c-more__title">Keep reading</h3>$cards</div><div class="c-colophon"><p>$footer</p></div></div>
</body></html>"""
    blocks = Markup().blocks(story)
    appeal = '<div class="c-donate"><p>Tideline has no owner and no advertisements.</p><a href="/give">Give what you can</a></div>'
    sections = [f'<div class="c-chunk"><div class="c-chunk__inner">{block}</div></div>' for block in blocks]
    sections.insert(4, appeal)
    card = '<div class="c-teaser"><h4 class="c-teaser__title"><a href="/x">{title}</a></h4><p>{excerpt}</p></div>'
    page = fill(html, story, sections="\n".join(sections), cards=cards(card))
    return Page(page, published="2025-11-20")


LAYOUTS = {
    "by hand": by_hand,
    "React with utility classes": framework,
    "long discussion": commented,
    "two sidebars": sidebars,
    "contents": contents,
    "Drupal with late pictures": lazy,
    "news with key points": key_points,
    "static blog": static_blog,
    "magazine": magazine,
}
