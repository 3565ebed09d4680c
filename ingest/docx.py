"""Word documents to pieces, by the styles of their paragraphs."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from corpus.article import BlockKind
from ingest.draft import Draft, Piece
from ingest.metadata import Metadata, read_date
from ingest.post import BadPost, Post
from ingest.text import one_line

if TYPE_CHECKING:
    from docx.document import Document

LARGEST_UNPACKED = 100 * 1024 * 1024  # bytes
MOST_MEMBERS = 5000  # files in the archive

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE = b"\xd0\xcf\x11\xe0"  # what Word wrote before .docx, and what it wraps an encrypted file in
_HOLDERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
# what was taken out, moved away, or stands beside the text: text boxes, and the reading aid over a character
_UNREAD = {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "txbxContent", "rt", "instrText", "sdtPr")}
_UNREAD.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_LIST = re.compile(r"list (?:bullet|number)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)|table of figures", re.IGNORECASE)


def parse_docx(post: Post, given: Metadata) -> Draft:
    """Parse a Word document; the title is its paragraph of style Title, else the one in its properties.

    Raises BadPost where the file is encrypted, broken, no Word document, or unpacks to more than the limits.
    """
    _check_archive(post.body)
    try:
        import docx

        document = docx.Document(BytesIO(post.body))
        walk = _Walk(document)
        walk.blocks(document.element.body)
        metadata = given.or_else(Metadata(title=walk.title)).or_else(_properties(document))
    except Exception as error:  # what is wrong in a file shows anywhere in the library, as any kind of error
        raise BadPost("not a Word document, or a broken one: save it anew as .docx") from error
    first = walk.pieces[0] if walk.pieces else None
    if first is not None and first.kind is BlockKind.HEADING and first.level == 1:
        if metadata.title is None:
            metadata = metadata.or_else(Metadata(title=first.text))
        if metadata.title == first.text:
            del walk.pieces[0]
    return Draft(metadata, tuple(walk.pieces))


def _check_archive(body: bytes) -> None:
    """Look into the archive's directory before anything is unpacked; what it says there is never exceeded."""
    if body.startswith(_OLE):
        raise BadPost("encrypted, or from an old Word: save it as .docx without a password")
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise BadPost("not a Word document, or a broken one: save it anew as .docx") from error
    if any(member.flag_bits & 1 for member in members):
        raise BadPost("encrypted: save it without a password")
    if len(members) > MOST_MEMBERS:
        raise BadPost(f"holds more than {MOST_MEMBERS:,} files")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise BadPost(f"unpacks to more than {LARGEST_UNPACKED // 1024 // 1024} MB")


def _properties(document: "Document") -> Metadata:
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    except KeyError:
        return Metadata()  # the library would make some up, with the time of reading
    core = document.core_properties
    return Metadata(
        title=one_line(core.title) or None,
        author=one_line(core.author) or None,
        published=read_date(core.created) if core.created else None,
        modified=read_date(core.modified) if core.modified else None,
    )


@dataclass
class _Walk:
    """Where the walk over the document stands."""

    document: "Document"
    pieces: list[Piece] = field(default_factory=list)
    title: str | None = None
    group: int = 0

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
        names, listed = self._style(element)
        if not text or any(_CONTENTS.fullmatch(name) for name in names):
            return
        heading = next((found for name in names if (found := _HEADING.fullmatch(name))), None)
        if "title" in names and not self.pieces and self.title is None:
            self.title = text
        elif heading or "title" in names:
            level = min(int(heading.group(1)), 6) if heading else 1
            self.pieces.append(Piece(BlockKind.HEADING, text, level))
        elif "caption" in names:
            self.pieces.append(Piece(BlockKind.CAPTION, text))
        elif listed:
            follows = bool(self.pieces) and self.pieces[-1].kind is BlockKind.LIST_ITEM
            self.group += not follows
            self.pieces.append(Piece(BlockKind.LIST_ITEM, text, group=self.group))
        else:
            quoted = any(name in ("quote", "intense quote") for name in names)
            self.pieces.append(Piece(BlockKind.QUOTE if quoted else BlockKind.PARAGRAPH, text))

    def _style(self, element: Any) -> tuple[list[str], bool]:
        """Return the names of a paragraph's style and of those it builds on, and whether it is a list's item."""
        from docx.styles.style import ParagraphStyle
        from docx.text.paragraph import Paragraph

        numbers = element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
        names: list[str] = []
        style: Any = Paragraph(element, self.document).style
        while isinstance(style, ParagraphStyle) and len(names) < 10:  # a broken file may build a style on itself
            names.append((style.name or "").casefold())
            numbers = numbers or style.element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
            style = style.base_style
        listed = numbers[0] != "0" if numbers else any(_LIST.match(name) for name in names)
        return names, listed

    def _table(self, table: Any) -> None:
        rows = [_children(row, "tc") for row in _children(table, "tr")]
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame around some text
            self.blocks(rows[0][0])
        else:
            lines = [" | ".join(filter(None, map(_cell, row))) for row in rows]
            self.pieces.append(Piece(BlockKind.TABLE, "\n".join(lines)))


def _children(element: Any, name: str) -> list[Any]:
    found: list[Any] = element.xpath(f"./w:{name} | ./w:sdt/w:sdtContent/w:{name}")
    return found


def _cell(cell: Any) -> str:
    return one_line(" ".join("".join(_words(paragraph)) for paragraph in cell.iter(f"{_W}p")))


def _words(element: Any) -> Iterator[str]:
    """Yield what a reader sees of a paragraph, with insertions accepted and deletions gone."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _UNREAD and not _hidden(child):
            yield from _words(child)


def _hidden(run: Any) -> bool:
    found = run.find(f"{_W}rPr/{_W}vanish")
    return found is not None and found.get(f"{_W}val", "true") not in ("0", "false", "off")
