"""Pages of WordPress's own themes, classic and made of blocks, and of themes that many sites use."""

# ruff: noqa: E501 - pages are written as sites send them

from tests.ingest.layouts.frame import cards, comments, fill
from tests.ingest.layouts.stories import Markup, Page, Story

CLASSIC = Markup(
    heading="<h3>{}</h3>",
    figure='<div id="attachment_88" style="width: 650px" class="wp-caption aligncenter">'
    '<img aria-describedby="caption-attachment-88" class="size-large wp-image-88" src="/wp-content/uploads/a.jpg" '
    'alt=""><p id="caption-attachment-88" class="wp-caption-text">{}</p></div>',
    code="<pre>{}</pre>",
)
BLOCKS = Markup(
    p="<p>{}</p>",
    heading='<h2 class="wp-block-heading">{}</h2>',
    ul='<ul class="wp-block-list">{}</ul>',
    quote='<blockquote class="wp-block-quote is-layout-flow wp-block-quote-is-layout-flow"><p>{}</p></blockquote>',
    table='<figure class="wp-block-table"><table class="has-fixed-layout"><tbody>{}</tbody></table></figure>',
    figure='<figure class="wp-block-image size-large"><img loading="lazy" decoding="async" width="1024" height="683" '
    'src="/wp-content/uploads/a-1024x683.jpg" alt="" class="wp-image-12" srcset="/wp-content/uploads/a.jpg 1024w">'
    '<figcaption class="wp-element-caption">{}</figcaption></figure>',
    code='<pre class="wp-block-code"><code>{}</code></pre>',
)
_COMMENT = """<li class="comment even thread-even depth-1"><article class="comment-body"><footer class="comment-meta">
<div class="comment-author vcard"><b class="fn">{name}</b> <span class="says">says:</span></div>
<div class="comment-metadata"><a href="#c1"><time datetime="2025-11-22T08:00:00+00:00">November 22, 2025 at 8:00 am
</time></a></div></footer><div class="comment-content"><p>{text}</p></div>
<div class="reply"><a class="comment-reply-link" href="#respond">Reply</a></div></article></li>"""
_RESPOND = """<div id="respond" class="comment-respond"><h3 id="reply-title" class="comment-reply-title">Leave a Reply
<small><a rel="nofollow" id="cancel-comment-reply-link" href="#" style="display:none;">Cancel reply</a></small></h3>
<form action="/wp-comments-post.php" method="post" id="commentform" class="comment-form">
<p class="comment-notes"><span id="email-notes">Your email address will not be published.</span> Required fields are
marked *</p><p><label for="comment">Comment *</label><textarea id="comment"></textarea></p></form></div>"""
_WIDGETS = """<aside id="search-2" class="widget widget_search"><form role="search"><label>
<span class="screen-reader-text">Search for:</span><input type="search"></label></form></aside>
<aside id="recent-posts-2" class="widget widget_recent_entries"><h3 class="widget-title">Recent Posts</h3><ul>
<li><a href="/a">A short history of the regional grant</a> <span class="post-date">14 October 2025</span></li>
<li><a href="/b">Five questions to ask before you rent a bench</a></li></ul></aside>
<aside id="text-3" class="widget widget_text"><h3 class="widget-title">About this site</h3><div class="textwidget"><p>
The Harbour Review has followed research towns since 2009. It is written by people who have worked in them and who have
no wish to sell you anything but a subscription.</p></div></aside>
<aside id="archives-2" class="widget widget_archive"><h3 class="widget-title">Archives</h3><ul>
<li><a href="/2025/11">November 2025</a></li><li><a href="/2025/10">October 2025</a></li></ul></aside>"""


def twenty_ten(story: Story) -> Page:
    """A classic theme without <article>: everything is told by classes; the date is a line in words."""
    html = """<!DOCTYPE html><html dir="ltr" lang="$lang"><head><meta charset="UTF-8">
<title>$title | The Harbour Review</title><link rel="canonical" href="$url">
<style type="text/css">.recentcomments a{display:inline !important;padding:0 !important;}
.screen-reader-text{position:absolute !important;clip:rect(1px,1px,1px,1px);}</style></head>
<body class="post-template-default single single-post postid-88 single-format-standard">
<div id="wrapper" class="hfeed"><div id="header"><div id="masthead"><div id="branding" role="banner">
<div id="site-title"><span><a href="/" rel="home">The Harbour Review</a></span></div>
<div id="site-description">Notes from research towns</div></div>
<div id="access" role="navigation"><div class="skip-link screen-reader-text"><a href="#content">Skip to content</a></div>
<div class="menu-header"><ul id="menu-main" class="menu"><li class="menu-item"><a href="/">Home</a></li>
<li class="menu-item"><a href="/about">About</a></li><li class="menu-item"><a href="/letters">Letters to the editor</a>
</li></ul></div></div></div></div>
<div id="main"><div id="container"><div id="content" role="main">
<div id="nav-above" class="navigation"><div class="nav-previous"><a href="/p" rel="prev"><span class="meta-nav">&larr;
</span> A short history of the regional grant</a></div></div>
<div id="post-88" class="post-88 post type-post status-publish format-standard hentry category-life">
<h1 class="entry-title">$title</h1>
<div class="entry-meta"><span class="meta-prep meta-prep-author">Posted on</span> <a href="$url" title="9:15 am"
rel="bookmark"><span class="entry-date">$day_us</span></a> <span class="meta-sep">by</span>
<span class="author vcard"><a class="url fn n" href="/author/x">$author</a></span></div>
<div class="entry-content">$body
<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social sd-social-icon-text">
<h3 class="sd-title">Share this:</h3><div class="sd-content"><ul><li class="share-twitter"><a href="?share=x">
<span>Click to share on X (Opens in new window)</span></a></li><li class="share-end"></li></ul></div></div></div>
<div class="page-link">Pages: 1</div></div>
<div id="entry-author-info"><div id="author-avatar"></div><div id="author-description"><h2>About $author</h2>$author $bio
<div id="author-link"><a href="/author/x" rel="author">View all posts by $author <span>&rarr;</span></a></div></div></div>
<div class="entry-utility">This entry was posted in <a href="/c" rel="category tag">$category</a> and tagged
<a href="/t" rel="tag">research</a>. Bookmark the <a href="$url" rel="bookmark">permalink</a>.</div></div>
<div id="nav-below" class="navigation"><div class="nav-previous"><a href="/p" rel="prev">&larr; A short history of the
regional grant</a></div></div>
<div id="comments"><h3 id="comments-title">3 Responses to <em>$title</em></h3><ol class="commentlist">$comments</ol>
$respond</div></div></div>
<div id="primary" class="widget-area" role="complementary"><ul class="xoxo">$widgets</ul></div></div>
<div id="footer" role="contentinfo"><div id="colophon"><div id="site-info"><a href="/">The Harbour Review</a></div>
<div id="site-generator"><a href="https://wordpress.org/">Proudly powered by WordPress.</a></div></div></div></div>
</body></html>"""
    parts = {
        "body": CLASSIC.body(story),
        "comments": comments(_COMMENT),
        "respond": _RESPOND,
        "widgets": _WIDGETS,
    }
    return Page(fill(html, story, **parts), published="2025-11-20", url=story.url, author=story.author)


def twenty_fifteen(story: Story) -> Page:
    """The time of publication stands below the text, beside that of the last change."""
    html = """<!DOCTYPE html><html lang="$lang" class="no-js"><head><meta charset="UTF-8">
<title>$title &#8211; The Harbour Review</title><link rel="canonical" href="$url">
<script>document.documentElement.className = 'js';</script></head>
<body class="post-template-default single single-post postid-88 single-format-standard">
<div id="page" class="hfeed site"><a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<div id="sidebar" class="sidebar"><header id="masthead" class="site-header"><div class="site-branding">
<p class="site-title"><a href="/" rel="home">The Harbour Review</a></p><p class="site-description">Notes from research
towns</p><button class="secondary-toggle">Menu and widgets</button></div></header>
<div id="secondary" class="secondary"><nav id="site-navigation" class="main-navigation"><ul><li><a href="/">Home</a>
</li></ul></nav><div id="widget-area" class="widget-area" role="complementary">$widgets</div></div></div>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-88" class="post-88 post type-post status-publish format-standard has-post-thumbnail hentry">
<div class="post-thumbnail"><img src="/wp-content/uploads/a.jpg" alt=""></div>
<header class="entry-header"><h1 class="entry-title">$title</h1></header>
<div class="entry-content">$body</div>
<div class="author-info"><h2 class="author-heading">Published by</h2><div class="author-description">
<h3 class="author-title">$author</h3><p class="author-bio">$author $bio <a class="author-link" href="/author/x">View all
posts by $author</a></p></div></div>
<footer class="entry-footer"><span class="posted-on"><span class="screen-reader-text">Posted on </span>
<a href="$url" rel="bookmark"><time class="entry-date published" datetime="$published">$day_us</time>
<time class="updated" datetime="$modified">December 3, 2025</time></a></span><span class="byline"><span
class="author vcard"><span class="screen-reader-text">Author </span><a class="url fn n" href="/author/x">$author</a></span>
</span><span class="cat-links"><span class="screen-reader-text">Categories </span><a href="/c" rel="category tag">
$category</a></span></footer></article>
<div id="comments" class="comments-area"><h2 class="comments-title">3 thoughts on &ldquo;$title&rdquo;</h2>
<ol class="comment-list">$comments</ol>$respond</div>
<nav class="navigation post-navigation"><h2 class="screen-reader-text">Post navigation</h2><div class="nav-links">
<div class="nav-previous"><a href="/p" rel="prev"><span class="meta-nav">Previous</span> <span
class="screen-reader-text">Previous post:</span> <span class="post-title">A short history of the regional grant</span>
</a></div></div></nav></main></div></div>
<footer id="colophon" class="site-footer"><div class="site-info"><a href="https://wordpress.org/">Proudly powered by
WordPress</a></div></footer></div></body></html>"""
    parts = {
        "body": BLOCKS.body(story),
        "comments": comments(_COMMENT),
        "respond": _RESPOND,
        "widgets": _WIDGETS,
    }
    return Page(
        fill(html, story, **parts),
        published=story.published,
        modified=story.modified,
        url=story.url,
        author=story.author,
        categories=(story.category,),
    )


def twenty_seventeen(story: Story) -> Page:
    """The byline stands above the title; a hidden search form and a sidebar are part of every page."""
    html = """<!DOCTYPE html><html lang="$lang" class="no-js no-svg"><head><meta charset="UTF-8">
<title>$title &#8211; The Harbour Review</title><link rel="canonical" href="$url">
<style>.has-header-image .site-title{color:#fff}</style></head>
<body class="post-template-default single single-post postid-88 has-header-image has-sidebar colors-light">
<svg style="position: absolute; width: 0; height: 0; overflow: hidden;"><defs><symbol id="icon-bars"><path d="M1 1"/>
</symbol></defs></svg><div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">Skip to
content</a><header id="masthead" class="site-header"><div class="custom-header"><div class="site-branding"><div
class="wrap"><div class="site-branding-text"><p class="site-title"><a href="/">The Harbour Review</a></p>
<p class="site-description">Notes from research towns</p></div></div></div></div>
<div class="navigation-top"><div class="wrap"><nav id="site-navigation" class="main-navigation" aria-label="Top Menu">
<button class="menu-toggle">Menu</button><ul id="top-menu" class="menu"><li><a href="/">Home</a></li></ul></nav></div>
</div></header><div class="site-content-contain"><div id="content" class="site-content"><div class="wrap"><div
id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-88" class="post-88 post type-post status-publish format-standard hentry">
<header class="entry-header"><div class="entry-meta"><span class="posted-on"><span class="screen-reader-text">Posted on
</span> <a href="$url" rel="bookmark"><time class="entry-date published updated" datetime="$published">$day_us</time>
</a></span><span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/x">$author</a></span>
</span></div><h1 class="entry-title">$title</h1></header>
<div class="entry-content">$body</div>
<footer class="entry-footer"><span class="cat-tags-links"><span class="cat-links"><span
class="screen-reader-text">Categories</span><a href="/c" rel="category tag">$category</a></span><span
class="tags-links"><span class="screen-reader-text">Tags</span><a href="/t" rel="tag">research</a>, <a href="/u"
rel="tag">towns</a></span></span></footer></article>
<div id="comments" class="comments-area"><h2 class="comments-title">3 replies on &ldquo;$title&rdquo;</h2>
<ol class="comment-list">$comments</ol><p class="no-comments">Comments are closed.</p></div>
<nav class="navigation post-navigation"><div class="nav-links"><div class="nav-next"><a href="/n" rel="next"><span
class="screen-reader-text">Next Post</span><span class="nav-subtitle">Next</span> <span class="nav-title">Five questions
to ask before you rent a bench</span></a></div></div></nav></main></div>
<aside id="secondary" class="widget-area" aria-label="Blog Sidebar">$widgets</aside></div></div>
<footer id="colophon" class="site-footer"><div class="wrap"><aside class="widget-area"><div class="widget-column">
<p>$footer</p></div></aside><div class="site-info"><a href="https://wordpress.org/">Proudly powered by WordPress</a>
</div></div></footer></div></div></body></html>"""
    parts = {"body": CLASSIC.body(story), "comments": comments(_COMMENT), "widgets": _WIDGETS}
    return Page(
        fill(html, story, **parts),
        published=story.published,
        url=story.url,
        author=story.author,
        categories=(story.category,),
    )


_BLOCK_STYLES = """<style id='wp-block-paragraph-inline-css'>.is-small-text{font-size:.875em}</style>
<style id='global-styles-inline-css'>:root{--wp--preset--color--base:#ffffff;--wp--preset--color--contrast:#111111}
.has-base-color{color: var(--wp--preset--color--base) !important;}
.has-base-background-color{background-color: var(--wp--preset--color--base) !important;}
:where(.is-layout-flex){gap: 0.5em;}</style>
<style id='wp-block-navigation-inline-css'>.wp-block-navigation .has-child .wp-block-navigation__submenu-container
{opacity:0;visibility:hidden;width:0;height:0;overflow:hidden}.wp-block-navigation__responsive-container{display:none}
.screen-reader-text{border:0;clip-path:inset(50%);height:1px;margin:-1px;overflow:hidden;position:absolute;width:1px}
@media (max-width:600px){.wp-site-blocks{padding:0}}@media print{.wp-block-post-content{font-size:11pt}}</style>"""


def twenty_twenty_four(story: Story) -> Page:
    """A theme made of blocks: neither <article> nor .entry-header, other posts by a query loop."""
    html = """<!DOCTYPE html><html lang="$lang"><head><meta charset="UTF-8"><title>$title &#8211; The Harbour Review</title>
<link rel="canonical" href="$url">$styles</head><body class="post-template-default single single-post wp-embed-responsive">
<div class="wp-site-blocks"><header class="wp-block-template-part"><div class="wp-block-group alignwide has-base-background-color
has-background is-layout-flow"><p class="wp-block-site-title"><a href="/">The Harbour Review</a></p>
<nav class="is-responsive wp-block-navigation" aria-label="Navigation"><ul class="wp-block-navigation__container"><li
class="wp-block-navigation-item"><a href="/about"><span>About</span></a></li></ul></nav></div></header>
<main class="wp-block-group is-layout-flow"><div class="wp-block-group has-global-padding is-layout-constrained">
<figure style="aspect-ratio:3/2" class="wp-block-post-featured-image"><img src="/wp-content/uploads/a.jpg" alt=""></figure>
<h1 class="wp-block-post-title">$title</h1>
<div class="wp-block-template-part"><div class="wp-block-group has-global-padding"><div class="wp-block-group is-nowrap">
<div class="wp-block-post-date"><time datetime="$published"><a href="$url">$day_us</a></time></div>
<div class="has-contrast-2-color has-text-color wp-block-paragraph">—</div>
<p class="has-contrast-2-color has-text-color">by</p>
<div class="wp-block-post-author-name"><a href="/author/x">$author</a></div>
<div class="taxonomy-category wp-block-post-terms"><span class="wp-block-post-terms__prefix">in </span><a href="/c"
rel="tag">$category</a></div></div></div></div></div>
<div class="entry-content alignfull wp-block-post-content has-global-padding is-layout-constrained">$body</div>
<div class="wp-block-group has-global-padding"><div class="taxonomy-post_tag wp-block-post-terms"><a href="/t"
rel="tag">research</a><span class="wp-block-post-terms__separator">  </span><a href="/u" rel="tag">towns</a></div>
<div class="wp-block-comments"><h2 class="wp-block-heading">Comments</h2><h2 id="comments" class="wp-block-comments-title">
3 responses to &#8220;$title&#8221;</h2><ol class="wp-block-comment-template">$comments</ol>$respond</div></div>
<nav class="wp-block-group alignwide" aria-label="Posts"><div class="post-navigation-link-previous
wp-block-post-navigation-link"><span class="wp-block-post-navigation-link__arrow-previous" aria-hidden="true">←</span>
<a href="/p" rel="prev"><span class="post-navigation-link__label">Previous: </span> <span
class="post-navigation-link__title">A short history of the regional grant</span></a></div></nav>
<div class="wp-block-group"><h2 class="wp-block-heading">More posts</h2><div class="wp-block-query"><ul
class="wp-block-post-template is-layout-grid">$cards</ul></div></div></main>
<footer class="wp-block-template-part"><div class="wp-block-columns"><div class="wp-block-column"><p>$footer</p></div>
<div class="wp-block-column"><h2 class="wp-block-heading">About</h2><nav class="wp-block-navigation"><ul><li><a
href="/team">Team</a></li><li><a href="/careers">Careers</a></li></ul></nav></div></div></footer></div></body></html>"""
    card = """<li class="wp-block-post post type-post"><h2 class="wp-block-post-title"><a href="/x">{title}</a></h2>
<div class="wp-block-post-date"><time datetime="2025-10-14T10:00:00+00:00">{day}</time></div>
<div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{excerpt}</p></div></li>"""
    parts = {
        "body": BLOCKS.body(story),
        "styles": _BLOCK_STYLES,
        "comments": comments(_COMMENT),
        "respond": _RESPOND,
        "cards": cards(card),
    }
    return Page(
        fill(html, story, **parts),
        published=story.published,
        url=story.url,
        author=story.author,
        categories=(story.category,),
    )


def gutenberg(story: Story) -> Page:
    """A block theme again, and in the text columns, a cover, a gallery, buttons, a pull quote and an accordion."""
    columns = Markup(
        p='<p class="has-medium-font-size" style="line-height:1.6">{}</p>',
        heading='<h2 class="wp-block-heading has-text-align-left" style="font-size:28px">{}</h2>',
        ul='<div class="wp-block-columns is-layout-flex"><div class="wp-block-column" style="flex-basis:66.66%">'
        '<ul class="wp-block-list">{}</ul></div><div class="wp-block-column" style="flex-basis:33.33%"><figure '
        'class="wp-block-image"><img src="/b.jpg" alt="A shelf with boxes in four colours"></figure></div></div>',
        li="<li>{}</li>",
        quote='<figure class="wp-block-pullquote has-cyan-bluish-gray-color has-text-color"><blockquote><p>{}</p>'
        "</blockquote></figure>",
        table=BLOCKS.table.replace("<tbody>", "<thead></thead><tbody>"),
        figure='<figure class="wp-block-gallery has-nested-images columns-default is-cropped"><figure class='
        '"wp-block-image size-large"><img data-id="4" src="/c.jpg" alt=""></figure><figure class="wp-block-image '
        'size-large"><img data-id="5" src="/d.jpg" alt=""></figure><figcaption class="blocks-gallery-caption '
        'wp-element-caption">{}</figcaption></figure>',
        code=BLOCKS.code,
    )
    buttons = """<div class="wp-block-buttons is-content-justification-center is-layout-flex"><div class="wp-block-button">
<a class="wp-block-button__link wp-element-button" href="/report.pdf">Download the full report</a></div></div>
<div style="height:40px" aria-hidden="true" class="wp-block-spacer"></div>
<hr class="wp-block-separator has-alpha-channel-opacity">"""
    ends = """<div class="wp-block-latest-posts__wrap"><ul class="wp-block-latest-posts__list wp-block-latest-posts">
<li><a class="wp-block-latest-posts__post-title" href="/x">A short history of the regional grant</a><time
datetime="2025-10-14T10:00:00+00:00" class="wp-block-latest-posts__post-date">14 October 2025</time></li></ul></div>
<ul class="wp-block-social-links is-layout-flex"><li class="wp-social-link wp-social-link-linkedin"><a href="/l"><span
class="wp-block-social-link-label screen-reader-text">LinkedIn</span></a></li></ul>"""
    page = twenty_twenty_four(story)
    plain, rich = BLOCKS.body(story), columns.body(story, after={2: buttons})
    return Page(
        page.html.replace(plain, rich + ends),
        published=page.published,
        url=page.url,
        author=page.author,
        categories=page.categories,
    )


def _yoast(story: Story) -> str:
    return fill(
        """<script type="application/ld+json" class="yoast-schema-graph">{"@context":"https://schema.org","@graph":[
{"@type":"Article","@id":"$url/#article","isPartOf":{"@id":"$url"},"author":{"name":"$author",
"@id":"https://insights.example.org/#/schema/person/1"},"headline":"$title","datePublished":"$published",
"dateModified":"$modified","wordCount":412,"publisher":{"@id":"https://insights.example.org/#organization"},
"keywords":["research","towns"],"articleSection":["$category"],"inLanguage":"$lang"},
{"@type":"WebPage","@id":"$url","url":"$url","name":"$title - The Harbour Review","datePublished":
"2020-01-01T00:00:00+00:00","dateModified":"$modified","breadcrumb":{"@id":"$url/#breadcrumb"}},
{"@type":"BreadcrumbList","@id":"$url/#breadcrumb","itemListElement":[{"@type":"ListItem","position":1,"name":"Home"},
{"@type":"ListItem","position":2,"name":"$title"}]},
{"@type":"Person","@id":"https://insights.example.org/#/schema/person/1","name":"$author"}]}</script>""",
        story,
    )


def astra(story: Story) -> Page:
    """Astra with Yoast's metadata as one graph; a sidebar, an author box, related posts and a share row."""
    html = """<!DOCTYPE html><html lang="$lang"><head><meta charset="UTF-8"><title>$title - The Harbour Review</title>
<meta name="description" content="Notes."><link rel="canonical" href="$url/"><meta property="og:locale" content="en_GB">
<meta property="og:type" content="article"><meta property="og:title" content="$title - The Harbour Review">
<meta property="og:site_name" content="The Harbour Review"><meta name="author" content="$author">
<meta property="article:published_time" content="$published"><meta property="article:modified_time" content="$modified">
$schema<style id='astra-theme-css-inline-css'>.ast-header-break-point .main-navigation{display:none}
.ast-logo-title-inline .site-logo-img{padding-right:1em}.ast-hidden{display:none}</style></head>
<body itemtype='https://schema.org/Blog' itemscope class="single single-post ast-separate-container ast-right-sidebar">
<a class="skip-link screen-reader-text" href="#content" title="Skip to content">Skip to content</a>
<div class="hfeed site" id="page"><header class="site-header header-main-layout-1" id="masthead" itemscope><div
class="main-header-bar"><span class="site-title" itemprop="name"><a href="/">The Harbour Review</a></span><nav
class="site-navigation"><ul class="main-header-menu"><li class="menu-item"><a href="/">Home</a></li></ul></nav></div></header>
<div id="content" class="site-content"><div class="ast-container"><div id="primary" class="content-area primary">
<main id="main" class="site-main"><article class="post-88 post type-post hentry ast-article-single" id="post-88"
itemtype="https://schema.org/CreativeWork" itemscope><div class="ast-post-format- single-layout-1">
<header class="entry-header"><h1 class="entry-title" itemprop="headline">$title</h1><div class="entry-meta"><span
class="comments-link"><a href="#respond">Leave a Comment</a></span> / <span class="ast-terms-link"><a href="/c">$category
</a></span> / By <span class="posted-by vcard author" itemprop="author"><span class="author-name" itemprop="name">$author
</span></span> / <span class="posted-on"><span class="published" itemprop="datePublished"> $day_us </span></span></div>
</header><div class="entry-content clear" itemprop="text">$body</div></div></article>
<div class="ast-single-author-box ast-single-author-box-desktop"><div class="ast-author-box"><div class="ast-author-meta">
<div class="about-author-title-wrapper"><h3 class="about-author">About The Author</h3></div><h4
class="author-title">$author</h4><div class="author-description"><p>$author $bio</p></div></div></div></div>
<nav class="navigation post-navigation" aria-label="Posts"><div class="nav-links"><div class="nav-previous"><a
href="/p" rel="prev"><span class="ast-post-nav">&larr; Previous</span> <p>A short history of the regional grant</p></a></div></div>
</nav><div class="ast-single-related-posts-container"><div class="ast-related-posts-title-section"><h2
class="ast-related-posts-title">Related Posts</h2></div><div class="ast-related-posts-wrapper">$cards</div></div>
<div id="comments" class="comments-area"><h3 class="comments-title">3 thoughts on &ldquo;$title&rdquo;</h3>
<ol class="ast-comment-list">$comments</ol>$respond</div></main></div>
<div class="widget-area secondary" id="secondary"><div class="sidebar-main">$widgets</div></div></div></div>
<footer class="site-footer" id="colophon"><div class="ast-footer-copyright"><p>Copyright &copy; 2026 The Harbour Review |
Powered by <a href="https://wpastra.com">Astra WordPress Theme</a></p></div></footer></div></body></html>"""
    card = """<article class="ast-related-post post-7 post"><div class="ast-related-posts-inner-section"><div
class="ast-related-post-content"><header class="entry-header"><h3 class="ast-related-post-title entry-title"><a
href="/x">{title}</a></h3><div class="entry-meta"><span class="posted-on"><time class="published"
datetime="2025-10-14T10:00:00+00:00">{day}</time></span></div></header><div class="entry-content clear"><p
class="ast-related-post-excerpt">{excerpt}</p></div></div></div></article>"""
    parts = {
        "body": BLOCKS.body(story),
        "schema": _yoast(story),
        "comments": comments(_COMMENT),
        "respond": _RESPOND,
        "widgets": _WIDGETS,
        "cards": cards(card),
    }
    return Page(
        fill(html, story, **parts),
        published=story.published,
        modified=story.modified,
        url=story.url,
        author=story.author,
        categories=(story.category,),
    )


def generatepress(story: Story) -> Page:
    """GeneratePress with Rank Math: its graph names the person by reference; contents and boxes lie within the text."""
    html = """<!DOCTYPE html><html lang="$lang"><head><meta charset="UTF-8"><title>$title - The Harbour Review</title>
<link rel="canonical" href="$url"><meta property="og:title" content="$title - The Harbour Review">
<meta property="og:updated_time" content="$modified"><meta property="article:section" content="$category">
<script type="application/ld+json" class="rank-math-schema">{"@context":"https://schema.org","@graph":[
{"@type":"Organization","@id":"https://insights.example.org/#organization","name":"The Harbour Review"},
{"@type":"WebSite","@id":"https://insights.example.org/#website","name":"The Harbour Review"},
{"@type":"WebPage","@id":"$url#webpage","url":"$url","name":"$title","datePublished":"$published","dateModified":
"$modified"},{"@type":"Person","@id":"https://insights.example.org/author/x","name":"$author"},
{"@type":"BlogPosting","headline":"$title - The Harbour Review","keywords":"towns","datePublished":"$published",
"dateModified":"$modified","articleSection":"$category","author":{"@id":"https://insights.example.org/author/x"},
"name":"$title","@id":"$url#richSnippet","mainEntityOfPage":{"@id":"$url#webpage"}}]}</script></head>
<body class="post-template-default single single-post right-sidebar nav-below-header separate-containers" itemtype=
"https://schema.org/Blog" itemscope><a class="screen-reader-text skip-link" href="#content">Skip to content</a>
<header class="site-header" id="masthead"><div class="inside-header grid-container"><div class="site-branding"><p
class="main-title"><a href="/">The Harbour Review</a></p><p class="site-description">Notes from research towns</p></div>
</div></header><nav class="main-navigation sub-menu-right" id="site-navigation"><div class="inside-navigation"><ul><li><a
href="/">Home</a></li></ul></div></nav><div class="site grid-container container hfeed" id="page"><div class="site-content"
id="content"><div class="content-area" id="primary"><main class="site-main" id="main">
<article id="post-88" class="post-88 post type-post hentry" itemtype="https://schema.org/CreativeWork" itemscope>
<div class="inside-article"><header class="entry-header"><h1 class="entry-title" itemprop="headline">$title</h1>
<div class="entry-meta"><span class="posted-on"><time class="updated" datetime="$modified" itemprop="dateModified">
December 3, 2025</time><time class="entry-date published" datetime="$published" itemprop="datePublished">$day_us</time>
</span> <span class="byline">by <span class="author vcard" itemprop="author"><a class="url fn n" href="/author/x"
rel="author"><span class="author-name" itemprop="name">$author</span></a></span></span></div></header>
<div class="entry-content" itemprop="text">$body
<div class="saboxplugin-wrap" itemprop="author"><div class="saboxplugin-authorname"><a href="/author/x"><span
itemprop="name">$author</span></a></div><div class="saboxplugin-desc"><div itemprop="description"><p>$author $bio</p></div>
</div></div><div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3>
</div></div><footer class="entry-meta" aria-label="Entry meta"><span class="cat-links"><span
class="screen-reader-text">Categories </span><a href="/c" rel="category tag">$category</a></span>
<nav id="nav-below" class="post-navigation"><div class="nav-previous"><span class="prev"><a href="/p" rel="prev">A short
history of the regional grant</a></span></div></nav></footer></div></article>
<div class="comments-area"><div id="comments"><h2 class="comments-title">3 thoughts on &ldquo;$title&rdquo;</h2><ol
class="comment-list">$comments</ol>$respond</div></div></main></div>
<div class="widget-area sidebar is-right-sidebar" id="right-sidebar"><div class="inside-right-sidebar">$widgets</div></div>
</div></div><div class="site-footer"><footer class="site-info"><div class="copyright-bar"><span class="copyright">&copy;
2026 The Harbour Review</span> &bull; Built with <a href="https://generatepress.com">GeneratePress</a></div></footer></div>
</body></html>"""
    contents = "".join(f'<li><a class="ez-toc-link" href="#h{n}">{h}</a></li>' for n, h in enumerate(story.of("#")))
    toc = f"""<div id="ez-toc-container" class="ez-toc-v2_0_70 counter-hierarchy ez-toc-counter"><div
class="ez-toc-title-container"><p class="ez-toc-title">Table of Contents</p><span class="ez-toc-title-toggle"></span></div>
<nav><ul class="ez-toc-list ez-toc-list-level-1">{contents}</ul></nav></div>"""
    box = """<div class="wp-block-mc4wp-form mc4wp-form"><form id="mc4wp-form-1"><div class="mc4wp-form-fields"><p>Like what
you read? Leave us your address and we will write to you on the first Monday of each month.</p></div></form></div>
<div class="code-block code-block-2" style="margin: 8px 0; clear: both;"><ins class="adsbygoogle"></ins></div>"""
    parts = {
        "body": BLOCKS.body(story, after={1: toc, 4: box}),
        "comments": comments(_COMMENT),
        "respond": _RESPOND,
        "widgets": _WIDGETS,
    }
    return Page(
        fill(html, story, **parts),
        published=story.published,
        modified=story.modified,
        url=story.url,
        author=story.author,
        categories=(story.category,),
    )


def amp(story: Story) -> Page:
    """The AMP plugin's reader page: the whole page is hidden until its script runs."""
    html = """<!doctype html><html amp lang="$lang"><head><meta charset="utf-8"><title>$title - The Harbour Review</title>
<link rel="canonical" href="$url"><style amp-boilerplate>body{-webkit-animation:-amp-start 8s steps(1,end) 0s 1 normal both}
@-webkit-keyframes -amp-start{from{visibility:hidden}to{visibility:visible}}</style>
<style amp-custom>.amp-wp-article{color:#353535}.amp-wp-header a{color:#fff}.amp-wp-hidden{display:none}
body{opacity:0}</style>
<script type="application/ld+json">{"@context":"http://schema.org","@type":"BlogPosting","mainEntityOfPage":"$url",
"publisher":{"@type":"Organization","name":"The Harbour Review"},"headline":"$title","datePublished":"$published",
"dateModified":"$modified","author":{"@type":"Person","name":"$author"}}</script></head><body class="">
<header id="top" class="amp-wp-header"><div><a href="/">The Harbour Review</a></div></header>
<article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">$title</h1>
<div class="amp-wp-meta amp-wp-byline"><amp-img src="/a.png" width="24" height="24"></amp-img><span
class="amp-wp-author author vcard">$author</span></div><div class="amp-wp-meta amp-wp-posted-on"><time
datetime="$published">8 months ago</time></div></header>
<figure class="amp-wp-article-featured-image wp-caption"><amp-img src="/b.jpg"></amp-img></figure>
<div class="amp-wp-article-content">$body</div>
<footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-category">Categories: <a href="/c">$category</a>
</div><div class="amp-wp-meta amp-wp-comments-link"><a href="$url#respond">Leave a Comment</a></div></footer></article>
<footer class="amp-wp-footer"><div><h2>The Harbour Review</h2><a href="#top" class="back-to-top">Back to top</a></div>
</footer><amp-consent id="c" layout="nodisplay"><div id="consent-ui"><p>$cookies</p></div></amp-consent></body></html>"""
    body = BLOCKS.body(story).replace("<img loading", "<amp-img layout='responsive' loading")
    return Page(
        fill(html, story, body=body),
        published=story.published,
        modified=story.modified,
        url=story.url,
        author=story.author,
    )


LAYOUTS = {
    "Twenty Ten": twenty_ten,
    "Twenty Fifteen": twenty_fifteen,
    "Twenty Seventeen": twenty_seventeen,
    "Twenty Twenty-Four": twenty_twenty_four,
    "Gutenberg blocks": gutenberg,
    "Astra with Yoast": astra,
    "GeneratePress with Rank Math": generatepress,
    "AMP": amp,
}
