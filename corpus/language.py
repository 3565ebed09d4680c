"""Which language a text is in, where its sentences begin and end, and the terms it is indexed by.

English sentences are found by nupunkt (after Kiss and Strunk's Punkt), Chinese ones by their closing marks;
Chinese words by jieba's search-mode segmentation, English ones by the Porter 2 stemmer.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Self, cast

import nupunkt
import opencc
import rjieba
import Stemmer

from corpus.article import Language, Span
from corpus.irregular import BASES

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
CHINESE_CHAR = re.compile(f"[{CJK}]")
"""One Chinese character."""
_LETTER = re.compile(r"[^\W\d_]")
_ACCENTS = "\u0300-\u036f"
_WORD = f"[^\\W_{CJK}]+(?:[{_ACCENTS}]+[^\\W_{CJK}]*)*"
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?!\d)"  # any other comma parts words, also without a blank: "CRO，CDMO"
_TOKEN = re.compile(f"[{CJK}]+|(?:{_NUMBER}(?:{_WORD})?|{_WORD})(?:[.'’]{_WORD})*")
_ZH_END = re.compile(r"(?:[。！？；]|…{2,}|[!?](?=[\s”’」』）》\"]|$))+[”’」』）》\"]*\s*")
# nupunkt takes some ordinary words ("in the West.", "a drop of vodka.") and units after a number for abbreviations. At
# full length before a capital they end their sentence, but for these.
_MISSED_END = re.compile(
    r"(?<![\w.])(?:(?!(?:approx|cf|dept|ed|eds|esp|est|fig|figs|incl|lit|pron|resp|seq|trans|univ|viz|vol|vols|vs)\.)"
    r"[a-z]{3,}|(?!(?:Assoc|Assn|Blvd|Bros|Calif|Capt|Comm|Conn|Corp|Dept|Govt|Hons|Inst|Intl|Mass|Messrs|Minn|Miss"
    r"|Penn|Pres|Prof|Profs|Sept|Stat|Supt|Tenn|Univ|Vols)\.)[A-Z][a-z]{3,}|(?<=\d )(?:[ckm]?m|k?g|ft|ha|mi|lb))"
    r"\.[”’\")]*(?=\s+[“‘\"(]*[A-Z])"
)
_NO_END = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}\s+(?=[a-z])")  # "a B.A. degree"
_DIGIT_GROUP = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"'s?$")
_ACRONYM_PLURAL = re.compile(r"[A-Z]{2,}s")


def detect(text: str) -> Language:
    """Return "zh" where at least a fifth of the letters are Chinese characters, else "en"."""
    letters = len(_LETTER.findall(text))
    return "zh" if letters and len(CHINESE_CHAR.findall(text)) * 5 >= letters else "en"


def sentence_spans(text: str) -> list[Span]:
    """Split one block of text into sentences; blank edges belong to none, so the spans may have gaps."""
    if detect(text) == "zh":
        cuts = [0, *(match.end() for match in _ZH_END.finditer(text)), len(text)]
        raw = list(pairwise(cuts))
    else:
        found = {end for _, end in nupunkt.sent_spans(text)} if text.strip() else set()
        within = {match.end() for match in _NO_END.finditer(text)}
        missed = {match.end() for match in _MISSED_END.finditer(text)}
        raw = list(pairwise(sorted({0, len(text)} | (found - within) | missed)))
    return [span for start, end in raw if (span := Span(start, end).trimmed(text)).end > span.start]


def _without_accents(word: str) -> str:
    """Fold width and drop accents ("Nestlé" to "Nestle")."""
    return unicodedata.normalize("NFC", re.sub(f"[{_ACCENTS}]", "", unicodedata.normalize("NFKD", word)))


@dataclass(frozen=True, slots=True)
class Token:
    """One indexed word and where it stands in the text as written."""

    term: str
    span: Span
    chinese: bool


class ManyTerms(tuple[str, ...]):
    """The index terms of a long text, of which most that is asked for is none: that is told without going through."""

    _known: frozenset[str]

    def __new__(cls, terms: Iterable[str]) -> Self:
        """Keep ``terms`` in their order."""
        made = super().__new__(cls, terms)
        made._known = frozenset(made)
        return made

    def __contains__(self, term: object) -> bool:
        """Whether a term is one of them."""
        return term in self._known

    def count(self, term: object) -> int:
        """Return how often a term is one of them."""
        return super().count(term) if term in self._known else 0


@cache
def segmenter() -> rjieba.Jieba:
    """Return what parts and tags Chinese words, one for a process: its 25 MB never change."""
    return rjieba.Jieba()


@lru_cache(maxsize=4096)
def word_parts(word: str) -> tuple[str, ...]:
    """Return the index terms that are parts of a Chinese word, 研究 of 研究所; none for another word."""
    parts = [word] if word.isascii() else segmenter().cut_for_search(word, True)
    return tuple(parts[:-1]) if parts[-1] == word else ()


def parts_before(word: str) -> int:
    """Return how many index terms stand before one as its parts: 研究 before 研究所."""
    return len(word_parts(word))


class Analyzer:
    """Turns text into index terms, the same way for articles and for questions; safe to share among threads."""

    def __init__(self) -> None:
        self._jieba = segmenter()
        self._simplify = opencc.OpenCC("t2s").convert
        self._stem = Stemmer.Stemmer("english").stemWord
        self._stems: dict[str, str] = {}
        self._lock = threading.Lock()  # the stemmer keeps a buffer of its own

    def normalise(self, text: str) -> str:
        """Fold width, case and traditional characters; the result is for comparing, never for showing."""
        if text.isascii():
            return text.casefold()
        return self.simplified(unicodedata.normalize("NFKC", text)).casefold()

    def simplified(self, text: str) -> str:
        """Return a text with simplified characters for traditional ones."""
        return text if text.isascii() else str(self._simplify(text))

    def tokens(self, text: str) -> list[Token]:
        """Words in order of appearance, with the place of each in ``text``.

        A run of Chinese gives its words; a Latin word or a number gives its stem.
        """
        found: list[Token] = []
        for match in _TOKEN.finditer(text):
            start, piece = match.start(), match.group()
            if not CHINESE_CHAR.match(piece):
                found.append(Token(self.stem(piece), Span(start, match.end()), chinese=False))
                continue
            place = start
            folded = self.normalise(piece)
            for word in self._jieba.cut(folded if len(folded) == len(piece) else piece, True):
                found.append(Token(self.normalise(word), Span(place, place + len(word)), chinese=True))
                place += len(word)
        return found

    def phrase(self, name: str) -> tuple[str, ...]:
        """Return the words of a name as index terms."""
        return tuple(token.term for token in self.tokens(name))

    def terms(self, text: str) -> list[str]:
        """Return the index terms: stems, and for Chinese the search-mode words."""
        pieces = _TOKEN.findall(unicodedata.normalize("NFKC", text))
        known = list(map(self._stems.get, pieces))  # nearly every Latin word was met before
        if None not in known:
            return cast("list[str]", known)
        found: list[str] = []
        for piece, stem in zip(pieces, known, strict=True):
            if stem is not None:
                found.append(stem)
            elif piece.isascii() or not CHINESE_CHAR.match(piece):
                found.append(self.stem(piece))
            else:
                found.extend(self._jieba.cut_for_search(self.normalise(piece), True))
        return found

    def bigrams(self, text: str) -> list[str]:
        """Every pair of neighbouring Chinese characters: the net under a wrong segmentation."""
        runs = re.findall(f"[{CJK}]+", self.normalise(text))
        return [run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))]

    def chinese_names(self, text: str, *, persons: bool = False) -> list[str]:
        """Chinese names of places and organisations, normalised, as jieba's tags tell them (it misses some).

        With ``persons`` those of persons and organisations.
        """
        wanted = {"nr", "nrt", "nrfg", "nt"} if persons else {"ns", "nt"}
        return [word for word, tag in self.tagged(text) if tag in wanted and len(word) > 1 and not word.isascii()]

    def tagged(self, text: str) -> list[tuple[str, str]]:
        """Return Chinese words, normalised, with jieba's tags of what sort they are: "n…" for nouns, "v…" for verbs."""
        return list(self._jieba.tag(self.normalise(text), True))

    def all_chinese_names(self, text: str) -> list[str]:
        """Chinese names of persons, places and organisations, normalised; with the same gaps."""
        return [*self.chinese_names(text, persons=True), *self.chinese_names(text)]

    def stem(self, word: str) -> str:
        """Fold one Latin word or number to the form in the index: "Universities" to "universiti", "sold" to "sell"."""
        known = self._stems.get(word)
        if known is None:
            plain = _without_accents(word).replace("’", "'")
            singular = plain[:-1] if _ACRONYM_PLURAL.fullmatch(plain) else plain
            folded = _DIGIT_GROUP.sub("", _POSSESSIVE.sub("", singular.casefold()))
            with self._lock:
                known = str(self._stem(BASES.get(folded, folded)))
                if len(self._stems) < 200_000:
                    self._stems[word] = known
        return known
