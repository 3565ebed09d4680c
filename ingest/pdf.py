"""PDF files to plain text: lines from pages, rid of what repeats on them, and rejoined to paragraphs."""

import json
import re
import signal
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from corpus.language import CJK
from ingest import pdf_reader
from ingest.checks import LONGEST_TEXT, MOST_LINES, looks_like
from ingest.draft import Draft
from ingest.metadata import Metadata, read_date
from ingest.pdf_reader import ReaderLimits
from ingest.plain import parse_plain
from ingest.post import BadPost, Post
from ingest.text import join_lines, one_line, tidy

LIMITS = ReaderLimits(text=LONGEST_TEXT, lines=MOST_LINES)

_NO_TEXT = ("Cc", "Cn", "Co", "Cs")  # controls, unassigned, private and half characters: what a drawn glyph is not
_LONGEST_TITLE = 300  # characters
_MOST_NO_TEXT = 0.1  # of a page's characters
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

    Raises BadPost where the file is encrypted, broken or too large, takes too long, or holds pictures of pages only.
    """
    if not post.body.strip():
        raise BadPost("empty")
    kind = looks_like(post.body)
    if kind not in (None, "a PDF file"):
        raise BadPost(f"not a PDF file: it looks like {kind}")
    found = _read(post.body)
    pages = [_lines(page, number) for number, page in enumerate(found["pages"])]
    lines = _without_running_lines(pages)
    text = "\n\n".join(_paragraphs(lines))
    if not any(character.isalnum() for character in text):
        raise BadPost("no text in it: pictures of pages can't be read, so recognise their text (OCR) first")
    return parse_plain(replace(post, body=text.encode()), given.or_else(_information(found["told"])))


def _read(body: bytes) -> Any:
    """Return the pages of a file and what it says of itself, read in a process of its own.

    No limit within the library holds against every file: it is large, and written for files that mean well. Starting
    the process takes about 0.2 seconds.
    """
    command = [sys.executable, "-I", pdf_reader.__file__, json.dumps(asdict(LIMITS))]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with nothing of the file among its arguments
            command,
            input=body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * LIMITS.seconds + 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise BadPost(f"takes more than {LIMITS.seconds} seconds to read: print it to PDF anew")
    if done.returncode:
        raise BadPost("not a PDF file, or a broken one: the reader came to grief over it, so save it anew")
    found = json.loads(done.stdout)
    if "refused" in found:
        raise BadPost(found["refused"])
    return found


def _lines(page: Sequence[Any], number: int) -> list[_Line]:
    """Return the lines that have a text; raises BadPost where a font names no characters."""
    raw = "".join(text for text, _, _ in page).replace("\t", " ")
    if sum(1 for character in raw if unicodedata.category(character) in _NO_TEXT) > _MOST_NO_TEXT * len(raw):
        raise BadPost("its fonts don't say which characters they draw: recognise its text (OCR) first")
    lines = (_Line(tidy(_as_written(text)), number, top, size) for text, top, size in page)
    return [line for line in lines if line.text]


def _information(told: Mapping[str, str]) -> Metadata:
    title = one_line(told.get("title", ""))
    unlikely = len(title) > _LONGEST_TITLE or _FILE_NAME.search(title) or _NO_TITLE.fullmatch(title)
    if unlikely:  # what a program put there, not a person
        title = ""
    return Metadata(
        title=title or None,
        author=one_line(told.get("author", "")) or None,
        published=read_date(told["published"]) if "published" in told else None,
        modified=read_date(told["modified"]) if "modified" in told else None,
    )


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
