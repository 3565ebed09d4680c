"""What a web page says of its article: declared in its head, else shown in the article's own header."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.bylines import read_byline
from ingest.metadata import Metadata, canonical_url, fold_language, read_date
from ingest.text import one_line, word_count

_PUBLISHED = (
    "article:published_time og:published_time og:article:published_time datepublished pubdate publishdate publish-date"
    " publish_date publication_date citation_publication_date dcterms.issued dc.date.issued dcterms.created"
    " dcterms.date dc.date parsely-pub-date sailthru.date date"
).split()
_MODIFIED = (
    "article:modified_time og:article:modified_time datemodified og:updated_time dcterms.modified last-modified"
).split()
_AUTHOR = "author article:author og:article:author citation_author parsely-author dcterms.creator dc.creator".split()
_SITE_NAME_END = re.compile(r"\s+[|»·]\s+[^|»·]{1,60}$")
_SEPARATOR = r"\s*[|»·:–—_-]\s*"
_TITLE_NAME = re.compile(
    r"(?:entry|post|article|page|story)[-_]{1,2}title|wp-block-post-title|headline|p-name|rich_media_title"
    r"|elementor-heading-title|amp-wp-title"
)
_SITE_HEADER = re.compile(r"site-(?:title|name|header|branding|logo)|masthead|logo|navbar|menu-title|comments")
_DATE_NAME = re.compile(r"published|pubdate|entry-date|post-date|publish|posted|date|timestamp", re.IGNORECASE)
_CHANGE_NAME = re.compile(r"modified|updated", re.IGNORECASE)
_AUTHOR_NAME = re.compile(r"(?<![a-z])(?:author-?name|p-author|fn|author_link|byline-name)(?![a-z])", re.IGNORECASE)
_LINE_TAGS = {"p", "div", "li", "ul", "h1", "h2", "h3", "h4", "h5", "h6", "header", "section", "td", "tr", "dd", "dt"}
_LINE_TAGS |= {"article", "figure", "footer", "table", "blockquote", "br", "main"}
_LONG = 25  # words of a paragraph that is the article's and no line about it


def page_metadata(tree: Any) -> Metadata:
    """Collect what a page declares of its article; what makes no sense is left out.

    Needs the scripts in the tree, for their JSON-LD.
    """
    metas = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content") or ""
        for meta in reversed(tree.xpath("//meta[@content]"))
    }
    canonical = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None) or metas.get("og:url") or ""
    title = _page_title(tree, metas)
    linked = _linked_article(tree, title, str(canonical))
    sections = linked.get("articleSection") or metas.get("article:section") or metas.get("columnname") or ()
    sections = [sections] if isinstance(sections, str) else sections
    return Metadata(
        title=title,
        author=_author(linked.get("author")) or _first_of(metas, _AUTHOR, _person),
        published=_when(linked.get("datePublished")) or _first_of(metas, _PUBLISHED, _when),
        modified=_when(linked.get("dateModified")) or _first_of(metas, _MODIFIED, _when) or _last_updated(tree),
        categories=tuple(line for name in sections if isinstance(name, str) and (line := one_line(name))),
        language=fold_language(tree.get("lang") or metas.get("og:locale")),
        url=str(canonical) if canonical_url(str(canonical)) else None,
    )


def shown_metadata(scope: Any, container: Any | None, title: str | None) -> Metadata:
    """Collect what is shown around the text within ``scope``: a page without its furniture.

    Only what stands between the title and the text counts, and what is marked as the article's own below it, so that
    the date on a card is not taken.
    """
    zone = _Zone(container, title)
    _walk_zone(scope, zone)
    told = read_byline("\n".join(zone.lines))
    links = [one_line("".join(link.itertext())) for link in _category_links(scope)]
    return Metadata(
        author=zone.author or told.author,
        published=zone.published or told.published,
        modified=zone.modified or told.modified,
        categories=tuple(dict.fromkeys(filter(None, links))),
    )


def _last_updated(tree: Any) -> str | None:
    """Return the date that documentation states below a page."""
    dates = tree.xpath("//*[contains(@class, 'last-updated') or contains(@class, 'lastmod')]//time/@datetime")
    return next((found for date in dates if (found := _when(str(date)))), None)


def _category_links(scope: Any) -> Iterator[Any]:
    for link in scope.iter("a"):
        holder = link.getparent()
        around = (holder.get("class") or "") if holder is not None else ""
        if "category" in (link.get("rel") or "") or re.search(r"taxonomy-category|cat-links", around):
            yield link


@dataclass
class _Zone:
    """What was met on the way through an article's header, and beyond it."""

    container: Any | None
    title: str | None
    heading: Any | None = None  # the title's own
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)  # the words of the line so far
    published: str | None = None
    modified: str | None = None
    author: str | None = None
    past: bool = False  # the title
    below: bool = False  # the text has begun

    def end_line(self) -> None:
        """End a line; a long one below the title is where the text begins."""
        text = one_line("".join(self.line))
        self.line.clear()
        if not text or self.below:
            return
        if self.container is None and (self.past or self.heading is None) and word_count(text) > _LONG:
            self.below = True
        elif text != self.title:
            self.lines.append(text)

    def meet(self, element: Any) -> None:
        """Take in an element that may be a date or a name."""
        prop = (element.get("itemprop") or "").lower()
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag == "time" or prop in ("datepublished", "datemodified") or _marked(element, name):
            self._date(element, prop, name)
        elif self.author is None and (not self.below or next(element.iterancestors("footer"), None) is not None):
            named = "author" in (element.get("rel") or "").split() or prop == "author" or _AUTHOR_NAME.search(name)
            self.author = _person("".join(element.itertext())) if named else None

    def _date(self, element: Any, prop: str, name: str) -> None:
        own = prop in ("datepublished", "datemodified") or re.search(r"published|updated|pubdate", name) is not None
        if self.below and not own:
            return
        text = one_line("".join(element.itertext()))
        told = read_byline(text)
        found = _when(element.get("datetime")) or _when(element.get("content")) or told.published or told.modified
        around = "".join(element.getparent().itertext()) if element.getparent() is not None else ""
        before = around.partition(text)[0][-24:] if text else ""
        changed = prop == "datemodified" or (
            _CHANGE_NAME.search(name) is not None and "published" not in name and element.get("pubdate") is None
        )
        if changed or told.modified or re.search(r"updated|modified|更新|修改", before, re.IGNORECASE):
            self.modified = self.modified or found
        else:
            self.published = self.published or found


def _marked(element: Any, name: str) -> bool:
    """Say whether a short element is named as a date."""
    if not _DATE_NAME.search(name) or len(element) > 2 or element.find(".//time") is not None:
        return False
    return len("".join(element.itertext()).strip()) <= 40


def _walk_zone(scope: Any, zone: _Zone) -> None:
    """Go through the header line by line, up to the text; below it only what is marked counts."""
    zone.heading = next((place for place in scope.iter("h1", "h2") if _same(place, zone.title)), None)
    opening = scope if zone.heading is None or scope.tag == "article" else _opening(zone.heading)
    inside = set(zone.container.iter()) if zone.container is not None else set()
    begun = False
    for event, element in _events(scope):
        if element in inside:
            zone.below = True
            continue
        begun = begun or element is opening
        if not begun:
            continue
        if element.tag in _LINE_TAGS:
            zone.end_line()
        if event == "start":
            zone.past = zone.past or element is zone.heading
            zone.meet(element)
        zone.line.append((element.text if event == "start" else element.tail) or "")
    zone.end_line()


def _events(root: Any) -> Iterator[tuple[str, Any]]:
    stack: list[tuple[str, Any]] = [("start", root)]
    while stack:
        event, element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        yield event, element
        if event == "start":
            stack.append(("end", element))
            stack += [("start", child) for child in reversed(element)]


def _opening(heading: Any) -> Any:
    """Return the element with which an article's header begins."""
    for holder in heading.iterancestors():
        if holder.tag == "header":
            return holder
    return heading.getparent()


def _same(heading: Any, title: str | None) -> bool:
    return title is not None and one_line("".join(heading.itertext())).casefold() == title.casefold()


def _linked_article(tree: Any, title: str | None, url: str) -> dict[str, Any]:
    """Return the JSON-LD object of this page's article, its author resolved; empty where there is none."""
    items = [item for data in _json_ld(tree) for item in _graph(data)]
    named = {item["@id"]: item for item in items if isinstance(item.get("@id"), str) and "name" in item}
    articles = [item for item in items if re.search(r"Article|BlogPosting|Report\b", str(item.get("@type", "")))]
    pages = [item for item in items if "WebPage" in str(item.get("@type", "")) and item.get("datePublished")]
    own = [item for item in articles if _is_own(item, title, url)] or articles or pages
    if not own:
        return {}
    found = dict(own[0])
    author = found.get("author")
    if isinstance(author, dict) and "name" not in author:
        found["author"] = named.get(str(author.get("@id")), author)
    return found


def _is_own(item: Mapping[str, Any], title: str | None, url: str) -> bool:
    headline = one_line(str(item.get("headline") or item.get("name") or ""))
    place = item.get("mainEntityOfPage") or item.get("url") or ""
    place = place.get("@id", "") if isinstance(place, dict) else place
    return bool(title and title in headline) or bool(url and str(place).rstrip("/") == url.rstrip("/"))


def _json_ld(tree: Any) -> Iterator[Any]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue  # pages carry broken JSON-LD; the other places may tell the same


def _graph(data: Any) -> Iterator[dict[str, Any]]:
    graph = data.get("@graph", data) if isinstance(data, dict) else data
    for item in graph if isinstance(graph, list) else [graph]:
        if isinstance(item, dict):
            yield item


def _page_title(tree: Any, metas: Mapping[str, str]) -> str | None:
    site = one_line(metas.get("og:site_name", ""))
    titles = [one_line(raw) for raw in (metas.get("og:title", ""), *tree.xpath("//head/title/text()"))]
    titles = [title for title in titles if title]
    headings = list(_headings(tree, site))
    # many sites set their own name as a heading, so one counts only where the page's title holds it, best at its start
    for _, _, heading in headings:
        if any(re.match(rf"{re.escape(heading)}(?:$|{_SEPARATOR}|\s+by\b)", title) for title in titles):
            return heading
    for named, tag, heading in headings:
        if tag == "h1" and (named or not titles or any(heading in title for title in titles)):
            return heading
    if not titles:
        return None
    title = titles[0]
    if site and title != site:
        title = re.sub(rf"{_SEPARATOR}{re.escape(site)}$", "", title)
    return _SITE_NAME_END.sub("", title)


def _headings(tree: Any, site: str) -> Iterator[tuple[bool, str, str]]:
    """Yield headings that may be the title's: whether named as such, the tag, the words; those of tag h1 come first."""
    for tag in ("h1", "h2"):
        for element in tree.iter(tag):
            text = one_line("".join(element.itertext()))
            name = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
            holder = element.getparent()
            around = f"{name} {holder.get('class') or ''} {holder.get('id') or ''}" if holder is not None else name
            if text and text != site and not _SITE_HEADER.search(around):
                yield _TITLE_NAME.search(name) is not None, tag, text


def _author(value: object) -> str | None:
    """Read JSON-LD's author: a name, a person, or several of either."""
    names = [
        name
        for item in (value if isinstance(value, list) else [value])
        if (name := _person(item.get("name") if isinstance(item, dict) else item))
    ]
    return ", ".join(dict.fromkeys(names)) or None


def _person(value: object) -> str | None:
    name = one_line(value) if isinstance(value, str) else ""
    return name if name and "://" not in name and len(name) <= 120 else None


def _when(value: object) -> str | None:
    return read_date(value) if isinstance(value, str) and value.strip() else None


def _first_of(metas: Mapping[str, str], names: list[str], read: Any) -> str | None:
    return next((found for name in names if (found := read(metas.get(name)))), None)
