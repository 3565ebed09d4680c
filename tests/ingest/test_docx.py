import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.article import Article, BlockKind
from ingest import checks as checks_module
from ingest import docx as docx_module
from ingest.clean import clean
from ingest.post import BadPost, Post

H, P, L, Q = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE
T, C = BlockKind.TABLE, BlockKind.CAPTION
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Fill = Callable[[Any], object]


def made(fill: Fill) -> bytes:
    document = docx.Document()
    fill(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def article(body: bytes, **metadata: object) -> Article:
    return clean(Post("posts/report.docx", body, MEDIA_TYPE, metadata)).article


def blocks(found: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.span.of(found.text)) for block in found.blocks]


def styled(*paragraphs: tuple[str, str]) -> Fill:
    return lambda document: [document.add_paragraph(text, style=style) for style, text in paragraphs]


def table(*rows: list[str]) -> Fill:
    def fill(document: Any) -> None:
        found = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(found.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    return fill


def raw(inside: str) -> Fill:
    """Put XML where paragraphs stand."""
    return lambda document: document.element.body.insert(0, parse_xml(inside.replace(">", f" {nsdecls('w')}>", 1)))


def house_heading(document: Any) -> None:
    style = document.styles.add_style("House heading", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Why", style=style)
    document.add_paragraph("Because.")


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        pytest.param(
            styled(("Normal", "One."), ("Heading 2", "Why"), ("Normal", "Because.\nOf\tthis.")),
            [(P, "One."), (H, "Why"), (P, "Because. Of this.")],
            id="headings and paragraphs",
        ),
        pytest.param(house_heading, [(H, "Why"), (P, "Because.")], id="a style built on a heading's"),
        pytest.param(
            styled(("Normal", "Two:"), ("List Bullet", "one"), ("List Number", "two"), ("Normal", "End.")),
            [(P, "Two:"), (L, "one"), (L, "two"), (P, "End.")],
            id="lists",
        ),
        pytest.param(
            raw('<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p>'),
            [(L, "one")],
            id="a list without a style",
        ),
        pytest.param(table(["Name", "Kind"], ["Acme", "CRO"]), [(T, "Name | Kind\nAcme | CRO")], id="table"),
        pytest.param(table(["In a frame."]), [(P, "In a frame.")], id="a table of one cell is a frame"),
        pytest.param(
            styled(("Normal", "One."), ("Caption", "The park in spring")), [(P, "One."), (C, "The park in spring")],
            id="caption",
        ),
        pytest.param(styled(("Quote", "Wise words.")), [(Q, "Wise words.")], id="quote"),
        pytest.param(
            raw("<w:sdt><w:sdtContent><w:p><w:r><w:t>Held.</w:t></w:r></w:p></w:sdtContent></w:sdt>"),
            [(P, "Held.")],
            id="a content control",
        ),
        pytest.param(
            raw('<w:p><w:hyperlink w:anchor="a"><w:r><w:t>Linked.</w:t></w:r></w:hyperlink></w:p>'),
            [(P, "Linked.")],
            id="link",
        ),
        pytest.param(
            raw(
                '<w:p><w:r><w:t xml:space="preserve">It </w:t></w:r><w:ins w:id="1"><w:r><w:t>grew</w:t></w:r></w:ins>'
                '<w:del w:id="2"><w:r><w:delText>shrank</w:delText></w:r></w:del><w:r><w:t>.</w:t></w:r></w:p>'
            ),
            [(P, "It grew.")],
            id="changes count as accepted",
        ),
        pytest.param(
            raw(
                "<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>6</w:t></w:r>"
                "<w:r><w:t> cells on 3 m</w:t></w:r>"
                "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r></w:p>"
            ),
            [(P, "10^6 cells on 3 m²")],
            id="raised",
        ),
        pytest.param(
            raw("<w:p><w:r><w:t>Seen.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r></w:p>"),
            [(P, "Seen.")],
            id="hidden text",
        ),
    ],
)  # fmt: skip
def test_blocks(fill: Fill, expected: list[tuple[BlockKind, str]]) -> None:
    assert blocks(article(made(fill), title="T")) == expected


def test_two_lists_are_two() -> None:
    found = article(
        made(styled(("List Bullet", "one"), ("List Bullet", "two"), ("Normal", "And:"), ("List Bullet", "x")))
    )
    assert found.text == "one\ntwo\n\nAnd:\n\nx"


def test_the_table_of_contents_is_left_out() -> None:
    def fill(document: Any) -> None:
        for name in ("TOC Heading", "toc 1"):
            if name not in document.styles:
                document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            document.add_paragraph(f"{name} 5", style=name)
        document.add_paragraph("Text.")

    assert article(made(fill), title="T").text == "Text."


def test_the_template_of_python_docx_dates_nothing() -> None:
    found = article(made(styled(("Normal", "The mill has a wheel."))))
    assert (found.published, found.author) == (None, None)


def test_core_properties() -> None:
    def fill(document: Any) -> None:
        core = document.core_properties
        core.title, core.author = "Valley of ideas", "Jane Roe"
        core.created, core.modified = datetime(2025, 11, 20, 10, tzinfo=UTC), datetime(2025, 11, 22, tzinfo=UTC)
        document.add_heading("Valley of ideas", 1)
        document.add_paragraph("Text.")

    found = article(made(fill))
    assert (found.title, found.author, found.text) == ("Valley of ideas", "Jane Roe", "Text.")
    assert (found.published, found.modified) == ("2025-11-20T10:00:00+00:00", "2025-11-22T00:00:00+00:00")
    assert article(made(fill), author="Ann").author == "Ann"


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        pytest.param([("Title", "Shown"), ("Heading 1", "Part")], "Shown", id="style Title"),
        pytest.param([("Heading 1", "Shown")], "Shown", id="the first heading"),
        pytest.param([("Normal", "Words."), ("Heading 1", "Part")], "report", id="the file's name"),
    ],
)
def test_titles(paragraphs: list[tuple[str, str]], title: str) -> None:
    found = article(made(styled(*paragraphs, ("Normal", "Text."))))
    assert found.title == title
    assert "Shown" not in found.text


def members(body: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Write an archive anew with each member changed."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target.getvalue()


GOOD = made(styled(("Normal", "Text.")))


def test_without_core_properties_nothing_is_made_up() -> None:
    found = article(members(GOOD, lambda _, content: re.sub(rb"<Relationship [^>]*/core\.xml[^>]*>", b"", content)))
    assert (found.title, found.author, found.published, found.modified) == ("report", None, None, None)


def zipped(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def bombed(name: str, content: bytes) -> bytes:
    if name != "word/document.xml":
        return content
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(9))
    bomb = content.replace(b"<w:document", f"<!DOCTYPE x [{entities}]><w:document".encode(), 1)
    return bomb.replace(b"Text.", b"&a8;")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "not a Word document, or a broken one", id="no bytes"),
        pytest.param(b"hello", "not a Word document, or a broken one", id="no archive"),
        pytest.param(GOOD[:2000], "not a Word document, or a broken one", id="cut off"),
        pytest.param(zipped({"a.txt": b"x"}), "not a Word document, or a broken one", id="another archive"),
        pytest.param(
            members(GOOD, lambda name, content: content[:200] if name == "word/document.xml" else content),
            "not a Word document, or a broken one",
            id="broken XML",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted, or from an old Word", id="encrypted or old"
        ),
        pytest.param(zipped({"word/document.xml": b"\0" * 21 * 1024 * 1024}), "unpacks to more than 20 MB", id="bomb"),
        pytest.param(members(GOOD, bombed), "declares a document type or entities", id="entity bomb"),
        pytest.param(b"%PDF-1.7 and so on", "not a Word document: it looks like a PDF file", id="PDF"),
        pytest.param(made(lambda document: None), "no text left", id="no text"),
    ],
)
def test_what_can_not_be_read_is_refused_in_one_line(body: bytes, reason: str) -> None:
    with pytest.raises(BadPost, match=reason) as caught:
        article(body)
    assert "\n" not in str(caught.value)


def test_an_archive_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_module, "MOST_MEMBERS", 3)
    with pytest.raises(BadPost, match="holds more than 3 files"):
        article(GOOD)


def test_pictures_are_not_unpacked() -> None:
    picture = b"\0" * (docx_module.LARGEST_UNPACKED + 1)
    assert article(members(GOOD, lambda name, content: picture if name.endswith(".jpeg") else content)).text == "Text."


@pytest.mark.parametrize(
    ("limit", "most", "reason"),
    [
        pytest.param("MOST_STYLES", 3, "holds more than 3 styles", id="styles"),
        pytest.param("MOST_ELEMENTS", 2, "holds more than 2 elements", id="elements"),
        pytest.param("LARGEST_UNPACKED", 1000, "unpacks to more than 0 MB of text", id="XML"),
    ],
)
def test_limits(limit: str, most: int, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_module, limit, most)
    with pytest.raises(BadPost, match=reason):
        article(GOOD)


def test_a_document_of_too_many_paragraphs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks_module, "MOST_LINES", 3)
    with pytest.raises(BadPost, match="more than 3 lines: split it"):
        article(made(styled(*[("Normal", f"Line {number}.") for number in range(4)])))
