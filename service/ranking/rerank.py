"""An optional second look at the best passages: a cross-encoder reads question and passage together.

It is slower than the two searches and truer, so it sees only the best candidates that they found.
"""

import threading
from collections.abc import Sequence
from math import exp
from typing import Protocol

from corpus.errors import Unavailable
from service.cross_encoder import load_cross_encoder

RERANKED = 20
"""Candidates that are judged: more than twice the passages that an answer reads; each costs a pass of the model."""
SHARE = 0.5
"""Of the whole score. Either errs where the other does not: a cross-encoder on names and numbers that it never met,
the searches on words that mean the same. Even, since the best share differs from model to model."""
BATCH = 8  # pairs in one pass; more would only be padded to the longest of them


class Reranker(Protocol):
    """Judges how well texts answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return a score for each text, any real number, higher where it answers better; 0 is undecided."""


class CrossEncoderReranker:
    """Serves a sentence-transformers CrossEncoder."""

    def __init__(self, name: str) -> None:
        """Load the model by name or folder, never from the network; raises Unavailable where that can't be done."""
        self._model = load_cross_encoder(name, called=f"the reranker '{name}'", setting="INSIGHT_RERANKER")
        # Any encoder loads, with a head made up at random: its scores would mean nothing.
        kinds = getattr(self._model.config, "architectures", None) or [""]
        if not str(kinds[0]).endswith("ForSequenceClassification") or self._model.num_labels != 1:
            raise Unavailable(
                f"the reranker '{name}' is no cross-encoder with one score; give another, or unset INSIGHT_RERANKER"
            )
        self._lock = threading.Lock()  # a tokenizer must not be used by two threads at once

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the model's logit for each text."""
        if not texts:
            return []
        with self._lock:
            found = self._model.predict([(question, text) for text in texts], batch_size=BATCH, show_progress_bar=False)
        return [float(score) for score in found]


def load_reranker(name: str | None) -> Reranker | None:
    """Load the reranker that the settings name, None where they name none; raises Unavailable."""
    return CrossEncoderReranker(name) if name else None


def mixed(own: Sequence[float], judged: Sequence[float]) -> list[float]:
    """Mix scores of 0 to 1 with a reranker's, squashed to 0 to 1; ``judged`` may be of the first few alone.

    The rest count as judged 0: that leaves all on one scale, and none of them can rise above one that was read.
    """
    squashed = [1 / (1 + exp(-max(-30.0, min(30.0, score)))) for score in judged]
    squashed += [0.0] * (len(own) - len(squashed))
    return [(1 - SHARE) * score + SHARE * verdict for score, verdict in zip(own, squashed, strict=True)]
