"""What a statement says in other words than its quotes: whether these mean the same, as far as can be told.

A sentence that has all but one of its words from a quote is supported by it where that word is another one for the same
("began" for "started"), and not where it is any word. Which it is, the embedder tells of words in their sentences, in a
language that it reads.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.article import Language
from corpus.encoded import Encoded, Vector
from corpus.language import Analyzer
from corpus.tokens import words_of
from service.checks.facts import language_of
from service.checks.substitution import Substituted, substituted
from service.checks.translate import Translator
from service.checks.unsaid import is_other_noun
from service.checks.verdict import SUPPORTED, Verdict, below
from service.proof import Verifier

ALIKE = 0.35
"""Least cosine of two words, each in its sentence, that may mean the same. Of 34 pairs in true statements a quarter lay
below, of 89 words put in at random nine tenths."""


class WordVectors(Protocol):
    """Embeds words where they stand."""

    def embed_question(self, text: str) -> Encoded:
        """Return the unit vectors of a text and of its telling words."""

    def reads(self) -> Collection[Language]:
        """Return the languages in which these mean something."""


@dataclass(frozen=True, slots=True)
class WordForWord:
    """A verifier whose "supported" is held against the words that quotes have in the same places."""

    verifier: Verifier
    analyzer: Analyzer
    vectors: WordVectors
    translator: Translator | None = None

    def __call__(self, statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        """Check as the verifier does; then leave a statement partial where a word of it is another than in the quotes.

        Quotes in another language than the statement have no words in the same place.
        """
        verdict = self.verifier(statement, quotes, claim_context=claim_context)
        if verdict.support != "supported":
            return verdict
        language = language_of(statement)
        same = [quote for quote in quotes if language_of(quote) == language]
        synonyms = self.translator.said_otherwise(statement, same) if self.translator else ()
        for other in substituted(statement, same, self.analyzer):
            # what the sentence calls by that name as well is nothing else in it
            known = any(other.said in words.split() for words in synonyms) and other.said not in other.sentence
            if not known and not self._may_be_alike(statement, other, language):
                reason = f"the quotes have “{other.shown}” where it has “{other.said}”"
                return Verdict("partial", reason, below(verdict.score, SUPPORTED), "word")
        return verdict

    def _may_be_alike(self, statement: str, other: Substituted, language: Language) -> bool:
        if language not in self.vectors.reads():
            return language != "zh" or not is_other_noun(other.said, other.shown, self.analyzer, self.translator)
        said = _where_it_stands(self.vectors, other.said, statement)
        shown = _where_it_stands(self.vectors, other.shown, other.sentence)
        return max((float(one @ two) for one in said for two in shown), default=1.0) >= ALIKE


def _where_it_stands(vectors: WordVectors, word: str, text: str) -> list[Vector]:
    """Return the vector of a word at each place in a text, none where it tells nothing."""
    parts = vectors.embed_question(text).parts
    return [part for place, part in zip(words_of(text), parts, strict=True) if place.of(text) == word]
