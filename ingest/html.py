"""HTML pages and fragments to pieces: trafilatura finds the main content, the rest of the page tells the metadata."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.article import BlockKind
from ingest.draft import Draft, Piece
from ingest.furniture import strip_furniture
from ingest.metadata import Metadata, canonical_url, fold_language, read_date
from ingest.post import BadPost, Post
from ingest.text import decode, one_line, word_count

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body|head|!doctype)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SILENT = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "form",
    "button",
    "select",
    "nav",
    "footer",
    "head",
    "aside",
}
_BLOCKS = {"p", "div", "section", "article", "main", "header", "figure", "dl", "dt", "dd", "address", "details"}
_BLOCKS |= {"summary", "center", "fieldset", "hr", "body", "html"}
# trafilatura keeps a paragraph but drops a figcaption, so a caption travels as a paragraph with this in front
_CAPTION_MARK = "⟪caption⟫"
_SITE_NAME_END = re.compile(r"\s+[|»·]\s+[^|»·]{1,60}$")
_SEPARATOR = r"\s*[|»·:–—-]\s*"


def parse_html(post: Post, given: Metadata) -> Draft:
    """Parse an HTML post: a whole page, or a fragment that is all content; raises BadPost where it can't be read."""
    declared = _CHARSET.search(post.body[:4096])
    text = decode(post.body, declared=declared.group(1).decode("ascii") if declared else None)
    pieces = _page_pieces(text) if _PAGE.search(text) else fragment_pieces(text)
    metadata = given.or_else(_page_metadata(_tree(text)))
    heading = next((piece for piece in pieces if piece.kind is BlockKind.HEADING and piece.level == 1), None)
    if heading is not None:
        if given.title is None:
            metadata = Metadata(title=one_line(heading.text)).or_else(metadata)
        if metadata.title == one_line(heading.text):
            pieces.remove(heading)
    return Draft(metadata, tuple(pieces))


def fragment_pieces(html: str) -> list[Piece]:
    """Return the pieces of a fragment, all of which is content."""
    walk = _Walk()
    _read(_tree(html), walk)
    walk.flush()
    return walk.pieces


def _tree(html: str) -> Any:
    """Parse to an lxml tree without what a reader never sees."""
    from lxml import etree
    from lxml import html as lxml_html

    # XML declarations and stray controls make lxml refuse a text that is already decoded
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    html = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", html)
    try:
        tree = lxml_html.document_fromstring(
            html, parser=lxml_html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
        )
    except etree.ParserError:  # it holds no element at all
        return lxml_html.document_fromstring("<body></body>")
    except (etree.LxmlError, ValueError) as error:
        raise BadPost(f"the HTML can't be read: {one_line(str(error))[:80]}") from error
    for element in list(tree.iter()):
        style = element.get("style") or ""
        if (element.get("hidden") is not None or _HIDDEN.search(style)) and element.getparent() is not None:
            element.drop_tree()
    return tree


def _page_pieces(text: str) -> list[Piece]:
    """Find the main content of a page; where trafilatura loses most of it, read the page's own main element."""
    from lxml import html as lxml_html
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    tree = _tree(text)
    own = fragment_pieces(lxml_html.tostring(_main_element(tree), encoding="unicode"))
    for caption in tree.iter("figcaption"):
        figure = caption.getparent()
        caption.tag = "p"
        caption.text = f"{_CAPTION_MARK} {caption.text or ''}"
        caption.attrib.clear()  # a class such as "caption" would have it dropped again
        if figure is not None and figure.tag == "figure":
            figure.tag = "div"
            figure.attrib.clear()
    found = bare_extraction(
        lxml_html.tostring(tree, encoding="unicode"), include_comments=False, include_tables=True, favor_recall=True
    )
    if not isinstance(found, Document) or found.body is None:
        return own
    walk = _Walk()
    _read(found.body, walk)
    walk.flush()
    main = strip_furniture(own) if _main_element(tree).tag != "body" else []
    lost = not walk.pieces or _words(walk.pieces) < 0.7 * _words(main)
    return own if lost else walk.pieces


def _main_element(tree: Any) -> Any:
    """Return the page's only <article>, else its <main>, else its body."""
    for path in ("//article", "//main", "//*[@role='main']"):
        found = tree.xpath(path)
        if len(found) == 1:
            return found[0]
    body = tree.find("body")
    return tree if body is None else body


def _words(pieces: list[Piece]) -> float:
    return sum(word_count(piece.text) for piece in pieces)


@dataclass
class _Walk:
    """Where the walk over the elements stands; ``run`` gathers the words of the open block."""

    pieces: list[Piece] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    group: int = 0
    groups: int = 0

    def flush(self) -> None:
        """End the open block."""
        text, self.run = "".join(self.run), []
        kind, body = self.kind, one_line(text)
        if body.startswith(_CAPTION_MARK):
            kind, body = BlockKind.CAPTION, body.removeprefix(_CAPTION_MARK).strip()
        if body:
            self.pieces.append(Piece(kind, body, self.level, self.group if kind is BlockKind.LIST_ITEM else 0))


def _read(root: Any, walk: _Walk) -> None:
    """Walk HTML or trafilatura's tree without recursion, so that no depth of nesting can break it."""
    # each entry undoes or continues something once what lies above it on the stack is done
    stack: list[tuple[Any, tuple[BlockKind, int, int] | None]] = [(root, None)]
    while stack:
        element, restore = stack.pop()
        if restore is not None:
            walk.flush()
            walk.kind, walk.level, walk.group = restore
        if isinstance(element, str):
            walk.run.append(element)
            continue
        if element is None or not isinstance(element.tag, str):
            continue
        _enter(element, walk, stack)


def _enter(element: Any, walk: _Walk, stack: list[Any]) -> None:
    tag = element.tag
    before = (walk.kind, walk.level, walk.group)
    if tag in _SILENT and tag != "head":
        return
    if tag == "head" and element.get("rend") is None:  # HTML's head; trafilatura's has "rend"
        return
    if tag in ("table", "pre") or (tag == "code" and len(element) and element[0].tag == "code"):
        walk.flush()
        walk.pieces.append(_table(element) if tag == "table" else Piece(BlockKind.CODE, "".join(element.itertext())))
        return
    if tag in ("br", "lb"):
        walk.run.append(" ")
        return
    kind = _open(element, walk)
    if kind:
        stack.append((None, before))
    for child in reversed(element):
        stack.append((child.tail or "", None))
        stack.append((child, None))
    walk.run.append(element.text or "")


def _open(element: Any, walk: _Walk) -> bool:
    """Begin a new block where this element is one; True if it is."""
    tag = element.tag
    heading = re.fullmatch(r"h([1-6])", element.get("rend") or "h2" if tag == "head" else tag)
    if heading is None and tag not in _BLOCKS | {"ul", "ol", "list", "li", "item", "blockquote", "quote", "figcaption"}:
        return False
    walk.flush()
    if heading:
        walk.kind, walk.level = BlockKind.HEADING, int(heading.group(1))
    match tag:
        case "ul" | "ol" | "list" if walk.kind is not BlockKind.LIST_ITEM:
            walk.groups += 1
            walk.group = walk.groups
        case "li" | "item":
            walk.kind, walk.level = BlockKind.LIST_ITEM, 0
        case "blockquote" | "quote":
            walk.kind, walk.level = BlockKind.QUOTE, 0
        case "figcaption":
            walk.kind, walk.level = BlockKind.CAPTION, 0
    return True


def _table(table: Any) -> Piece:
    rows = []
    for row in table.iter("tr", "row"):
        cells = [one_line("".join(cell.itertext())) for cell in row if cell.tag in ("td", "th", "cell")]
        rows.append(" | ".join(filter(None, cells)))
    return Piece(BlockKind.TABLE, "\n".join(rows))


def _page_metadata(tree: Any) -> Metadata:
    """Collect what the page says of itself in its head; nothing is guessed from the visible text.

    A date on a card belongs to another article, so only declared dates count. What makes no sense is left out.
    """
    metas = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content") or ""
        for meta in reversed(tree.xpath("//meta[@content]"))
    }
    linked = next(_linked_articles(tree), {})
    author = linked.get("author")
    if isinstance(author, list):
        author = author[0] if author else None
    if isinstance(author, dict):
        author = author.get("name")
    canonical = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None) or metas.get("og:url") or ""
    section = [metas["article:section"]] if metas.get("article:section") else []
    return Metadata(
        title=_page_title(tree, metas),
        author=_person(author) or _person(metas.get("author")) or _person(metas.get("article:author")),
        published=_when(linked.get("datePublished"), metas.get("article:published_time"), metas.get("datepublished")),
        modified=_when(linked.get("dateModified"), metas.get("article:modified_time"), metas.get("og:updated_time")),
        categories=tuple(filter(None, map(one_line, section))),
        language=fold_language(tree.get("lang") or metas.get("og:locale")),
        url=str(canonical) if canonical_url(str(canonical)) else None,
    )


def _linked_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects of the page that are articles."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue  # pages carry broken JSON-LD; the other places may tell the same
        graph = data.get("@graph", data) if isinstance(data, dict) else data
        for item in graph if isinstance(graph, list) else [graph]:
            kind = str(item.get("@type", "")) if isinstance(item, dict) else ""
            if "Article" in kind or "BlogPosting" in kind:
                yield item


def _page_title(tree: Any, metas: dict[str, str]) -> str | None:
    titles = [
        title for raw in (metas.get("og:title", ""), *tree.xpath("//head/title/text()")) if (title := one_line(raw))
    ]
    headings = [title for found in tree.xpath("//h1") if (title := one_line("".join(found.itertext())))]
    site = one_line(metas.get("og:site_name", ""))
    # many sites set their own name as a heading, so one counts only where the page's title holds it
    titles[:0] = [h for h in headings if h != site and (not titles or any(h in title for title in titles))][:1]
    if not titles:
        return None
    title = titles[0]
    if site and title != site:
        title = re.sub(rf"{_SEPARATOR}{re.escape(site)}$", "", title)
    return _SITE_NAME_END.sub("", title)


def _person(value: object) -> str | None:
    name = one_line(value) if isinstance(value, str) else ""
    return name if name and "://" not in name and len(name) <= 120 else None


def _when(*values: object) -> str | None:
    return next((found for value in values if isinstance(value, str) and (found := read_date(value))), None)
