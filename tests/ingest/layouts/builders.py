"""Pages made with WordPress's page builders: deep nests of sections, rows, columns and widgets."""

# ruff: noqa: E501 - pages are written as sites send them

from tests.ingest.layouts.frame import BIO, cards, comments, fill
from tests.ingest.layouts.stories import Markup, Page, Story

_HEAD = """<!DOCTYPE html><html lang="$lang"><head><meta charset="UTF-8"><title>$title - The Harbour Review</title>
<meta name="viewport" content="width=device-width"><link rel="canonical" href="$url/">
<meta property="og:type" content="article"><meta property="og:title" content="$title - The Harbour Review">
<meta property="og:site_name" content="The Harbour Review">
<meta property="article:published_time" content="$published"><meta property="article:modified_time" content="$modified">
<meta name="author" content="$author">"""
_COMMENT = """<li class="comment depth-1"><article class="comment-body"><footer class="comment-meta"><b class="fn">{name}</b>
<time datetime="2025-11-22T08:00:00+00:00">22 November 2025</time></footer><div class="comment-content"><p>{text}</p></div>
</article></li>"""
_WIDGET = (
    '<div class="elementor-element elementor-element-{id} elementor-widget elementor-widget-{kind}" data-id="{id}" '
    'data-element_type="widget" data-widget_type="{kind}.default"><div class="elementor-widget-container">{inner}</div></div>'
)


def _widget(kind: str, inner: str, number: int = 1) -> str:
    return _WIDGET.format(kind=kind, inner=inner, id=f"3f{number:05x}")


def _container(inner: str, *, parent: bool = True) -> str:
    return (
        f'<div class="elementor-element e-flex e-con-boxed e-con {"e-parent" if parent else "e-child"}" '
        f'data-element_type="container" data-settings=\'{{"background_background":"classic"}}\'>'
        f'<div class="e-con-inner">{inner}</div></div>'
    )


_CLASSIC = Markup()
_ELEMENTOR_PARTS = {
    "header": """<div data-elementor-type="header" data-elementor-id="11" class="elementor elementor-11
elementor-location-header"><div class="elementor-element e-con e-parent"><div class="elementor-widget
elementor-widget-theme-site-logo"><a href="/"><img src="/logo.png" alt="The Harbour Review"></a></div><div
class="elementor-widget elementor-widget-nav-menu"><nav class="elementor-nav-menu--main elementor-nav-menu__container"><ul
class="elementor-nav-menu"><li class="menu-item"><a class="elementor-item" href="/">Home</a></li><li class="menu-item"><a
class="elementor-item" href="/insights">Insights</a></li></ul></nav><div class="elementor-menu-toggle" role="button"><span
class="elementor-screen-only">Menu</span></div></div></div></div>""",
    "footer": """<div data-elementor-type="footer" data-elementor-id="12" class="elementor elementor-12
elementor-location-footer"><div class="elementor-element e-con e-parent"><div class="elementor-widget
elementor-widget-heading"><h4 class="elementor-heading-title">Stay Updated</h4></div><div class="elementor-widget
elementor-widget-text-editor"><p>Subscribe to our newsletter for the latest news, events, and collaboration opportunities.
</p></div><div class="elementor-widget elementor-widget-form"><form class="elementor-form"><input type="email"></form></div>
<div class="elementor-widget elementor-widget-icon-list"><ul class="elementor-icon-list-items"><li
class="elementor-icon-list-item"><span class="elementor-icon-list-text">4 Customs Quay, Estermouth</span></li></ul></div>
<div class="elementor-widget elementor-widget-text-editor"><p>$footer</p></div></div></div>""",
    "popups": """<div data-elementor-type="popup" data-elementor-id="13" class="elementor elementor-13
elementor-location-popup" data-elementor-settings="{}"><div class="elementor-element e-con"><div class="elementor-widget
elementor-widget-heading"><h2 class="elementor-heading-title">Before you go</h2></div><div class="elementor-widget
elementor-widget-text-editor"><p>$newsletter</p></div></div></div>
<div id="cookie-law-info-bar" data-nosnippet="true" class="cli-bar"><span>$cookies</span></div>
<div class="cky-consent-container cky-hide"><div class="cky-consent-bar"><p class="cky-title">We value your privacy</p>
<div class="cky-notice-des"><p>$cookies</p></div></div></div>""",
}


def elementor(story: Story) -> Page:
    """A post made by Elementor's theme builder, with header, footer, popup and cookie templates."""
    html = (
        _HEAD
        + """<style>.elementor-widget-theme-post-content{color:#333}.elementor-location-popup:not(.x){display:none}
.e-con.e-parent:nth-of-type(n+4):not(.e-lazyloaded):not(.e-no-lazyload){background-image:none!important}
.elementor-invisible{visibility:hidden}.elementor-screen-only{position:absolute;top:-10000em;width:1px;height:1px;
overflow:hidden;clip:rect(0,0,0,0)}</style></head>
<body class="post-template-default single single-post elementor-default elementor-kit-7 elementor-page-44">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>$header
<div data-elementor-type="single-post" data-elementor-id="44" class="elementor elementor-44 elementor-location-single post-88
post type-post status-publish hentry">$main</div>$footer_template$popups</body></html>"""
    )
    card = """<article class="elementor-post elementor-grid-item post-9 post type-post" role="listitem"><div
class="elementor-post__card"><a class="elementor-post__thumbnail__link" href="/x"></a><div
class="elementor-post__badge">Company Updates</div><div class="elementor-post__text"><h3 class="elementor-post__title"><a
href="/x">{title}</a></h3><div class="elementor-post__excerpt"><p>{excerpt}</p></div><a class="elementor-post__read-more"
href="/x">Read More »</a></div><div class="elementor-post__meta-data"><span class="elementor-post-date">{day}</span></div>
</div></article>"""
    share = "".join(
        f'<div class="elementor-grid-item"><div class="elementor-share-btn elementor-share-btn_{name.lower()}" role="button" '
        f'aria-label="Share on {name}"><div class="elementor-share-btn__text"><span class="elementor-share-btn__title">{name}'
        "</span></div></div></div>"
        for name in ("Facebook", "LinkedIn", "WhatsApp", "Email")
    )
    info = """<ul class="elementor-inline-items elementor-icon-list-items elementor-post-info"><li
class="elementor-icon-list-item elementor-inline-item" itemprop="datePublished"><a href="/2025/11/20/"><span
class="elementor-icon-list-text elementor-post-info__item--type-date"><time>$day_us</time></span></a></li><li
class="elementor-icon-list-item"><span class="elementor-post-info__item--type-time"><time>9:15 am</time></span></li><li
class="elementor-icon-list-item"><span class="elementor-post-info__item--type-comments">No Comments</span></li></ul>"""
    author = (
        '<div class="elementor-author-box"><div class="elementor-author-box__text"><h4 class="elementor-author-box__name">'
        f'$author</h4><div class="elementor-author-box__bio"><p>$author {BIO}</p></div></div></div>'
    )
    navigation = """<div class="elementor-post-navigation"><div class="elementor-post-navigation__prev"><a href="/p"
rel="prev"><span class="post-navigation__prev--label">Previous</span><span class="post-navigation__prev--title">A short
history of the regional grant</span></a></div></div>"""
    main = "\n".join(
        [
            _container(
                _widget("theme-post-title", '<h1 class="elementor-heading-title elementor-size-default">$title</h1>', 1)
                + _widget("post-info", info, 2)
            ),
            _container(
                _container(
                    _widget("theme-post-featured-image", '<img src="/a.jpg" alt="">', 3)
                    + _widget("theme-post-content", _CLASSIC.body(story).replace("$", "$$"), 4)
                    + _widget("heading", '<h6 class="elementor-heading-title">Share the Post:</h6>', 5)
                    + _widget("share-buttons", f'<div class="elementor-grid">{share}</div>', 6)
                    + _widget("author-box", author, 7)
                    + _widget("post-navigation", navigation, 8),
                    parent=False,
                )
            ),
            _container(
                _widget("heading", '<h2 class="elementor-heading-title">Related Posts</h2>', 9)
                + _widget("posts", f'<div class="elementor-posts-container elementor-posts">{cards(card)}</div>', 10)
            ),
        ]
    )
    page = fill(
        html,
        story,
        header=fill(_ELEMENTOR_PARTS["header"], story),
        main=fill(main, story),
        footer_template=fill(_ELEMENTOR_PARTS["footer"], story),
        popups=fill(_ELEMENTOR_PARTS["popups"], story),
    )
    return Page(
        page,
        published=story.published,
        modified=story.modified,
        url=story.url,
        author=story.author,
    )


def elementor_content(story: Story) -> Page:
    """The text itself is laid out in Elementor, a widget for each stretch of it, on a theme of its own."""
    html = (
        _HEAD
        + """</head><body class="single single-post elementor-page"><header id="site-header" class="site-header"><div
class="site-branding"><div class="site-title"><a href="/">The Harbour Review</a></div></div><nav class="site-navigation"
aria-label="Main menu"><ul class="menu"><li><a href="/">Home</a></li></ul></nav></header>
<main id="content" class="site-main post-88 post type-post status-publish hentry"><div class="page-header"><h1
class="entry-title">$title</h1></div><div class="page-content"><div data-elementor-type="wp-post" class="elementor
elementor-88">$sections</div><div class="post-tags"><span class="tag-links">Tagged <a href="/t" rel="tag">research</a></span>
</div></div><section id="comments" class="comments-area"><h2 class="title-comments">3 Responses</h2><ol class="comment-list">
$comments</ol></section></main><footer id="site-footer" class="site-footer"><div class="copyright"><p>All rights reserved</p>
<p>$footer</p></div></footer></body></html>"""
    )
    sections = []
    marks = Markup(
        heading='<h2 class="elementor-heading-title elementor-size-default">{}</h2>',
        figure='<figure class="wp-caption"><img src="/a.jpg" alt=""><figcaption class="widget-image-caption '
        'wp-caption-text">{}</figcaption></figure>',
    )
    for number, block in enumerate(marks.blocks(story), start=20):
        kind = "heading" if block.startswith("<h2") else "image" if "<figure" in block else "text-editor"
        section = (
            '<section class="elementor-section elementor-top-section elementor-element elementor-section-boxed"><div class='
            '"elementor-container elementor-column-gap-default"><div class="elementor-column elementor-col-100 '
            'elementor-top-column"><div class="elementor-widget-wrap elementor-element-populated">{}</div></div></div></section>'
        )
        sections.append(section.format(_widget(kind, block, number)))
    button = '<a class="elementor-button elementor-button-link" href="/c"><span class="elementor-button-text">Talk to us</span></a>'
    sections.append(_widget("button", button, 60))
    sections.append(_widget("social-icons", '<span class="elementor-screen-only">Linkedin</span>', 61))
    page = fill(html, story, sections="\n".join(sections), comments=comments(_COMMENT))
    return Page(page, published=story.published, modified=story.modified, url=story.url, author=story.author)


def divi(story: Story) -> Page:
    """Divi's theme builder; its date is a word in the title module and its toggles are closed."""
    html = (
        _HEAD
        + """<style id="et-critical-inline-css">.et_pb_section{padding:4% 0}.et-waypoint:not(.et_pb_counters){opacity:0}
.et_pb_toggle_close .et_pb_toggle_content{display:none}.et_pb_text_0.et_pb_text{color:#FFFFFF!important}
.et_mobile_menu{visibility:visible;display:none}</style></head>
<body class="post-template-default single single-post et-tb-has-template et_pb_button_helper_class et_fixed_nav">
<div id="page-container"><div id="et-boc" class="et-boc"><header class="et-l et-l--header"><div
class="et_builder_inner_content"><div class="et_pb_section et_pb_section_0_tb_header"><div class="et_pb_row"><div
class="et_pb_menu et_pb_module"><nav class="et-menu-nav"><ul id="menu-main" class="et-menu nav"><li class="menu-item"><a
href="/">Home</a></li></ul></nav></div></div></div></div></header>
<div id="et-main-area"><div id="main-content"><div class="et-l et-l--body"><div class="et_builder_inner_content">
<div class="et_pb_section et_pb_section_0_tb_body et_pb_with_background et_section_regular"><div class="et_pb_row"><div
class="et_pb_column et_pb_column_4_4"><div class="et_pb_module et_pb_post_title et_pb_post_title_0 et_pb_bg_layout_dark
et_pb_text_align_left"><div class="et_pb_title_container"><h1 class="entry-title">$title</h1><p
class="et_pb_title_meta_container">by <span class="author vcard"><a href="/author/x" rel="author">$author</a></span> |
<span class="published">Nov 20, 2025</span> | <a href="/c" rel="category tag">$category</a> | <span
class="comments-number"><a href="$url#respond">0 comments</a></span></p></div></div></div></div></div>
<div class="et_pb_section et_pb_section_1_tb_body"><div class="et_pb_row et_pb_row_1_tb_body"><div class="et_pb_column
et_pb_column_2_3"><div class="et_pb_module et_pb_post_content et_pb_post_content_0_tb_body">$body</div>
<div class="et_pb_module et_pb_text et_pb_text_3 et_pb_bg_layout_light"><div class="et_pb_text_inner"><h4>Written by
$author</h4></div></div><ul class="et_pb_module et_pb_social_media_follow clearfix"><li class="et_pb_social_icon"><a
href="/l"><span class="et_pb_social_media_follow_network_name">LinkedIn</span></a></li></ul>
<div class="et_pb_module et_pb_post_nav_0_tb_body et_pb_posts_nav nav-single"><span class="nav-previous"><a href="/p"
rel="prev"><span class="meta-nav">← </span><span class="nav-label">A short history of the regional grant</span></a></span></div>
<div class="et_pb_module et_pb_comments et_pb_comments_0_tb_body"><section id="comment-wrap"><h1 id="comments"
class="page_title">3 Comments</h1><ol class="commentlist clearfix">$comments</ol></section></div></div>
<div class="et_pb_column et_pb_column_1_3"><div class="et_pb_module et_pb_sidebar_0 et_pb_widget_area clearfix"><div
id="recent-posts-2" class="et_pb_widget widget_recent_entries"><h4 class="widgettitle">Recent Posts</h4><ul><li><a
href="/x">A short history of the regional grant</a></li></ul></div></div><div class="et_pb_module et_pb_blog_0
et_pb_blog_grid_wrapper"><div class="et_pb_blog_grid"><div class="et_pb_ajax_pagination_container">$cards</div></div></div>
<div class="et_pb_module et_pb_signup et_pb_newsletter"><div class="et_pb_newsletter_description"><h2
class="et_pb_module_header">Write to us</h2><div><p>$newsletter</p></div></div></div></div></div></div></div></div></div>
<footer class="et-l et-l--footer"><div class="et_builder_inner_content"><div class="et_pb_section"><div class="et_pb_row"><div
class="et_pb_module et_pb_text"><div class="et_pb_text_inner"><p>$footer</p></div></div></div></div></div></footer></div></div>
</div></body></html>"""
    )
    card = """<article class="et_pb_post clearfix et_pb_blog_item_0_0 post type-post"><h2 class="entry-title"><a
href="/x">{title}</a></h2><p class="post-meta"><span class="published">{day}</span></p><div class="post-content"><div
class="post-content-inner"><p>{excerpt}</p></div></div></article>"""
    section = (
        '<div class="et_pb_section et_pb_section_2 et_section_regular"><div class="et_pb_row et_pb_row_4"><div class="et_pb_column '
        'et_pb_column_4_4 et-last-child"><div class="et_pb_module et_pb_text et_pb_text_{n} et_pb_text_align_left '
        'et_pb_bg_layout_light"><div class="et_pb_text_inner">{block}</div></div></div></div></div>'
    )
    blocks = Markup().blocks(story)
    # the designer's blocks, a few to a module
    grouped = ["\n".join(blocks[start : start + 4]) for start in range(0, len(blocks), 4)]
    body = "\n".join(section.format(n=number, block=block) for number, block in enumerate(grouped, start=1))
    page = fill(html, story, body=body, comments=comments(_COMMENT), cards=cards(card))
    return Page(page, published=story.published, modified=story.modified, url=story.url, author=story.author)


def avada(story: Story) -> Page:
    """Avada: sharing box, author box and related posts are siblings of the text within one article."""
    html = (
        _HEAD
        + """</head><body class="post-template-default single single-post fusion-image-hovers avada-has-boxed-modal-shadow">
<div id="boxed-wrapper"><div id="wrapper" class="fusion-wrapper"><header class="fusion-header-wrapper"><div
class="fusion-header"><nav class="fusion-main-menu"><ul id="menu-main" class="fusion-menu"><li><a href="/">Home</a></li></ul>
</nav></div></header><section class="avada-page-titlebar-wrapper"><div class="fusion-page-title-bar"><div
class="fusion-breadcrumbs"><span class="fusion-breadcrumb-item"><a href="/">Home</a></span> / <span>$category</span></div></div>
</section><main id="main" class="clearfix"><div class="fusion-row"><section id="content" style="float: left;">
<div class="single-navigation clearfix"><a href="/p" rel="prev">Previous</a><a href="/n" rel="next">Next</a></div>
<article id="post-88" class="post post-88 type-post status-publish hentry"><span class="entry-title" style="display: none;">
$title</span><h1 class="fusion-post-title">$title</h1><div class="post-content">$body</div>
<div class="fusion-meta-info"><div class="fusion-meta-info-wrapper">By <span class="vcard"><span class="fn"><a
href="/author/x" rel="author">$author</a></span></span><span class="fusion-inline-sep">|</span><span class="updated
rich-snippet-hidden">$modified</span><span>$day_us</span><span class="fusion-inline-sep">|</span><a href="/c">$category</a>
</div></div><div class="fusion-sharing-box fusion-theme-sharing-box fusion-single-sharing-box"><h4>Share This Story, Choose
Your Platform!</h4><div class="fusion-social-networks"><a class="fusion-facebook" href="/f"><span
class="screen-reader-text">Facebook</span></a></div></div>
<section class="about-author"><div class="fusion-title"><h3 class="title-heading-left">About the Author: <a
href="/author/x">$author</a></h3></div><div class="about-author-container"><div class="description">$author $bio</div></div>
</section><section class="related-posts single-related-posts"><div class="fusion-title"><h3
class="title-heading-left">Related Posts</h3></div><div class="fusion-carousel"><ul class="fusion-carousel-holder">$cards</ul>
</div></section><section class="comments-container"><ol class="comment-list commentlist">$comments</ol></section></article>
</section><aside id="sidebar" class="sidebar fusion-widget-area"><section class="widget"><h4>About us</h4><p>$footer</p></section>
</aside></div></main><div class="fusion-footer"><footer class="fusion-footer-widget-area"><p>$newsletter</p></footer><footer
id="footer" class="fusion-footer-copyright-area"><div class="fusion-copyright-notice">© Copyright 2026 | Avada Theme</div></footer>
</div><div class="fusion-privacy-bar"><div class="fusion-privacy-bar-main"><span>$cookies</span></div></div></div></div></body></html>"""
    )
    card = """<li class="fusion-carousel-item"><div class="fusion-carousel-item-wrapper"><h4
class="fusion-carousel-title"><a href="/x">{title}</a></h4><div class="fusion-carousel-meta"><span
class="fusion-date">{day}</span></div></div></li>"""
    wrapped = (
        '<div class="fusion-fullwidth fullwidth-box fusion-builder-row-1 fusion-flex-container" style="background-color: '
        'rgba(255,255,255,0);--awb-background-color:#fff"><div class="fusion-builder-row fusion-row"><div class="fusion-layout-column '
        'fusion_builder_column_1_1"><div class="fusion-column-wrapper"><div class="fusion-text fusion-text-1" '
        f'style="color:#333">{Markup().body(story)}</div></div></div></div></div>'
    )
    page = fill(html, story, body=wrapped, cards=cards(card), comments=comments(_COMMENT))
    return Page(page, published=story.published, modified=story.modified, url=story.url, author=story.author)


def wpbakery(story: Story) -> Page:
    """WPBakery on a news theme: the text in rows and columns, boxes of other posts between its paragraphs."""
    html = (
        _HEAD
        + """</head><body class="single single-post wpb-js-composer js-comp-ver-7.5 td-standard-pack"><div id="td-outer-wrap">
<div class="td-header-template-wrap"><div class="td-header-menu-wrap"><ul class="sf-menu"><li class="menu-item"><a href="/">Home
</a></li></ul></div></div><div class="td-main-content-wrap"><div class="td-container"><div class="td-crumb-container"><div
class="entry-crumbs"><span><a class="entry-crumb" href="/">Home</a></span> <span class="td-bred-no-url-last">$title</span></div>
</div><div class="td-pb-row"><div class="td-pb-span8 td-main-content" role="main"><div class="td-ss-main-content">
<article id="post-88" class="post-88 post type-post hentry" itemscope itemtype="https://schema.org/Article">
<div class="td-post-header"><ul class="td-category"><li class="entry-category"><a href="/c">$category</a></li></ul>
<header class="td-post-title"><h1 class="entry-title">$title</h1><div class="td-module-meta-info"><div
class="td-post-author-name"><div class="td-author-by">By</div> <a href="/author/x">$author</a></div><span
class="td-post-date"><time class="entry-date updated td-module-date" datetime="$published">$day_us</time></span><div
class="td-post-views"><span class="td-nr-views-88">1843</span></div></div></header></div>
<div class="td-post-sharing-top"><div class="td-post-sharing"><span>Share</span><a class="td-social-sharing-button" href="/f"><div
class="td-social-but-text">Facebook</div></a></div></div>
<div class="td-post-content tagdiv-type"><div class="wpb-content-wrapper"><div class="vc_row wpb_row td-pb-row"><div
class="wpb_column vc_column_container td-pb-span12"><div class="vc_column-inner"><div class="wpb_wrapper"><div
class="wpb_text_column wpb_content_element"><div class="wpb_wrapper">$body</div></div></div></div></div></div></div></div>
<footer><div class="td-post-source-tags"><ul class="td-tags td-post-small-box"><li><span>TAGS</span></li><li><a
href="/t">research</a></li></ul></div><div class="td-block-row td-post-next-prev"><div class="td-block-span6
td-post-prev-post"><span>Previous article</span><a href="/p">A short history of the regional grant</a></div></div>
<div class="td-author-name vcard author" style="display: none"><span class="fn"><a href="/author/x">$author</a></span></div>
<div class="author-box-wrap"><div class="desc"><div class="td-author-name"><a href="/author/x">$author</a></div><div
class="td-author-description">$author $bio</div></div></div></footer></article>
<div class="td_block_wrap td_block_related_posts"><h4 class="td-related-title"><a>RELATED ARTICLES</a></h4><div
class="td_block_inner">$cards</div></div><div class="comments" id="comments"><h4 class="td-comments-title">3 COMMENTS</h4><ol
class="comment-list">$comments</ol></div></div></div><div class="td-pb-span4 td-main-sidebar" role="complementary"><div
class="td-ss-main-sidebar"><aside class="widget"><h4>Most read</h4>$cards</aside></div></div></div></div></div>
<div class="td-footer-template-wrap"><div class="td-footer-info"><p>$footer</p></div></div></div></body></html>"""
    )
    card = """<div class="td_module_related_posts td-animation-stack"><div class="item-details"><h3 class="entry-title
td-module-title"><a href="/x">{title}</a></h3><div class="td-module-meta-info"><time class="entry-date"
datetime="2025-10-14T10:00:00+00:00">{day}</time></div><div class="td-excerpt">{excerpt}</div></div></div>"""
    inline = f'<div class="td-a-rec td-a-rec-id-content_inline"><span class="td-adspot-title">- Advertisement -</span></div>{cards(card)}'
    page = fill(
        html, story, body=Markup().body(story, after={3: inline}), cards=cards(card), comments=comments(_COMMENT)
    )
    return Page(page, published=story.published, modified=story.modified, url=story.url, author=story.author)


LAYOUTS = {
    "Elementor theme builder": elementor,
    "Elementor text": elementor_content,
    "Divi": divi,
    "Avada": avada,
    "WPBakery": wpbakery,
}
