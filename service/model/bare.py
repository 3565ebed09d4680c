"""Lines of a reply that are names and values alone, and sentences that join such by small words and say no more."""

import re
from collections.abc import Sequence

from corpus.language import CHINESE_CHAR, segmenter
from service.text.wording import SMALL_WORDS

_SMALL_UNITS = frozenset({"sq", "ft", "km", "per", "cent", "million", "billion", "bn", "m", "years", "year", "vs"})
_LOWER = re.compile(r"(?<![A-Za-z'’])[a-z][a-z'’-]*")
_KINDS = re.compile(r"\b[A-Z]{2,}s\b")  # "CROs" are a kind of thing
# a verb that says something of what is before it, with what is behind it: "Brill is in Ulverby"
_FINITE = re.compile(
    r"\w[\])”’\"']*,? (?:(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should)"
    r"(?:n['’]t)?|cannot) \W*\w"
)
_COPULA = re.compile(r"\b(?:is|are|was|were)\b")
_UNSAID = frozenset("is are was were the a an".split())  # where one stands beside the other
_NO_SUBJECT_ZH = re.compile("(?:是|在|于|由|为|有|位于|来自|属于)")  # before a value it says nothing of anybody
_SAYS_ZH = frozenset({"v", "vg", "a", "ad", "z", "zg", "r"})  # jieba's tags of what says something of a noun, or is one
_SAYING_ZH = frozenset("是有为在于由被将了")  # how words end that do so, though the tags call them something else
_NAMES_ZH = ("nr", "ns", "nt", "nz", "eng", "m")
_SHORT_ZH = 6  # characters of nouns that are hardly more than the name of something


def is_bare(text: str) -> bool:
    """Whether a line is a name, a value or a heading alone: what it says of it can't be told, so not be proved."""
    if CHINESE_CHAR.search(text) and not _is_bare_zh(text):
        return False
    return not (_has_ordinary(text) or _FINITE.search(text))


def only_relates(text: str, quotes: Sequence[str]) -> bool:
    """Whether an English sentence joins names and values by small words alone, and no quote has them joined so.

    That these stand in a quote shows neither that "Brill is in Ulverby" nor that "Ada Brill was the head of Norvane".
    """
    if CHINESE_CHAR.search(text) or _has_ordinary(text) or _KINDS.search(text):
        return False
    one, *other = (_words(part) for part in _COPULA.split(text, maxsplit=1))
    if not other or all(word not in SMALL_WORDS and word != "s" for word in [*one, *other[0]]):
        return True  # two names side by side may be a list
    shown = [f" {' '.join(_words(quote))} " for quote in quotes]
    either_way = (" ".join([*one, *other[0]]), " ".join([*other[0], *one]))  # "Ada Brill, CEO of Norvane,"
    return not any(f" {said} " in quote for said in either_way for quote in shown)


def _has_ordinary(text: str) -> bool:
    return any(word not in SMALL_WORDS and word not in _SMALL_UNITS for word in _LOWER.findall(text))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if word not in _UNSAID]


def _is_bare_zh(text: str) -> bool:
    """Whether Chinese words name or count something and say nothing of it; a long row of nouns may well say it."""
    opened = _NO_SUBJECT_ZH.match(text)
    tagged = segmenter().tag(text[opened.end() if opened else 0 :], True)
    short, noun = len(CHINESE_CHAR.findall(text)) <= _SHORT_ZH, False
    for word, tag in tagged:
        says = tag in _SAYS_ZH or (tag == "vn" and not short) or (word[-1] in _SAYING_ZH and tag[0] != "n")
        if says or (noun and (tag == "m" or word in "：:")):
            return False
        noun = noun or tag == "n"
    return short or any(tag.startswith(_NAMES_ZH) for _, tag in tagged)
