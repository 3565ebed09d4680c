"""What an embedding model makes of a text: a vector of the whole, one of each sentence, and its tokens' signs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from corpus.article import Span
from corpus.tokens import Tokens, tells

Vector = npt.NDArray[np.float32]
Offsets = Sequence[tuple[int, int]]
"""Where a text's tokens begin and end."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Unit vectors of one text: ``vector`` of shape (d,), ``parts`` of shape (number of spans, d).

    ``tokens`` is what is kept of the tokens within the spans; a model may give none.
    """

    vector: Vector
    parts: Vector
    tokens: Tokens = field(default_factory=Tokens.none)


def shifted(offsets: Offsets, by: int) -> Offsets:
    """Move places ``by`` characters to the front."""
    return [(start - by, end - by) for start, end in offsets] if by else offsets


def widened(words: Sequence[Span], offsets: Offsets) -> list[Span]:
    """Widen words to the tokens that they touch: a model may have several Chinese characters in one token."""
    touched = [[(start, end) for start, end in offsets if start < word.end and end > word.start] for word in words]
    return [
        Span(min(start for start, _ in tokens), max(end for _, end in tokens)) if tokens else word
        for word, tokens in zip(words, touched, strict=True)
    ]


def pooled_parts(text: str, tokens: Vector, offsets: Offsets, spans: Sequence[Span], whole: Vector) -> Encoded:
    """Return a text's vector with those of its spans, and what is kept of the tokens within them."""
    firsts = [span.start for span in spans]
    owners = np.searchsorted(firsts, [start for start, _ in offsets], side="right") - 1
    kept = [
        row
        for row, ((start, end), owner) in enumerate(zip(offsets, owners.tolist(), strict=True))
        if owner >= 0 and start < end <= spans[owner].end and tells(text[start:end])
    ]
    return Encoded(whole, pool_spans(tokens, offsets, spans, whole), Tokens.of(tokens[kept], owners[kept]))


def pool_spans(tokens: Vector, offsets: Offsets, spans: Sequence[Span], whole: Vector) -> Vector:
    """Mean of the token vectors within each span; a span cut off by the model's length takes the text's own vector."""
    rows = np.empty((len(spans), tokens.shape[1]), dtype=np.float32)
    places = np.array(offsets).reshape(-1, 2)
    real = np.flatnonzero(places[:, 1] > places[:, 0])  # of the others a model makes its own use
    firsts = np.searchsorted(places[real, 0], [span.start for span in spans])
    ends = np.searchsorted(places[real, 1], [span.end for span in spans], side="right")
    for i, (first, end) in enumerate(zip(firsts.tolist(), ends.tolist(), strict=True)):
        rows[i] = unit(tokens[real[first:end]].mean(axis=0)) if end > first else whole
    return rows


def unit(vector: Vector) -> Vector:
    """Return a vector at length 1; zeros stay zeros."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)
