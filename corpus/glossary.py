"""Terms, abbreviations and their other names, in both languages: what lets "CRO" find "contract research leader"."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Span
from corpus.errors import BadInput
from corpus.language import CHINESE_CHAR, CJK, Analyzer
from corpus.tokens import FUNCTION_WORDS

STARTER = Path(__file__).parent / "glossary.toml"
Phrase = tuple[str, ...]
_ABBREVIATION = re.compile(r"[A-Za-z&-]*[A-Z&]{2,}")
_ALONE = (1,)
_ONE_WORD = re.compile(r"[A-Z][a-z]+")
_ONLY_CHINESE = re.compile(f"[{CJK}]+")
_LONG_CHINESE, _LONG_NAME_CHINESE = 4, 3  # characters that are hardly part of another word, and those of a proper name
_PROPER = re.compile(r"[A-Z][\w.'’-]*[a-z]")  # "Suzhou", but neither "contract research" nor "CRO"


@dataclass(frozen=True, slots=True)
class Term:
    """All names of one thing, and words that a question may ask for it by, but that in articles mean other things too.

    "Who manages it?" asks for a chief executive; not all management is one.
    """

    names: tuple[str, ...]
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A term named in a text: where, all its names as phrases of index terms, and whether it is a proper name.

    ``phrase`` is the name that is said.
    ``long`` is what it stands for, where the text names it by an abbreviation; ``written`` is its name as articles
    write it, where that is one word in Latin script with one capital ("Wuxi").
    """

    span: Span
    phrase: Phrase
    names: tuple[Phrase, ...]
    proper: bool
    long: str | None
    written: str | None = None


@dataclass(frozen=True, slots=True)
class _Short:
    """An abbreviation as it is written, and what it stands for."""

    name: str
    long: str


def load_terms(path: Path) -> list[Term]:
    """Read a glossary file; raises BadInput with what is wrong."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("term", [])
        terms = [
            Term(
                tuple(name for part in ("en", "zh", "abbr") for name in _listed(entry.get(part, []))),
                tuple(_listed(entry.get("asked", []))),
            )
            for entry in entries
        ]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError, TypeError) as error:
        raise BadInput(f"the glossary '{path}' can't be read: {error}") from error
    if any(not isinstance(name, str) or not name.strip() for term in terms for name in (*term.names, *term.asked)):
        raise BadInput(f"the glossary '{path}' has a name that is not text")
    return terms


def _listed(names: object) -> list[str]:
    if not isinstance(names, list):
        raise TypeError(f"{names!r} should be a list of names")
    return names


class Glossary:
    """Finds terms in text by their names."""

    def __init__(self, terms: Iterable[Term], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._names: dict[Phrase, set[Phrase]] = {}
        self._proper: set[Phrase] = set()
        self._short: dict[Phrase, _Short] = {}
        self._written: dict[Phrase, str] = {}
        self._words: dict[Phrase, set[str]] = {}
        self._spellings: dict[str, set[str]] = {}
        terms = list(terms)
        self._chinese = _by_first(analyzer.normalise(name) for term in terms for name in (*term.names, *term.asked))
        for term in terms:
            names, phrases = term.names, self._phrases(term.names)
            if any(_PROPER.match(name) for name in names):
                self._proper |= phrases
                written = next((name for name in names if _ONE_WORD.fullmatch(name)), None)
                self._written |= dict.fromkeys(phrases, written) if written else {}
            self._short |= self._abbreviations((name, names[0]) for name in names if name != names[0])
            for phrase in phrases:
                self._names.setdefault(phrase, set()).update(phrases - {phrase})
            for name in (*names, *term.asked):
                for token in analyzer.tokens(name):
                    if not token.chinese:
                        self._spellings.setdefault(token.term, set()).add(token.span.of(name))
                if " " not in name:  # the last letter may give way to another: "companies"
                    self._words.setdefault(self._analyzer.phrase(name), set()).add(name[:-1].casefold())
            for phrase in self._phrases(term.asked):
                self._names.setdefault(phrase, set()).update(phrases)
        self._lengths = _lengths(self._names)

    def _phrases(self, names: Iterable[str]) -> set[Phrase]:
        return {phrase for name in names if (phrase := self._analyzer.phrase(name))}

    def _abbreviations(self, pairs: Iterable[tuple[str, str]]) -> dict[Phrase, "_Short"]:
        return {
            self._analyzer.phrase(name): _Short(name, long) for name, long in pairs if _ABBREVIATION.fullmatch(name)
        }

    def with_names(self, names: Mapping[str, str]) -> "Glossary":
        """Return a glossary that also knows what articles call things; a name of two things keeps both."""
        extended = Glossary((), self._analyzer)
        extended._names = {phrase: set(others) for phrase, others in self._names.items()}
        extended._proper, extended._written = set(self._proper), self._written
        extended._words, extended._spellings, extended._chinese = self._words, self._spellings, self._chinese
        extended._short = self._abbreviations(names.items()) | self._short
        for short, long in names.items():
            pair = self._phrases((short, long))
            if any(map(CHINESE_CHAR.search, (short, long))) and any(map(_PROPER.match, (short, long))):
                extended._proper |= pair  # 龙沙 (Lonza), but no contract research organisation (CRO)
            for phrase in pair:
                extended._names.setdefault(phrase, set()).update(pair - {phrase})
        extended._lengths = _lengths(extended._names)
        return extended

    @property
    def spellings(self) -> Mapping[str, Collection[str]]:
        """How the Latin words of its names are written, by index term; those that articles introduce are left out."""
        return self._spellings

    def mentions(self, text: str) -> list[Mention]:
        """Return the terms named in ``text``, the longest name first where names overlap, in order of appearance."""
        tokens = self._analyzer.tokens(text)
        folded = self._analyzer.normalise(text)
        found: list[Mention] = []
        place = 0
        while place < len(tokens):
            start = tokens[place].span.start
            end = self._long_name(folded, start) if len(folded) == len(text) else None
            if end is not None:
                found.append(self._mention(Span(start, end), self._analyzer.phrase(folded[start:end])))
                place = next((after for after, token in enumerate(tokens) if token.span.start >= end), len(tokens))
                continue
            for length in self._lengths.get(tokens[place].term, _ALONE):
                window = tokens[place : place + length]
                span = Span(window[0].span.start, window[-1].span.end)
                said = span.of(text)
                phrase = self._known(tuple(token.term for token in window), plural=not said.isupper() or text.isupper())
                if phrase is not None and not (_is_small_word(said) or self._is_only_alike(phrase, said)):
                    found.append(self._mention(span, phrase))
                    place += length
                    break
            else:
                place += 1
        return found

    def synonyms(self, mention: Mention) -> tuple[Phrase, ...]:
        """Return the other names of what is mentioned; none where that is only asked for so, see ``Term``."""
        return tuple(name for name in mention.names if mention.phrase in self._names.get(name, ()))

    def _mention(self, span: Span, phrase: Phrase) -> Mention:
        names = tuple(sorted(self._names[phrase] | {phrase}))
        long = self._short[phrase].long if phrase in self._short else None
        return Mention(span, phrase, names, phrase in self._proper, long, self._written.get(phrase))

    def _long_name(self, text: str, start: int) -> int | None:
        """Return the end of a long Chinese name at ``start``, however the words of ``text`` cut it, else None.

        In 药谷是 the last two characters are taken for one word; beside other words the same name is cut at its end,
        or within: 研发 and 外包 are words before 的, and one behind the other alone they are not.
        """
        if text[start] not in self._chinese:
            return None
        for name in self._chinese[text[start]]:
            if text.startswith(name, start):
                least = _LONG_NAME_CHINESE if self._analyzer.phrase(name) in self._proper else _LONG_CHINESE
                return start + len(name) if len(name) >= least else None
        return None

    def _known(self, phrase: Phrase, *, plural: bool) -> Phrase | None:
        """Return the name in the glossary that is meant, also by the careless plural of an abbreviation ("cros").

        ``plural`` says whether it may be one: "MLS" is no plural of "ML".
        """
        if phrase in self._names or not plural:
            return phrase if phrase in self._names else None
        singular = (*phrase[:-1], phrase[-1].removesuffix("s"))
        return singular if len(singular[-1]) > 1 and singular in self._names else None

    def _is_only_alike(self, phrase: Phrase, said: str) -> bool:
        """Whether a word with one capital has but the stem of a name: "Art" of "ARTS", "Innovent" of "innovation"."""
        if not said.istitle() or phrase in self._proper:
            return False
        if phrase in self._short:
            return not said.casefold().startswith(self._short[phrase].name.casefold())
        beginnings = self._words.get(phrase, ())
        return bool(beginnings) and not said.casefold().startswith(tuple(beginnings))


def places_of(phrase: Phrase, terms: Sequence[str]) -> list[int]:
    """Return where ``phrase`` begins in ``terms``, its words side by side.

    Index terms have the parts of a long Chinese word right before it (研究 before 研究所): they part no phrase.
    """
    first = phrase[0]
    if first not in terms:  # mostly so, and told faster than by a look at each
        return []
    return [place for place, term in enumerate(terms) if term == first and _goes_on(phrase, terms, place)]


def _goes_on(phrase: Phrase, terms: Sequence[str], place: int) -> bool:
    for word in phrase[1:]:
        place += 1
        while place < len(terms) and terms[place] != word and not word.isascii() and terms[place] in word:
            place += 1
        if place == len(terms) or terms[place] != word:
            return False
    return True


def occurrences(phrase: Phrase, terms: Sequence[str]) -> int:
    """Count where ``phrase`` stands in ``terms``, its words side by side."""
    return terms.count(phrase[0]) if len(phrase) == 1 else len(places_of(phrase, terms))


def holds(phrase: Phrase, terms: Sequence[str]) -> bool:
    """Whether ``phrase`` stands in ``terms``."""
    return phrase[0] in terms if len(phrase) == 1 else bool(places_of(phrase, terms))


def _by_first(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the names in Chinese alone by the character that they begin with, the longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(filter(_ONLY_CHINESE.fullmatch, names), key=len, reverse=True):
        found.setdefault(name[0], []).append(name)
    return found


def _lengths(names: Iterable[Phrase]) -> dict[str, tuple[int, ...]]:
    """Return how long the names are that begin with a word, the longest first; each word may also be one alone."""
    found: dict[str, set[int]] = {}
    for phrase in names:
        found.setdefault(phrase[0], set(_ALONE)).add(len(phrase))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _is_small_word(said: str) -> bool:
    """Whether a name is said so that it is an ordinary word: "it" is no technology, and "us" no country; "IT" is."""
    word = re.split("['’]", said)[0]
    return word.lower() in FUNCTION_WORDS and not word.isupper()
