"""What a statement has in each other's place: both sides of a word, or what is said in two of its parts.

"The agency reports to the ministry" may not become "The ministry reports to the agency", nor "Loans take a month and
grants a week" the other way round, though all words and names are there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

from corpus.language import CHINESE_CHAR, Analyzer, sentence_spans
from service.text.wording import SMALL_WORDS, fold, name_words, words
from service.text.words import SORTS_EN

_PART_ENDS = re.compile(
    r"(?<!\d),(?=\s)|[;:—–]|[，；：、]"
    r"|\b(?:and|but|while|whereas|because|since|so|if|when|which|who|although|though)\b|以及"
)
_CLAUSE_ENDS = re.compile(r"(?<!\d),(?=\s)|[;:.](?=\s|$)|[，；：。]|\b(?:and|but|while|whereas)\b")
_PAIR_ZH = re.compile("[和与及]")
_PASSIVE_ZH = re.compile(r"被|由|受到?|为[^，。]{1,12}所")
_BEHIND = frozenset(
    "to of in on at with for from by into over under than as about between against more less"
    " 于 在 给 到 为 成 至 向 从".split()
)
"""Small words behind a verb that tell what its other side is to it: "opened the park", "opened in the park"."""
# what stands right before a noun, which has no sides
_BEFORE_NOUN = frozenset(
    "the a an of its his her their our this that these those other all any some no each every in on at with for"
    " from".split()
)
_BEHIND_SUBJECT = frozenset(
    "is are was were has have had will would can could may might must should do does did".split()
)
_BEFORE_SUBJECT = frozenset({"the", "a", "an", "and"})
_BE = frozenset("is are was were be been being".split())
_EITHER_WAY = frozenset(
    "repres equal mean match resembl meet marri border adjoin cooper collabor merg differ compar correspond share"
    " partner 合作 合并 相邻 相当于 等于 代表 结婚 联合".split()
)
"""Stems of words whose sides may be exchanged."""
_VERB_ENDS = ("s", "ed", "t", "d", "ew", "ng", "ank", "oke", "ove", "ose", "ote", "ave")
_LEAST_WORDS = 3  # of a part, that anything can be told
_LEAST_SHARED = 0.7  # of a part's words that stand in one part of the quotes, where the sides of a word are compared
_LEAST_MATCHED = 0.5  # the same where two parts are compared
_LEAST_TIED = 2  # words that stand in each other's place, where it is not told which part is like which

_Word = tuple[str, str, bool]
"""What a word is compared by, how it is written, folded, and whether it carries content."""
_Named = tuple[Sequence[_Word], frozenset[str]]
"""The words of a sentence, and which of them are names."""


class _Sides(NamedTuple):
    """The shared words before a word and behind it, the small word right behind it, and whether it is a noun.

    ``suffered`` says that it tells what is done to the side before it, in English.
    """

    before: frozenset[str]
    behind: frozenset[str]
    follows: str
    noun: bool
    suffered: bool


def turned_about(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> str | None:
    """Return a word whose sides a statement has exchanged against a part of the quotes with the same words, if any."""
    for said, row in _parts(statement, analyzer):
        own = _content(row)
        if len(own) < _LEAST_WORDS:
            continue
        for quote in quotes:
            for shown, other in _parts(quote, analyzer):
                shared = own & _content(other)
                if len(shared) < max(_LEAST_WORDS, _LEAST_SHARED * len(own)):
                    continue
                # told as done by somebody, Chinese words stand in another order
                if bool(_PASSIVE_ZH.search(said)) == bool(_PASSIVE_ZH.search(shown)):
                    pivots = sorted(shared - _EITHER_WAY)
                    if found := next((word for word in pivots if _exchanged(word, row, other, shared)), None):
                        return found
    return None


def subject_exchanged(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> str | None:
    """Return a verb that a statement has somebody do to whom, in a sentence of the quotes, does it, if there is any.

    Of each side only the names count, and before the verb the one that is nearest to it.
    """
    shown = [(row, _names(text, analyzer)) for quote in quotes for text, row in _sentences(quote, analyzer)]
    for text, row in _sentences(statement, analyzer):
        own = _names(text, analyzer)
        for other, there in shown if len(own) > 1 else ():
            verbs = sorted((_content(row) & _content(other)) - own - there - _EITHER_WAY)
            if found := next((verb for verb in verbs if _does_otherwise(verb, (row, own), (other, there))), None):
                return found
    return None


def _does_otherwise(verb: str, said: _Named, shown: _Named) -> bool:
    sides = _compared(verb, said[0], shown[0], said[1] & shown[1])
    if sides is None:
        return False
    here, there = sides
    doer, doer_there = _doer(verb, said), _doer(verb, shown)
    return doer in there.behind - there.before and doer_there in here.behind - here.before


def _doer(verb: str, named: _Named) -> str | None:
    """Return the name that stands nearest before a verb."""
    row, own = named
    place = next(place for place, (key, _, content) in enumerate(row) if content and key == verb)
    return next((key for key, _, content in reversed(row[:place]) if content and key in own), None)


@lru_cache(maxsize=4096)
def _names(text: str, analyzer: Analyzer) -> frozenset[str]:
    found = {analyzer.stem(name.text) for name in name_words(text)}
    return frozenset(found | set(analyzer.all_chinese_names(text)) if CHINESE_CHAR.search(text) else found)


def exchanged(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> tuple[str, str] | None:
    """Return two words, each of which a statement tells of what the quotes tell of the other, if there are any."""
    said = [own for _, row in _parts(statement, analyzer, pairs=True) if len(own := _content(row, once=False)) >= 2]
    if len(said) < 2:
        return None
    whole = _family_names(statement, analyzer)
    # a quote may tell in a whole sentence what a part of the statement tells
    parts = [_content(row, once=False) for quote in quotes for _, row in _parts(quote, analyzer, pairs=True)]
    sentences = [_content(row, once=False) for quote in quotes for _, row in _sentences(quote, analyzer)]
    for shown in (parts, sentences):
        for one, other in combinations(said, 2):
            firsts, seconds = _nearest(one, shown), _nearest(other, shown)
            if firsts[:1] != seconds[:1]:
                firsts, seconds, least = firsts[:1], seconds[:1], 1
            else:
                least = _LEAST_TIED
            pairs = [
                (_lacking(one, first, whole) & second - other, _lacking(other, second, whole) & first - one)
                for first in firsts
                for second in seconds
                if first != second
            ]
            if pairs and all(min(len(left), len(right)) >= least for left, right in pairs):
                return min(pairs[0][0]), min(pairs[0][1])
    return None


def _lacking(part: frozenset[str], shown: frozenset[str], whole: Mapping[str, str]) -> frozenset[str]:
    """Return the words of a part that are not shown, but for forenames of those whose family names are."""
    return frozenset(word for word in part - shown if whole.get(word) not in shown)


def _family_names(text: str, analyzer: Analyzer) -> Mapping[str, str]:
    """Return the last word of a name by each that stands before it, but of one that tells a sort of thing: "Park"."""
    found = dict[str, str]()
    for _, run in groupby(name_words(text), key=lambda name: name.run):
        *before, last = (name.text for name in run)
        if fold(last) not in SORTS_EN:
            found |= dict.fromkeys(map(analyzer.stem, before), analyzer.stem(last))
    return found


def _nearest(part: frozenset[str], shown: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Return what shares the most with a part: several where two things are exchanged in half of it.

    The shortest comes first, of those as long the one that the quotes have first.
    """
    most = max((len(part & other) for other in shown), default=0)
    best = dict.fromkeys(other for other in shown if len(part & other) == most)
    return sorted(best, key=len) if most >= max(2, _LEAST_MATCHED * len(part)) else []


def _exchanged(pivot: str, row: Sequence[_Word], other: Sequence[_Word], shared: frozenset[str]) -> bool:
    sides = _compared(pivot, row, other, shared)
    if sides is None:
        return False
    here, there = sides
    return bool(here.behind and there.behind) and here.behind <= there.before and there.behind <= here.before


def _compared(
    pivot: str, row: Sequence[_Word], other: Sequence[_Word], shared: frozenset[str]
) -> tuple[_Sides, _Sides] | None:
    """Return both sides of a word in each of two rows; None where it is no verb, or one of another kind in one."""
    here, there = _sides(pivot, row, shared), _sides(pivot, other, shared)
    verb = _may_be_verb(pivot, row) or _may_be_verb(pivot, other)
    alike = here.follows == there.follows and here.suffered == there.suffered
    return (here, there) if verb and alike and not (here.noun or there.noun) else None


def _may_be_verb(key: str, row: Sequence[_Word]) -> bool:
    """Whether a word has an ending that verbs have; for Chinese ones nothing tells."""
    return any(word.endswith(_VERB_ENDS) or not word.isascii() for other, word, _ in row if other == key)


def _sides(pivot: str, row: Sequence[_Word], shared: frozenset[str]) -> _Sides:
    place = next(place for place, (key, _, content) in enumerate(row) if content and key == pivot)
    before, behind = (
        frozenset(key for key, _, content in words if content and key in shared)
        for words in (row[:place], row[place + 1 :])
    )
    follows = next((word for _, word, _ in row[place + 1 : place + 2] if word in _BEHIND), "")
    ahead, next_to = row[place - 1][1] if place else "", row[place + 1][1] if place + 1 < len(row) else ""
    noun = ahead in _BEFORE_NOUN or ahead.isdigit() or next_to in _BEHIND_SUBJECT
    ahead = next((word for _, word, _ in reversed(row[:place]) if not word.endswith("ly")), "")
    return _Sides(before, behind, follows, noun, ahead in _BE)


def _content(row: Sequence[_Word], *, once: bool = True) -> frozenset[str]:
    """Return what the words with content are compared by, with ``once`` only those that stand there one time."""
    keys = [key for key, _, content in row if content]
    return frozenset(key for key in keys if not once or keys.count(key) == 1)


@lru_cache(maxsize=4096)
def _sentences(text: str, analyzer: Analyzer) -> tuple[tuple[str, tuple[_Word, ...]], ...]:
    return tuple((span.of(text), _words(span.of(text), analyzer)) for span in sentence_spans(text))


@lru_cache(maxsize=4096)
def _parts(text: str, analyzer: Analyzer, *, pairs: bool = False) -> tuple[tuple[str, tuple[_Word, ...]], ...]:
    """Return the parts of the sentences of a text, each with its words; with ``pairs`` "甲和乙" is in one part."""
    sentences = [span.of(text) for span in sentence_spans(text)]
    return tuple((part, _words(part, analyzer)) for sentence in sentences for part in _cut(sentence, pairs=pairs))


def _cut(sentence: str, *, pairs: bool) -> Iterator[str]:
    inner = [] if pairs else [match.start() for match in _PAIR_ZH.finditer(sentence)]
    ends = sorted({0, *(match.start() for match in _PART_ENDS.finditer(sentence)), *inner, len(sentence)})
    yield from (sentence[start:end] for start, end in pairwise(ends))


def _words(text: str, analyzer: Analyzer) -> tuple[_Word, ...]:
    folded = [(token.term, fold(token.span.of(text))) for token in analyzer.tokens(text)]
    return tuple((term, word, word not in SMALL_WORDS) for term, word in folded)


def another_subject(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> tuple[str, str] | None:
    """Return the name that a clause of a statement begins with, and that of the quotes' clause that tells the rest.

    Another clause must begin with the statement's own name: "FTE suits tests, FFS suits deals" tells of both.
    """
    sentences = [span.of(quote) for quote in quotes for span in sentence_spans(quote)]
    for said in _clauses(statement, analyzer):
        subject = _subject(said)
        told = _content(_words(said, analyzer), once=False) - _names(said, analyzer)
        for sentence in sentences if subject else ():
            clauses = _clauses(sentence, analyzer)
            shared = {clause: len(told & _content(_words(clause, analyzer), once=False)) for clause in clauses}
            best = max(shared, key=lambda clause: shared[clause], default="")
            others = [clause for clause in shared if subject & _subject(clause)]
            other = _subject(best)
            if not (other and others) or other & _folded(said) or subject & _folded(best):
                continue
            least = max(2, _LEAST_SHARED * len(told))
            if shared[best] >= least and all(2 * shared[clause] <= shared[best] for clause in others):
                return min(subject), min(other)
    return None


def _clauses(text: str, analyzer: Analyzer) -> list[str]:
    """Return the clauses of a text that say something; names joined by "and" are not parted: "Byrne and Keller run"."""
    found, before = list[str](), ""
    for part in _CLAUSE_ENDS.split(text):
        clause, before = before + part, ""
        if _content(_words(clause, analyzer), once=False) - _names(clause, analyzer):
            found.append(clause)
        elif text[text.find(clause) + len(clause) :].startswith("and"):
            before = f"{clause}and"
    return found


def _folded(text: str) -> frozenset[str]:
    return frozenset(map(fold, words(text)))


def _subject(text: str) -> frozenset[str]:
    """Return the words of the names that a text begins with; none where it begins otherwise."""
    named, found = {fold(name.text) for name in name_words(text)}, set[str]()
    for word in map(fold, words(text)):
        if word not in named | _BEFORE_SUBJECT:
            break
        found.add(word)
    return frozenset(found - _BEFORE_SUBJECT)
