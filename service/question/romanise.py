"""Names that a library has in the other script: asked of "Yunhe", articles in Chinese tell of 云禾.

Names are compared by pinyin without tones. Of two ways to read a character both count.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice, pairwise, product
from pathlib import Path

from corpus.dictionary import Dictionary
from corpus.kept import Kept
from corpus.language import CJK, Analyzer, Token
from corpus.library import Library
from corpus.view import View
from service.text.words import LIGHT_EN, STOP_EN

_LENGTHS = range(2, 5)  # characters of a Chinese name
_SHORTEST = 4  # letters of one in Latin script
_READINGS = 4  # of a name, at most
_MOST = 2  # names that are read alike; of more it can't be told which one is meant


_QUOTED = re.compile(rf"(?<=[“「《\"])[{CJK}]{{2,6}}(?=[”」》\"])")


class Romaniser:
    """Knows how the names of a library are read; safe to share among threads."""

    def __init__(self, library: Library, analyzer: Analyzer, dictionary: Dictionary) -> None:
        self._library, self._analyzer, self._dictionary = library, analyzer, dictionary
        self._alike: Kept[int, Mapping[str, Sequence[str]]] = Kept(1)

    def names(self, text: str, view: View) -> dict[str, str]:
        """Map what articles of ``view`` call a name of ``text`` in the other script to it.

        What is typed small may be no name, and is one only where no article has it so.
        """
        tokens, tagged = self._analyzer.tokens(text), self._analyzer.all_chinese_names(text)
        words = [(token, token.span.of(text)) for token in tokens]
        doubtful = {token.term: word for token, word in words if self._may_be_name(word, token, tagged)}
        if not doubtful and not _QUOTED.search(text):
            return {}
        counts, _ = view.document_counts(doubtful)
        strange = {term for term, word in doubtful.items() if not counts[term] or not word.islower()}
        quoted = _QUOTED.findall(text)
        chinese = [token.span.of(text) for token in tokens if token.chinese and token.term in strange]
        chinese = [*quoted, *(name for name in chinese if not any(name in whole for whole in quoted))]
        found = {other: name for name in chinese for other in self._in_latin(name, view)}
        for name, sound in _sounds(tokens, strange, text):
            if not any(name in known for known in found.values()):  # a given name alone says less than all of it
                found |= dict.fromkeys(self._in_chinese(sound, view), name)
        return found

    def _may_be_name(self, word: str, token: Token, tagged: Sequence[str]) -> bool:
        if token.chinese:
            return token.term in tagged and len(word) in _LENGTHS and not self._is_everyday(token.term)
        known = word.lower() in STOP_EN | LIGHT_EN or token.term in self._library.glossary.spellings
        return len(word) > 1 and word.isalpha() and not (known or self._is_word(word))

    def _is_word(self, word: str) -> bool:
        return self._library.embedder.is_word(word.lower())

    def _is_everyday(self, term: str) -> bool:
        return bool(self._dictionary.meanings([(term,)])[0])

    def _in_latin(self, name: str, view: View) -> Iterator[str]:
        """Yield a Chinese name as articles have it in Latin script: in one word, or as a person's name."""
        for reading in _readings(name):
            for words in _written(reading):
                stemmed = tuple(map(self._analyzer.stem, words)) != words  # "Yuanli" would be taken for "Yuan"
                if stemmed or len("".join(words)) < _SHORTEST or all(map(self._is_word, words)):
                    continue
                if len(view.postings([words])[words].keys):
                    yield " ".join(words).title()

    def _in_chinese(self, sound: str, view: View) -> Sequence[str]:
        """Return the Chinese names of the library that are read as ``sound``; of many, none."""
        alike = self._alike.one(view.generation, lambda: self._read(view))
        names = alike.get(sound, ()) if len(sound) >= _SHORTEST else ()
        return names if len(names) <= _MOST else ()

    def _read(self, view: View) -> Mapping[str, Sequence[str]]:
        alike: dict[str, list[str]] = {}
        for name in view.chinese_terms(_LENGTHS):
            if not self._is_everyday(name):
                for reading in _readings(name):
                    alike.setdefault("".join(reading), []).append(name)
        return alike


def _sounds(tokens: Sequence[Token], strange: set[str], text: str) -> Iterator[tuple[str, str]]:
    """Yield Latin names with how they would be read in Chinese; of two words side by side either may come first."""
    latin = [token for token in tokens if not token.chinese]
    for first, second in pairwise(latin):
        one, other = first.span.of(text), second.span.of(text)
        if {first.term, second.term} & strange and text[first.span.end : second.span.start] == " ":
            yield f"{one} {other}", f"{one}{other}".lower()
            yield f"{one} {other}", f"{other}{one}".lower()
    for token in latin:
        if token.term in strange:
            word = token.span.of(text)
            yield word, word.lower()


def _written(reading: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield how syllables may be written: in one word, or in two ("Li Ming", "Tianxia Wenshu")."""
    yield ("".join(reading),)
    for place in range(1, len(reading)):
        yield "".join(reading[:place]), "".join(reading[place:])


def _readings(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways to read a Chinese name, its syllables without tones; none where a character is unknown."""
    return islice(product(*map(_syllables, name)), _READINGS)


@lru_cache(maxsize=8192)
def _syllables(character: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFD", _readings_of_characters().get(str(ord(character)), ""))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(dict.fromkeys(letters.split(","))) if letters else ()


@cache
def _readings_of_characters() -> Mapping[str, str]:
    """Return the table of pypinyin; its import would load one of phrases besides, 50 MB that nothing here needs."""
    found = find_spec("pypinyin")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("pypinyin")
    table: dict[str, str] = json.loads(Path(found.origin).with_name("pinyin_dict.json").read_text(encoding="utf-8"))
    return table
