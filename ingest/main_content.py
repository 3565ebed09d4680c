"""Where the article stands in a web page once its furniture is gone.

Known containers of a text (``.entry-content`` and its like) are read as they stand. Elsewhere trafilatura says which
stretch of the page is the article.
"""

import re
from collections.abc import Sequence
from typing import Any

from ingest.page_furniture import ancestors, text_length

# by class, id or itemprop, the surest first: a later one may hold the byline or what comes below as well
_CONTAINERS = (
    "articlebody elementor-widget-theme-post-content et_pb_post_content wp-block-post-content js_content entry-content"
    " amp-wp-article-content gh-content td-post-content tdb-block-inner post_body trs_editor v_news_content"
    " wp_articlecontent arti_content artibody hs_cos_wrapper_post_body blog-post__body blog-post-body blog-item-content"
    " field--name-body field-name-body e-content article-body article-body-content article__body article-content"
    " article__content"
    " article_content articlecontent article-text story-body story-content storytext post-content post__content"
    " post_content postcontent post-body post-entry single-content news-content news_content newscontent news_text"
    " blog-content blog__content w-richtext markdown-body theme-doc-markdown prose rich_media_content page-content"
).split()
_RANKS = {name: rank for rank, name in enumerate(_CONTAINERS)}
_TEXT_TAGS = {"p", "ul", "ol", "dl", "blockquote", "table", "pre", "figure", "h2", "h3", "h4", "h5", "h6"}
_DISCUSSION = re.compile(
    r"(?:comments|responses|replies|discussion)(?:\s*\(\d+\))?|\d+\s+(?:comments|responses|replies|thoughts)\b.{0,200}"
    r"|leave a (?:reply|comment).{0,40}"
    r"|(?:全部|最新|热门|网友|精彩)?评论(?:列表|区)?\s*(?:[(（]\s*\d+\s*条?\s*[)）])?|发表评论",
    re.IGNORECASE,
)
_ANCHOR = 20  # letters of a block that can't stand elsewhere by chance
_PARAGRAPH = 100  # letters
_LOST = 0.35  # of the main element's letters: where less is kept, trafilatura has missed the article
_NEARLY_ALL = 0.9


def known_container(tree: Any) -> Any | None:
    """Return the element that is known to hold the article's text, or None."""
    found: list[tuple[int, int, Any]] = []
    for element in tree.iter():
        attributes = element.attrib
        if not attributes or not isinstance(element.tag, str) or element.tag in ("html", "body"):
            continue
        raw = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('itemprop', '')}".lower()
        ranks = [_RANKS[name] for name in raw.split() if name in _RANKS]
        if ranks:
            found.append((min(ranks), text_length(element), element))
    longest = max((length for _, length, _ in found), default=0)
    for rank, length, element in sorted(found, key=lambda entry: (entry[0], -entry[1])):
        if length < 0.5 * longest or length == 0:
            continue
        inner = set(element.iterdescendants())
        rivals = [other for other_rank, size, other in found if other_rank == rank and size > 0.5 * length]
        if any(other is not element and other not in inner for other in rivals):
            return None  # a list of articles
        return element
    return None


def main_element(tree: Any) -> Any:
    """Return the page's <article> that is longer than all others, else its <main>, else its body."""
    for path in ("//article", "//main", "//*[@role='main']"):
        found = sorted(tree.xpath(path), key=text_length, reverse=True)
        if found and (len(found) == 1 or text_length(found[0]) > 2 * text_length(found[1])):
            return found[0]
    body = tree.find("body")
    return tree if body is None else body


def article_stretch(tree: Any, texts: Sequence[str], places: Sequence[Any]) -> tuple[int, int]:
    """Return the first and last but one of the blocks that are the article, as trafilatura sees it.

    ``texts`` and ``places`` are the blocks of the main element and where each stands. What lies between the blocks
    that trafilatura keeps is kept as well, and so is the rest of the element that holds nearly all of them. Returns
    everything where it keeps too little.
    """
    from lxml import html as lxml_html
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(
        lxml_html.tostring(tree, encoding="unicode"), fast=True, include_comments=False, favor_recall=True
    )
    whole = (0, len(texts))
    if not isinstance(found, Document) or found.body is None:
        return whole
    kept = _letters("".join(found.body.itertext()))
    weights = [len(letters) if (letters := _letters(text)) and letters in kept else 0 for text in texts]
    anchors = [number for number, weight in enumerate(weights) if weight > _ANCHOR]
    if not anchors or sum(weights) < _LOST * sum(len(_letters(text)) for text in texts):
        return whole
    home = _home(tree, weights, places)
    if home.tag in ("html", "body") and (holder := _title_home(tree, weights, places)) is not None:
        inside = set(holder.iter())
        anchors = [number for number in anchors if places[number] in inside] or anchors
        home = holder
    first, last = anchors[0], anchors[-1]
    end = next(
        (number for number in range(first, len(texts)) if _DISCUSSION.fullmatch(texts[number].strip())), len(texts)
    )
    if home.tag in ("html", "body") or home.find(".//h1") is not None or end <= last:
        while last + 1 < end and _goes_on(places[last], places[last + 1]):
            last += 1
        while first and places[first - 1].tag != "h1" and _goes_on(places[first], places[first - 1]):
            first -= 1
        return first, min(last + 1, end)
    inside = set(home.iter())
    at_home = [number for number, place in enumerate(places) if place in inside]
    return at_home[0], at_home[-1] + 1


def _title_home(tree: Any, weights: Sequence[int], places: Sequence[Any]) -> Any | None:
    """Return what holds the title and most of the text, where no paragraph to speak of stands elsewhere."""
    title = next(tree.iter("h1"), None)
    for holder in title.iterancestors() if title is not None else ():
        inside = set(holder.iter())
        elsewhere = [(place, weight) for place, weight in zip(places, weights, strict=True) if place not in inside]
        if sum(weight for _, weight in elsewhere) < 0.5 * sum(weights):
            stray = any(place.tag == "p" and weight > _PARAGRAPH for place, weight in elsewhere)
            return None if stray or holder.tag in ("html", "body") else holder
    return None


def _goes_on(place: Any, follower: Any) -> bool:
    """Say whether a block stands as the one next to it does: among its paragraphs, or in a row of boxes."""
    above = set(place.iterancestors())
    here = follower
    while here.getparent() is not None and here.getparent() not in above:
        here = here.getparent()
    shared = here.getparent()
    if shared is None or shared.tag in ("html", "body"):
        return False
    if shared is place.getparent() or here.tag in _TEXT_TAGS:
        return True
    there = next((child for child in shared if child is place or child in above), None)
    return there is not None and there.tag == here.tag and there.get("class") == here.get("class")


def _home(tree: Any, weights: Sequence[int], places: Sequence[Any]) -> Any:
    """Return the innermost element that holds nearly all that is kept."""
    held: dict[Any, int] = {}
    for weight, place in zip(weights, places, strict=True):
        for holder in ancestors(place) if weight else ():
            held[holder] = held.get(holder, 0) + weight
    tables = {place for place in places if place.tag == "table"}  # blocks of their own, however large
    home = tree
    while (
        inner := next(
            (child for child in home if held.get(child, 0) >= _NEARLY_ALL * sum(weights) and child not in tables), None
        )
    ) is not None:
        home = inner
    return home


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
