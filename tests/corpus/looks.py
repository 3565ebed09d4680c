"""What tests look up in a library: by its vectors as a search does, and by identity."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Article, Passage
from corpus.encoded import Encoded, Vector
from corpus.filters import EVERYTHING, Filter
from corpus.library import Library

_TRIES = 5  # as many articles may change during one look


@dataclass(frozen=True, slots=True)
class Hit:
    """A live passage with its cosine and its key in the catalogue."""

    key: int
    passage: Passage
    score: float


def look_up(
    library: Library, vector: Vector, k: int, *, fingerprint: str | None = None, where: Filter = EVERYTHING
) -> list[Hit]:
    """Return at most ``k`` live passages, nearest first; ``fingerprint`` is that in use unless given."""
    fingerprint = fingerprint or library.fingerprint
    for _ in range(_TRIES):
        with library.view() as view:
            rows = library.nearest(vector, k, fingerprint=fingerprint, among=view.among(where, fingerprint))
            keys = view.keys_of(passage_id for passage_id, _ in rows)
            found = view.passages(keys.values())
        if not library.changed_since(view):
            break
    return [Hit(keys[name], found[keys[name]], score) for name, score in rows if name in keys]


def encoded(library: Library, keys: Sequence[int], fingerprint: str | None = None) -> dict[int, Encoded]:
    """Return the vectors of passages and of their sentences, by key; ``fingerprint`` is that in use unless given."""
    with library.view() as view:
        return view.encoded(keys, fingerprint or library.fingerprint)


def of_identity(library: Library, identity: str) -> Article | None:
    """Return the live article of this identity."""
    return next((article for article in library.articles() if article.identity == identity), None)
