"""Names that an article introduces itself: "contract research organisation (CRO)", "Pharmablock Sciences (药石科技)".

English abbreviations are found by the algorithm of Schwartz and Hearst (2003), "A simple algorithm for
identifying abbreviation definitions in biomedical text"; names in the other language by the script on
either side of the bracket. Few and right is the aim: what is in doubt is left out.
"""

import re
from collections.abc import Iterator

from corpus.language import CJK, segmenter

_BRACKET = re.compile(r"[(（]{1,2}\s*([^()（）\n]{2,160}?)\s*[)）]{1,2}")
_PARTS = re.compile(r"\s*[,，;；、/]\s*")
_SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9&./-]{1,9}")
_NOT_SHORT = frozenset({"e.g", "i.e", "cf", "etc", "pdf", "ltd", "inc", "plc", "dr", "mr", "ms"})
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{1,9}s?")
_ACRONYM_TAIL = re.compile(r"(?<![A-Za-z0-9&-])[A-Z][A-Z0-9&-]{1,9}s?$")
_CHINESE = re.compile(f"[{CJK}][{CJK}·]{{1,23}}")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-zÀ-ɏ0-9.&'’-]*(?: [A-Za-zÀ-ɏ0-9.&'’-]+){0,9}")
# the longest run of capitalised words before a bracket; "of" and "for" may stand inside it
_CAPITALISED_TAIL = re.compile(r"(?:[A-Z][\w&.'’-]*(?: (?:of|for|&) (?=[A-Z])| )){0,8}[A-Z][\w&.'’-]*\s*$")
_OPENING_WORDS = re.compile(
    r"^(?:(?:The|A|An|At|In|Of|For|From|With|By|On|And|But|Our|Its|Both|Like|Today|Meanwhile)\s+)+"
)
_CALLED = re.compile(
    r"^(?:(?:以下简称|下称|简称|又称|也称|英文简称|英文名?|中文名?|英语)\s*[:：]?\s*"
    r"|(?:hereafter|(?:also )?known as|or|also|in Chinese|Chinese)(?:\s*[:：]\s*|\s+))"
)
_NO_NAME = re.compile(r"^[见如下上左右中图表注原编以即等包约含共其该此前后另例或及]|[年月日号页章节篇]$|[的了着吗呢]")
# first letters of jieba's tags for conjunctions, prepositions, particles, pronouns, numbers, times, adverbs ...
_FUNCTION_KINDS = frozenset("cpurmtdfyeoqx")
_MOST = 60


def learn_names(text: str) -> dict[str, str]:
    """Map each short or other name to the long name that the text gives for it; the first definition counts."""
    names: dict[str, str] = {}
    for found in _BRACKET.finditer(text):
        start = text.rfind("\n", 0, found.start()) + 1
        before = text[max(start, found.start() - 200) : found.start()].rstrip()
        for other, name in _pairs(before, _unquoted(found.group(1))):
            if other != name:
                names.setdefault(other, name)
        if len(names) >= _MOST:
            break
    return names


def _unquoted(text: str) -> str:
    return re.sub('[“”"「」『』‘]', "", text).strip()


def _pairs(before: str, inside: str) -> Iterator[tuple[str, str]]:
    """Yield (other name, long name) for one bracket and what stands before it."""
    reverse = _reverse(before, inside)
    if reverse:
        yield reverse
        return
    parts = [part for raw in _PARTS.split(inside) if (part := _CALLED.sub("", raw).strip())]
    long = next((name for part in parts if _is_short(part) and (name := long_form(part, before))), None)
    long = long or _chinese_tail(before, parts) or _latin_tail(before, parts)
    if long:
        yield from ((part, long) for part in parts if _names(part, long))


def _names(part: str, long: str) -> bool:
    """Say whether a part of a bracket is another name of ``long``: its abbreviation, or a name in the other script."""
    if _CHINESE.match(long):
        return bool(_ACRONYM.fullmatch(part) or _LATIN_NAME.fullmatch(part))
    return _is_chinese_name(part) or (_is_short(part) and long_form(part, long) is not None)


def _reverse(before: str, inside: str) -> tuple[str, str] | None:
    """Read "CRO (contract research organisation)" and "CRO（合同研究组织）"."""
    found = _ACRONYM_TAIL.search(before)
    if found is None:
        return None
    short = found.group()
    name = _CALLED.sub("", inside)
    if _is_chinese_name(name):
        return short, name
    name = re.sub(r"^(?:the|an?)\s+", "", name)
    whole = " " in name and not _PARTS.search(name) and long_form(short, name) == name
    return (short, name) if whole else None


def _is_short(text: str) -> bool:
    """Say whether a text can be an abbreviation: short, beginning with a letter or digit, with two capitals."""
    return (
        bool(_SHORT.fullmatch(text))
        and sum(c.isupper() for c in text) >= 2
        and text.casefold().rstrip(".") not in _NOT_SHORT
    )


def long_form(short: str, before: str) -> str | None:
    """Find the end of ``before`` that ``short`` abbreviates, after Schwartz and Hearst, or None.

    Every letter of the short form is matched from right to left, the first one at the beginning of a word.
    """
    stem = short[:-1] if short[-1:] == "s" and short[:-1].isupper() else short  # CROs: organisations
    letters = [c.casefold() for c in stem if c.isalnum()]
    words = list(re.finditer(r"\S+", before))[-min(len(letters) + 5, len(letters) * 2) :]
    if not words or len(letters) < 2:
        return None
    floor, place = words[0].start(), len(before)
    for index in range(len(letters) - 1, -1, -1):
        place -= 1
        while place >= floor and (
            before[place].casefold() != letters[index] or (index == 0 and place > floor and before[place - 1].isalnum())
        ):
            place -= 1
        if place < floor:
            return None
    name = before[place:].strip()
    breaks = re.search(r"[.!?;:,]\s|[()（）\"“”]", name)
    if len(name) <= len(short) or breaks or short in name.split() or len(name.split()) < 2:
        return None
    return name


def _is_chinese_name(text: str) -> bool:
    return bool(_CHINESE.fullmatch(text)) and not _NO_NAME.search(text)


def _latin_tail(before: str, parts: list[str]) -> str | None:
    """Return the capitalised name before a bracket that holds a Chinese one."""
    if sum(_is_chinese_name(part) for part in parts) != 1:  # several are a list, not names of one thing
        return None
    found = _CAPITALISED_TAIL.search(before)
    name = _OPENING_WORDS.sub("", found.group().strip()) if found else ""
    return name if len(name) > 2 and len(name.split()) <= 9 else None


def _chinese_tail(before: str, parts: list[str]) -> str | None:
    """Return the Chinese name before a bracket that holds a Latin one.

    A name in title marks is what they hold. Else, Chinese having no spaces, the words before the bracket are
    told by their kinds: the name begins after the last function word, and where a verb leaves it open
    how much of the clause is the name, there is none.
    """
    if not any(_ACRONYM.fullmatch(part) or _LATIN_NAME.fullmatch(part) for part in parts):
        return None
    titled = re.search(r"《([^《》]{3,30})》$", before)
    if titled:
        return titled.group(1)
    found = re.search(f"[{CJK}·]+$", before)
    words = segmenter().tag(found.group()[-40:], True) if found else []
    first = max((i + 1 for i, (_, kind) in enumerate(words) if kind[0] in _FUNCTION_KINDS), default=0)
    while first < len(words) and words[first][1] == "v":
        first += 1
    if any(kind == "v" for _, kind in words[first:-1]):
        return None
    name = "".join(word for word, _ in words[first:])
    proper = len(words) - first == 1 and words[first][1] in ("nr", "nrt", "ns", "nz")
    return name if 4 <= len(name) <= 16 or (len(name) == 3 and proper) else None
