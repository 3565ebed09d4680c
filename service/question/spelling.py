"""Slips of the pen in a question, put right by the words of the library.

A word is taken for a slip only where it can be nothing else: no article has it, nor does the glossary, the embedding
model does not know it as a word, and just one known word is as near. Nearness counts the letters left out, put in,
exchanged or swapped with a neighbour (the optimal string alignment after Damerau, 1964).
"""

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from corpus.article import Span
from corpus.language import Analyzer, Token
from corpus.library import Library
from corpus.view import View
from service.text.words import LIGHT_EN, STOP_EN

_SHORTEST = 3  # letters of a word that may have two of them swapped
_SHORTENED = 2  # of a question word that lacks some: "hw many"
_SHORT, _SHORT_SMALL = 5, 4  # of one that may have another slip, and where a small word may be meant
_LONG = 9  # of one that may have two
_LACKING_NAME = 7  # letters of a name with its capital that may lack another one
_LONG_NAME = 10  # of a name that may have more than letters swapped: Yangzhou and Yongzhou are two places
_ENDING = 7  # letters that a stem lacks at most: "designations"
_QUESTION_WORDS = frozenset("how what when where which who whom whose why".split())
_FAR = 9.0  # more slips than a word may have
_SMALL_WORDS = STOP_EN | LIGHT_EN
_ASKS_SHORT = re.compile(r"([a-z]{2,4}) (?:is|are|was|were|do|does|did|has|have|had|can|will) ")
# "CRO's are", but no "EFEC's CEO"
_PLURAL = re.compile(
    r"\b([A-Z]{2,5})['’]s(?= (?:are|were|is|in|on|at|do|did|have|that|there|operate|work)\b|[\s?.!]*$)"
)
_CLAUSE_OPENS = re.compile(r"(?:^|[,.!?:–—-]\s+)$")
_OPENS = re.compile(r"(?:^|[.!?:]|\n)[\s“‘\"'(•*-]*$")


class Speller:
    """Knows the words of a library; safe to share among threads."""

    def __init__(self, library: Library, analyzer: Analyzer) -> None:
        self._library, self._analyzer = library, analyzer

    def corrected(self, text: str, view: View) -> str:
        """Return ``text`` with its slips put right by the words of ``view``; two near places are never exchanged."""
        text = _PLURAL.sub(r"\1s", _with_question_word(text))
        doubtful = [token for token in self._analyzer.tokens(text) if self._may_be_slip(token.span.of(text), token)]
        if not doubtful:
            return text
        counts, _ = view.document_counts({token.term for token in doubtful})
        for token in reversed(doubtful):
            if not counts[token.term] and (meant := self._meant(token, text, view)):
                text = f"{text[: token.span.start]}{meant}{text[token.span.end :]}"
        return text

    def _may_be_slip(self, word: str, token: Token) -> bool:
        return (
            not token.chinese
            and len(word) >= (_SHORTEST if token.span.start else _SHORTENED)
            and word.isalpha()
            and not word.isupper()
            and word.lower() not in _SMALL_WORDS
            and token.term not in self._library.glossary.spellings
            and not self._library.embedder.is_word(word.lower())
            and (not self._library.embedder.is_word(token.term) or self._respelt(word) is not None)
        )

    def _meant(self, token: Token, text: str, view: View) -> str | None:
        """Return the one word that is nearest to a slip; None where there is none, or another one as near."""
        word = token.span.of(text)
        if _CLAUSE_OPENS.search(text, 0, token.span.start) and (meant := _shortened(word.lower())):
            return meant
        if known := self._respelt(word):
            return known
        named = word[0].isupper() and token.span.start > 0
        found = {small: far for small in _SMALL_WORDS if (far := _distance(word.lower(), small, _SHORT_SMALL)) < _FAR}
        for term in self._near(word.lower(), view):
            # a slip may have changed how a word ends, and so what its stem is
            begins = word.lower()[: len(term)]
            if begins == term or min(_distance(token.term, term), _distance(begins, term)) < _FAR:
                written = self._written(term, word, view)
                distance = _distance(word.lower(), written.lower())
                if not (named or written[0].isupper()) or _may_be_name(word, distance, len(written)):
                    found[written] = distance
        least = min(found.values(), default=_FAR)
        nearest = [known for known, distance in found.items() if distance == least < _FAR]
        if token.span.start == 0:  # what a question begins with
            nearest = [known for known in nearest if known in _QUESTION_WORDS] or nearest
        return nearest[0] if len(nearest) == 1 else None

    def _respelt(self, word: str) -> str | None:
        """Return the word of the embedding model that lacks but the doubling of a letter: "runing"; None of several."""
        doubled = {f"{word[:place]}{word[place - 1 :]}" for place in range(1, len(word))}  # not the last: "cros"
        known = [other for other in doubled if word.islower() and self._library.embedder.is_word(other)]
        return known[0] if len(known) == 1 else None

    def _near(self, word: str, view: View) -> set[str]:
        """Return the terms that a word may have been meant for: a stem lacks up to an ending, a slip up to two."""
        lengths = range(max(_SHORTEST, len(word) - _ENDING), len(word) + 3)
        known = (term for term in self._library.glossary.spellings if term[0] == word[0] and len(term) in lengths)
        return {*view.terms_like(word, lengths), *known}

    def _written(self, term: str, slip: str, view: View) -> str:
        """Return the form of a term that is nearest to a slip, with a capital where it has one within a sentence."""
        keys = view.postings([(term,)])[term,].keys[:1].tolist()
        said = {word for excerpt in view.excerpts(keys).values() for word in self._said(term, excerpt.text)}
        said.update(self._library.glossary.spellings.get(term, ()))
        return min(
            said, key=lambda word: (OSA.distance(slip.lower(), word.lower()), word[0].isupper(), word), default=term
        )

    def _said(self, term: str, text: str) -> Iterator[str]:
        for token in self._analyzer.tokens(text):
            if token.term == term:
                word = token.span.of(text)
                yield word.lower() if word.istitle() and _opens(token.span, text) else word


def _opens(span: Span, text: str) -> bool:
    return bool(_OPENS.search(text, 0, span.start))


def _distance(word: str, known: str, short: int = _SHORT) -> float:
    """Return how many slips lie between words that begin alike, two letters swapped as half a one; else ``_FAR``."""
    if word[0] != known[0]:
        return _FAR
    most = 2 if len(word) >= _LONG else 1
    distance = OSA.distance(word, known, score_cutoff=most)
    if not 0 < distance <= most:
        return _FAR
    swapped = distance == 1 and sorted(word) == sorted(known)
    return 0.5 if swapped else distance if len(word) >= short else _FAR


def _with_question_word(text: str) -> str:
    """Put right a question word cut short that may be another word, but asks here: "wen was the mill founded"."""
    begins = _ASKS_SHORT.match(text)
    meant = _shortened(begins[1]) if begins else None
    return f"{meant}{text[begins.end(1) :]}" if begins and meant else text


def _shortened(word: str) -> str | None:
    """Return the question word of which a word has the first letter and some of the others: "hw"; None of several."""
    found = [known for known in _QUESTION_WORDS if known[0] == word[0] and is_within(word, known)]
    return found[0] if len(found) == 1 else None


def is_within(letters: str, word: str) -> bool:
    """Whether the letters stand in a word, in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _may_be_name(word: str, distance: float, letters: int) -> bool:
    """Whether a word may be a name of so many letters: one that is long enough or typed small may lack one of them."""
    lacks_one = len(word) >= (_SHORT if word.islower() else _LACKING_NAME) and len(word) == letters - 1
    return distance < 1 or (distance == 1 and (lacks_one or len(word) >= _LONG_NAME))
