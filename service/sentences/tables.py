"""Rows of tables, which say what they say only under the header: "2024 | £18.4 million" under "Year | Revenue"."""

import re
from collections.abc import Iterable, Sequence

from corpus.article import Article, BlockKind, Sentence, Span
from corpus.language import Analyzer
from service.question.units import Unit
from service.sentences.presence import NAMED, presence

HEADED = 0.85
"""What stands in the header of a row's table counts by this much as standing in the row."""

_BAR = " | "
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")
_DIGIT = re.compile(r"\d")


def header_of(row: Sentence, article: Article) -> Span | None:
    """Return where the header of a row's table stands; None where it is no row, or the first row is none.

    A row with numbers is no header, but one of several years may be.
    """
    if row.kind is not BlockKind.TABLE:
        return None
    block = next((b.span for b in article.blocks if b.span.start <= row.span.start < b.span.end), None)
    if block is None or row.span.start == block.start:
        return None
    first = block.of(article.text).partition("\n")[0]
    return Span(block.start, block.start + len(first)) if _is_header(first.split(_BAR)) else None


def _is_header(cells: Sequence[str]) -> bool:
    numbers = [cell for cell in cells if _DIGIT.search(cell)]
    return len(cells) > 1 and len(numbers) != 1 and all(map(_YEAR.fullmatch, numbers))


def cell_asked_for(row: str, header: str, units: Sequence[Unit], analyzer: Analyzer) -> Span | None:
    """Return where in a row the one cell stands whose column the question names; None where that is not plain."""
    cells, titles = _cells(row), [cell.of(header) for cell in _cells(header)]
    lacking = len(cells) - len(titles)
    if lacking not in {0, 1}:  # the column of what rows are called may have no title
        return None
    said = [_said(title, units, analyzer) for title in titles]
    if max(said) < NAMED or said.count(max(said)) > 1:
        return None
    place = said.index(max(said)) + lacking
    return cells[place] if place else None


def _said(title: str, units: Iterable[Unit], analyzer: Analyzer) -> float:
    """Return 0 to 1: how firmly something asked for stands in the title of a column."""
    terms = analyzer.terms(title)
    return max((presence(unit, terms) for unit in units if unit.heavy), default=0.0)


def _cells(row: str) -> Sequence[Span]:
    found, start = [], 0
    for cell in row.split(_BAR):
        found.append(Span(start, start + len(cell)))
        start += len(cell) + len(_BAR)
    return found
