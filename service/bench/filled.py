"""Vectors for a library that would take too long to embed: sums of real ones, with noise."""

from collections.abc import Mapping, Sequence

import numpy as np

from corpus.article import Span
from corpus.encoded import Encoded, Vector
from corpus.encoder import Encoder
from corpus.tokens import Tokens, tells

NOISE = 0.35  # length of what is added to a unit vector
_TOGETHER = 256  # texts of the stock encoded at a time


class FilledEncoder:
    """Gives passages vectors that look like the model's; ``made`` holds them in order.

    A sentence takes the vector of the one in ``stock`` that it was made of (see ``Texts``) and some noise, a passage
    the mean of its sentences; of tokens only the number is right. All are made alike: a few that the model embedded
    would lie apart from the rest, and an approximate index loses sight of what lies apart. Questions are encoded by
    the model. Name and fingerprint are the model's, so a library that was made with this encoder is opened with the
    model itself.
    """

    def __init__(self, encoder: Encoder, stock: Sequence[str], *, seed: int) -> None:
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self.made: list[Vector] = []
        self._encoder, self._stock = encoder, stock
        self._chance = np.random.default_rng(seed)
        self._origins: Mapping[str, int] = {}
        self._vectors: Vector | None = None

    def expect(self, origins: Mapping[str, int]) -> None:
        """Tell of which sentence of the stock each one was made that comes next."""
        self._origins = origins

    def encode_query(self, text: str) -> Vector:
        """Return the model's vector of a question, shape (d,)."""
        return self._encoder.encode_query(text)

    def encode_question(self, text: str, words: Sequence[Span]) -> Encoded:
        """Return the model's vectors of a question and of the given words of it."""
        return self._encoder.encode_question(text, words)

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """Return vectors of passages and of the given spans of each."""
        found = [self._filled(text, parts) for text, parts in zip(texts, spans, strict=True)]
        self.made += [item.vector for item in found]
        return found

    def is_word(self, word: str) -> bool:
        """Whether the model knows a word as one."""
        return self._encoder.is_word(word)

    def _filled(self, text: str, spans: Sequence[Span]) -> Encoded:
        stock = self._stock_vectors()
        known = [self._origins.get(span.of(text)) for span in spans] or [None]
        places = [int(self._chance.integers(len(stock))) if place is None else place for place in known]
        parts = self._noisy(stock[places])
        vector = self._noisy(parts.mean(axis=0, keepdims=True))[0]
        return Encoded(vector, parts[: len(spans)], self._tokens([span.of(text) for span in spans], len(vector)))

    def _tokens(self, sentences: Sequence[str], width: int) -> Tokens:
        """Return as many tokens as there are words worth keeping: how long a search takes depends on no more."""
        places = [place for place, sentence in enumerate(sentences) for word in sentence.split() if tells(word)]
        signs = self._chance.integers(0, 256, (len(places), (width + 7) // 8), np.uint8)
        return Tokens(signs, np.array(places, np.uint16))

    def _noisy(self, rows: Vector) -> Vector:
        """Return unit vectors near the directions of ``rows``, shape (n, d)."""
        noise = self._chance.normal(scale=NOISE / rows.shape[1] ** 0.5, size=rows.shape)
        moved = rows / np.linalg.norm(rows, axis=1, keepdims=True) + noise
        return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)

    def _stock_vectors(self) -> Vector:
        if self._vectors is None:
            found: list[Vector] = []
            for first in range(0, len(self._stock), _TOGETHER):
                part = self._stock[first : first + _TOGETHER]
                found += [item.vector for item in self._encoder.encode_passages(part, [()] * len(part))]
            self._vectors = np.stack(found)
        return self._vectors


class Overheard:
    """The model, and in ``heard`` every passage as it reads it, with title and headings."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self.heard: list[str] = []
        self._encoder = encoder

    def encode_query(self, text: str) -> Vector:
        """Return the model's vector of a question, shape (d,)."""
        return self._encoder.encode_query(text)

    def encode_question(self, text: str, words: Sequence[Span]) -> Encoded:
        """Return the model's vectors of a question and of the given words of it."""
        return self._encoder.encode_question(text, words)

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """Return the model's vectors of passages and of the given spans of each."""
        self.heard += texts
        return self._encoder.encode_passages(texts, spans)

    def is_word(self, word: str) -> bool:
        """Whether the model knows a word as one."""
        return self._encoder.is_word(word)
