"""Pages of hosted blogs and site kits."""

# ruff: noqa: E501 - pages are written as sites send them

from tests.ingest.layouts.frame import cards, comments, fill
from tests.ingest.layouts.stories import Markup, Page, Story


def ghost(story: Story) -> Page:
    """Ghost with its default theme; its cards for bookmarks and sign-up lie within the text."""
    html = """<!DOCTYPE html><html lang="$lang"><head><meta charset="utf-8"><title>$title</title><link rel="canonical" href="$url/">
<meta property="og:site_name" content="The Harbour Review"><meta property="og:title" content="$title"><meta
property="article:published_time" content="2025-11-20T01:15:00.000Z"><meta property="article:modified_time"
content="2025-12-03T09:40:00.000Z"><meta property="article:tag" content="$category"><script type="application/ld+json">
{"@context":"https://schema.org","@type":"Article","publisher":{"@type":"Organization","name":"The Harbour Review"},"author":
{"@type":"Person","name":"$author","url":"https://insights.example.org/author/x/","sameAs":[]},"headline":"$title","url":"$url/",
"datePublished":"2025-11-20T01:15:00.000Z","dateModified":"2025-12-03T09:40:00.000Z","keywords":"$category"}</script></head>
<body class="post-template tag-research has-sans-title"><div class="gh-viewport"><header id="gh-navigation" class="gh-navigation
is-left-logo gh-outer"><div class="gh-navigation-inner gh-inner"><a class="gh-navigation-logo" href="/">The Harbour Review</a><nav
class="gh-navigation-menu"><ul class="nav"><li class="nav-home"><a href="/">Home</a></li></ul></nav><div
class="gh-navigation-actions"><a class="gh-button" href="#/portal/signup">Subscribe</a></div></div></header>
<main class="gh-main"><article class="gh-article post"><header class="gh-article-header gh-canvas"><a class="gh-article-tag"
href="/tag/r">$category</a><h1 class="gh-article-title is-title">$title</h1><div class="gh-article-meta"><div
class="gh-article-meta-inner"><div class="gh-article-meta-wrapper"><h4 class="gh-article-author-name"><a
href="/author/x">$author</a></h4><div class="gh-article-meta-content"><time class="gh-article-meta-date"
datetime="2025-11-20">Nov 20, 2025</time><span class="gh-article-meta-length"><span class="bull">—</span> 4 min read</span></div>
</div></div></div><figure class="gh-article-image"><img src="/a.jpg" alt=""></figure></header>
<section class="gh-content gh-canvas is-body">$body</section></article>
<div class="gh-comments gh-canvas"><h2 class="gh-comments-title">Member discussion</h2>$comments</div></main>
<section class="gh-container is-grid gh-outer"><div class="gh-container-inner gh-inner"><h2 class="gh-container-title">Read
more</h2><div class="gh-feed">$cards</div></div></section><footer class="gh-footer gh-outer"><div class="gh-footer-inner"><section
class="gh-footer-signup"><h2 class="gh-footer-signup-header">Sign up for The Harbour Review</h2><p
class="gh-footer-signup-subhead">$newsletter</p></section><div class="gh-footer-copyright"><a href="https://ghost.org">Powered by
Ghost</a></div></div></footer></div></body></html>"""
    koenig = Markup(
        heading='<h2 id="a-heading">{}</h2>',
        quote='<blockquote class="kg-blockquote-alt">{}</blockquote>',
        figure='<figure class="kg-card kg-image-card kg-width-wide kg-card-hascaption"><img src="/content/a.jpg" class="kg-image" '
        'alt="" loading="lazy"><figcaption><span style="white-space: pre-wrap;">{}</span></figcaption></figure>',
        code='<pre><code class="language-bash">{}</code></pre>',
    )
    signup = """<div class="kg-card kg-signup-card kg-width-regular" data-lexical-signup-form><div class="kg-signup-card-content"><h2
class="kg-signup-card-heading">Sign up for the letter</h2><p class="kg-signup-card-subheading">One letter a month.</p><form></form>
<p class="kg-signup-card-disclaimer">No spam. Unsubscribe anytime.</p></div></div>"""
    parts = {
        "body": koenig.body(story, after={5: signup}),
        "comments": comments("<div><b>{name}</b><p>{text}</p></div>"),
        "cards": cards(
            '<article class="gh-card post"><a class="gh-card-link" href="/x"><div class="gh-card-wrapper"><h3 class="gh-card-title '
            'is-title">{title}</h3><p class="gh-card-excerpt is-body">{excerpt}</p><footer class="gh-card-meta"><time '
            'class="gh-card-date" datetime="2025-10-14">{day}</time></footer></div></a></article>'
        ),
    }
    return Page(
        fill(html, story, **parts),
        published="2025-11-20T01:15:00+00:00",
        modified="2025-12-03T09:40:00+00:00",
        author=story.author,
        url=story.url,
    )


def medium(story: Story) -> Page:
    """Class names that a machine made; claps, a follow button and the writer's other pieces around and below the text."""
    html = """<!doctype html><html lang="$lang"><head><title data-rh="true">$title | by $author | Nov, 2025 | Medium</title><meta
property="og:site_name" content="Medium"><meta property="article:published_time" content="2025-11-20T01:15:00.511Z"><meta name="title"
content="$title | by $author | Nov, 2025 | Medium"><meta property="og:title" content="$title"><meta name="author" content="$author">
<link rel="canonical" href="$url"><script type="application/ld+json">{"@context":"http://schema.org","@type":"NewsArticle","name":"$title",
"headline":"$title","dateCreated":"2025-11-20T01:15:00.511Z","datePublished":"2025-11-20T01:15:00.511Z","dateModified":
"2025-12-03T09:40:00.000Z","author":{"@type":"Person","name":"$author"},"mainEntityOfPage":"$url"}</script></head><body><div
id="root"><div class="a b c"><div class="d e f"><div class="g h"><a class="af ag" href="/m/signin">Sign up</a><a class="af ag"
href="/m/signin">Sign in</a></div></div><div class="l"><div class="gn go"><article><div class="gp gq gr"><div class="l"><section><div>
<div class="fk fl"><div class="ci bh"><div><h1 class="pw-post-title gs gt" data-testid="storyTitle">$title</h1><div class="hr hs"><div
class="speechify-ignore ab co"><div class="ab q"><a href="/@x"><span data-testid="authorName">$author</span></a><span
class="be b">·</span><button>Follow</button></div><div class="be b do"><span data-testid="storyReadTime">4 min read</span><span>·</span>
<span data-testid="storyPublishDate">Nov 20, 2025</span></div></div></div><div class="ab co ho"><div><button
aria-label="responses">Listen</button><button>Share</button></div></div></div>$body</div></div></div></section></div></div></article>
</div><div class="ab ca"><div class="rw rx"><a href="/tag/r"><div class="ry">Research</div></a><a href="/tag/s"><div
class="ry">Towns</div></a></div><div class="sa"><div class="sb"><h2>Written by $author</h2><span>312 Followers</span><p>$author
$bio</p></div></div><div class="sc"><h2>Responses (3)</h2>$comments</div><div class="sd"><h2>More from $author</h2>$cards</div><div
class="se"><h2>Recommended from Medium</h2>$cards</div><div class="sf"><a href="/help">Help</a><a href="/status">Status</a><a
href="/about">About</a><a href="/terms">Terms</a></div></div></div></div></div></body></html>"""
    hashed = Markup(
        p='<p id="a1b2" class="pw-post-body-paragraph ih ii ij ik b il">{}</p>',
        heading='<h1 id="c3d4" class="jl jm jn be jo">{}</h1>',
        ul='<ul class="">{}</ul>',
        li='<li id="e5f6" class="ih ii kk kl">{}</li>',
        quote='<blockquote class="km"><p class="kn ko">{}</p></blockquote>',
        figure='<figure class="kp kq"><div class="kr"><picture><source srcset="/a.webp"><img alt="" loading="eager" role="presentation"'
        '></picture></div><figcaption class="ks kt">{}</figcaption></figure>',
        code='<pre class="ku kv"><span class="kw">{}</span></pre>',
    )
    parts = {
        "body": hashed.body(story),
        "comments": comments(
            '<div class="ta"><p class="be">{name}</p><pre class="tb"><div class="tc">{text}</div></pre></div>'
        ),
        "cards": cards(
            '<article class="tt"><a href="/x"><h2 class="be tu">{title}</h2><p class="be tv">{excerpt}</p><span>{day}</span></a></article>'
        ),
    }
    return Page(
        fill(html, story, **parts),
        published="2025-11-20T01:15:00.511000+00:00",
        modified="2025-12-03T09:40:00+00:00",
        author=story.author,
        url=story.url,
    )


def squarespace(story: Story) -> Page:
    """Blocks in rows of a grid; the byline is doubled for small screens, the pager is a section of its own."""
    html = """<!doctype html><html lang="$lang"><head><meta charset="utf-8"><title>$title &mdash; The Harbour Review</title><link rel="canonical"
href="$url"><meta property="og:site_name" content="The Harbour Review"><meta property="og:title" content="$title — The Harbour Review">
<meta itemprop="headline" content="$title"><meta itemprop="datePublished" content="2025-11-20T09:15:00+0800"><meta
itemprop="dateModified" content="2025-12-03T17:40:00+0800"><meta itemprop="author" content="$author"></head><body
id="item-655b" class="primary-button-style-solid tweak-blog view-item"><div id="siteWrapper" class="clearfix site-wrapper"><header
id="header" class="header theme-col--primary"><div class="header-announcement-bar-wrapper"><div class="header-inner"><div
class="header-title-logo"><a href="/">The Harbour Review</a></div><div class="header-nav"><nav class="header-nav-list"><div
class="header-nav-item"><a href="/about">About</a></div></nav></div></div></div></header><main id="page" class="container"
role="main"><article class="sections" id="sections"><section class="page-section content-collection full-bleed-section
collection-type-blog-side-by-side"><div class="content-wrapper"><div class="content"><div class="blog-item-wrapper"><article
class="h-entry entry hentry author-x blog-item" id="article-"><div class="blog-item-inner-wrapper"><div class="blog-item-top-wrapper">
<div class="blog-item-title"><h1 class="entry-title entry-title--large p-name" data-content-field="title">$title</h1></div><div
class="blog-item-meta-wrapper"><div class="blog-item-category-wrapper"><a href="/c" class="blog-item-category">$category</a></div><div
class="blog-item-author-date-wrapper"><span class="blog-author-name">Written By $author</span><time class="dt-published
blog-meta-item--date" datetime="Nov 20" pubdate><span>Nov 20</span></time></div></div></div><div class="blog-item-content-wrapper"><div
class="blog-item-content e-content"><div class="sqs-layout sqs-grid-12 columns-12" data-layout-label="Post Body"><div class="row
sqs-row"><div class="col sqs-col-12 span-12">$body</div></div></div></div></div><div class="blog-item-comments"><div
class="squarespace-comments" id="comments-655b">$comments</div></div><div class="blog-item-author-profile-wrapper"><div
class="author-profile"><div class="author-name">$author</div><div class="author-bio"><p>$author $bio</p></div></div></div></div>
</article></div></div></div></section><section id="itemPagination" class="item-pagination item-pagination--prev-next"><a href="/p"
class="item-pagination-link"><div class="pagination-title-wrapper"><div class="visually-hidden">Previous</div><h2
class="item-pagination-title">A short history of the regional grant</h2></div></a></section></article></main><footer
class="sections" id="footer-sections"><section class="page-section"><div class="content-wrapper"><div class="sqs-block newsletter-block
sqs-block-newsletter"><h2 class="newsletter-form-header-title">Subscribe</h2><div class="newsletter-form-header-description"><p>
$newsletter</p></div></div><div class="sqs-html-content"><p>$footer</p></div></div></section></footer></div></body></html>"""
    plain = Markup(
        p='<p class="" style="white-space:pre-wrap;">{}</p>',
        ul='<ul data-rte-list="default">{}</ul>',
        li="<li><p>{}</p></li>",
        quote='<figure class="block-animation-none"><blockquote data-animation-role="quote"><span>“</span>{}<span>”</span></blockquote></figure>',
        figure='<figure class="sqs-block-image-figure intrinsic"><div class="image-block-wrapper"><img data-src="/a.jpg" '
        'data-image="/a.jpg" alt=""></div><figcaption class="image-caption-wrapper"><p>{}</p></figcaption></figure>',
    )
    blocks = [
        '<div class="sqs-block html-block sqs-block-html" data-block-type="2"><div class="sqs-block-content"><div '
        f'class="sqs-html-content">{block}</div></div></div>'
        for block in plain.blocks(story)
    ]
    button = '<div class="sqs-block button-block sqs-block-button"><a href="/b" class="sqs-block-button-element">Book a visit</a></div>'
    reply = '<div class="comment"><div class="author">{name}</div><div class="comment-body"><p>{text}</p></div></div>'
    page = fill(html, story, body="\n".join([*blocks, button]), comments=comments(reply))
    return Page(
        page,
        published=story.published,
        modified=story.modified,
        author=story.author,
        url=story.url,
    )


def webflow(story: Story) -> Page:
    """The text in a rich-text element; the date a bare word in a row of labels; other posts in a dynamic list."""
    html = """<!DOCTYPE html><html data-wf-page="5f" lang="$lang"><head><meta charset="utf-8"><title>$title</title><meta
property="og:title" content="$title"><meta name="generator" content="Webflow"><style>.w-layout-grid{display:-ms-grid}
.wf-hidden{display:none}</style></head><body><div data-animation="default" class="navbar w-nav" role="banner"><div class="container
w-container"><a href="/" class="brand w-nav-brand">The Harbour Review</a><nav role="navigation" class="nav-menu w-nav-menu"><a
href="/team" class="nav-link w-nav-link">Team</a></nav></div></div><div class="section_blog-hero"><div class="padding-global"><div
class="blog-hero_component"><a href="/blog" class="button is-link"><div>All posts</div></a><div class="text-style-tagline">$category</div>
<h1 class="heading-style-h2">$title</h1><div class="blog-hero_meta-wrapper"><div class="text-size-small">$day</div><div
class="blog-hero_divider">•</div><div class="text-size-small">4 min read</div><div class="text-size-small">By $author</div></div></div>
</div></div><section class="section_blog-content"><div class="padding-global"><div class="container-large"><div
class="blog-content_component"><div class="blog-content_sidebar"><div class="text-weight-bold">Contents</div>$contents</div><div
class="text-rich-text w-richtext">$body</div></div><div class="blog-content_share"><div>Share this post</div><a href="#">Copy
link</a></div></div></div></section><section class="section_blog-related"><div class="container-large"><h2>More from the blog</h2><div
class="w-dyn-list"><div role="list" class="blog-list w-dyn-items">$cards</div></div></div></section><section
class="section_cta"><h2>Come and see the quay</h2><p>We open the doors every second Friday; coffee and boots are provided.</p></section>
<footer class="footer_component"><div class="container-large"><p>$footer</p></div></footer></body></html>"""
    rich = Markup(
        p="<p>{}</p><p>‍</p>",
        ul='<ul role="list">{}</ul>',
        quote="<blockquote>{}</blockquote>",
        figure='<figure class="w-richtext-align-center w-richtext-figure-type-image"><div><img src="/a.jpg" loading="lazy" alt=""></div>'
        "<figcaption>{}</figcaption></figure>",
        table='<div class="w-embed"><table>{}</table></div>',
    )
    parts = {
        "body": rich.body(story),
        "contents": "".join(f'<a href="#h" class="toc_link">{heading}</a>' for heading in story.of("#")),
        "cards": cards(
            '<div role="listitem" class="w-dyn-item"><a href="/x" class="blog-card w-inline-block"><h3>{title}</h3><p>{excerpt}</p>'
            "<div>{day}</div></a></div>"
        ),
    }
    return Page(fill(html, story, **parts), published="2025-11-20", author=story.author)


def hubspot(story: Story) -> Page:
    """A HubSpot blog: modules in spans, a call to action in the text, a form and a list of posts below."""
    html = """<!doctype html><html lang="$lang"><head><meta charset="utf-8"><title>$title</title><meta name="author" content="$author"><meta
property="og:title" content="$title"><link rel="canonical" href="$url"><style>a.cta_button{-moz-box-sizing:content-box !important}
.hs-breadcrumb-menu-item:after{content:''}.hidden-sm{display:none}</style></head><body class="blog hs-content-id-61 hs-blog-post">
<div class="body-wrapper"><div data-global-resource-path="theme/header.html"><header class="header"><div class="header__container"><a
href="/" class="header__logo">The Harbour Review</a><nav class="header__navigation"><ul><li><a href="/platform">Platform</a></li></ul>
</nav></div></header></div><main id="main-content" class="body-container-wrapper"><div class="body-container body-container--blog-post">
<div class="content-wrapper"><article class="blog-post"><h1 class="blog-post__title"><span id="hs_cos_wrapper_name"
class="hs_cos_wrapper hs_cos_wrapper_meta_field hs_cos_wrapper_type_text" data-hs-cos-type="text">$title</span></h1><div
class="blog-post__meta"><a href="/author/x" rel="author">$author</a><div class="blog-post__timestamp">Nov 20, 2025 9:15:00 AM</div></div>
<div class="blog-post__body"><span id="hs_cos_wrapper_post_body" class="hs_cos_wrapper hs_cos_wrapper_meta_field
hs_cos_wrapper_type_rich_text" data-hs-cos-type="rich_text">$body</span></div><div class="blog-post__tags"><svg></svg><a
class="blog-post__tag-link" href="/t" rel="tag">$category</a></div></article><div class="blog-comments"><div id="comments-listing">
$comments</div></div></div></div><section class="blog-recent-posts"><h2>Recent posts</h2>$cards</section></main>
<footer class="footer"><div class="hs-form-html"><h3>Want the letter?</h3><p>$newsletter</p></div><p>$footer</p></footer></div>
<div id="hs-eu-cookie-confirmation"><p>$cookies</p></div></body></html>"""
    cta = """<div class="hs-cta-embed hs-cta-simple-placeholder" data-hubspot-wrapper-cta-id="17"><a href="/cta"><strong>Book a tour of
the store</strong></a></div>"""
    hub = Markup(figure='<figure style="width:600px"><img src="/hs-fs/a.jpg"><figcaption>{}</figcaption></figure>')
    parts = {
        "body": "<!--more-->\n" + hub.body(story, after={3: cta}),
        "comments": comments(
            '<div class="comment"><div class="comment-from"><h4>{name}</h4></div><div class="comment-body"><p>{text}</p></div></div>'
        ),
        "cards": cards(
            '<article class="blog-index__post"><h3>{title}</h3><p>{excerpt}</p><time datetime="2025-10-14">{day}</time></article>'
        ),
    }
    return Page(fill(html, story, **parts), published="2025-11-20", author=story.author, url=story.url)


LAYOUTS = {
    "Ghost": ghost,
    "Medium": medium,
    "Squarespace": squarespace,
    "Webflow": webflow,
    "HubSpot": hubspot,
}
