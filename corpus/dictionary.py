"""Everyday words in both languages, by which a question in one finds what an article says in the other.

The glossary holds terms, whose names stand for each other everywhere; words here have a meaning in common with one
word of the other language and another with the next, so they only help across languages.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from corpus.glossary import Phrase
from corpus.language import Analyzer

EVERYDAY = Path(__file__).parent / "dictionary.toml"
Entry = tuple[Sequence[str], Sequence[str]]
"""Chinese words and English ones, each of which may stand for each of the other side."""

_LONGEST = 3  # things that a question names, side by side, that one entry may be about


def load_tables(path: Path) -> dict[str, list[Entry]]:
    """Read a file's tables of entries: Chinese words, parted by blanks, with English ones, parted by commas."""
    return {
        table: [(chinese.split(), [word.strip() for word in english.split(",")]) for chinese, english in words.items()]
        for table, words in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


class Dictionary:
    """Finds what words, and proper ``names``, mean in the other language."""

    def __init__(self, entries: Iterable[Entry], analyzer: Analyzer, *, names: Iterable[Entry] = ()) -> None:
        self._names = list(names)
        self._entries, self._analyzer = [*entries, *self._names], analyzer

    @cached_property
    def _meanings(self) -> Mapping[Phrase, Mapping[Phrase, None]]:
        """What each word or phrase means, in order; made when a question is asked, a tenth of a second's work."""
        meanings: dict[Phrase, dict[Phrase, None]] = {}
        for sides in self._entries:
            chinese, english = ([self._analyzer.phrase(word) for word in side] for side in sides)
            for words, others in ((chinese, english), (english, chinese)):
                for word in words:
                    meanings.setdefault(word, {}).update(dict.fromkeys(others))
        return meanings

    @cached_property
    def chinese_names(self) -> frozenset[Phrase]:
        """The proper names in Chinese, which no capital tells from other words."""
        return frozenset(self._analyzer.phrase(name) for chinese, _ in self._names for name in chinese)

    def meanings(self, words: Sequence[Phrase]) -> list[tuple[Phrase, ...]]:
        """Return for each of a text's words, in order, what it and each phrase that it is part of mean."""
        found: list[dict[Phrase, None]] = [{} for _ in words]
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
                meant = self._meanings.get(tuple(term for word in words[start:end] for term in word), {})
                for place in range(start, end):
                    found[place].update(meant)
        return [tuple(meant) for meant in found]


@lru_cache(maxsize=1)
def everyday() -> Dictionary:
    """Return the dictionary of everyday words, read once in a process: nothing of it depends on a library."""
    tables = load_tables(EVERYDAY)
    return Dictionary(tables["words"], Analyzer(), names=tables["names"])
