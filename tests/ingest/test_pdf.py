"""The PDF files are written by hand: one font, one text object for each line."""

from collections.abc import Sequence
from io import BytesIO

import pytest

from corpus.article import Article, BlockKind
from ingest import pdf as pdf_module
from ingest.clean import clean
from ingest.pdf_reader import ReaderLimits
from ingest.post import BadPost, Post

H, P, L = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM

Line = str | tuple[str, int]  # with its size, if not 11 points; "" is half a line of space

LONG = [
    "The valley was set up in 2011 and hosts more than a thousand",
    "firms, which have given the region world-class capacity in",
    "discovery and outsourcing, as anyone may see.",
]
WHOLE = " ".join(LONG)


def drawn(lines: Sequence[Line]) -> bytes:
    top, parts = 760.0, []
    for line in lines:
        text, size = (line, 11) if isinstance(line, str) else line
        top -= size * 1.2 if text else 7
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        if text:
            parts.append(f"BT /F1 {size} Tf 72 {top:.1f} Td ({escaped}) Tj ET")
    return "\n".join(parts).encode("cp1252")


def made(pages: Sequence[Sequence[Line]], *, info: str = "") -> bytes:
    """Return a PDF file; ``info`` is the inside of its information dictionary."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>".encode("cp1252"),
    ]
    for number, page in enumerate(pages):
        content = drawn(page)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {6 + 2 * number} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    file, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return file + f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def article(pages: Sequence[Sequence[Line]], *, info: str = "", **metadata: object) -> Article:
    return clean(Post("posts/report.pdf", made(pages, info=info), "application/pdf", {"title": "T"} | metadata)).article


def blocks(found: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.span.of(found.text)) for block in found.blocks]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(LONG, [(P, WHOLE)], id="lines become a paragraph"),
        pytest.param([*LONG, "", *LONG[:2], "fast."], [(P, WHOLE), (P, " ".join([*LONG[:2], "fast."]))], id="space"),
        pytest.param([*LONG, "Next one."], [(P, WHOLE), (P, "Next one.")], id="a line that ends early"),
        pytest.param([("Why it grew", 15), *LONG], [(H, "Why it grew"), (P, WHOLE)], id="a heading by its size"),
        pytest.param([*LONG, "", "Why it grew", "", *LONG[:1], "x."], [(P, WHOLE), (H, "Why it grew"),
                     (P, LONG[0] + " x.")], id="a heading by its space"),
        pytest.param(
            [("A heading that is so long that it", 15), ("takes two lines", 15), *LONG],
            [(H, "A heading that is so long that it takes two lines"), (P, WHOLE)],
            id="a heading of two lines",
        ),
        pytest.param(
            [*LONG, "• Research: large, and spanning more than one line, so", "that it wraps", "• Industry", "", *LONG],
            [(P, WHOLE), (L, "Research: large, and spanning more than one line, so that it wraps"), (L, "Industry"),
             (P, WHOLE)],
            id="bullets",
        ),
        pytest.param(
            ["The firms, among them many of which would be research organi-", "sations, grew; the growth was fast."],
            [(P, "The firms, among them many of which would be research organisations, grew; the growth was fast.")],
            id="a parted word is mended",
        ),
        pytest.param(
            ["A long-term view was taken by the administration, since long-", "term gains count more than others do."],
            [(P, "A long-term view was taken by the administration, since long-term gains count more than others do.")],
            id="a hyphen that is written elsewhere stays",
        ),
        pytest.param(
            ["The firms, among them many of which would be from West-", "London, grew; the growth was fast."],
            [(P, "The firms, among them many of which would be from West- London, grew; the growth was fast.")],
            id="no word is made of a name",
        ),
    ],
)  # fmt: skip
def test_lines_are_rejoined(page: list[Line], expected: list[tuple[BlockKind, str]]) -> None:
    assert blocks(article([page])) == expected


BODIES = [
    f"Part {word} tells its own story about the valley and its firms." for word in ("one", "two", "three", "four")
]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        pytest.param("Acme Report 2025", "", id="header"),
        pytest.param("", "Confidential, Acme", id="footer"),
        pytest.param("", "{page}", id="bare page number"),
        pytest.param("{page}", "", id="bare page number at the head"),
        pytest.param("", "Page {page} of 4", id="page of pages"),
        pytest.param("Acme Report | {page}", "", id="page number in a header"),
        pytest.param("Acme, volume {later}", "– {page} –", id="numbering that does not begin at one"),
    ],
)
def test_running_lines_are_removed(head: str, foot: str) -> None:
    pages: list[list[Line]] = [
        [head.format(page=number + 1, later=number + 57), "", body, "", foot.format(page=number + 1)]
        for number, body in enumerate(BODIES)
    ]
    assert article(pages).text == "\n\n".join(BODIES)


def test_what_stands_on_two_pages_stays() -> None:
    assert article([["Same words.", "", body] for body in BODIES[:2]]).text.count("Same words.") == 2


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert article([[*LONG[:2], "", "1"], [LONG[2], "", "2"]]).text == WHOLE


def test_what_the_file_says_of_itself() -> None:
    info = "/Title (Valley of ideas) /Author (Jane Roe) /CreationDate (D:20251120100000+08'00') /ModDate (D:2025112)"
    found = clean(Post("posts/r.pdf", made([["Valley of ideas", "", *LONG]], info=info), "application/pdf")).article
    assert (found.title, found.author, found.text) == ("Valley of ideas", "Jane Roe", WHOLE)
    assert found.published == "2025-11-20T10:00:00+08:00"
    assert found.language == "en"


def test_metadata_given_overrules_the_file() -> None:
    found = article([LONG], info="/Title (Other) /Author (Nobody)", author="Jane Roe")
    assert (found.title, found.author) == ("T", "Jane Roe")


@pytest.mark.parametrize(
    "title",
    ["Microsoft Word - valley v3.docx", "valley.indd", "Untitled", "Document1", ""],
    ids=["Word", "InDesign", "untitled", "document", "none"],
)
def test_a_title_that_a_program_gave_counts_as_none(title: str) -> None:
    body = made([[("Valley of ideas", 20), "", *LONG]], info=f"/Title ({title})")
    assert clean(Post("posts/r.pdf", body, "application/pdf")).article.title == "Valley of ideas"


@pytest.mark.parametrize(
    ("drawn_as", "written"),
    [
        pytest.param("成⽴于⼆零⼀⼀年", "成立于二零一一年", id="radicals that Unicode folds"),
        pytest.param("⻓期", "长期", id="radicals that it does not fold"),
        pytest.param("ﬁrst eﬀort", "first effort", id="ligatures"),
    ],
)
def test_lookalikes_become_the_characters_that_were_meant(drawn_as: str, written: str) -> None:
    assert pdf_module._as_written(drawn_as) == written


def encrypted(body: bytes) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(body))
    writer.encrypt("secret", algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "empty", id="no bytes"),
        pytest.param(b"hello", "not a PDF file, or a broken one", id="no PDF"),
        pytest.param(b"%PDF-1.7\n" + b"\x00\xff" * 500, "not a PDF file, or a broken one", id="noise"),
        pytest.param(made([LONG])[:300], "not a PDF file, or a broken one", id="cut off"),
        pytest.param(made([[]]), "no text in it: .*OCR", id="no text"),
        pytest.param(made([["1"], ["2"]]), "no text in it", id="page numbers only"),
        pytest.param(encrypted(made([LONG])), "encrypted: save it without a password", id="encrypted"),
    ],
)
def test_what_can_not_be_read_is_refused_in_one_line(body: bytes, reason: str) -> None:
    with pytest.raises(BadPost, match=reason) as caught:
        clean(Post("posts/r.pdf", body, "application/pdf"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        pytest.param(ReaderLimits(pages=1), "more than 1 pages", id="pages"),
        pytest.param(ReaderLimits(unpacked=300), "^unpacks to more than", id="bytes"),
        pytest.param(ReaderLimits(page=100), "^page 1 unpacks to more than", id="bytes of a page"),
        pytest.param(ReaderLimits(text=100), "more than 100 characters: split it", id="characters"),
        pytest.param(ReaderLimits(lines=3), "more than 3 lines: split it", id="lines"),
        pytest.param(
            ReaderLimits(memory=24 * 1024 * 1024), "takes more than 24 MB of memory|came to grief", id="memory"
        ),
    ],
)
def test_limits(limits: ReaderLimits, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "LIMITS", limits)
    with pytest.raises(BadPost, match=reason):
        article([LONG, LONG])
