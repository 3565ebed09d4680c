"""What stands around the article in a web page, told by its tags, its roles and the names of its classes.

It is conservative: a name counts as a whole word, and nothing is furniture that holds the article or most of the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

# words in the names of classes and ids, each word as a whole
_FURNITURE = re.compile(
    r"(?<![a-z])(?:"
    r"share|shares|sharing|sharedaddy|social|addtoany|a2a|addthis|jiathis|bdsharebuttonbox|ssba|heateor"
    r"|related|relatedposts|yarpp|recommend|recommends|recommended|recommendations?|teasers?"
    r"|(?:more|other|recent|latest|popular|similar|trending|next|prev|previous)-(?:posts?|articles?|stories|news|reads?)"
    r"|read-(?:next|more)|readmore|keep-reading|prevnext"
    r"|breadcrumbs?|crumbs?|nav|navi|navbar|navigation|menu|menus|menubar|pagination|pager|pagenavi|pagelist|page-links?"
    r"|toc|table-of-contents|tableofcontents|lwptoc"
    r"|comments|comment-(?:respond|form|list|section|area|box|wrap\w*)|commentlist|respond|disqus|discuss|tie-area"
    r"|newsletters?|subscribe|subscription|signup|sign-up|mailchimp|mc4wp|opt-?in|reward-area"
    r"|cookies?|gdpr|consent|popups?|popover|modal|lightbox|paywall|onetrust|cky|cmplz|cli-bar"
    r"|sidebars?|side-?bar|widget-area|widgets|masthead|colophon|footer|site-header|global-header|main-header"
    r"|location-header|topbar|top-bar|toplinks|skip-link|screen-only|back-to-top|scroll-?top"
    r"|ad|ads|adspot|adsbygoogle|adslot|advert|advertisements?|advertising|sponsor|sponsored|promo|donate|donation"
    r"|(?:post|about|entry)-?author(?!-name|-author-name)|author-(?:box|bio|info|card|profile|desc|description|details|section)|authorbox"
    r"|about-the-author|saboxplugin\w*|m-a-box|(?<!cat-)tags|tag-?cloud|tag-list|tag-links?"
    r"|latest-posts|posts-nav|nav-single|post-grid|ticker|qrcode|qr|hits|votes?|ratings?"
    r"|cta|call-to-action|buttons|wp-block-button|button-block|elementor-widget-(?:button|posts|heading-share)"
    r"|login|searchform|search-form|jubao|post-statement|print-link|post-views"
    r")(?![a-z])"
)
_COMMENTS = re.compile(r"(?<![a-z])(?:comments|comment-list|commentlist|disqus|discuss)(?![a-z])")
# what stands above or below the text and tells of it: it is read for its dates and then goes
_BYLINE = re.compile(
    r"(?<![a-z])(?:(?:entry|post|article|story|blog|wp|node|td-module|title|single)-(?:meta|info|date|byline|submitted"
    r"|timestamp|details|utility)|byline|meta|submitted|posted-on|published|pubdate|dateline|timestamp|fusion-meta-info|widget-post-info"
    r"|entry-(?:footer|utility|header)|post-(?:header|footer)|read(?:ing)?-time|credits|kicker|eyebrow|post-title|cat-links|cat-tags-links|post-terms)(?![a-z])"
)
_WORDY = re.compile(r"author|sabox|comment|cookie|consent|newsletter|subscri|sign-?up|mc4wp|related|recommend|disqus")
_STRETCH = 500  # characters of a text that is more than furniture has, but for the kinds above
_KEPT_ASIDE = re.compile(
    r"(?<![a-z])(?:key-?points?|highlights?|takeaways?|summary|pull-?quote|call-?out|note|info-?box)"
)
_LEAD_BOX = re.compile(r"(?<![a-z])(?:key-?points?|highlights|takeaways|standfirst|tl-?dr)(?![a-z])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[_\s]+|-{2,}")
_UNREAD = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "select",
    "input",
    "textarea",
    "canvas",
}
_UNREAD |= {"dialog", "amp-consent", "amp-ad", "video", "audio"}
_NEVER = {"figure", "figcaption", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}  # by their names alone
_AROUND = {"nav", "footer", "aside", "form"}
_ROLES = {"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"}
_AFFIX = re.compile(
    r"^(?:(?:site|page|post|blog|main|js|top|bottom|left|right|primary|secondary|wp|entry|article|single|the)-)+"
    r"|(?:-(?:wrap|wrapper|container|box|bar|area|inner|list|section|block|main|\d+))+$"
)
_POST_CLASS = re.compile(r"(?:category|postid|type|status|format)-|post-\d|tag-(?!links?$|cloud$|list$)", re.IGNORECASE)
_MOST = 0.5  # of the text around: what holds more of it is no furniture, however it is called


@dataclass(frozen=True, slots=True)
class _Name:
    """Classes and id as words with hyphens, one blank between names, and what they say of an element."""

    words: str = ""
    furniture: bool = False
    byline: bool = False


@dataclass
class _Names:
    """What the names of elements say; pages repeat a few names many times."""

    known: dict[str, _Name] = field(default_factory=dict)

    def of(self, element: Any) -> _Name:
        """Return what an element's names say."""
        attributes = element.attrib
        raw = f"{element.tag} {attributes.get('class', '')} {attributes.get('id', '')}"
        found = self.known.get(raw)
        if found is None:
            # WordPress names a post's categories and tags among its classes
            names = [_hyphened(name) for name in attributes.get("class", "").split() if not _POST_CLASS.match(name)]
            # many an id is made of a heading's words ("file-menu"): it counts where it says nothing else, and not of a
            # section, whose heading may well be "Menus"
            own = _AFFIX.sub("", _hyphened(attributes.get("id", "")))
            if (element.tag == "section" or "section" in names) and not _COMMENTS.fullmatch(own):
                own = ""
            words = " ".join([*names, own] if _FURNITURE.fullmatch(own) or _BYLINE.fullmatch(own) else names)
            found = _Name(words, _FURNITURE.search(words) is not None, _BYLINE.search(words) is not None)
            self.known[raw] = found
        return found


def _hyphened(name: str) -> str:
    return _NO_WORD.sub("-", _CAMEL.sub("-", name)).lower()


def text_length(element: Any) -> int:
    """Characters of an element's text, blanks around its parts aside."""
    return sum(len(part.strip()) for part in element.itertext())


def drop_unread(tree: Any) -> None:
    """Remove what is no text at all: scripts, styles, fields, pictures drawn in code."""
    for element in list(tree.iter(*_UNREAD)):
        if element.getparent() is not None:
            element.drop_tree()
    for button in list(tree.iter("button")):
        parent = button.getparent()
        if parent is not None and parent.tag in ("h2", "h3", "h4", "h5", "h6"):  # the title of a panel that opens
            button.tag = "span"


def drop_permalinks(tree: Any) -> None:
    """Remove the signs beside headings that link to themselves."""
    for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        for link in list(heading.iter("a")):
            words = "".join(link.itertext()).strip(" \u200b")
            if words in ("", "#", "¶", "§", "🔗") and (link.get("href") or "").startswith("#"):
                link.drop_tree()


def drop_furniture(tree: Any, container: Any | None) -> None:
    """Remove what stands around an article and is told by its tag, its role or its name."""
    names = _Names()
    kept = {tree, *ancestors(container)} if container is not None else {tree, *_title_places(tree)}
    inside = set(container.iter()) if container is not None else set()
    whole = text_length(container if container is not None else tree)
    for element in list(tree.iter()):
        if element in kept or not isinstance(element.tag, str) or element.tag in ("html", "body", "head"):
            continue
        if element.getparent() is None or not _is_furniture(element, names, element in inside):
            continue
        comments = _COMMENTS.search(names.of(element).words) is not None and element not in inside
        if element in inside and _is_text(element, names):
            continue
        if comments or (container is not None and element not in inside) or text_length(element) <= _MOST * whole:
            element.drop_tree()
        elif element.tag == "form":  # the whole page stands in one
            element.tag = "div"


def drop_bylines(scope: Any) -> None:
    """Remove what tells of the article within ``scope``, once it has been read."""
    names = _Names()
    whole = text_length(scope)
    for element in list(scope.iter()):
        if element is scope or not isinstance(element.tag, str) or element.tag == "h1" or element.getparent() is None:
            continue
        if element.tag != "time" and not names.of(element).byline:
            continue
        if element.tag == "time" and element.getparent().tag not in ("div", "span", "header", "section", "article"):
            continue
        if text_length(element) <= 0.2 * whole and element.find(".//h1") is None:
            element.drop_tree()


def lead_boxes(scope: Any, container: Any) -> list[Any]:
    """Return the boxes of key points that stand above the text and belong to it."""
    names = _Names()
    found: list[Any] = []
    for element in scope.iter():
        if element is container:
            break
        if not isinstance(element.tag, str) or any(box in found for box in element.iterancestors()):
            continue
        if _LEAD_BOX.search(names.of(element).words) and container not in element.iter():
            found.append(element)
    return found


def _is_furniture(element: Any, names: _Names, inside: bool) -> bool:
    tag = element.tag
    if tag == "aside":
        return not _KEPT_ASIDE.search(names.of(element).words) and (not inside or _is_links(element))
    if tag == "footer":  # a quote's source, or what tells of the article
        return element.getparent().tag not in ("blockquote", "figure") and not names.of(element).byline
    if tag in _AROUND or element.get("role") in _ROLES or element.get("aria-modal") == "true":
        return True
    return names.of(element).furniture and tag not in _NEVER


def _is_text(element: Any, names: _Names) -> bool:
    """Say whether an element within the text is a stretch of it, whatever it is called ("market-share")."""
    if text_length(element) < _STRETCH or element.tag in _AROUND or _WORDY.search(names.of(element).words):
        return False
    return not _is_links(element)


def _is_links(element: Any) -> bool:
    """Say whether an element is mostly links, or a form."""
    linked = sum(text_length(link) for link in element.iter("a"))
    return linked > 0.4 * max(1, text_length(element)) or element.find(".//form") is not None


def ancestors(element: Any) -> Sequence[Any]:
    """Return an element and all that it stands in."""
    return [element, *element.iterancestors()]


def _title_places(tree: Any) -> set[Any]:
    """Return what holds a heading that may be the title's; a site's own name in its header is none."""
    return {
        place
        for heading in tree.iter("h1")
        for place in ancestors(heading)
        if not any(holder.tag in ("nav", "footer", "aside") for holder in ancestors(heading))
    }
