"""The words of a text as they are compared: what each of them states, and which denials reach it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.language import CHINESE_CHAR, Analyzer, Token
from service.text.quantities import is_month, ordinal, plain_number
from service.text.rivals import rival_kind
from service.text.wording import SMALL_WORDS, denials, fold, name_words

_SCOPE = 3  # content words behind a denial that it reaches
_WITHOUT_IT = re.compile(r"without (?:it|this|that|these|those|them|him|her)\b", re.IGNORECASE)  # denies no more
_LONGEST_DENIAL = 2  # characters of a Chinese word that denies others: 不能
_SCOPE_END = re.compile(
    r"[,;:.!?)(](?=\s|$)|[，。；：！？（）—]|\b(?:but|and|or|because|since|while|which|who|although|though|if|when)\b"
    r"|但|因为|而(?!且)|所以"
)

# what denies the words behind it in other words: "before they can afford it", 误会
_HINTS = re.compile(
    r"\b(?:before|until|instead of|rather than|too|few|little|seldom|myths?|mistak\w+|misconception\w*|misunderst\w+"
    r"|wrongly|avoid\w*|prevent\w*|forbid\w*|prohibit\w*|stop(?:s|ped)?|only (?:if|when|after|once))\b"
    r"|误[会解认]|以为|避免|防止|禁止|才[能可会]",
    re.IGNORECASE,
)
_MARK = re.compile(r"[,;:.](?=\s)|[，。；：]")

_OPENS = re.compile(r"(?:^|[.!?]\s+)[\"“(]*$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d年?")

FactKind = Literal["number", "year", "month", "ordinal", "name", "acronym"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: ``key`` is what it is compared by, ``kind`` what it states, if anything.

    ``denials`` are the places in the text of the denials that reach it, ``heads`` of those that reach it first;
    ``small`` says that it carries no content, ``sort`` of which sort of things it is that rule each other out, if any,
    ``hinted`` that what stands before it in its clause may deny it in other words: "before they can afford it".
    """

    key: str
    text: str
    kind: FactKind | None
    small: bool
    denials: tuple[int, ...]
    heads: frozenset[int]
    sort: int | None
    hinted: bool

    @property
    def denied(self) -> bool:
        """Whether an odd number of denials reaches it: two make it affirmed."""
        return len(self.denials) % 2 == 1


@lru_cache(maxsize=4096)
def read(text: str, analyzer: Analyzer) -> tuple[Word, ...]:
    """Return the words of ``text``, but for those that only deny."""
    tokens = analyzer.tokens(text)
    long = [token.span for token in tokens if token.chinese and token.span.end - token.span.start > _LONGEST_DENIAL]
    # 不间断 denies nothing beside it
    spans = [
        (start, end) for start, end in denials(text) if not any(word.start == start < end < word.end for word in long)
    ]
    reached = _reached(text, tokens, spans)
    headed = set[int]()
    named = {
        name.text for name in name_words(text) if name.sure and not name.text.isupper()
    }  # "(CA)" is but a short form
    named |= set(analyzer.all_chinese_names(text)) if CHINESE_CHAR.search(text) else set()
    hints = [match.end() for match in _HINTS.finditer(text)]
    found: list[Word] = []
    for token, by in zip(tokens, reached, strict=True):
        if any(start <= token.span.start < end for start, end in spans):
            continue
        word = token.span.of(text)
        kind, key = _kind(word, token.term, named)
        heads, headed = frozenset(by) - headed, headed.union(by)
        # "Economist Ada Byrne" opens a sentence: the capital says nothing
        sorted_ = kind in {None, "acronym"} or (kind == "name" and _OPENS.search(text, 0, token.span.start))
        sort, alike = (rival_kind(key, analyzer.stem) if sorted_ else None) or (None, key)
        key = key if kind == "name" else alike
        hinted = any(end <= token.span.start and not _MARK.search(text, end, token.span.start) for end in hints)
        found.append(Word(key, word, kind, kind is None and fold(word) in SMALL_WORDS, tuple(by), heads, sort, hinted))
    return tuple(found)


def _kind(word: str, term: str, named: set[str]) -> tuple[FactKind | None, str]:
    if (key := plain_number(word)) is not None:
        return "year" if _YEAR.fullmatch(word) else "number", key
    if (key := ordinal(word)) is not None:
        return "ordinal", key
    if is_month(word):
        return "month", term
    if word in named:
        return "name", term
    return ("acronym" if word.isupper() and len(word) > 1 and word.isascii() else None), term


def _reached(text: str, tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Say for each token which denials reach it: those whose first content words behind it, in its clause, it is of.

    Where a clause ends with its denial ("they could not.") they are the last words before it, or else the next behind.
    """
    reached: list[list[int]] = [[] for _ in tokens]
    content = [
        place
        for place, token in enumerate(tokens)
        if (word := fold(token.span.of(text))) not in SMALL_WORDS
        and not word.endswith("ly")  # "does not generally run" denies that it runs
        and not any(start <= token.span.start < end for start, end in spans)
    ]
    ends = [match.start() for match in _SCOPE_END.finditer(text)] if spans else []
    for start, end in spans:
        opens = max((mark for mark in ends if mark < start), default=-1)
        # "not because of the flood", 不是因为洪水: it denies what follows
        closes = min((mark for mark in ends if text[end:mark].strip(" 是")), default=len(text))
        behind = [place for place in content if tokens[place].span.start >= end]
        inside = [place for place in behind if tokens[place].span.start < closes]
        if _WITHOUT_IT.match(text, start):
            continue
        before = [place for place in content if opens < tokens[place].span.start < start]
        for place in inside[:_SCOPE] or before[-1:] or behind[:_SCOPE]:
            reached[place].append(start)
    return reached
