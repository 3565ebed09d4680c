"""HTML pages and fragments to pieces: what stands around the article goes, what is left is read block by block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.article import BlockKind
from ingest.bylines import is_byline
from ingest.captions import mark_captions
from ingest.draft import Draft, Piece
from ingest.hidden import Hidden, take_out_hidden
from ingest.main_content import article_stretch, known_container, main_element
from ingest.metadata import Metadata
from ingest.page_furniture import (
    drop_bylines,
    drop_furniture,
    drop_permalinks,
    drop_unread,
    lead_boxes,
    text_length,
)
from ingest.page_metadata import page_metadata, shown_metadata
from ingest.post import BadPost, Post
from ingest.screen import hidden_flags, unseen_flags
from ingest.shown import write_as_shown
from ingest.text import decode, one_line, word_count

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body|head|!doctype)\b", re.IGNORECASE)
_SILENT = {"script", "style", "noscript", "template", "svg", "iframe", "form", "button", "select", "nav", "head"}
_BLOCKS = {"p", "div", "section", "article", "main", "header", "figure", "dl", "dt", "dd", "address", "details"}
_BLOCKS |= {"summary", "center", "fieldset", "hr", "body", "html", "aside", "table", "tr", "td", "th", "caption"}
_BLOCKS |= {"ul", "ol", "li", "blockquote", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"}
_LONGEST_CELL = 600  # characters; a longer one is a text that was placed in a table
_FEWEST = 0.3  # of the text in a page's paragraphs that its known container must hold
_HEAD_BLOCKS = 8  # blocks among which lines about the article are looked for
_LONG = 25  # words; what is longer is the article's own


def parse_html(post: Post, given: Metadata) -> Draft:
    """Parse an HTML post: a whole page, or a fragment that is all content; raises BadPost where it can't be read."""
    declared = _CHARSET.search(post.body[:4096])
    text = decode(post.body, declared=declared.group(1).decode("ascii") if declared else None)
    tree = _tree(text)
    if tree.xpath("//form//input[@name='post_password']"):  # WordPress shows the question instead of the text
        raise BadPost("protected by a password")
    drop_permalinks(tree)
    write_as_shown(tree)
    metadata = given.or_else(page_metadata(tree))
    page = _PAGE.search(text) is not None
    read = _read_page(tree, metadata) if page else _read_fragment(tree)
    pieces = read.pieces
    heading = next((piece for piece in pieces if piece.kind is BlockKind.HEADING and piece.level == 1), None)
    if heading is not None and metadata.title is None:
        metadata = Metadata(title=one_line(heading.text)).or_else(metadata)
    metadata = metadata.or_else(read.metadata)
    return Draft(metadata, tuple(_without_head(pieces, metadata)), read.flags)


def fragment_pieces(html: str) -> list[Piece]:
    """Return the pieces of a fragment, all of which is content."""
    tree = _tree(html)
    write_as_shown(tree)
    return _read_fragment(tree).pieces


def fragment_flags(html: str) -> tuple[str, ...]:
    """Return what a person should look at in a fragment: text that it hides, characters that nobody sees."""
    return _read_fragment(_tree(html)).flags


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a page: its pieces, what it shows of the article, what a person should look at."""

    pieces: list[Piece]
    metadata: Metadata
    flags: tuple[str, ...]


def _tree(html: str) -> Any:
    """Parse to an lxml tree without comments."""
    from lxml import etree
    from lxml import html as lxml_html

    # XML declarations and stray controls make lxml refuse a text that is already decoded
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    html = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", html)
    try:
        return lxml_html.document_fromstring(
            html, parser=lxml_html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
        )
    except etree.ParserError:  # it holds no element at all
        return lxml_html.document_fromstring("<body></body>")
    except (etree.LxmlError, ValueError) as error:
        raise BadPost(f"the HTML can't be read: {one_line(str(error))[:80]}") from error


def _read_fragment(tree: Any) -> _Read:
    """Read a fragment, such as a post's content alone; it may hold furniture of its site's plugins."""
    sheets = tree.xpath("//style/text()")
    drop_unread(tree)
    body = tree if tree.find("body") is None else tree.find("body")
    drop_furniture(tree, body)
    hidden = take_out_hidden(tree, sheets, {tree, body})
    drop_bylines(body)
    mark_captions(body)
    walk = _walked(body)
    return _Read(walk.pieces, Metadata(), _flags(walk, hidden, body))


def _read_page(tree: Any, known: Metadata) -> _Read:
    """Find the article in a page, and read it."""
    sheets = tree.xpath("//style/text()")
    drop_unread(tree)
    container = known_container(tree)
    drop_furniture(tree, container)
    if container is not None and _is_small(container, tree):
        container = None
    shown = {tree, tree.find("body"), main_element(tree)}
    shown |= {container, *container.iterancestors()} if container is not None else set()
    hidden = take_out_hidden(tree, sheets, shown)
    if container is None:
        scope = main_element(tree)
        metadata = shown_metadata(scope, None, known.title)
        drop_bylines(scope)
        mark_captions(scope)
        walk = _walked(scope)
        start, end = article_stretch(tree, [piece.text for piece in walk.pieces], walk.places)
        return _Read(walk.pieces[start:end], metadata, _flags(walk, hidden, scope))
    scope = _scope(tree, container)
    metadata = shown_metadata(scope, container, known.title)
    lead = [piece for box in lead_boxes(scope, container) for piece in _walked(box).pieces]
    drop_bylines(container)
    mark_captions(container)
    walk = _walked(container)
    return _Read(lead + walk.pieces, metadata, _flags(walk, hidden, container))


def _scope(tree: Any, container: Any) -> Any:
    """Return the element that holds a text together with its title and byline."""
    for holder in container.iterancestors():
        if holder.find(".//h1") is not None or holder.tag == "body":
            return holder
    return tree


def _is_small(container: Any, tree: Any) -> bool:
    """Say whether the page's paragraphs stand elsewhere, so that this can't be its article."""
    within = text_length(container)
    return within < _FEWEST * sum(text_length(paragraph) for paragraph in tree.iter("p"))


def _flags(walk: "_Walk", hidden: Sequence[Hidden], scope: Any) -> tuple[str, ...]:
    """Return what a person should look at; what was hidden elsewhere in the page is no one's concern."""
    inside = [item.text for item in hidden if item.parent is scope or scope in item.parent.iterancestors()]
    return hidden_flags(inside) + unseen_flags("\n".join(walk.raw))


def _without_head(pieces: list[Piece], metadata: Metadata) -> list[Piece]:
    """Drop the title and the lines about the article that stand before its text."""
    head = 0
    kept = list(pieces)
    for piece in pieces[:_HEAD_BLOCKS]:
        text = one_line(piece.text)
        title = metadata.title is not None and text.casefold() == metadata.title.casefold()
        if title:
            del kept[: head + 1]
            head = 0
        elif is_byline(text, metadata.author, *metadata.categories):
            del kept[head]
        elif word_count(text) > _LONG:
            break
        else:
            head += 1
    return kept


@dataclass
class _Walk:
    """Where the walk over the elements stands; ``run`` gathers the words of the open block."""

    pieces: list[Piece] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)  # the element of each piece
    raw: list[str] = field(default_factory=list)  # words as written, where they are more than plain letters
    run: list[str] = field(default_factory=list)
    place: Any = None
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    group: int = 0
    groups: int = 0

    def flush(self) -> None:
        """End the open block."""
        text, self.run = "".join(self.run), []
        self.add(self.kind, one_line(text), text)

    def add(self, kind: BlockKind, body: str, written: str) -> None:
        """Add a piece, unless it is empty."""
        if not written.isascii():
            self.raw.append(written)
        if body:
            self.pieces.append(Piece(kind, body, self.level, self.group if kind is BlockKind.LIST_ITEM else 0))
            self.places.append(self.place)


def _walked(root: Any) -> _Walk:
    """Read the blocks of an element, without recursion, so that no depth of nesting can break it."""
    walk = _Walk(place=root)
    # each entry undoes or continues something once what lies above it on the stack is done
    stack: list[tuple[Any, tuple[Any, BlockKind, int, int] | None]] = [(root, None)]
    while stack:
        element, restore = stack.pop()
        if restore is not None:
            walk.flush()
            walk.place, walk.kind, walk.level, walk.group = restore
        if isinstance(element, str):
            walk.run.append(element)
        elif element is not None and isinstance(element.tag, str) and element.tag not in _SILENT:
            _enter(element, walk, stack)
    walk.flush()
    return walk


def _enter(element: Any, walk: _Walk, stack: list[Any]) -> None:
    tag = element.tag
    before = (walk.place, walk.kind, walk.level, walk.group)
    if tag == "pre" or (tag == "table" and not _is_layout(element)):
        walk.flush()
        written = "".join(element.itertext())
        walk.place = element
        walk.add(*((BlockKind.CODE, written) if tag == "pre" else (BlockKind.TABLE, _rows(element))), written)
        walk.place = before[0]
        return
    if tag == "br":
        walk.run.append(" ")
        return
    if _open(element, walk):
        stack.append((None, before))
    for child in reversed(element):
        stack.append((child.tail or "", None))
        stack.append((child, None))
    walk.run.append(element.text or "")


def _open(element: Any, walk: _Walk) -> bool:
    """Begin a new block where this element is one; True if it is."""
    tag = element.tag
    if tag not in _BLOCKS:
        return False
    walk.flush()
    walk.place = element
    match tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            walk.kind, walk.level = BlockKind.HEADING, int(tag[1])
        case "ul" | "ol" if walk.kind is not BlockKind.LIST_ITEM:
            walk.groups += 1
            walk.group = walk.groups
        case "li":
            walk.kind, walk.level = BlockKind.LIST_ITEM, 0
        case "blockquote":
            walk.kind, walk.level = BlockKind.QUOTE, 0
        case "figcaption" | "caption":
            walk.kind, walk.level = BlockKind.CAPTION, 0
    return True


def _is_layout(table: Any) -> bool:
    """Say whether a table only places things on the page."""
    if table.get("role") == "presentation" or next(table.iter("table", "h1", "h2", "h3"), table) is not table:
        return True
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    return all(len(row) <= 1 for row in rows) or any(text_length(cell) > _LONGEST_CELL for row in rows for cell in row)


def _rows(table: Any) -> str:
    rows = []
    for row in table.iter("tr"):
        cells = [one_line("".join(cell.itertext())) for cell in row if cell.tag in ("td", "th")]
        rows.append(" | ".join(filter(None, cells)))
    return "\n".join(rows)
