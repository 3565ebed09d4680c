"""An optional second opinion on statements: a model reads quotes and statement together.

It is asked only where the comparison by code leaves room: a fact that is missing, or a contradiction, stays one. It may
lower a verdict, and raise "partial" to "supported" where no more was against it than too few shared words.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from corpus.errors import Unavailable
from corpus.language import Analyzer
from service.checks.translate import Translator
from service.checks.verdict import PARTIAL, SUPPORTED, Verdict
from service.cross_encoder import load_cross_encoder
from service.proof import Verifier
from service.verify import check
from service.word_for_word import WordForWord, WordVectors

SURE = 0.9
"""Least chance of "entailment" that raises a verdict; chosen high, since raising is the graver error."""
LIKELY = 0.5
"""Least chance of "contradiction" that lowers a verdict to "unsupported", and of "entailment" that keeps it."""
_LABELS = ("entailment", "neutral", "contradiction")


@dataclass(frozen=True, slots=True)
class Entailment:
    """The chances, 0 to 1, that quotes show a statement and that they contradict it."""

    entailed: float
    contradicted: float


class EntailmentModel(Protocol):
    """Reads a statement beside its quotes."""

    def judge(self, statement: str, quotes: Sequence[str]) -> Entailment:
        """Say how likely the quotes together show the statement, and contradict it."""


class CrossEncoderJudge:
    """Serves a sentence-transformers CrossEncoder with the three labels of inference, or with one score."""

    def __init__(self, name: str) -> None:
        """Load the model by name or folder, never from the network; raises Unavailable where that can't be done."""
        called = f"the model '{name}' that is to check statements"
        self._model = load_cross_encoder(name, called=called, setting="INSIGHT_NLI_MODEL")
        self._order = _order(name, self._model.config, self._model.num_labels)
        self._lock = threading.Lock()  # a tokenizer must not be used by two threads at once

    def judge(self, statement: str, quotes: Sequence[str]) -> Entailment:
        """Return the model's chances; a model of one score tells nothing of contradiction."""
        from numpy import asarray, exp

        with self._lock:
            logits = self._model.predict([("\n".join(quotes), statement)], show_progress_bar=False)
        found = asarray(logits, dtype=float).ravel()
        if self._order is None:
            return Entailment(1 / (1 + float(exp(-found[0]))), 0.0)
        chances = exp(found - found.max())
        chances /= chances.sum()
        return Entailment(float(chances[self._order[0]]), float(chances[self._order[1]]))


def _order(name: str, config: Any, labels: int) -> tuple[int, int] | None:
    """Return where the logits of entailment and contradiction stand, None for one score; raises Unavailable."""
    # Any encoder loads, with a head made up at random: its scores would mean nothing.
    kinds = getattr(config, "architectures", None) or [""]
    if str(kinds[0]).endswith("ForSequenceClassification"):
        if labels == 1:
            return None
        named = {str(label).lower(): int(place) for place, label in config.id2label.items()}
        if set(named) == set(_LABELS):
            return named["entailment"], named["contradiction"]
    raise Unavailable(
        f"the model '{name}' can't check statements: it needs the labels {', '.join(_LABELS)}, or one score; "
        "give another, or unset INSIGHT_NLI_MODEL"
    )


def load_judge(name: str | None) -> EntailmentModel | None:
    """Load the model that the settings name, None where they name none; raises Unavailable."""
    return CrossEncoderJudge(name) if name else None


def load_verifier(
    name: str | None, analyzer: Analyzer, translator: Translator | None = None, vectors: WordVectors | None = None
) -> Verifier:
    """Return the check of statements, with the model of that name if there is one; raises Unavailable.

    Without ``vectors`` a word that stands for another one in the quotes is taken for the same.
    """
    verifier: Verifier = partial(check, analyzer=analyzer, translator=translator)
    judge = load_judge(name)
    if vectors:
        verifier = WordForWord(verifier, analyzer, vectors, translator)
    return Judged(verifier, judge) if judge else verifier


@dataclass(frozen=True, slots=True)
class Judged:
    """A verifier whose verdicts a model looks at once more."""

    verifier: Verifier
    judge: EntailmentModel

    def __call__(self, statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        """Check as the verifier does; then let the model lower the verdict, or raise one that only lacks words."""
        verdict = self.verifier(statement, quotes, claim_context=claim_context)
        if verdict.support == "unsupported":
            return verdict
        # What the reader sees above the quotes tells the model whom "he" or "the hub" means.
        found = self.judge.judge(statement, [*claim_context, *quotes])
        if found.contradicted >= LIKELY:
            return Verdict("unsupported", "the model finds that the quotes contradict it", 0.0, "model")
        if verdict.support == "supported" and found.entailed < LIKELY:
            return Verdict("partial", "the model does not find it in the quotes", _between(found.entailed), "model")
        if verdict.support == "partial" and verdict.kind in {"overlap", "word"} and found.entailed >= SURE:
            return Verdict("supported", "the model finds it in the quotes", max(found.entailed, SUPPORTED), "found")
        return verdict


def _between(chance: float) -> float:
    return PARTIAL + chance * (SUPPORTED - PARTIAL)
