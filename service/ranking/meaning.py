"""How near a passage and its sentences come to a question by the embedder's vectors: as a whole, and word by word."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.encoded import Encoded
from corpus.tokens import Tokens

WORDS_OF_WHOLE = 0.55  # how near words come, as a share of how near sentences come, on public question sets


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the embedder says of one sentence, all from 0 to 1; see ``service.sentences.features.SentenceFeatures``."""

    similarity: float
    words: float
    beside: float
    around: float
    least: float


def meanings(encoded: Encoded, asked: Encoded | None) -> list[Meaning]:
    """Compare each sentence of a passage with a question; None is one on which the embedder does not vote.

    Where there are no vectors of words, a share of the whole cosine stands for them.
    """
    if asked is None:
        return [Meaning(0.0, 0.0, 0.0, 0.0, 0.0)] * len(encoded.parts)
    whole = np.maximum(encoded.parts @ asked.vector, 0.0)
    if not _has_words(encoded, asked):
        instead = (WORDS_OF_WHOLE * whole).tolist()
        return [Meaning(w, own, own, max(instead), own) for w, own in zip(whole.tolist(), instead, strict=True)]
    near = np.maximum(encoded.tokens.nearest(asked.parts, len(encoded.parts)), 0.0)
    words = near.mean(axis=0).tolist()
    beside = np.maximum(near[:, 1:], near[:, :-1]).mean(axis=0).tolist()
    around = float(near.max(axis=1).mean())
    rows = zip(whole.tolist(), words, [*words[:1], *beside], near.min(axis=0).tolist(), strict=True)
    return [Meaning(w, own, joined, around, least) for w, own, joined, least in rows]


def nearness(passages: Sequence[Encoded], asked: Encoded) -> list[float]:
    """Return how near the words of a question come on average to any of each passage's, 0 to 1."""
    telling = [encoded.tokens for encoded in passages if _has_words(encoded, asked)]
    near = Tokens.joined(telling).nearest(asked.parts, len(telling)) if telling else np.zeros((1, 0), np.float32)
    words = iter(np.maximum(near, 0.0).mean(axis=0).tolist())
    return [
        next(words)
        if _has_words(encoded, asked)
        else WORDS_OF_WHOLE * float((encoded.parts @ asked.vector).max(initial=0.0))
        for encoded in passages
    ]


def _has_words(encoded: Encoded, asked: Encoded) -> bool:
    return len(asked.parts) > 0 and len(encoded.tokens.sentences) > 0
