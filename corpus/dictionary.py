"""Everyday words in both languages, by which a question in one finds what an article says in the other.

The glossary holds terms, whose names stand for each other everywhere; words here have a meaning in common with one
word of the other language and another with the next. Chinese ones of one entry also help where an article in Chinese
says the same in another word.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from corpus.glossary import Phrase
from corpus.language import Analyzer

EVERYDAY = Path(__file__).parent / "dictionary.toml"
Entry = tuple[Sequence[str], Sequence[str]]
"""Chinese words and English ones, each of which may stand for each of the other side."""

_Table = Mapping[Phrase, tuple[Phrase, ...]]
_LONGEST = 3  # things that a question names, side by side, that one entry may be about


def load_tables(path: Path) -> dict[str, list[Entry]]:
    """Read a file's tables of entries: Chinese words, parted by blanks, with English ones, parted by commas."""
    return {
        table: [(chinese.split(), [word.strip() for word in english.split(",")]) for chinese, english in words.items()]
        for table, words in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


class Dictionary:
    """Finds what words, proper ``names``, and countries and regions (``places``) mean in the other language."""

    def __init__(
        self,
        entries: Iterable[Entry],
        analyzer: Analyzer,
        *,
        names: Iterable[Entry] = (),
        places: Iterable[Entry] = (),
    ) -> None:
        self._names, self._places = list(names), list(places)
        self._entries, self._analyzer = [*entries, *self._names, *self._places], analyzer

    @cached_property
    def _tables(self) -> tuple[_Table, _Table]:
        """What each word or phrase means, and which Chinese words stand beside each one in an entry, in order.

        Made when a question is asked, a quarter of a second's work.
        """
        phrases: dict[str, Phrase] = {}  # many entries share a word: it is held once
        meanings, alike = dict[Phrase, dict[Phrase, None]](), dict[Phrase, dict[Phrase, None]]()

        def phrase(word: str) -> Phrase:
            return phrases.setdefault(word, self._analyzer.phrase(word))

        for entry in self._entries:
            chinese, english = ([*map(phrase, words)] for words in entry)
            for words, others in ((chinese, english), (english, chinese)):
                for word in words:
                    meanings.setdefault(word, {}).update(dict.fromkeys(others))
            for word in chinese if len(chinese) > 1 else ():
                alike.setdefault(word, {}).update(dict.fromkeys(other for other in chinese if other != word))
        return _held(meanings), _held(alike)

    @cached_property
    def chinese_names(self) -> frozenset[Phrase]:
        """The proper names in Chinese, which no capital tells from other words."""
        return frozenset(self._analyzer.phrase(name) for chinese, _ in self._names for name in chinese)

    @cached_property
    def chinese_places(self) -> frozenset[Phrase]:
        """Countries and regions in Chinese: a text on one need not name it."""
        return frozenset(self._analyzer.phrase(name) for chinese, _ in self._places for name in chinese)

    def meanings(self, words: Sequence[Phrase]) -> list[tuple[Phrase, ...]]:
        """Return for each of a text's words, in order, what it and each phrase that it is part of mean."""
        return _of_each(words, self._tables[0])

    def alike(self, words: Sequence[Phrase]) -> list[tuple[Phrase, ...]]:
        """Return for each of a text's Chinese words, in order, those that may be said instead; none for others.

        English ones have too much else in common: "found" and "start" stand in one entry, as do "pay" and "grant".
        """
        return _of_each(words, self._tables[1])


def _held(table: Mapping[Phrase, Iterable[Phrase]]) -> _Table:
    """Return a table that takes a fraction of the memory."""
    return {word: tuple(others) for word, others in table.items()}


def _of_each(words: Sequence[Phrase], table: _Table) -> list[tuple[Phrase, ...]]:
    """Return what a table has of each word and of each phrase that it is part of."""
    found: list[dict[Phrase, None]] = [{} for _ in words]
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            listed = dict.fromkeys(table.get(tuple(term for word in words[start:end] for term in word), ()))
            for place in range(start, end):
                found[place].update(listed)
    return [tuple(listed) for listed in found]


def load_dictionary(analyzer: Analyzer) -> Dictionary:
    """Read the dictionary of everyday words; nothing of it depends on a library, so one will do for all."""
    tables = load_tables(EVERYDAY)
    return Dictionary(tables["words"], analyzer, names=tables["names"], places=tables["places"])
