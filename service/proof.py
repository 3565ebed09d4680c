"""The smallest quotes that carry a sentence: one sentence of a passage, two side by side, or a few that stand apart.

A few are a list with the sentence that leads it in, or sentences of which each adds something.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from service.answer import Support
from service.checks.facts import compare_facts, language_of
from service.checks.orders import is_barred
from service.checks.verdict import Verdict
from service.evidence import RankedPassage
from service.text.mentions import name_spans
from service.text.wording import fold
from service.windows import Place, adjacent, grams, in_order, joined, listed, of_one_list, picked, quotable_spans


class Verifier(Protocol):
    """``service.verify.check`` with its analyzer bound."""

    def __call__(self, statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        """Say whether ``quotes`` support ``statement``; ``claim_context`` is what the reader sees beside them."""


_SINGLES, _PAIRS = 6, 4  # windows of a passage that are checked, those that share the most words first
_CLAUSE = 3  # words that say something: fewer only name it
_APART = "it joins what is said in several places"
_RANK: dict[Support, int] = {"unsupported": 0, "partial": 1, "supported": 2}
_JOINS = re.compile(r"\s*[;；]\s*|,? (?:and|while|whereas|but) |，(?:而|并|且)?|以及")
_ENUMERATED = re.compile(r"\s*[,;:，；：、]\s*|,? (?:and|or) |以及|[和与及]")
_LABEL = re.compile(r"[^:：]{2,60}(?=[:：])")
_REFERS_BACK = re.compile(
    r"[\"“'‘(]*(?:It|They|He|She|Its|Their|His|Her|This|These|That|Those|There|Both|The [a-z]+"
    r"|The [A-Z][a-z]+ (?:is|was|has))\b"
    r"|[它他她其该这此双]|两者"
)
_LINKED = re.compile(r"\b(?:therefore|hence|thus)\b|\bone in (?=[A-Z])|因此|所以")


@dataclass(frozen=True, slots=True)
class Proof:
    """The places that carry a sentence, and how well; those of an unsupported one only come nearest."""

    places: tuple[Place, ...]
    verdict: Verdict

    @property
    def stands(self) -> bool:
        """Whether the places carry the sentence, at least in part."""
        return self.verdict.support != "unsupported"


def find_proof(sentence: str, passages: Sequence[RankedPassage], verifier: Verifier) -> Proof:
    """Return the best single window of the passages, or a few sentences, or one window of each, where these carry more.

    Where several windows carry the sentence alike, the shortest is taken.
    """
    windows = [proof for ranked in passages if (proof := _best_window(sentence, ranked, verifier))]
    windows.sort(key=_worth, reverse=True)
    if not windows:
        return Proof((), Verdict("unsupported", "the passage holds no sentence that may be quoted", 0.0))
    best = windows[0]
    if best.verdict.support == "supported" or _contradicted(best):
        return best
    for places in _several(sentence, passages, windows):
        together = _together(sentence, places, verifier)
        if _RANK[together.verdict.support] > _RANK[best.verdict.support]:
            best = together
        if best.verdict.support == "supported":
            return best
    places = in_order(picked(sentence, passages), passages)
    # so many are found for anything: they prove the whole or nothing
    together = _together(sentence, places, verifier) if len(places) > 2 else best
    return together if together.verdict.support == "supported" else _unless_there(best, sentence, passages)


def _unless_there(proof: Proof, sentence: str, passages: Sequence[RankedPassage]) -> Proof:
    """Say of a number that is called missing, and stands in the quotes or in the passages, where it stands."""
    verdict = proof.verdict
    if proof.stands or verdict.kind not in {"number", "date"}:
        return proof
    context = [line for ranked in passages for line in context_of(ranked)]
    quotes = [span.of(ranked.article.text) for ranked, span in proof.places]
    if not compare_facts(sentence, quotes, context, None).missing:
        verdict = replace(verdict, kind="elsewhere")
    elif not compare_facts(sentence, [ranked.passage.text for ranked in passages], context, None).missing:
        verdict = replace(verdict, reason=_APART, kind="apart")
    return replace(proof, verdict=verdict)


def _several(sentence: str, passages: Sequence[RankedPassage], windows: Sequence[Proof]) -> Iterator[tuple[Place, ...]]:
    """Yield the places that may carry a sentence together, the fewest first."""
    candidates = (
        in_order(picked(sentence, passages, most=2), passages),
        in_order(listed(sentence, passages), passages),
        tuple(place for proof in windows for place in proof.places),
    )
    yield from (places for places in candidates if len(places) > 1)


def _together(sentence: str, places: Sequence[Place], verifier: Verifier) -> Proof:
    verdict = _of_one_thing(sentence, places, _verified(sentence, places, verifier), verifier)
    return Proof(joined(places), verdict)


def _verified(sentence: str, places: Sequence[Place], verifier: Verifier) -> Verdict:
    quotes = [span.of(ranked.article.text) for ranked, span in places]
    context = dict.fromkeys(line for ranked, _ in places for line in context_of(ranked))
    return verifier(sentence, quotes, claim_context=tuple(context))


def _of_one_thing(sentence: str, places: Sequence[Place], verdict: Verdict, verifier: Verifier) -> Verdict:
    """Let several quotes prove a sentence in part at most, where nothing shows that they are of one thing.

    That is a name of the sentence which all of them have, or a reference to what stands before; or the sentence has
    parts, each with a quote of its own, or enumerates items of one list. Else the one may name somebody, and the other
    say it of somebody else.
    """
    if verdict.support != "supported" or len(places) < 2:
        return verdict
    if of_one_list(places):
        of_one = (len(places) == 2 and _goes_on(*places)) or _enumerates(sentence, places, verifier)
    else:
        of_one = (
            _share_a_name(sentence, places)
            or all(_goes_on(first, second) for first, second in pairwise(places))
            or _each_has_its_own(sentence, places, verifier)
        )
    if of_one:
        return verdict
    return replace(verdict, support="partial", reason=_APART, kind="apart")


def _each_has_its_own(sentence: str, places: Sequence[Place], verifier: Verifier) -> bool:
    """Whether a sentence has parts, each carried by one place, and each place carries one: none only lends a word."""
    parts = _clauses(sentence)
    carried = [[_carry([place], part, verifier) != "unsupported" for place in places] for part in parts]
    return len(parts) > 1 and all(map(any, carried)) and _each_is_used(carried)


def _clauses(sentence: str) -> list[str]:
    """Return the parts that are joined in a sentence; one that only names something goes with the part before it."""
    starts = [0]
    for join in _JOINS.finditer(sentence):
        following = _JOINS.split(sentence[join.end() :], maxsplit=1)[0]
        if len(grams(following)) >= _CLAUSE:
            starts.append(join.end())
    return [sentence[start:end] for start, end in pairwise([*starts, len(sentence)])]


def _enumerates(sentence: str, places: Sequence[Place], verifier: Verifier) -> bool:
    """Whether each thing that a sentence enumerates is told by one item of a list, and each item tells one.

    The sentence that leads the list in says of what the items are, and alone what stands before a colon.
    """
    lead, *items = places
    led, *rest = re.split("[:：]", sentence, maxsplit=1)
    announced, enumerated = (_parts(led), _parts(rest[0])) if rest else ([], _parts(led))
    parts = [*announced, *enumerated]
    shown = grams("\n".join((_quote(lead), *context_of(lead[0]))))

    def tells(item: Place, part: str) -> bool:
        own = grams(part) - shown
        label = _LABEL.match(_quote(item))  # what is told of one thing is not told of what all are
        only_lends = 2 * len(own & grams(_quote(item))) < max(1, len(own))
        if only_lends or (label and own.isdisjoint(grams(label.group()))):
            return False
        return any(_carry(each, part, verifier) == "supported" for each in ([item], [lead, item]))

    def is_led(part: str) -> bool:
        return (part in announced or grams(part) <= shown) and _carry([lead], part, verifier) == "supported"

    told = [[tells(item, part) for item in items] for part in parts]
    each_is_told = all(any(by_item) or is_led(part) for part, by_item in zip(parts, told, strict=True))
    return len(parts) > 1 and each_is_told and _each_is_used(told)


def _parts(text: str) -> list[str]:
    return [part for part in _ENUMERATED.split(text) if grams(part)]


def _quote(place: Place) -> str:
    ranked, span = place
    return ranked.passage.quote(span)


def _carry(places: Sequence[Place], part: str, verifier: Verifier) -> Support:
    return _verified(part, places, verifier).support


def _each_is_used(carried: Sequence[Sequence[bool]]) -> bool:
    """Whether each place carries a part, where ``carried`` tells for each part which places do."""
    return all(map(any, zip(*carried, strict=True)))


def _goes_on(first: Place, second: Place) -> bool:
    """Whether a second quote refers back to the first: with every sentence between them, for "it" is the nearest."""
    passage = second[0].passage
    if first[0].passage is not passage:
        return False
    between = [span for span in quotable_spans(passage) if first[1].end <= span.start and span.end <= second[1].end]
    said = [passage.quote(span) for span in (first[1], *between)]
    return len(said) > 1 and all(_refers_back(after, before) for before, after in pairwise(said))


def _refers_back(sentence: str, before: str) -> bool:
    """Whether a sentence speaks of what the one before does, as "it", as "the centre", or as "Brill" for Ada Brill."""
    if _REFERS_BACK.match(sentence) or _LINKED.search(sentence):
        return True
    names = [span.of(before).split() for span in name_spans(before)]
    ends = {name[-1] for name in names if len(name) > 1}
    opening = re.match(r"[A-Z][\w-]+", sentence)
    again = any(re.search(rf"\bthe {re.escape(end.lower())}\b", sentence) for end in ends)
    return again or bool(opening and opening.group() in ends)


def _share_a_name(sentence: str, places: Sequence[Place]) -> bool:
    said = {fold(place.of(sentence)) for place in name_spans(sentence)}  # whole: two colleges have "College" in common
    folded = [fold(span.of(ranked.article.text)) for ranked, span in places]
    return any(all(re.search(rf"(?<![a-z\d]){re.escape(name)}(?![a-z\d])", quote) for quote in folded) for name in said)


def _worth(proof: Proof) -> tuple[int, float, int]:
    """Order proofs by support; then, of those that carry the sentence, by length, and of others by score."""
    carried = proof.verdict.support == "supported"
    length = sum(span.end - span.start for _, span in proof.places)
    return _RANK[proof.verdict.support], 0.0 if carried else proof.verdict.score, -length


def _contradicted(proof: Proof) -> bool:
    return proof.verdict.support == "unsupported" and proof.verdict.kind in {"negation", "opposite"}


def _best_window(sentence: str, ranked: RankedPassage, verifier: Verifier) -> Proof | None:
    """Prefer one sentence that fully supports; look at pairs only where none does."""
    singles = quotable_spans(ranked.passage)
    found: list[Proof] = []
    # of another language no words are shared by which to tell the likeliest
    most_singles = _SINGLES if language_of(sentence) == ranked.article.language else len(singles)
    for windows, most in ((singles, most_singles), (adjacent(ranked.passage, singles), _PAIRS)):
        said = grams(sentence)
        denied = [place for proof in found if _contradicted(proof) for _, place in proof.places]
        # two sentences prove nothing that one of them contradicts
        open_ones = [span for span in windows if not any(span.start <= d.start and d.end <= span.end for d in denied)]
        ordered = sorted(open_ones, key=lambda span: -len(said & grams(ranked.passage.quote(span))))
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
    said = grams(sentence)

    def shared(proof: Proof) -> int:
        return sum(len(said & grams(ranked.passage.quote(span))) for ranked, span in proof.places)

    partial, least = best.verdict.support == "partial", shared(best)
    against = (proof for proof in found if _contradicted(proof) and shared(proof))
    return next((proof for proof in against if partial or shared(proof) > least), best)


def context_of(ranked: RankedPassage) -> tuple[str, ...]:
    """Return what a reader sees above a passage, which tells what "the hub" in it is, and of which day it is."""
    lines = [line for line in (ranked.article.title, *ranked.passage.headings) if not is_barred(line)]
    return (*lines, ranked.article.published[:10]) if ranked.article.published else tuple(lines)
