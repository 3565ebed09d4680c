"""What the words of a sentence mean in the other language, and how much of that some texts say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.dictionary import Dictionary
from corpus.glossary import Glossary, Phrase, holds
from corpus.language import Analyzer, Token
from service.text.quantities import is_spelled_quantity
from service.text.wording import SMALL_WORDS, fold


@dataclass(frozen=True, slots=True)
class Carried:
    """How many words of a sentence have a known meaning, how many of these are said, and the names that are not.

    ``words`` counts all of its words that carry content, but for numbers and for names in Latin script. ``hinted`` are
    names that may be meant by what is said: "the University" in Cambridge, 诺贝尔化学奖.
    """

    words: int
    known: int
    said: int
    missing: tuple[str, ...]
    hinted: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Return the share, 0 to 1, of the words with a known meaning that are said; 0 where none is known."""
        return self.said / self.known if self.known else 0.0


NOTHING_CARRIED = Carried(0, 0, 0, ())
"""What can be told without knowing any word."""


class Translator:
    """Knows what the glossary's terms and everyday words mean in the other language; safe to share among threads."""

    def __init__(self, glossary: Glossary, dictionary: Dictionary, analyzer: Analyzer) -> None:
        self._glossary, self._dictionary, self._analyzer = glossary, dictionary, analyzer

    def carried(self, sentence: str, texts: Sequence[str]) -> Carried:
        """Look for the meaning of each word of ``sentence`` in ``texts`` of the other language."""
        shown = self._terms(texts)
        mentions = self._glossary.mentions(sentence)
        said = [any(holds(name, shown) for name in mention.names) for mention in mentions]
        absent = [m for m, here in zip(mentions, said, strict=True) if m.proper and not here]
        hinted = [m for m in absent if _is_hinted(m.names, shown, texts)]
        missing = [m.span.of(sentence) for m in absent if m not in hinted]
        tokens = self._analyzer.tokens(sentence)
        rest = [
            (token.term,)
            for token in tokens
            if not any(m.span.start <= token.span.start < m.span.end for m in mentions)
            and _carries(token.span.of(sentence), chinese=token.chinese)
        ]
        missing += [token.span.of(sentence) for token in tokens if self._lacks(token, shown)]
        meanings = [meant for meant in self._dictionary.meanings(rest) if meant]
        found = sum(any(holds(phrase, shown) for phrase in meant) for meant in meanings)
        return Carried(
            len(mentions) + len(rest),
            len(mentions) + len(meanings),
            sum(said) + found,
            tuple(missing),
            tuple(mention.span.of(sentence) for mention in hinted),
        )

    def said_otherwise(self, sentence: str, texts: Sequence[str]) -> list[str]:
        """Return the words of ``sentence`` for things that ``texts`` call by another name, as the glossary knows."""
        shown = self._terms(texts)
        return [
            mention.span.of(sentence)
            for mention in self._glossary.mentions(sentence)
            if any(holds(name, shown) for name in self._glossary.synonyms(mention))
        ]

    def is_term(self, text: str) -> bool:
        """Whether a text is a name of the glossary's, and nothing else."""
        return any(mention.span.of(text) == text for mention in self._glossary.mentions(text))

    def says(self, word: str, texts: Sequence[str]) -> bool:
        """Whether ``texts`` have another word for a Chinese one, or one that shares a meaning with it."""
        if self.said_otherwise(word, texts):
            return True
        phrase, shown = [self._analyzer.phrase(word)], self._terms(texts)
        meant = {meaning for row in self._dictionary.meanings(phrase) for meaning in row}
        others = {other for row in self._dictionary.alike(phrase) for other in row} | meant
        if any(holds(other, shown) for other in others):
            return True
        theirs = self._dictionary.meanings([(term,) for term in dict.fromkeys(shown) if not term.isascii()])
        return any(not meant.isdisjoint(row) for row in theirs)

    def _terms(self, texts: Sequence[str]) -> list[str]:
        return [term for text in texts for term in self._analyzer.terms(text)]

    def _lacks(self, token: Token, shown: Sequence[str]) -> bool:
        """Whether a word is a Chinese proper name of the dictionary's that stands nowhere in its other language."""
        if (name := (token.term,)) not in self._dictionary.chinese_names:
            return False
        return not any(holds(phrase, shown) for meant in self._dictionary.meanings([name]) for phrase in meant)


def _is_hinted(names: Sequence[Phrase], shown: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether the words of a name stand apart, or what it is a name of stands there: "the park"."""
    for name in (name for name in names if name[0].isascii() and len(name) > 1):
        if set(name) - {"of", "the"} <= set(shown) or holds(("the", name[-1]), shown):
            return True
    whole = ["".join(name) for name in names if not name[0].isascii()]
    return any(re.search(f"{name[:-1]}.{{1,4}}{name[-1]}", text) for name in whole if len(name) > 2 for text in texts)


def _carries(word: str, *, chinese: bool) -> bool:
    """Whether a word says something of its own that is no number and no name in Latin script."""
    if fold(word) in SMALL_WORDS or is_spelled_quantity(word) or any(map(str.isdigit, word)):
        return False
    return chinese or word.islower()
