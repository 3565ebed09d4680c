"""Word documents to pieces, by the styles of their paragraphs."""

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from corpus.article import BlockKind
from ingest.checks import check_size, looks_like
from ingest.draft import Draft, Piece
from ingest.metadata import Metadata, read_date
from ingest.post import BadPost, Post
from ingest.shown import raised
from ingest.text import one_line

if TYPE_CHECKING:
    from docx.document import Document

LARGEST_UNPACKED = 20 * 1024 * 1024  # bytes of XML, which takes many times its size in memory
MOST_MEMBERS = 5000  # files in the archive
MOST_STYLES = 5000
MOST_ELEMENTS = 500_000  # of the text and what dresses it

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE = b"\xd0\xcf\x11\xe0"  # what Word wrote before .docx, and what it wraps an encrypted file in
_BROKEN = "not a Word document, or a broken one: save it anew as .docx"
# all that reading an archive raises where it is broken or packed in a way that is not known
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, ValueError, NotImplementedError, EOFError, OSError)
_HOLDERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
# what was taken out, moved away, or stands beside the text: text boxes, and the reading aid over a character
_UNREAD = {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "txbxContent", "rt", "instrText", "sdtPr")}
_UNREAD.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_LIST = re.compile(r"list (?:bullet|number)", re.IGNORECASE)
_TEMPLATE_AUTHOR, _TEMPLATE_DATE = "python-docx", datetime(2013, 12, 23, 23, 15, tzinfo=UTC)
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)|table of figures", re.IGNORECASE)


def parse_docx(post: Post, given: Metadata) -> Draft:
    """Parse a Word document; the title is its paragraph of style Title, else the one in its properties.

    Pictures and other embedded files are not unpacked, and macros not read. Raises BadPost where the file is encrypted,
    broken, no Word document, holds macros, or unpacks to more than the limits.
    """
    archive = _checked(post.body)
    try:
        import docx

        document = docx.Document(archive)
        if len(document.styles) > MOST_STYLES:
            raise BadPost(f"holds more than {MOST_STYLES:,} styles")
        if document.element.body.xpath("count(.//*)") > MOST_ELEMENTS:
            raise BadPost(f"holds more than {MOST_ELEMENTS:,} elements: split it")
        walk = _Walk(document)
        walk.blocks(document.element.body)
        metadata = given.or_else(Metadata(title=walk.title)).or_else(_properties(document))
    except BadPost:
        raise
    except Exception as error:  # what is wrong in a file shows anywhere in the library, as any kind of error
        raise BadPost(_BROKEN) from error
    first = walk.pieces[0] if walk.pieces else None
    if first is not None and first.kind is BlockKind.HEADING and first.level == 1:
        if metadata.title is None:
            metadata = metadata.or_else(Metadata(title=first.text))
        if metadata.title == first.text:
            del walk.pieces[0]
    return Draft(metadata, tuple(walk.pieces))


def _checked(body: bytes) -> BytesIO:
    """Return the document's archive with its XML alone; what an archive says of a size is never exceeded."""
    if body.startswith(_OLE):
        raise BadPost("encrypted, or from an old Word: save it as .docx without a password")
    kind = looks_like(body)
    if kind is not None and not body.startswith(b"PK"):
        raise BadPost(f"not a Word document: it looks like {kind}")
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            members = archive.infolist()
            _check_members(members)
            return _without_pictures(archive, members)
    except _BROKEN_ARCHIVE as error:
        raise BadPost(_BROKEN) from error


def _check_members(members: Sequence[zipfile.ZipInfo]) -> None:
    """Look at the archive's directory before anything is unpacked."""
    names = [member.filename for member in members]
    outside = next((name for name in names if name.startswith("/") or ".." in re.split(r"[/\\]", name)), None)
    if any(member.flag_bits & 1 for member in members):
        raise BadPost("encrypted: save it without a password")
    if len(members) > MOST_MEMBERS:
        raise BadPost(f"holds more than {MOST_MEMBERS:,} files")
    if len(set(names)) < len(names):
        raise BadPost("holds two files of the same name: save it anew as .docx")
    if outside is not None:
        raise BadPost(f"holds a file that would lie outside it: {one_line(outside)[:80]}")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadPost("holds macros: save it as .docx without them")
    if sum(member.file_size for member in members if _is_xml(member)) > LARGEST_UNPACKED:
        raise BadPost(f"unpacks to more than {LARGEST_UNPACKED // 1024 // 1024} MB of text and styles")


def _without_pictures(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> BytesIO:
    """Copy the archive with nothing in what is no XML; raises BadPost where XML declares a document type."""
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w") as slim:
        for member in members:
            content = archive.read(member) if _is_xml(member) else b""
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise BadPost("declares a document type or entities, which no Word document does")
            slim.writestr(member.filename, content)
    copy.seek(0)
    return copy


def _is_xml(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".xml", ".rels"))


def _properties(document: "Document") -> Metadata:
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    except KeyError:
        return Metadata()  # the library would make some up, with the time of reading
    core = document.core_properties
    return Metadata(
        title=one_line(core.title) or None,
        author=None if core.author == _TEMPLATE_AUTHOR else one_line(core.author) or None,
        published=_date(core.created),
        modified=_date(core.modified),
    )


def _date(moment: datetime | None) -> str | None:
    """Return a date of the file's properties; that of the template which python-docx writes from is of no article."""
    return read_date(moment) if moment and moment != _TEMPLATE_DATE else None


@dataclass
class _Walk:
    """Where the walk over the document stands."""

    document: "Document"
    pieces: list[Piece] = field(default_factory=list)
    title: str | None = None
    group: int = 0
    length: int = 0  # of the pieces, in characters
    styles: dict[str | None, tuple[list[str], list[str]]] = field(default_factory=dict)

    def blocks(self, holder: Any) -> None:
        """Read the paragraphs and tables below an element, in order."""
        for element in holder:
            if element.tag == f"{_W}p":
                self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._table(element)
            elif element.tag in _HOLDERS:
                self.blocks(element)

    def _paragraph(self, element: Any) -> None:
        text = one_line("".join(_words(element)))
        names, listed = self._style(element) if text else ([], False)
        if not text or any(_CONTENTS.fullmatch(name) for name in names):
            return
        heading = next((found for name in names if (found := _HEADING.fullmatch(name))), None)
        if "title" in names and not self.pieces and self.title is None:
            self.title = text
        elif heading or "title" in names:
            level = min(int(heading.group(1)), 6) if heading else 1
            self._add(Piece(BlockKind.HEADING, text, level))
        elif "caption" in names:
            self._add(Piece(BlockKind.CAPTION, text))
        elif listed:
            follows = bool(self.pieces) and self.pieces[-1].kind is BlockKind.LIST_ITEM
            self.group += not follows
            self._add(Piece(BlockKind.LIST_ITEM, text, group=self.group))
        else:
            quoted = any(name in ("quote", "intense quote") for name in names)
            self._add(Piece(BlockKind.QUOTE if quoted else BlockKind.PARAGRAPH, text))

    def _add(self, piece: Piece) -> None:
        self.length += len(piece.text)
        self.pieces.append(piece)
        check_size(self.length, len(self.pieces))

    def _style(self, element: Any) -> tuple[list[str], bool]:
        """Return the names of a paragraph's style and of those it builds on, and whether it is a list's item."""
        if element.style not in self.styles:
            self.styles[element.style] = self._built_on(element)
        names, styled = self.styles[element.style]
        numbers = element.xpath("./w:pPr/w:numPr/w:numId/@w:val") or styled
        listed = numbers[0] != "0" if numbers else any(_LIST.match(name) for name in names)
        return names, listed

    def _built_on(self, element: Any) -> tuple[list[str], list[str]]:
        """Return those names, and the list that the nearest of these styles puts its paragraphs in, if any."""
        from docx.styles.style import ParagraphStyle
        from docx.text.paragraph import Paragraph

        names: list[str] = []
        numbers: list[str] = []
        style: Any = Paragraph(element, self.document).style
        while isinstance(style, ParagraphStyle) and len(names) < 10:  # a broken file may build a style on itself
            names.append((style.name or "").casefold())
            numbers = numbers or style.element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
            style = style.base_style
        return names, numbers

    def _table(self, table: Any) -> None:
        rows = [_children(row, "tc") for row in _children(table, "tr")]
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame around some text
            self.blocks(rows[0][0])
        else:
            lines = [" | ".join(filter(None, map(_cell, row))) for row in rows]
            self._add(Piece(BlockKind.TABLE, "\n".join(lines)))


def _children(element: Any, name: str) -> list[Any]:
    found: list[Any] = element.xpath(f"./w:{name} | ./w:sdt/w:sdtContent/w:{name}")
    return found


def _cell(cell: Any) -> str:
    return one_line(" ".join("".join(_words(paragraph)) for paragraph in cell.iter(f"{_W}p")))


def _words(element: Any) -> Iterator[str]:
    """Yield what a reader sees of a paragraph, with insertions accepted and deletions gone."""
    before = ""
    for child in element:
        for words in _words_of(child, before):
            before = words or before
            yield words


def _words_of(child: Any, before: str) -> Iterator[str]:
    if child.tag == f"{_W}t":
        yield child.text or ""
    elif child.tag in _SIGNS:
        yield _SIGNS[child.tag]
    elif isinstance(child.tag, str) and child.tag not in _UNREAD and not _hidden(child):
        words = _words(child)
        yield from [raised(before, "".join(words))] if _risen(child) else words


def _risen(run: Any) -> bool:
    found = run.find(f"{_W}rPr/{_W}vertAlign")
    return found is not None and found.get(f"{_W}val") == "superscript"


def _hidden(run: Any) -> bool:
    found = run.find(f"{_W}rPr/{_W}vanish")
    return found is not None and found.get(f"{_W}val", "true") not in ("0", "false", "off")
