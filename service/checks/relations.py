"""Cause and effect, earlier and later, more and less: which of two things a text has first, and a statement last."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Literal

from corpus.language import Analyzer, sentence_spans
from service.text.wording import SMALL_WORDS, fold

RelationKind = Literal["cause", "time", "comparison", "contrast"]
_Told = tuple[RelationKind, str, str]
"""A kind of relation with the cause and the effect, or with what comes earlier and what comes later, as written."""


@dataclass(frozen=True, slots=True)
class _Join:
    """Words that join a cause to its effect, or what comes earlier to what comes later.

    ``forward`` says that what comes first stands before them, or right behind them where they open a sentence; ``near``
    that they join no more than the part of the sentence they stand in.
    """

    kind: RelationKind
    forward: bool
    words: re.Pattern[str]
    near: bool = False


def _join(kind: RelationKind, *words: str, forward: bool, near: bool = False) -> _Join:
    return _Join(kind, forward, re.compile("|".join(words), re.IGNORECASE), near)


# Where the words open a sentence, its two sides are parted by the comma behind them ("Because A, B").
_OPENING = (
    _join(
        "cause",
        r"\W*(?:because(?: of)?|due to|owing to|thanks to|as a result of) |\W*(?:正是)?(?:由于|因为|鉴于)",
        forward=True,
    ),
    _join("time", r"\W*before |在?(?=[^，。]{1,20}(?:之前|以前)，)", forward=False),
    _join("time", r"\W*after |在?(?=[^，。]{1,20}(?:之后|以后)，)", forward=True),
)
_JOINING = (
    _join(
        "cause",
        r"\b(?:because(?: of)?|due to|owing to|thanks to|as a result of|on account of|resulted from|results from)\b",
        r"\b(?:stem(?:s|med) from|was caused by)\b",
        r"(?<=，)(?:就?是|正?是|主要)?(?:因为|由于)",
        forward=False,
    ),
    _join(
        "cause",
        r", so\b(?! that| far)|, which is why\b|, and (?:so|therefore)\b|[,;] (?:therefore|hence|thus|consequently)\b",
        r"\b(?:led to|leads to|caused(?! by)|causes|resulted in|results in|gave rise to)\b",
        r"(?<=，)(?:因此|所以|于是|因而|从而|故)|导致|促成|引起|造成",
        forward=True,
    ),
    _join("time", r"\bbefore\b", forward=True, near=True),
    _join("time", r"\bafter\b", forward=False, near=True),
    _join(
        "contrast",
        r"\b(?:rather than|instead of|and not (?:merely|only|just))\b|(?<=，)而(?:不是|非|并非|不只是|不仅仅是)",
        forward=True,
    ),
    _join("comparison", r"(?<!rather )\bthan\b|比(?![例率较如重赛起])", forward=True, near=True),
)
# what the sentence before tells is the cause of the rest
_ACROSS = re.compile(
    r"^\W*(?:that is why|this is why|therefore|hence|thus|consequently|as a result,|因此|所以|于是|因而)", re.IGNORECASE
)
_MORE = re.compile(r"\b(?:more|less|fewer)\b")
_STEPS = re.compile(r"\bfirst (?P<one>[^,.;]+),? (?:and )?(?:then|later|finally) (?P<other>[^,.;]+)")
_PREFERRED = re.compile(
    r"\b(?:put|puts|putting|place[sd]?|placing|sets?|setting|rank(?:s|ed|ing)?) (?P<one>[^.;:]+?)"
    r" (?:ahead of|before|above|over) (?P<other>[^.;:]+)"
)
_DEGREE = re.compile(r"\b(?:(?:more|less|fewer) (?!than\b)[a-z]+|(?!rather|other)[a-z]{3,}er)\b")
_THAN = re.compile(r"(?<!rather) than (?P<other>[^,.;:]+)")
_STEPS_ZH = re.compile(
    r"(?:首先|先)(?P<one>[^，。]+)，(?:[^。]*?，)?(?:再|然后|随后|接着|最后才?|最终|后(?=有))(?P<other>[^，。：；]+)"
)
_RATHER_ZH = re.compile(r"(?P<one>[^，。；以用]{1,8})而(?:不是|非)(?P<other>[^，。；的]{1,8})")
_TIME_ZH = re.compile(r"(?P<point>[^，。；在]{1,16}?)(?:之|以)(?P<side>[前后])(?P<behind>[^，。；]*)")
_PART_EDGE = re.compile(r"[,;:.!?](?=\s|$)|[，。；：]")


@dataclass(frozen=True, slots=True)
class _Relation:
    """Two things by the words that tell them; ``first`` is the cause or the earlier one."""

    kind: RelationKind
    first: frozenset[str]
    then: frozenset[str]

    def may_cross(self, other: "_Relation") -> bool:
        """Whether what is first in both is first in the same way; a cause comes earlier than its effect."""
        return self.kind == other.kind or (self.kind, other.kind) == ("cause", "time")

    def crosses(self, other: "_Relation") -> bool:
        """Whether what is first here comes then there, and the other way round, and little of it stands alike."""
        crossing = (self.alone & other.behind, self.behind & other.alone)
        return all(crossing) and sum(map(len, crossing)) > 2 * self.alike(other)

    def is_like(self, other: "_Relation") -> bool:
        """Whether both sides have words alike."""
        return bool(self.alone & other.alone and self.behind & other.behind)

    def alike(self, other: "_Relation") -> int:
        """Return how many words have the same place in both."""
        return len(self.alone & other.alone) + len(self.behind & other.behind)

    @property
    def alone(self) -> frozenset[str]:
        """Return the words of what is first that the other has not."""
        return self.first - self.then

    @property
    def behind(self) -> frozenset[str]:
        """Return the words of what comes then that the first has not."""
        return self.then - self.first


def exchanged_relation(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> RelationKind | None:
    """Return of what kind the relation is, if any, that a statement has the other way round than its quotes."""
    for said in _relations(statement, analyzer):
        shown = [other for quote in quotes for other in _relations(quote, analyzer) if said.may_cross(other)]
        against = [other for other in shown if said.crosses(other)]
        if against and not any(said.is_like(other) for other in shown if other not in against):
            return said.kind
    return "comparison" if _compared_with_itself(statement, quotes, analyzer) else None


def _compared_with_itself(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> bool:
    """Whether a statement has what its quotes compare something with ("longer than the review") on the other side.

    There it is compared with something else by the same word: "the review takes longer than the trial".
    """
    shown = [_compared(quote, analyzer) for quote in quotes]
    return any(
        degree == other_degree and behind and behind <= before and behind.isdisjoint(then)
        for degree, before, then in _compared(statement, analyzer)
        for other_degree, _, behind in chain.from_iterable(shown)
    )


@lru_cache(maxsize=4096)
def _compared(text: str, analyzer: Analyzer) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """Return the degrees that something is compared in, with the words for that, and for what it is compared with."""
    found = list[tuple[str, frozenset[str], frozenset[str]]]()
    for sentence in (span.of(text) for span in sentence_spans(text)):
        for match in _THAN.finditer(sentence):
            before = sentence[: match.start()]
            if degrees := _DEGREE.findall(before):
                found.append((degrees[-1], _keys(before, analyzer), _keys(match["other"], analyzer)))
    return tuple(found)


@lru_cache(maxsize=4096)
def _relations(text: str, analyzer: Analyzer) -> tuple[_Relation, ...]:
    sentences = [span.of(text) for span in sentence_spans(text)]
    told = [each for sentence in sentences for each in (*_opened(sentence), *_joined(sentence), *_stepped(sentence))]
    told += [("cause", one, other) for one, other in pairwise(sentences) if _ACROSS.match(other)]
    read = (_Relation(kind, _keys(one, analyzer), _keys(other, analyzer)) for kind, one, other in told)
    return tuple(dict.fromkeys(relation for relation in read if relation.first and relation.then))


def _opened(sentence: str) -> Iterator[_Told]:
    for join in _OPENING:
        if match := join.words.match(sentence):
            one, comma, other = sentence[match.end() :].replace("，", ", ").partition(", ")
            if comma:
                yield (join.kind, one, other) if join.forward else (join.kind, other, one)


def _joined(sentence: str) -> Iterator[_Told]:
    for join in _JOINING:
        for match in join.words.finditer(sentence):
            before, behind = sentence[: match.start()], sentence[match.end() :]
            if join.near:
                parts = [part for part in _PART_EDGE.split(before) if part.strip()]
                before, behind = parts[-1] if parts else "", _PART_EDGE.split(behind)[0]
            if join.kind == "comparison":  # "spends more on this than on that", 甲比乙更大
                before, behind = _MORE.split(before)[-1].strip() or before, behind.split("更")[0]
            yield (join.kind, before, behind) if join.forward else (join.kind, behind, before)


def _stepped(sentence: str) -> Iterator[_Told]:
    for match in (*_STEPS.finditer(sentence), *_STEPS_ZH.finditer(sentence)):
        yield "time", match["one"], match["other"]
    for match in (*_PREFERRED.finditer(sentence), *_RATHER_ZH.finditer(sentence)):
        yield "contrast", match["one"], match["other"]
    for match in _TIME_ZH.finditer(sentence):
        around = f"{_PART_EDGE.split(sentence[: match.start()])[-1]} {match['behind']}"
        yield ("time", around, match["point"]) if match["side"] == "前" else ("time", match["point"], around)


def _keys(text: str, analyzer: Analyzer) -> frozenset[str]:
    words = [(token.term, fold(token.span.of(text))) for token in analyzer.tokens(text)]
    return frozenset(term for term, word in words if word not in SMALL_WORDS and not word.endswith("ly"))
