"""Late interaction: each word of a question against each word of a sentence, by the embedder's own token vectors.

One vector for a sentence blurs what it says; comparing word by word tells whether everything that is asked for stands
there (Khattab and Zaharia, "ColBERT", 2020). Of a passage's tokens only the signs of their vectors are kept, one bit a
dimension: the cosine with a whole vector can be estimated from these (as in Charikar, "Similarity estimation
techniques from rounding algorithms", 2002), and with hundreds of dimensions the error is lost among what the words
differ by.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import pi

import numpy as np
import numpy.typing as npt

from corpus.article import Span
from corpus.language import CJK

Rows = npt.NDArray[np.float32]

FUNCTION_WORDS = frozenset(
    """
    a am an and any are as at be been but by can could did do does for from had has have he her him his how i if in is
    it its may me my no nor not of off on or our out own per she so than that the their them then they this to too up
    us was we were what when where which who whom whose why will with would you
    """.split()
)
"""English words that only ask or join; they stand everywhere, so that none tells one sentence from another."""

_WORD = re.compile(rf"[^\W_{CJK}]+(?:['’-][^\W_{CJK}]+)*|[{CJK}]")
_PARTICLES = frozenset("的了是在有和与及或吗呢吧们这那什么哪谁几")
_TOGETHER = 64  # tokens unpacked at a time, which stay in the processor's cache: several times as fast as all at once
_SHARE = (pi / 2) ** 0.5  # a Gaussian's standard deviation over the mean of its absolute value


@dataclass(frozen=True, slots=True)
class Tokens:
    """What is kept of a passage's tokens: their signs, and the sentence that each stands in.

    ``signs`` has shape (n, d / 8), eight dimensions a byte; ``sentences`` has shape (n,) and counts from 0.
    """

    signs: npt.NDArray[np.uint8]
    sentences: npt.NDArray[np.uint16]

    @classmethod
    def of(cls, vectors: Rows, sentences: npt.ArrayLike) -> "Tokens":
        """Keep token vectors of shape (n, d), each with the place of its sentence."""
        return cls(np.packbits(vectors > 0, axis=1), np.asarray(sentences, np.uint16))

    @classmethod
    def none(cls) -> "Tokens":
        """Keep nothing."""
        return cls(np.zeros((0, 0), np.uint8), np.zeros(0, np.uint16))

    @classmethod
    def joined(cls, parts: Sequence["Tokens"]) -> "Tokens":
        """Put the tokens of several texts together, each text as one sentence; all must be of one width."""
        places = np.repeat(np.arange(len(parts), dtype=np.uint16), [len(part.sentences) for part in parts])
        return cls(np.concatenate([part.signs for part in parts]), places)

    @classmethod
    def unpacked(cls, data: bytes, width: int) -> "Tokens":
        """Undo ``packed``; ``width`` is the number of dimensions."""
        across = (width + 7) // 8
        count = len(data) // (across + 2)
        places = np.frombuffer(data, np.dtype("<u2"), count)
        return cls(np.frombuffer(data, np.uint8, offset=2 * count).reshape(count, across), places)

    def packed(self) -> bytes:
        """Return everything in one piece: two bytes and one bit a dimension for each token."""
        return self.sentences.astype("<u2").tobytes() + self.signs.tobytes()

    def cosines(self, words: Rows) -> Rows:
        """Return the cosines of a question's words with the tokens, as estimated, of shape (w, n).

        ``words`` are unit vectors of shape (w, d), d as of the tokens.
        """
        width = words.shape[1]
        products = np.empty((len(words), len(self.signs)), np.float32)
        for first in range(0, len(self.signs), _TOGETHER):
            few = slice(first, first + _TOGETHER)
            products[:, few] = words @ np.unpackbits(self.signs[few], axis=1, count=width).astype(np.float32).T
        # with +1 and -1 for the bits, 2 b - 1, the products are 2 (w . b) less the sum of w
        return np.asarray((2 * products - words.sum(axis=1, keepdims=True)) * np.float32(_SHARE / width**0.5))

    def nearest(self, words: Rows, sentences: int) -> Rows:
        """Return how near each of a question's words comes to some token of each sentence.

        The result has shape (w, ``sentences``), and 0 where a sentence has no token.
        """
        found = np.zeros((len(words), sentences), np.float32)
        if len(self.sentences) and len(words):
            firsts = np.flatnonzero(np.append(True, self.sentences[1:] != self.sentences[:-1]))  # they stand in order
            found[:, self.sentences[firsts]] = np.maximum.reduceat(self.cosines(words), firsts, axis=1)
        return found


def words_of(question: str) -> list[Span]:
    """Return where a question's words stand, of Chinese each character; those that only ask or join are none.

    Where it has no others, all of them are returned.
    """
    every = list(_WORD.finditer(question))
    telling = [m for m in every if m.group().lower() not in FUNCTION_WORDS and m.group() not in _PARTICLES]
    return [Span(m.start(), m.end()) for m in telling or every]


def tells(token: str) -> bool:
    """Whether a token of a passage is worth keeping: no mark, and no word that only joins."""
    return token.lower() not in FUNCTION_WORDS and any(map(str.isalnum, token))
