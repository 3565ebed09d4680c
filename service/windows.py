"""The places of passages that are worth a check for a sentence: those that share the most words with it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.article import Passage, Sentence, Span
from corpus.language import CJK
from service.checks.orders import quotable
from service.evidence import RankedPassage
from service.question.kinds import Kind
from service.sentences.neighbours import followers, leads_in
from service.text.wording import SMALL_WORDS, fold

Place = tuple[RankedPassage, Span]
"""A stretch of a passage, by its place in the article's text."""

_MOST_PICKED = 4  # a sentence draws on a few others; more only collect its words from unrelated places
_LEAST_GAIN = 0.05  # of the sentence's words; one that adds less is noise
_RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")


def quotable_spans(passage: Passage) -> list[Span]:
    """Return the sentences that may be quoted: text that gives a model orders asserts nothing and proves nothing."""
    return [sentence.span for sentence in quotable(passage)]


def adjacent(passage: Passage, spans: Sequence[Span]) -> list[Span]:
    """Pairs with nothing but blanks between them, each as one stretch."""
    return [
        Span(first.start, second.end) for first, second in pairwise(spans) if _touch(passage, first.end, second.start)
    ]


def joined(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return places in reading order, those with nothing but blanks between them as one."""
    found: list[Place] = []
    for ranked, span in places:
        before = found[-1] if found and found[-1][0] is ranked else None
        if before and _touch(ranked.passage, before[1].end, span.start):
            found[-1] = (ranked, Span(before[1].start, span.end))
        else:
            found.append((ranked, span))
    return tuple(found)


def _touch(passage: Passage, end: int, start: int) -> bool:
    return end <= start and not passage.quote(Span(end, start)).strip()


def picked(sentence: str, passages: Sequence[RankedPassage], *, most: int = _MOST_PICKED) -> list[Place]:
    """Return a few sentences, picked one after the other, each for what it adds of the words that are left."""
    held = [(ranked, span) for ranked in passages for span in quotable_spans(ranked.passage)]
    return _adding(grams(sentence), held, most)


def _adding(said: set[str], places: Sequence[Place], most: int) -> list[Place]:
    held = [(said & grams(ranked.passage.quote(span)), (ranked, span)) for ranked, span in places]
    found: list[Place] = []
    left = said
    while held and len(found) < most:
        shared, place = max(held, key=lambda it: (len(it[0] & left), it[1][1].start - it[1][1].end))
        if len(shared & left) < max(1, _LEAST_GAIN * len(said)):
            break
        found.append(place)
        left = left - shared
    return found


def in_order(places: Sequence[Place], passages: Sequence[RankedPassage]) -> tuple[Place, ...]:
    """Return places in reading order, passage by passage."""
    order = {id(ranked): number for number, ranked in enumerate(passages)}
    return tuple(sorted(places, key=lambda place: (order[id(place[0])], place[1].start)))


def listed(sentence: str, passages: Sequence[RankedPassage]) -> list[Place]:
    """Return, of the list that shares most words, the sentence that leads it in and the items that each add some.

    Nothing where no two items do.
    """
    said, best, most = grams(sentence), list[Place](), 0
    for ranked in passages:
        for lead, items in _lists(ranked):
            left = said - grams(ranked.passage.quote(lead))
            kept = _adding(left, [(ranked, item) for item in items], len(items))
            count = len(left & grams("\n".join(ranked.passage.quote(span) for _, span in kept)))
            if len(kept) > 1 and count > most:
                best, most = [(ranked, lead), *kept], count
    return best


def of_one_list(places: Sequence[Place]) -> bool:
    """Whether the first place leads a list in, and the others are items of it."""
    ranked, first = places[0]
    if any(other is not ranked for other, _ in places):
        return False
    items = next((items for lead, items in _lists(ranked) if lead == first), [])
    return len(places) > 1 and all(span in items for _, span in places[1:])


def _lists(ranked: RankedPassage) -> list[tuple[Span, list[Span]]]:
    """Return where a passage has lists: the sentence that leads in, with its items."""
    sentences = quotable(ranked.passage)
    return [
        (lead.span, [item.span for _, item in items])
        for place, lead in enumerate(sentences)
        if leads_in(lead.span.of(ranked.article.text), Kind.LIST)
        and (items := _items(ranked, lead, sentences[place + 1 :]))
    ]


def _items(ranked: RankedPassage, lead: Sentence, following: Sequence[Sentence]) -> list[tuple[Passage, Sentence]]:
    return followers(lead.span, [(ranked.passage, each) for each in following], ranked.article, counted=True)


def grams(text: str) -> set[str]:
    """Words, and pairs of Chinese characters: enough to tell which windows are worth a check."""
    found: set[str] = set()
    for run in _RUN.findall(fold(text)):
        if re.match(f"[{CJK}]", run):
            found.update(run[i : i + 2] for i in range(max(1, len(run) - 1)))
        elif run not in SMALL_WORDS:
            found.add(run)
    return found
