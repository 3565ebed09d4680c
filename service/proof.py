"""The smallest quotes that carry a sentence: one sentence of a passage, two side by side, or two that stand apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from corpus.article import Passage, Span
from corpus.language import CJK
from service.answer import Support
from service.checks.facts import language_of
from service.checks.orders import is_barred, quotable
from service.checks.verdict import Verdict
from service.evidence import RankedPassage
from service.text.mentions import name_spans
from service.text.wording import SMALL_WORDS, fold


class Verifier(Protocol):
    """``service.verify.check`` with its analyzer bound."""

    def __call__(self, statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        """Say whether ``quotes`` support ``statement``; ``claim_context`` is what the reader sees beside them."""


_SINGLES, _PAIRS = 6, 4  # windows of a passage that are checked, those that share the most words first
_RANK: dict[Support, int] = {"unsupported": 0, "partial": 1, "supported": 2}
_JOINS = re.compile(r"\s*[;；]\s*|,? (?:and|while|whereas|but) |，(?:而|并|且)?|以及")
_REFERS_BACK = re.compile(
    r"[\"“'‘(]*(?:It|They|He|She|Its|Their|His|Her|This|These|That|Those|There|Both|The [a-z]+"
    r"|The [A-Z][a-z]+ (?:is|was|has))\b"
    r"|[它他她其该这此双]|两者"
)
_RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")


@dataclass(frozen=True, slots=True)
class Proof:
    """The places that carry a sentence, and how well; those of an unsupported one only come nearest."""

    places: tuple[tuple[RankedPassage, Span], ...]
    verdict: Verdict

    @property
    def stands(self) -> bool:
        """Whether the places carry the sentence, at least in part."""
        return self.verdict.support != "unsupported"


def find_proof(sentence: str, passages: Sequence[RankedPassage], verifier: Verifier) -> Proof:
    """Return the best single window of the passages, or two sentences, or one window of each, where these carry more.

    Where several windows carry the sentence alike, the shortest is taken.
    """
    best = [proof for ranked in passages if (proof := _best_window(sentence, ranked, verifier))]
    best.sort(key=_worth, reverse=True)
    if not best:
        return Proof((), Verdict("unsupported", "the passage holds no sentence that may be quoted", 0.0))
    if best[0].verdict.support == "supported" or _contradicted(best[0]):
        return best[0]
    several = [_complement(sentence, passages), tuple(place for proof in best for place in proof.places)]
    for places in several:
        if len(places) > 1:
            together = Proof(places, _of_one_thing(sentence, places, _verified(sentence, places, verifier), verifier))
            if _RANK[together.verdict.support] > _RANK[best[0].verdict.support]:
                return together
    return best[0]


def _verified(sentence: str, places: Sequence[tuple[RankedPassage, Span]], verifier: Verifier) -> Verdict:
    quotes = [span.of(ranked.article.text) for ranked, span in places]
    context = dict.fromkeys(line for ranked, _ in places for line in context_of(ranked))
    return verifier(sentence, quotes, claim_context=tuple(context))


def _of_one_thing(
    sentence: str, places: Sequence[tuple[RankedPassage, Span]], verdict: Verdict, verifier: Verifier
) -> Verdict:
    """Let several quotes prove a sentence in part at most, where nothing shows that they are of one thing.

    That is a name of the sentence which all of them have, or a reference to what stands before; or the sentence has
    parts, each with a quote of its own. Else the one may name somebody, and the other say it of somebody else.
    """
    quotes = [span.of(ranked.article.text) for ranked, span in places]
    if verdict.support != "supported" or len(quotes) < 2 or _share_a_name(sentence, quotes):
        return verdict
    if all(_goes_on(first, second) for first, second in pairwise(places)):
        return verdict
    parts = [part for part in _JOINS.split(sentence) if part.strip()]
    if len(parts) > 1 and all(_is_carried(part, places, verifier) for part in parts):
        return verdict
    return replace(verdict, support="partial", reason="it joins what is said in several places", kind="apart")


def _goes_on(first: tuple[RankedPassage, Span], second: tuple[RankedPassage, Span]) -> bool:
    """Whether a second quote refers back to the first: with every sentence between them, for "it" is the nearest."""
    passage = second[0].passage
    if first[0].passage is not passage:
        return False
    between = [span for span in _quotable(passage) if first[1].end <= span.start and span.end <= second[1].end]
    return bool(between) and all(_REFERS_BACK.match(passage.quote(span)) for span in between)


def _share_a_name(sentence: str, quotes: Sequence[str]) -> bool:
    said = {fold(place.of(sentence)) for place in name_spans(sentence)}  # whole: two colleges have "College" in common
    folded = [fold(quote) for quote in quotes]
    return any(all(name in quote for quote in folded) for name in said)


def _is_carried(part: str, places: Sequence[tuple[RankedPassage, Span]], verifier: Verifier) -> bool:
    return any(_verified(part, [place], verifier).support != "unsupported" for place in places)


def _complement(sentence: str, passages: Sequence[RankedPassage]) -> tuple[tuple[RankedPassage, Span], ...]:
    """Return the sentence that shares the most words, and the one that adds most of the rest, in reading order."""
    said = _grams(sentence)
    held = [
        (number, ranked, span, said & _grams(ranked.passage.quote(span)))
        for number, ranked in enumerate(passages)
        for span in _quotable(ranked.passage)
    ]
    if len(held) < 2:
        return ()
    first = max(held, key=lambda it: (len(it[3]), it[2].start - it[2].end))
    second = max(held, key=lambda it: (len(it[3] - first[3]), it[2].start - it[2].end))
    if not second[3] - first[3]:
        return ()
    return tuple((it[1], it[2]) for it in sorted((first, second), key=lambda it: (it[0], it[2].start)))


def _worth(proof: Proof) -> tuple[int, float, int]:
    """Order proofs by support; then, of those that carry the sentence, by length, and of others by score."""
    carried = proof.verdict.support == "supported"
    length = sum(span.end - span.start for _, span in proof.places)
    return _RANK[proof.verdict.support], 0.0 if carried else proof.verdict.score, -length


def _contradicted(proof: Proof) -> bool:
    return proof.verdict.support == "unsupported" and proof.verdict.kind in {"negation", "opposite"}


def _best_window(sentence: str, ranked: RankedPassage, verifier: Verifier) -> Proof | None:
    """Prefer one sentence that fully supports; look at pairs only where none does."""
    singles = _quotable(ranked.passage)
    found: list[Proof] = []
    # of another language no words are shared by which to tell the likeliest
    most_singles = _SINGLES if language_of(sentence) == ranked.article.language else len(singles)
    for windows, most in ((singles, most_singles), (_adjacent(ranked.passage, singles), _PAIRS)):
        said = _grams(sentence)
        denied = [place for proof in found if _contradicted(proof) for _, place in proof.places]
        # two sentences prove nothing that one of them contradicts
        open_ones = [span for span in windows if not any(span.start <= d.start and d.end <= span.end for d in denied)]
        ordered = sorted(open_ones, key=lambda span: -len(said & _grams(ranked.passage.quote(span))))
        for span in ordered[:most]:
            verdict = verifier(sentence, [ranked.passage.quote(span)], claim_context=context_of(ranked))
            inside = [(ranked, each) for each in singles if span.start <= each.start and each.end <= span.end]
            found.append(Proof(((ranked, span),), _of_one_thing(sentence, inside, verdict, verifier)))
        if any(proof.verdict.support == "supported" for proof in found):
            break
    best = max(found, key=_worth, default=None)
    return best and _unless_denied(best, found, sentence)


def _unless_denied(best: Proof, found: Sequence[Proof], sentence: str) -> Proof:
    """Return a window that contradicts the sentence in place of one that half proves it, or that is less about it.

    In another language no words are shared, and any sentence that denies something would seem to contradict.
    """
    said = _grams(sentence)

    def shared(proof: Proof) -> int:
        return sum(len(said & _grams(ranked.passage.quote(span))) for ranked, span in proof.places)

    partial, least = best.verdict.support == "partial", shared(best)
    against = (proof for proof in found if _contradicted(proof) and shared(proof))
    return next((proof for proof in against if partial or shared(proof) > least), best)


def context_of(ranked: RankedPassage) -> tuple[str, ...]:
    """Return what a reader sees above a passage, which tells what "the hub" in it is, and of which day it is."""
    lines = [line for line in (ranked.article.title, *ranked.passage.headings) if not is_barred(line)]
    return (*lines, ranked.article.published[:10]) if ranked.article.published else tuple(lines)


def _quotable(passage: Passage) -> list[Span]:
    """Return the sentences that may be quoted: text that gives a model orders asserts nothing and proves nothing."""
    return [sentence.span for sentence in quotable(passage)]


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
