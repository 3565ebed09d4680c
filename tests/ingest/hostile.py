"""Builders of hostile and broken files, each the smallest that shows its fault."""

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

WORDS = "The valley was set up in 2011 and hosts more than a thousand firms."
LINES = ["The valley was set up in 2011 and hosts more than a thousand", "firms, as anyone may see."]
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Trap:
    """What no reader may touch: a file outside the folder, and an address on which somebody listens."""

    file: str
    url: str


@dataclass(frozen=True, slots=True)
class Case:
    """A file, and what becomes of it: refused for a reason, or cleaned to a text that has and lacks some words.

    ``title`` is that of the cleaned article. With ``also`` the file holds a good post beside the bad one.
    """

    name: str
    body: "bytes | Made"
    refused: str = ""
    has: Sequence[str] = ()
    lacks: Sequence[str] = ()
    title: str | None = None
    also: int = 0
    fields: Mapping[str, str | None] = field(default_factory=dict)

    def bytes(self, trap: Trap) -> bytes:
        """Return the file's bytes, made when they are wanted."""
        return self.body if isinstance(self.body, bytes) else self.body(trap)


class Made:
    """Bytes that are large or name the trap, and so are made late; ``{file}`` and ``{url}`` stand for the trap's."""

    def __init__(self, text: str | bytes, *, times: int = 1, tail: str | bytes = b"", head: str | bytes = b"") -> None:
        self._parts = tuple(part.encode() if isinstance(part, str) else part for part in (head, text, tail))
        self._times = times

    def __call__(self, trap: Trap) -> bytes:
        """Return the bytes."""
        head, text, tail = self._parts
        made = head + text * self._times + tail
        return made.replace(b"{file}", trap.file.encode()).replace(b"{url}", trap.url.encode())


# XML


def laughs(depth: int = 9) -> str:
    """Return a document type whose last entity, ``b8``, stands for a billion letters."""
    entities = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "laughlaugh"}">' for n in range(depth))
    return f"<!DOCTYPE x [{entities}]>"


def blowup() -> str:
    """Return a document type with one long entity, ``q``, to be used many times."""
    return f'<!DOCTYPE x [<!ENTITY q "{"q" * 100_000}">]>'


def external(address: str) -> str:
    """Return a document type whose entity ``x`` is read from elsewhere."""
    return f'<!DOCTYPE x [<!ENTITY x SYSTEM "{address}">]>'


def export(items: str, *, doctype: str = "") -> str:
    """Return a WordPress export."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Acme</title>{items}</channel></rss>'
    )


def item(content: str, *, number: str = "7", title: str = "Exported", status: str = "publish") -> str:
    """Return a post of an export."""
    return (
        f"<item><title>{title}</title><content:encoded>{content}</content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type></item>"
    )


# Word documents

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def paragraph(text: str) -> str:
    """Return a paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def document(body: str, *, doctype: str = "") -> str:
    """Return the main part of a Word document."""
    return f'<?xml version="1.0"?>{doctype}<w:document {_W}><w:body>{body}</w:body></w:document>'


def archive(members: Sequence[tuple[str, str | bytes]]) -> bytes:
    """Return a zip archive."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return target.getvalue()


def docx(
    main: str | bytes | None = None, *, more: Sequence[tuple[str, str | bytes]] = (), types: str = _TYPES
) -> bytes:
    """Return a Word document with further members in its archive."""
    content = document(paragraph(WORDS)) if main is None else main
    usual = [("[Content_Types].xml", types), ("_rels/.rels", _RELATIONS), ("word/document.xml", content)]
    return archive([*usual, *more])


def docx_without(name: str) -> bytes:
    """Return a Word document that lacks a member."""
    with zipfile.ZipFile(BytesIO(docx())) as whole:
        return archive([(other, whole.read(other)) for other in whole.namelist() if other != name])


def macros() -> bytes:
    """Return a Word document with macros."""
    return docx(more=[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen()")])


def macro_types() -> bytes:
    """Return a document whose main part is declared as one with macros."""
    return docx(types=_TYPES.replace("wordprocessingml.document.main", "ms-word.document.macroEnabled.main"))


def overlapping() -> bytes:
    """Return an archive in which a hundred names share one compressed stretch, as in the best of zip bombs."""
    body = archive([("word/a000.xml", b"\0" * 200_000)])
    start = body.index(b"PK\x01\x02")
    end = body.index(b"PK\x05\x06")
    entries = b"".join(body[start:end].replace(b"a000", f"a{number:03}".encode()) for number in range(150))
    count = (150).to_bytes(2, "little")
    tail = b"PK\x05\x06\0\0\0\0" + count * 2 + len(entries).to_bytes(4, "little") + start.to_bytes(4, "little")
    return body[:start] + entries + tail + b"\0\0"


def lying() -> bytes:
    """Return a document whose archive says that its main part is ten bytes long."""
    body = bytearray(docx(document(paragraph(WORDS) * 10_000)))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = -1
        while (at := body.find(mark, at + 1)) >= 0:
            if body[at : at + 120].count(b"word/document.xml"):
                body[at + place : at + place + 4] = (10).to_bytes(4, "little")
    return bytes(body)


# PDF files


def pdf(
    pages: Sequence[bytes], *, font: bytes = b"", more: Sequence[bytes] = (), root: bytes = b"", info: bytes = b""
) -> bytes:
    """Return a PDF file of the pages' drawing instructions; ``more`` objects are numbered from 6 on."""
    font = font or b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    first = 6 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        font,
        b"<< %s >>" % info,
        b"<< /Font << /F1 3 0 R >> /XObject << /X 6 0 R >> >>",
        *more,
    ]
    for number, content in enumerate(pages):
        packed = zlib.compress(content)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 5 0 R /Contents %d 0 R >>"
            % (first + 2 * number + 1)
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
    return assembled(objects)


def assembled(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Return a PDF file of objects, numbered from 1 on; the first is the catalogue, the fourth the information."""
    made, places = [b"%PDF-1.7\n"], []
    place = len(made[0])
    for number, body in enumerate(objects, start=1):
        places.append(place)
        made.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        place += len(made[-1])
    table = b"".join(b"%010d 00000 n \n" % found for found in places)
    size = len(objects) + 1
    made.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table))
    made.append(b"trailer << /Size %d /Root 1 0 R /Info 4 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (size, trailer, place))
    return b"".join(made)


def drawn(lines: Sequence[str | bytes] = LINES) -> bytes:
    """Return drawing instructions for lines of text; bytes are drawn as they are, in hexadecimal."""
    parts = []
    for number, line in enumerate(lines):
        shown = b"(%s)" % line.encode("cp1252") if isinstance(line, str) else b"<%s>" % line.hex().encode()
        parts.append(b"BT /F1 11 Tf 72 %d Td %s Tj ET" % (760 - 13 * number, shown))
    return b"\n".join(parts)


def ring() -> bytes:
    """Return a PDF file whose table of objects names itself as the one before it."""
    body = pdf([drawn()])
    place = int(body.rpartition(b"startxref\n")[2].split()[0])
    return body.replace(b"/Info 4 0 R", b"/Prev %05d" % place)


def form(content: bytes) -> bytes:
    """Return a form that draws a content and may name itself as X."""
    packed = zlib.compress(content)
    head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 5 0 R /Length %d /Filter /FlateDecode >>"
    return head % len(packed) + b"\nstream\n" + packed + b"\nendstream"


def encrypted(password: str, algorithm: str = "RC4-128") -> bytes:
    """Return a PDF file that opens with a password; without one for an empty word, and may then not be changed."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(pdf([drawn()])))
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def glyphs(text: str) -> bytes:
    """Return a PDF file whose font numbers its glyphs and tells no characters, as many a subset does."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Sub /Encoding /Identity-H /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Sub /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    numbers = b"".join((ord(letter) - 29).to_bytes(2, "big") for letter in text)
    return pdf([drawn([numbers])], font=font)


def mapped(characters: Mapping[int, str]) -> bytes:
    """Return a PDF file in which some letters are mapped to other characters, in UTF-16 by hexadecimal digits."""
    rows = "\n".join(f"<{code:02x}> <{digits}>" for code, digits in characters.items())
    cmap = f"begincmap\n1 begincodespacerange <00> <ff> endcodespacerange\n{len(characters)} beginbfchar\n{rows}\n"
    stream = f"{cmap}endbfchar\nendcmap".encode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R >>"
    return pdf([drawn()], font=font, more=[b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)])


# Lists


def jsonl(*records: object) -> bytes:
    """Return JSON Lines."""
    return "\n".join(json.dumps(record) for record in records).encode()


def front(**fields: str) -> bytes:
    """Return a Markdown file with front matter, as it is given, above good words."""
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{head}---\n\n{WORDS}\n".encode()
