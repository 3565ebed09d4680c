"""Cuts an article into passages: whole blocks where they fit, whole sentences where they don't."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.article import Article, Block, BlockKind, Passage, Sentence, Span
from corpus.language import CHINESE_CHAR, CJK, sentence_spans

SPLITTER = "blocks-5"

# Sizes are shares of the longest passage: 230 English words or 420 Chinese characters.
_WORDS, _CHARACTERS, _ANY = 230, 420, 2000
_ENOUGH = 0.55  # about 125 words or 230 characters: the next block begins a new passage
_COMFORT = 0.8  # about 185 words or 335 characters: no block is added beyond this ...
_SOME = 0.26  # ... once there are about 60 words, which is also what a new section asks for
_TINY = 0.17  # about 40 words: too little to stand alone at the end

_LATIN_WORD = re.compile(f"[^\\W{CJK}]+")
_CLAUSE_END = re.compile(r"[,;:，；、：—–]\s*")
_SPACE = re.compile(r"\s+")
_ROW = re.compile(r"[^\n]*\S")
_LEADS_IN = re.compile(r"[:：]\s*$")
_QUOTABLE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.TABLE)


def split(article: Article) -> tuple[Passage, ...]:
    """Cut an article into passages that follow one another without gap or overlap and cover all of its text.

    Passages aim at 120 to 180 English words or 250 to 350 Chinese characters. A new section begins a new one
    where the last has some size, a heading stays with what follows it, and a list with the line that leads it in.
    Versions are 0 until the library publishes.
    """
    if not article.text:
        return ()
    edges = [0, *_starts(article)[1:], len(article.text)]
    spans = [Span(*edge) for edge in pairwise(edges)]
    sentences = _sentences_within(article, spans)
    headings = _headings_at(article, edges[:-1])
    return tuple(
        Passage(
            id=f"{article.id}.0.{ordinal}",
            article_id=article.id,
            version=0,
            ordinal=ordinal,
            span=span,
            text=span.of(article.text),
            headings=headings[ordinal],
            sentences=sentences[ordinal],
        )
        for ordinal, span in enumerate(spans)
    )


def _size(text: str) -> float:
    """Return a text's share of the longest passage; the count of characters keeps wordless stuff in bounds."""
    words, chinese = len(_LATIN_WORD.findall(text)), len(CHINESE_CHAR.findall(text))
    return max(words / _WORDS + chinese / _CHARACTERS, len(text) / _ANY)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a block or a part of a long one, with any headings right above it."""

    start: int
    size: float
    opens_section: bool = False


def _starts(article: Article) -> list[int]:
    """Pack the units into passages; return where each begins, the first at 0."""
    starts: list[int] = []
    sizes: list[float] = []
    for unit in _units(article):
        size = sizes[-1] if sizes else 0.0
        both = size + unit.size
        enough = size >= _ENOUGH or (size >= _SOME and (unit.opens_section or both > _COMFORT))
        if not sizes or enough or both > 1:
            starts.append(unit.start)
            sizes.append(unit.size)
        else:
            sizes[-1] = both
    if len(sizes) > 1 and sizes[-1] < _TINY and sizes[-2] + sizes[-1] <= 1:
        starts.pop()
    return starts or [0]


def _units(article: Article) -> Iterator[_Unit]:
    """Yield the units in order: headings joined to what follows, a list to its lead-in where both fit."""
    text, blocks = article.text, article.blocks
    index = 0
    while index < len(blocks):
        start = blocks[index].span.start
        body = index
        while body < len(blocks) and body < index + 6 and blocks[body].kind is BlockKind.HEADING:
            body += 1
        if body == len(blocks):  # headings with nothing below them
            yield _Unit(start, _size(text[start:]))
            return
        end = _list_end(text, blocks, body)
        above = _size(text[start : blocks[body].span.start])
        if end > body + 1:
            cuts = [Span(blocks[body].span.start, blocks[end - 1].span.end)]
        else:
            cuts = _cuts(text, blocks[body], room=1 - above)
        yield _Unit(start, above + _size(cuts[0].of(text)), opens_section=body > index)
        yield from (_Unit(cut.start, _size(cut.of(text))) for cut in cuts[1:])
        index = end


def _list_end(text: str, blocks: Sequence[Block], index: int) -> int:
    """Return the index after what stays together: a lead-in with its list, or with the first item of a long list."""
    if not _LEADS_IN.search(blocks[index].span.of(text)):
        return index + 1
    end, farthest = index + 1, blocks[index].span.start + _ANY
    while end < len(blocks) and blocks[end].kind is BlockKind.LIST_ITEM and blocks[end - 1].span.end < farthest:
        end += 1
    for last in (end, min(index + 2, end)):
        if _size(text[blocks[index].span.start : blocks[last - 1].span.end]) <= _COMFORT:
            return last
    return index + 1


def _cuts(text: str, block: Block, *, room: float) -> list[Span]:
    """Cut a block that is too long into parts of whole sentences or rows; each begins where the last ended."""
    if _size(block.span.of(text)) <= max(room, _COMFORT):
        return [block.span]
    limit = max(_SOME, min(room, _COMFORT))  # below long headings the first part is shorter
    starts: list[int] = []
    size = 0.0
    for atom in (piece for part in _parts(text, block) for piece in _fitting(text, part, limit)):
        more = _size(atom.of(text))
        if not starts or size + more > limit:
            limit = _COMFORT if starts else limit
            starts.append(atom.start)
            size = more
        else:
            size += more
    return [Span(*edge) for edge in pairwise([*starts, block.span.end])]


def _parts(text: str, block: Block) -> list[Span]:
    """Return a block's sentences, or its rows or lines, stretched so that they leave no gap."""
    by_line = block.kind in (BlockKind.TABLE, BlockKind.CODE)
    spans = _rows(text, block.span) if by_line else _sentences(text, block.span)
    edges = [block.span.start, *(span.start for span in spans[1:]), block.span.end]
    return [Span(*edge) for edge in pairwise(edges)]


def _fitting(text: str, span: Span, limit: float) -> Iterator[Span]:
    """Cut a sentence that alone is too long: after a clause, else at a space, else anywhere."""
    start = span.start
    while span.end - start > limit * _ANY or _size(text[start : span.end]) > limit:
        low, high = start + 1, min(span.end, start + _ANY)
        while low < high:  # the longest beginning that fits; sizes grow with length
            middle = (low + high + 1) // 2
            low, high = (middle, high) if _size(text[start:middle]) <= limit else (low, middle - 1)
        half = start + (low - start) // 2
        places = [[m.end() for m in rule.finditer(text, half, low)] for rule in (_CLAUSE_END, _SPACE)]
        cut = next((found[-1] for found in places if found), low)
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)


def _rows(text: str, span: Span) -> list[Span]:
    return [Span(match.start(), match.end()) for match in _ROW.finditer(text, span.start, span.end)]


def _sentences(text: str, span: Span) -> list[Span]:
    return [Span(span.start + found.start, span.start + found.end) for found in sentence_spans(span.of(text))]


def _sentences_within(article: Article, spans: Sequence[Span]) -> list[tuple[Sentence, ...]]:
    """Return for each passage what may be quoted of it; only a sentence too long for a passage is in parts."""
    text = article.text
    found: list[list[Sentence]] = [[] for _ in spans]
    starts = [span.start for span in spans]
    for block in article.blocks:
        if block.kind not in _QUOTABLE:
            continue
        for sentence in (_rows if block.kind is BlockKind.TABLE else _sentences)(text, block.span):
            first, last = bisect_right(starts, sentence.start) - 1, bisect_left(starts, sentence.end) - 1
            for number in range(first, last + 1):
                span = spans[number]
                part = Span(max(sentence.start, span.start), min(sentence.end, span.end)).trimmed(text)
                if part.end > part.start:
                    found[number].append(Sentence(part, block.kind))
    return [tuple(sentences) for sentences in found]


def _headings_at(article: Article, starts: Sequence[int]) -> list[tuple[str, ...]]:
    """Return for each passage the headings above its start, outermost first, with those that open it."""
    paths: list[tuple[str, ...]] = []
    path: list[Block] = []
    index, blocks = 0, article.blocks
    for start in starts:
        while index < len(blocks) and (blocks[index].span.start < start or blocks[index].kind is BlockKind.HEADING):
            if blocks[index].kind is BlockKind.HEADING:
                path = [above for above in path if above.level < blocks[index].level] + [blocks[index]]
            index += 1
        paths.append(tuple(block.span.of(article.text) for block in path))
    return paths
