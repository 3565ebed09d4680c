"""Blocks that stand in many articles of one run belong to the site, not to the articles."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article, Block, BlockKind
from ingest.draft import Piece, compose
from ingest.names import learn_names

_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CAPTION)
_LONGEST = 1200  # characters; a longer block that recurs is more likely an article published twice
_FEWEST_ARTICLES, _FEWEST_REPEATS, _SHARE = 5, 3, 0.4
_DIGEST = 8  # bytes


class RepeatedBlocks:
    """Counts blocks over a run; only an eight-byte digest of each is kept in memory."""

    def __init__(self) -> None:
        self._articles = 0
        self._seen: Counter[bytes] = Counter()

    def see(self, article: Article) -> None:
        """Count the blocks of an article, each once."""
        self._articles += 1
        self._seen.update({_digest(article, block) for block in article.blocks if _may_repeat(block)})

    def see_again(self, notes: bytes) -> None:
        """Count the blocks of an article of an earlier run, by the notes that were taken of it then."""
        self._articles += 1
        self._seen.update(digest for digest, _ in _noted(notes))

    def notes(self, article: Article) -> bytes:
        """Return what a later run needs to know: the digest of each block that may repeat, and whether it was left out.

        ``article`` is as cleaned, before ``without``.
        """
        gone = self._gone(article)
        digests = {_digest(article, block): block in gone for block in article.blocks if _may_repeat(block)}
        return b"".join(digest + bytes([left_out]) for digest, left_out in sorted(digests.items()))

    def judged_otherwise(self, notes: bytes) -> bool:
        """Say whether blocks would now be left out that were not, or the other way round."""
        judges = self._articles >= _FEWEST_ARTICLES
        return any((judges and self._seen[digest] >= self._limit) != left_out for digest, left_out in _noted(notes))

    def without(self, article: Article) -> Article:
        """Return the article without what the run has shown to be boilerplate; never an empty one."""
        gone = self._gone(article)
        if not gone or not any(block not in gone and block.kind is not BlockKind.HEADING for block in article.blocks):
            return article
        text, blocks = compose(_pieces(article, _without_hollow_headings(article.blocks, gone)))
        return replace(article, text=text, blocks=blocks, names=learn_names(text))

    @property
    def _limit(self) -> float:
        return max(_FEWEST_REPEATS, _SHARE * self._articles)

    def _gone(self, article: Article) -> set[Block]:
        if self._articles < _FEWEST_ARTICLES:
            return set()
        return {
            block
            for block in article.blocks
            if _may_repeat(block) and self._seen[_digest(article, block)] >= self._limit
        }


def _noted(notes: bytes) -> Iterator[tuple[bytes, bool]]:
    for at in range(0, len(notes), _DIGEST + 1):
        yield notes[at : at + _DIGEST], bool(notes[at + _DIGEST])


def _may_repeat(block: Block) -> bool:
    return block.kind in _KINDS and block.span.end - block.span.start <= _LONGEST


def _digest(article: Article, block: Block) -> bytes:
    words = re.sub(r"\W+", " ", block.span.of(article.text)).casefold().strip()
    return hashlib.sha256(words.encode()).digest()[:_DIGEST]


def _without_hollow_headings(blocks: tuple[Block, ...], gone: set[Block]) -> list[Block]:
    """Leave out ``gone`` and every heading that only stood over it."""
    kept: list[Block] = []
    lowest, lost = 0, False  # level of the section that begins below; whether a block below it has gone
    for block in reversed(blocks):
        if block in gone:
            lost = True
        elif block.kind is BlockKind.HEADING:
            hollow = lost and (not kept or (kept[-1].kind is BlockKind.HEADING and lowest <= block.level))
            if not hollow:
                kept.append(block)
                lowest, lost = block.level, False
        else:
            kept.append(block)
            lost = False
    return kept[::-1]


def _pieces(article: Article, blocks: list[Block]) -> list[Piece]:
    """Take an article apart again; items stay in one list where only a line end parted them."""
    pieces: list[Piece] = []
    group = 1
    for index, block in enumerate(blocks):
        before = blocks[index - 1].span.end if index else 0
        group += "\n\n" in article.text[before : block.span.start]
        number = group if block.kind is BlockKind.LIST_ITEM else 0
        pieces.append(Piece(block.kind, block.span.of(article.text), block.level, number))
    return pieces
