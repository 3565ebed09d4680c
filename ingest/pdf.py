"""PDF files to plain text: lines from pages, rid of what repeats on them, and rejoined to paragraphs."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from corpus.language import CJK
from ingest.draft import Draft
from ingest.metadata import Metadata, read_date
from ingest.plain import parse_plain
from ingest.post import BadPost, Post
from ingest.text import join_lines, one_line, tidy

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 2000
LARGEST_UNPACKED = 100 * 1024 * 1024  # bytes of drawing instructions on all pages
LARGEST_PAGE = 10 * 1024 * 1024  # on one; reading them takes many times their size in memory

_EDGE = 3  # lines at the head and at the foot of a page among which running headers and footers are looked for
_REPEATED = 3  # pages
_GAP = 1.3  # times the usual distance of lines; more is the space between paragraphs
_FULL = 0.8  # of the usual width; a line that ends before it, though a word would fit, ends its paragraph
_FULL_ENDED = 0.9  # the same, where a sentence ends with the line
_INTEGER = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|第)\s*\d{1,4}\s*(?:页|頁)?(?:\s*(?:of|/|／|，?\s*共)\s*\d{1,4}\s*(?:页|頁)?)?|\d{1,4}\s*(?:of|/)\s*\d{1,4}"
    r"|[-–—]\s*\d{1,4}\s*[-–—]",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:[•●○◦▪■□‣◆►✓✔\uf0b7]|[·*–—-](?=\s)|\(?\d{1,2}[.)](?=\s))\s*")
_SENTENCE_END = re.compile(r"[.!?。！？;；:：…]['\"”’」』)）]*$")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u2010]$")
_WIDE = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef]")
_FILE_NAME = re.compile(r"(?:Microsoft (?:Office )?(?:Word|PowerPoint) - )|\.(?:docx?|pptx?|indd|qxd|pdf|rtf|odt)$")
_NO_TITLE = re.compile(r"(?:untitled|document|presentation|无标题|文档)\s*\d*", re.IGNORECASE)

# fonts often name the radical that looks the same in the place of a Chinese character; where Unicode's own folding
# knows no character for it, this does
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "民虎西见角贝车長长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06]")  # radicals, and Latin ligatures such as "ﬁ"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; ``top`` and ``size`` in points, as far as the page tells them."""

    text: str
    page: int
    top: float
    size: float


def parse_pdf(post: Post, given: Metadata) -> Draft:
    """Parse a PDF file by its text, which then is read as plain text is.

    Raises BadPost where the file is encrypted, broken or too large, or holds pictures of pages only.
    """
    pages, told = _read(post.body)
    lines = _without_running_lines(pages)
    text = "\n\n".join(_paragraphs(lines))
    if not any(character.isalnum() for character in text):
        raise BadPost("no text in it: pictures of pages can't be read, so recognise their text (OCR) first")
    return parse_plain(replace(post, body=text.encode()), given.or_else(told))


def _read(body: bytes) -> tuple[list[list[_Line]], Metadata]:
    """Return the lines of each page, and what the file says of itself."""
    from pypdf import PdfReader

    if not body.strip():
        raise BadPost("empty")
    try:
        reader = PdfReader(BytesIO(body), strict=False)
        if reader.is_encrypted:
            raise BadPost("encrypted: save it without a password")
        if len(reader.pages) > MOST_PAGES:
            raise BadPost(f"more than {MOST_PAGES:,} pages")
        _check_size(reader)
        return [_page_lines(page, number) for number, page in enumerate(reader.pages)], _information(reader)
    except BadPost:
        raise
    except Exception as error:  # what is wrong in a file shows anywhere in the library, as any kind of error
        raise BadPost("not a PDF file, or a broken one: save it anew") from error


def _check_size(reader: "PdfReader") -> None:
    unpacked = 0
    for number, page in enumerate(reader.pages, start=1):
        contents = page.get_contents()
        size = len(contents.get_data()) if contents is not None else 0
        if size > LARGEST_PAGE:
            raise BadPost(f"page {number} unpacks to more than {LARGEST_PAGE // 1024 // 1024} MB")
        unpacked += size
        if unpacked > LARGEST_UNPACKED:
            raise BadPost(f"unpacks to more than {LARGEST_UNPACKED // 1024 // 1024} MB")


def _information(reader: "PdfReader") -> Metadata:
    told = reader.metadata
    if told is None:
        return Metadata()
    title = one_line(str(told.title or ""))
    if _FILE_NAME.search(title) or _NO_TITLE.fullmatch(title):  # what a program put there, not a person
        title = ""
    return Metadata(
        title=title or None,
        author=one_line(str(told.author or "")) or None,
        published=_date(told, "creation_date"),
        modified=_date(told, "modification_date"),
    )


def _date(told: Any, name: str) -> str | None:
    try:
        value = getattr(told, name)
    except ValueError:
        return None  # written in no way that PDF knows
    return read_date(value) if value else None


def _page_lines(page: "PageObject", number: int) -> list[_Line]:
    """Return the lines of a page with their places, in the order in which they were drawn."""
    lines: list[_Line] = []
    words: list[str] = []
    place: list[float] = []

    def end() -> None:
        text = tidy(_as_written("".join(words)))
        if text:
            lines.append(_Line(text, number, *place))
        words.clear()
        place.clear()

    def see(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        for part in re.split(r"(\n)", text):
            if part == "\n":
                end()
                continue
            words.append(part)
            if part.strip() and not place:
                place.extend((cm[3] * tm[5] + cm[5], abs(size * tm[3] * cm[3])))

    page.extract_text(visitor_text=see)
    end()
    return lines


def _as_written(text: str) -> str:
    text = text.replace("\u00ad", "-")  # a soft hyphen that shows stands at the end of a line
    return _LOOKALIKE.sub(lambda c: _RADICALS.get(c.group()) or unicodedata.normalize("NFKC", c.group()), text)


def _without_running_lines(pages: Sequence[Sequence[_Line]]) -> list[_Line]:
    """Drop headers, footers and page numbers: lines at a page's edge that return on three pages or more."""
    seen = Counter(key for page in pages for key in {key for line in _edges(page) for key in _keys(line)})
    kept: list[_Line] = []
    for page in pages:
        running = [line for line in _edges(page) if any(seen[key] >= _REPEATED for key in _keys(line))]
        body = [line for line in page if not any(line is other for other in running)]
        while body and _is_page_number(body[0]):
            del body[0]
        while body and _is_page_number(body[-1]):
            del body[-1]
        kept += body
    return kept


def _edges(page: Sequence[_Line]) -> list[_Line]:
    return [line for place, line in enumerate(page) if place < _EDGE or place >= len(page) - _EDGE]


def _keys(line: _Line) -> set[str]:
    """Return the forms in which a running line is the same on every page: as it is, or but for the page's number."""
    text = line.text.casefold()
    return {text} | {
        f"{text[: found.start()]}\0{int(found.group()) - line.page}{text[found.end() :]}"
        for found in _INTEGER.finditer(text)
    }


def _is_page_number(line: _Line) -> bool:
    return line.text == str(line.page + 1) or bool(_PAGE_NUMBER.fullmatch(line.text))


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the paragraphs, each on one line."""
    layout = _Layout(lines)
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).casefold()))
    group: list[_Line] = []
    for line in lines:
        if group and layout.parts(group[-1], line):
            yield _joined(group, words)
            group = []
        group.append(line)
    if group:
        yield _joined(group, words)


class _Layout:
    """How lines usually lie in a document: their distance and, for each size of letters, their width."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        gaps = [
            (above.top - line.top) / line.size
            for above, line in pairwise(lines)
            if line.size and _alike(above, line) and 0.3 < (above.top - line.top) / line.size < 3
        ]
        self._leading = median(gaps) if gaps else 1.2
        widths: dict[int, list[int]] = defaultdict(list)
        for line in lines:
            widths[round(line.size)].append(_width(line.text))
        self._widths = {size: sorted(found)[int(0.9 * (len(found) - 1))] for size, found in widths.items()}

    def parts(self, above: _Line, line: _Line) -> bool:
        """Say whether a new paragraph begins with this line."""
        gap = (above.top - line.top) / line.size if line.size else 0.0
        if _MARK.fullmatch(above.text) or (above.page == line.page and abs(gap) < 0.3 and line.size):
            return False  # the text of a bullet, or more of the same line
        if _MARK.match(line.text) or not _alike(above, line):
            return True
        if above.page == line.page and gap > _GAP * self._leading:
            return True
        ended = bool(_SENTENCE_END.search(above.text))
        if not ended and line.text[0].islower():
            return False
        if ended and above.page != line.page:
            return True
        first = 2 if _WIDE.match(line.text) else len(line.text.split(" ", 1)[0]) + 1
        full = _FULL_ENDED if ended else _FULL
        return _width(above.text) + first < full * self._widths[round(above.size)]


def _alike(above: _Line, line: _Line) -> bool:
    return abs(above.size - line.size) <= 0.08 * max(above.size, line.size)


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _joined(group: Sequence[_Line], words: set[str]) -> str:
    """Join lines; a word that was parted at a line's end is mended, unless the text elsewhere writes it hyphenated."""
    done: list[str] = []
    for line in group:
        text = line.text
        broken = _BROKEN_WORD.search(done[-1]) if done else None
        rest = re.match(r"[^\W\d_]+", text)
        if broken and rest and text[0].islower():
            hyphenated = f"{broken.group(1)}-{rest.group()}".casefold() in words
            text = done.pop()[: broken.end(1)] + ("-" if hyphenated else "") + text
        done.append(text)
    return join_lines(done)
