"""Where terms stand, in memory: what full-text search knows of a term, as arrays to join and to count.

A place is one number, the passage's key above its column above the position there, so that places of a term sort by
passage, and a phrase is what places of its words have in common once each is moved back to the first word's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from corpus.glossary import Phrase
from corpus.language import parts_before

Places = npt.NDArray[np.int64]
"""Ascending; see ``place``."""
Keys = npt.NDArray[np.int64]
"""Passages' keys, ascending, each once."""

POSITION_BITS, COLUMN_BITS = 22, 2
NOWHERE: Places = np.zeros(0, np.int64)
NOWHERE.flags.writeable = False


class Column(IntEnum):
    """What the full-text index holds of a passage."""

    TITLE = 0
    HEADINGS = 1
    BODY = 2
    BIGRAMS = 3


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages that hold a phrase; all arrays have shape (n,).

    ``body`` is how often it stands in the text itself, ``title`` and ``headings`` whether it stands there.
    """

    keys: Keys
    body: npt.NDArray[np.float32]
    title: npt.NDArray[np.bool_]
    headings: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, places: Places) -> "Postings":
        """Sum up the places of a phrase; those among the pairs of characters are left out."""
        columns = _columns(places)
        if (columns == Column.BIGRAMS).any():
            places, columns = places[columns != Column.BIGRAMS], columns[columns != Column.BIGRAMS]
        firsts = _firsts(places)
        keys = _keys(places[firsts])
        if not len(keys):
            return cls(keys, np.zeros(0, np.float32), np.zeros(0, bool), np.zeros(0, bool))
        body = np.add.reduceat(columns == Column.BODY, firsts, dtype=np.float32)
        title, headings = (
            np.logical_or.reduceat(columns == column, firsts) for column in (Column.TITLE, Column.HEADINGS)
        )
        return cls(keys, body, title, headings)


def phrase_places(phrase: Phrase, places: Mapping[str, Places]) -> Places:
    """Return where the words of ``phrase`` stand side by side, by the places of each; the rarest word's come first."""
    distances = accumulate((1 + parts_before(word) for word in phrase[1:]), initial=0)
    rarest, *others = sorted(zip(distances, phrase, strict=True), key=lambda item: len(places[item[1]]))
    found = places[rarest[1]] - rarest[0]
    for distance, term in others:
        if len(found):
            found = found[_among(found + distance, places[term])]
    return found


def pair_keys(places: Places) -> Keys:
    """Return the passages that hold a pair of Chinese characters, by its places."""
    inside = places[_columns(places) == Column.BIGRAMS]
    return _keys(inside[_firsts(inside)])


def passages_with(places: Places) -> int:
    """Return how many passages hold a term anywhere."""
    return len(_firsts(places))


def _among(some: Places, places: Places) -> npt.NDArray[np.bool_]:
    nearest = np.searchsorted(places, some)
    return np.asarray(places[np.minimum(nearest, len(places) - 1)] == some)


def _columns(places: Places) -> Places:
    return (places >> POSITION_BITS) & ((1 << COLUMN_BITS) - 1)


def _keys(places: Places) -> Keys:
    return places >> (POSITION_BITS + COLUMN_BITS)


def _firsts(places: Places) -> npt.NDArray[np.intp]:
    """Return the indexes at which another passage begins."""
    keys = _keys(places)
    return np.flatnonzero(np.diff(keys, prepend=-1)) if len(keys) else np.zeros(0, np.intp)
