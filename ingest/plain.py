"""Plain text to pieces: headings, lists and paragraphs told by their looks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.article import BlockKind
from corpus.language import CJK
from ingest.captions import is_caption
from ingest.checks import check_kind, check_text
from ingest.draft import Draft, Piece
from ingest.furniture import ends_text
from ingest.metadata import Metadata
from ingest.post import Post
from ingest.text import decode, join_lines, tidy, word_count

_BULLET = re.compile(r"(?:[•●○◦▪■□‣◆►✓✔\uf0b7]\s*|[·*+–—-]\s+)(?=\S)")
_NUMBER = re.compile(r"(?:\(?\d{1,2}[.)]\s+|[(（]\d{1,2}[)）]\s*|\d{1,2}、\s*|[①-⑳]\s*)(?=\S)")
# of a heading in Markdown, in plain text too; "### Instruction:" is none, and stays for a person to see
_HASHES = re.compile(
    r"#{1,6}\s+(?!(?:instructions?|system|assistant|user|human|prompt|response)\b)(?=\S)", re.IGNORECASE
)
_CLOSED = re.compile(r"[.!。！;；:：,，、…]['\"”’」』)）]*$")
_SENTENCE_END = re.compile(r"[.!?。！？;；:：…]['\"”’」』)）]*$")
_OPENER = re.compile(rf"[A-Z\d{CJK}“‘\"'「『《(（]")
_HEADING_LEVEL = 2  # plain text knows but one


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph's worth of text; ``mark`` is the bullet, the number or the hashes of a heading that opened it."""

    text: str
    mark: str = ""

    @property
    def heading(self) -> bool:
        return self.mark.startswith("#")

    @property
    def numbered(self) -> bool:
        return bool(self.mark) and bool(_NUMBER.match(self.mark + "x"))


def parse_plain(post: Post, given: Metadata) -> Draft:
    """Parse a plain text; its first line is the title where it looks like one and none is ``given``.

    Raises BadPost where it is no text, or longer than any article.
    """
    check_kind(post.body)
    text = tidy(decode(post.body))
    check_text(text)
    lines = list(_lines(text))
    if given.title is None and len(lines) > 1 and (not lines[0].mark or lines[0].heading) and _is_title(lines[0].text):
        given = given.or_else(Metadata(title=lines[0].text))
    if lines and given.title is not None and lines[0].text.casefold() == given.title.casefold():
        del lines[0]
    return Draft(given, tuple(_pieces(lines)))


def _lines(text: str) -> Iterator[_Line]:
    """Yield paragraphs, headings and list items: stretches between blank lines, with wrapped lines joined."""
    for stretch in re.split(r"\n{2,}", text):
        for group in _items(stretch.split("\n")):
            mark = _mark(group[0])
            group[0] = group[0].removeprefix(mark)
            if mark or _is_wrapped(group):
                yield _Line(join_lines(group), mark)
            else:
                yield from map(_Line, group)


def _items(lines: list[str]) -> Iterator[list[str]]:
    """Begin a new group at every bullet and heading, and after a bullet's text or a heading has come to its end."""
    group: list[str] = []
    for line in filter(None, lines):
        mark = _mark(group[0]) if group else ""
        ended = mark.startswith("#") or bool(mark and _SENTENCE_END.search(group[-1]))
        if group and (_mark(line) or ended):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _mark(line: str) -> str:
    found = _BULLET.match(line) or _NUMBER.match(line) or _HASHES.match(line)
    return found.group() if found else ""


def _is_wrapped(lines: list[str]) -> bool:
    """Say whether the lines were broken at a column: all but the last about as long, and some inside a sentence."""
    if len(lines) < 2:
        return False
    widths = [len(line) for line in lines]
    chinese = len(re.findall(f"[{CJK}]", "".join(lines))) * 3 > sum(widths)
    floor, ceiling = (16, 50) if chinese else (40, 130)
    even = min(widths[:-1]) >= 0.6 * max(widths) and floor <= max(widths) <= ceiling
    return even and any(not _SENTENCE_END.search(line) for line in lines[:-1])


def _pieces(lines: list[_Line]) -> Iterator[Piece]:
    group, listing = 0, False
    for index, line in enumerate(lines):
        follower = lines[index + 1] if index + 1 < len(lines) else None
        lone = line.numbered and not listing and not (follower and follower.numbered)
        if line.heading:
            listing = False
            yield Piece(BlockKind.HEADING, line.text, level=_HEADING_LEVEL)
            continue
        if line.mark and not lone:
            group += not listing
            listing = True
            yield Piece(BlockKind.LIST_ITEM, line.text, group=group)
            continue
        listing = False
        text = line.mark + line.text if lone else line.text  # "1. Background" over a paragraph is a heading
        if is_caption(text):
            yield Piece(BlockKind.CAPTION, text)
        elif follower is not None and not ends_text(follower.text) and _is_heading(text):
            yield Piece(BlockKind.HEADING, text, level=_HEADING_LEVEL)
        else:
            yield Piece(BlockKind.PARAGRAPH, text)


def _is_heading(text: str) -> bool:
    return len(text) <= 110 and word_count(text) <= 15 and _is_title(text)


def _is_title(text: str) -> bool:
    fits = word_count(text) <= 25 and len(text) <= 160
    return (
        fits and bool(_OPENER.match(text)) and not _CLOSED.search(text) and not is_caption(text) and not ends_text(text)
    )
