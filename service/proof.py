"""The smallest quote that carries a sentence: one sentence of a passage, or two that stand side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from corpus.article import Passage, Span
from corpus.language import CJK
from service.answer import Support
from service.evidence import RankedPassage
from service.verify import Verdict
from service.wording import SMALL_WORDS, fold


class Verifier(Protocol):
    """``service.verify.check`` with its analyzer bound."""

    def __call__(self, statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        """Say whether ``quotes`` support ``statement``; ``claim_context`` is what the reader sees beside them."""


_SINGLES, _PAIRS = 6, 4  # windows of a passage that are checked, those that share the most words first
_RANK: dict[Support, int] = {"unsupported": 0, "partial": 1, "supported": 2}
_RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")

# Text that gives a model orders asserts nothing, so nothing is proved by it.
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|sources)\b"
    r"|\b(?:reply|respond|answer) (?:(?:only|exactly|just) with\b|with (?:only\b|exactly\b|just\b|[\"“']))"
    r"|\bsystem prompt\b|\byou are (?:now )?an? (?:ai|assistant)\b"
    r"|(?:忽略|无视|忘记|不要理会).{0,20}(?:指令|指示|提示|规则)|系统提示词",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """The places that carry a sentence, and how well; no places where it is unsupported."""

    places: tuple[tuple[RankedPassage, Span], ...]
    verdict: Verdict


def is_order(line: str) -> bool:
    """Whether a line tries to give orders to a language model."""
    return bool(_ORDER.search(line))


def find_proof(sentence: str, passages: Sequence[RankedPassage], verifier: Verifier) -> Proof:
    """Return the best single window of the passages, or one window of each where only together they carry more."""
    best = [proof for ranked in passages if (proof := _best_window(sentence, ranked, verifier))]
    best.sort(key=_worth, reverse=True)
    if not best:
        return Proof((), Verdict("unsupported", "the passage holds no sentence that may be quoted", 0.0))
    if len(best) > 1 and best[0].verdict.support != "supported":
        places = tuple(place for proof in best for place in proof.places)
        quotes = [span.of(ranked.article.text) for ranked, span in places]
        context = [line for ranked, _ in places for line in _context(ranked)]
        together = Proof(places, verifier(sentence, quotes, claim_context=context))
        if _RANK[together.verdict.support] > _RANK[best[0].verdict.support]:
            return together
    return best[0]


def _worth(proof: Proof) -> tuple[int, float]:
    return _RANK[proof.verdict.support], proof.verdict.score


def _best_window(sentence: str, ranked: RankedPassage, verifier: Verifier) -> Proof | None:
    """Prefer one sentence that fully supports; look at pairs only where none does."""
    singles = _quotable(ranked.passage)
    found: list[Proof] = []
    for windows, most in ((singles, _SINGLES), (_adjacent(ranked.passage, singles), _PAIRS)):
        said = _grams(sentence)
        ordered = sorted(windows, key=lambda span: -len(said & _grams(ranked.passage.quote(span))))
        for span in ordered[:most]:
            verdict = verifier(sentence, [ranked.passage.quote(span)], claim_context=_context(ranked))
            found.append(Proof(((ranked, span),), verdict))
        if any(proof.verdict.support == "supported" for proof in found):
            break
    return max(found, key=_worth, default=None)


def _context(ranked: RankedPassage) -> tuple[str, ...]:
    """Return what a reader sees above a passage, which tells what "the hub" in it is."""
    return (ranked.article.title, *ranked.passage.headings)


def _quotable(passage: Passage) -> list[Span]:
    lines = {line for line in passage.text.split("\n") if is_order(line)}
    return [
        sentence.span
        for sentence in passage.sentences
        if not any(passage.quote(sentence.span).split("\n")[0] in line for line in lines)
    ]


def _adjacent(passage: Passage, spans: Sequence[Span]) -> list[Span]:
    """Pairs with nothing but blanks between them, each as one stretch."""
    return [
        Span(first.start, second.end)
        for first, second in pairwise(spans)
        if first.end <= second.start and not passage.quote(Span(first.end, second.start)).strip()
    ]


def _grams(text: str) -> set[str]:
    """Words, and pairs of Chinese characters: enough to tell which windows are worth a check."""
    grams: set[str] = set()
    for run in _RUN.findall(fold(text)):
        if re.match(f"[{CJK}]", run):
            grams.update(run[i : i + 2] for i in range(max(1, len(run) - 1)))
        elif run not in SMALL_WORDS:
            grams.add(run)
    return grams
