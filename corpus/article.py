"""The things that every room passes around: articles, their blocks and their passages.

All offsets count Unicode code points of ``Article.text``, the article's canonical plain text.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

Language = Literal["en", "zh"]


class BlockKind(StrEnum):
    """What a stretch of an article is; only some kinds can answer a question."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch ``[start, end)`` of an article's text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a stretch that runs backwards; raises ValueError."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs from 0 <= start <= end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the stretch of ``text`` that this span names."""
        return text[self.start : self.end]

    def trimmed(self, text: str) -> "Span":
        """Return this span of ``text`` without blanks at its edges; of nothing but blanks, its empty end."""
        stretch = self.of(text)
        start = self.start + len(stretch) - len(stretch.lstrip())
        return Span(start, start + len(stretch.strip()))


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article; ``level`` is 1 to 6 for headings and 0 otherwise."""

    kind: BlockKind
    span: Span
    level: int = 0


@dataclass(frozen=True)
class Article:
    """A cleaned post.

    ``identity`` is the canonical address by which the same article is known again.
    ``published`` and ``modified`` are ISO 8601 dates or date-times, or None where unknown.
    ``names`` maps names that the article itself introduces to what they stand for
    ("CDMO" to "contract development and manufacturing organisation").
    """

    id: str
    identity: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    language: Language
    url: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    categories: tuple[str, ...] = ()
    source: str = ""
    sample: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over everything that a reader could see of the article."""
        seen = {name: getattr(self, name) for name in _SEEN} | {"names": dict(self.names)}
        seen["blocks"] = [  # by hand: asdict takes many times as long
            {"kind": b.kind, "span": {"start": b.span.start, "end": b.span.end}, "level": b.level} for b in self.blocks
        ]
        return hashlib.sha256(json.dumps(seen, sort_keys=True, ensure_ascii=True).encode("ascii")).hexdigest()

    @cached_property
    def text_hash(self) -> str:
        """SHA-256 over the words of title and text: equal for articles that read the same wherever they stand."""
        return _digest_of_words(self.title, self.text)

    @cached_property
    def body_hash(self) -> str:
        """SHA-256 over the words of the text alone, whatever its title."""
        return _digest_of_words(self.text)

    @property
    def published_date(self) -> date | None:
        """The calendar day of publication, or None where unknown."""
        return date.fromisoformat(self.published[:10]) if self.published else None


_SEEN = [each.name for each in fields(Article) if each.name not in {"id", "identity", "source"}]


def article_from(values: Mapping[str, Any]) -> Article:
    """Build an article from what ``dataclasses.asdict`` made of one and JSON has kept."""
    blocks = tuple(Block(BlockKind(item["kind"]), Span(**item["span"]), item["level"]) for item in values["blocks"])
    return Article(**{**values, "blocks": blocks, "categories": tuple(values["categories"])})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage, by its place in the article's text, and the kind of its block."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article, never rewritten: ``text == article.text[span.start:span.end]``.

    ``headings`` are those above it, outermost first. ``sentences`` are its parts that may be quoted
    (no headings, no captions), in order, with spans that count from the start of the *article*.
    """

    id: str
    article_id: str
    version: int
    ordinal: int
    span: Span
    text: str
    headings: tuple[str, ...]
    sentences: tuple[Sentence, ...]

    def quote(self, span: Span) -> str:
        """Return the article's text at ``span``, which must lie within this passage."""
        if not self.span.start <= span.start <= span.end <= self.span.end:
            raise ValueError(f"{span} lies outside passage {self.id}")
        return self.text[span.start - self.span.start : span.end - self.span.start]


def _digest_of_words(*texts: str) -> str:
    """Return SHA-256 over the words of texts, letter case and the width of blanks aside."""
    words = " ".join(word for text in texts for word in text.split())
    return hashlib.sha256(words.casefold().encode("utf-8", "surrogatepass")).hexdigest()
