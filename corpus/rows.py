"""Between the catalogue's rows and the things that the rooms pass around."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import sqlalchemy as sa

from corpus.article import Article, Block, BlockKind, Passage, Sentence, Span
from corpus.encoded import Encoded, Vector
from corpus.records import Outcome, Progress, Run, RunItem, tally
from corpus.tokens import Tokens

_QUANTUM = 127  # sentence vectors are unit vectors, kept as signed bytes


def version_row(article: Article) -> dict[str, Any]:
    """Return the columns of ``versions`` that an article fills."""
    return {
        "article_id": article.id,
        "title": article.title,
        "text": article.text,
        "blocks": [[b.kind.value, b.span.start, b.span.end, b.level] for b in article.blocks],
        "language": article.language,
        "url": article.url,
        "author": article.author,
        "published": article.published,
        "modified": article.modified,
        "categories": list(article.categories),
        "names": dict(article.names),
        "source": article.source,
        "sample": article.sample,
        "content_hash": article.content_hash,
        "text_hash": article.text_hash,
    }


def article_of(row: Any) -> Article:
    """Build the article of a row of ``versions`` joined with its identity."""
    return Article(
        id=row.article_id,
        identity=row.identity,
        title=row.title,
        text=row.text,
        blocks=tuple(Block(BlockKind(kind), Span(start, end), level) for kind, start, end, level in row.blocks),
        language=row.language,
        url=row.url,
        author=row.author,
        published=row.published,
        modified=row.modified,
        categories=tuple(row.categories),
        source=row.source,
        sample=row.sample,
        names=row.names,
    )


def passage_row(passage: Passage) -> dict[str, Any]:
    """Return the columns of ``passages`` that a passage fills."""
    return {
        "id": passage.id,
        "article_id": passage.article_id,
        "version": passage.version,
        "ordinal": passage.ordinal,
        "start": passage.span.start,
        "end": passage.span.end,
        "headings": list(passage.headings),
        "sentences": [[s.span.start, s.span.end, s.kind.value] for s in passage.sentences],
    }


def passage_of(row: Any, text: str) -> Passage:
    """Build the passage of a row of ``passages``; ``text`` is its article's."""
    sentences = tuple(Sentence(Span(start, end), BlockKind(kind)) for start, end, kind in row.sentences)
    span = Span(row.start, row.end)
    headings = tuple(row.headings)
    return Passage(row.id, row.article_id, row.version, row.ordinal, span, span.of(text), headings, sentences)


def packed(encoded: Encoded) -> dict[str, bytes]:
    """Return the columns of ``vectors``: half precision for the passage, bytes for sentences, signs for tokens."""
    return {
        "vector": encoded.vector.astype(np.float16).tobytes(),
        "sentences": np.round(encoded.parts * _QUANTUM).astype(np.int8).tobytes(),
        "tokens": encoded.tokens.packed(),
    }


def unpacked(row: Any) -> Encoded:
    """Undo ``packed``, to within the precision kept."""
    vector = unpacked_vector(row.vector)
    parts = np.frombuffer(row.sentences, np.int8).reshape(-1, vector.shape[0]).astype(np.float32) / np.float32(_QUANTUM)
    return Encoded(vector, parts, Tokens.unpacked(row.tokens or b"", len(vector)))


def unpacked_vector(data: bytes) -> Vector:
    """Return the vector of shape (d,) kept in half precision."""
    return np.frombuffer(data, np.float16).astype(np.float32)


def run_row(run: Run) -> dict[str, Any]:
    """Return the columns of ``runs`` that a run fills."""
    row = {"id": run.id, "source": run.source, "started": run.started, "finished": run.finished, "error": run.error}
    return row | {"progress": asdict(run.progress) if run.progress else None, "tally": run.counts}


def run_of(row: Any, items: Sequence[RunItem] = ()) -> Run:
    """Build the run of a row of ``runs``, with the items that were read along."""
    progress = Progress(**row.progress) if row.progress else None
    whole = tally(item.outcome for item in items) == row.tally
    counts = None if whole else row.tally
    return Run(row.id, row.source, row.started, row.finished, row.error, tuple(items), progress, counts)


def run_item_row(run_id: str, number: int, item: RunItem) -> dict[str, Any]:
    """Return the columns of ``run_items`` that an item fills; a diff is not kept."""
    row = asdict(item) | {"run_id": run_id, "number": number}
    del row["diff"]
    return row


def run_item_of(row: Any) -> RunItem:
    """Build the item of a row of ``run_items``."""
    return RunItem(row.address, Outcome(row.outcome), row.article_id, row.title, row.reason, row.note)


def same_version(passages: sa.Table, versions: sa.Table) -> sa.ColumnElement[bool]:
    """Join passages with the version that they belong to."""
    return sa.and_(passages.c.article_id == versions.c.article_id, passages.c.version == versions.c.version)
