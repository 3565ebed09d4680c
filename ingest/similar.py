"""Articles that read nearly the same, told by MinHash sketches of their words.

After Broder (1997), "On the resemblance of documents": the share of equal minima of two sketches estimates the share of
word sequences that two texts have in common.
"""

import re
from collections.abc import Iterable
from zlib import crc32

import numpy as np
import numpy.typing as npt

from corpus.language import CJK

ALIKE = 0.8  # of the word sequences, from which on an admin should hear of it
_MINIMA = 64
_WORDS_TOGETHER = 4
_MOST = 20_000  # word sequences read of one text
_UNIT = re.compile(rf"[{CJK}]|[^\W_]+")
_PRIME = (1 << 31) - 1

Sketch = npt.NDArray[np.uint32]


def sketch_of(text: str) -> bytes:
    """Return the sketch of a text: 64 minima of four bytes; empty where the text has too few words to tell by."""
    units = _UNIT.findall(text.casefold())[: _MOST + _WORDS_TOGETHER]
    sequences = {
        crc32(" ".join(units[at : at + _WORDS_TOGETHER]).encode("utf-8", "surrogatepass"))
        for at in range(len(units) - _WORDS_TOGETHER + 1)
    }
    if len(sequences) < _MINIMA:
        return b""
    hashes = np.fromiter(sequences, np.uint64, len(sequences))[:, None] % _PRIME
    factors, shifts = _permutations()
    return np.asarray(((hashes * factors + shifts) % _PRIME).min(axis=0), dtype=np.uint32).tobytes()


def _permutations() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    chosen = np.random.default_rng(1997)  # fixed: sketches are kept and compared with later ones
    return chosen.integers(1, _PRIME, _MINIMA, np.uint64), chosen.integers(0, _PRIME, _MINIMA, np.uint64)


class Lookalikes:
    """The sketches of articles, to compare others with."""

    def __init__(self, known: Iterable[tuple[str, bytes]] = ()) -> None:
        self._ids: list[str] = []
        self._sketches = np.zeros((64, _MINIMA), np.uint32)
        for article_id, sketch in known:
            self.add(article_id, sketch)

    def add(self, article_id: str, sketch: bytes) -> None:
        """Remember an article; one without a sketch resembles nothing."""
        if not sketch:
            return
        if len(self._ids) == len(self._sketches):
            self._sketches = np.concatenate([self._sketches, np.zeros_like(self._sketches)])
        self._sketches[len(self._ids)] = np.frombuffer(sketch, np.uint32)
        self._ids.append(article_id)

    def nearest(self, sketch: bytes, *, other_than: str) -> tuple[str, float] | None:
        """Return the article most like this one and the share of word sequences in common; None below ``ALIKE``."""
        if not sketch or not self._ids:
            return None
        held = self._sketches[: len(self._ids)]
        shares = (held == np.frombuffer(sketch, np.uint32)).mean(axis=1)
        for place in np.argsort(-shares)[:5]:
            if shares[place] < ALIKE:
                return None
            if self._ids[place] != other_than:
                return self._ids[place], float(shares[place])
        return None
