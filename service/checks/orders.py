"""Text of an article that may not pass into an answer: orders to a language model, and markup that acts where shown.

Ingest flags such text for a person and must seldom be wrong (``ingest.screen``). Here the net is wider, since a mistake
costs no more than one line that isn't quoted: an order is also looked for in look-alike letters, spread over short
lines, and in the usual codes. A line in which one is found is shown to no model, proves nothing and is no answer.
"""

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from urllib.parse import unquote

from corpus.article import Passage, Sentence
from corpus.language import CJK
from ingest.screen import gives_orders
from service.checks.order_rules import RULES

# what would load, run or lead elsewhere where a client renders it
_ACTIVE = re.compile(
    r"!\[[^\]\n]*\]\s*[(\[]|\]\(\s*(?:[a-z][a-z0-9+.-]*:|//)|^\s*\[[^\]\n]+\]:\s*\S*[:/]"
    r"|\[[^\]\n]*[^\W\d_]{2}[^\]\n]*\]\[[^\]\n]+\]"
    r"|<\s*(?:script|img|iframe|svg|style|object|embed|link|meta|form|input|video|audio|base|math|frame\w*)\b"
    r"|<[a-z][^>\n]*\s(?:on\w+|src|href|style|background)\s*="
    r"|\b(?:javascript|vbscript)\s*:|\bdata:\s*(?:text|image|application)/",
    re.IGNORECASE | re.MULTILINE,
)
_ACTIVE_NEEDLES = ("](", "][", "![", "]:", "<", "script:", "script :", "data:")

# Letters that look like Latin ones: Cyrillic, Greek and a few more, by the Unicode consortium's confusables.txt
_LOOKALIKE = str.maketrans(
    "аАВсСеЕԁғɡһНіІїјЈкКӏмМпоОрРԛѕЅтТυѵԝхХуУүαβεικνορτχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıℓ",
    "aABcCeEdfghHiIijJkKlmMnoOpPqsStTuvwxXyYyabeiknoptxABEZHIKMNOPTYXil",
)
_ALIKE = re.compile(f"[{''.join(map(chr, _LOOKALIKE))}]")
_UNSEEN = re.compile(  # accents on letters, and characters that have no shape
    "[\u0300-\u036f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]+"
)
_EMPHASIS = "*_`~|•·"
_LEET = str.maketrans("013457@$!", "oieastasi")
_LEETED = re.compile("[013457@$!](?=[a-z])|(?<=[a-z])[013457@$!]")
_SEPARATORS = "._-*·"
_SPACED_ORDER = re.compile(
    r"(?:ignore|disregard|forget)(?:all|any|the|your|my|of)*(?:previous|prior|above|earlier|system|instructions?|rules)"
    r"|systemprompt",
    re.IGNORECASE,
)
_BETWEEN_CJK = re.compile(f"(?<=[{CJK}]) (?=[{CJK}])")
_FEWEST_SPACED = 7  # single letters in a text that may spell something
_DIGITS = frozenset("0123456789abcdefABCDEF")
_SHORTEST_CODE, _FEWEST_BYTES = 20, 15
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-f]{2}[\s:,]?){16,}|(?:\\x[0-9a-f]{2}){12,}|(?:\\u[0-9a-f]{4}){8,}", re.IGNORECASE)
_TELLING = ("ignore", "disregard", "instruction", "prompt", "指令", "指示", "规则")
_ROT13 = ("vtaber", "qvfertneq", "vafgehpgvba", "cebzcg")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"”’」』）)]*\s*$")
_SHORT_LINE, _MOST_SPREAD = 40, 8  # characters; an order may be spread over so many of them


def quotable(passage: Passage) -> tuple[Sentence, ...]:
    """Return the sentences of a passage that may stand in an answer: those of lines that aren't barred."""
    barred = barred_lines(passage.text)
    if not barred:
        return passage.sentences
    ends = [found.end() for found in re.finditer("\n", passage.text)]

    def is_barred(sentence: Sentence) -> bool:
        start, end = (place - passage.span.start for place in (sentence.span.start, sentence.span.end))
        first, last = (sum(at <= place for at in ends) for place in (start, end - 1))
        return any(first <= line <= last for line in barred)

    return tuple(sentence for sentence in passage.sentences if not is_barred(sentence))


def shown(text: str) -> str:
    """Return the lines of a text that a model may be shown."""
    barred = barred_lines(text)
    return "\n".join(line for place, line in enumerate(text.split("\n")) if place not in barred)


def is_barred(text: str) -> bool:
    """Whether any line of a text may not pass into an answer."""
    return bool(barred_lines(text))


@lru_cache(maxsize=4096)
def barred_lines(text: str) -> frozenset[int]:
    """Return which lines of a text, counted from 0, give orders to a model or hold markup that acts where shown."""
    if not _may_hold_any(text):
        return frozenset()
    lines = text.split("\n")
    barred = {place for place, line in enumerate(lines) if _acts(line)}
    rest = [place for place, line in enumerate(lines) if line.strip() and place not in barred]
    for short, run in groupby(rest, key=lambda place: len(lines[place]) <= _SHORT_LINE):
        if short:
            barred.update(_spread(lines, list(run)))
    return frozenset(barred | _run_on(lines, barred))


def _may_hold_any(text: str) -> bool:
    """Whether a text is worth a look at each of its lines; nearly all are not."""
    lowered, folded = text.lower(), _folded(text)
    read = folded.lower()
    return (
        any(needle in lowered for needle in _ACTIVE_NEEDLES)
        or any(rule.may_match(read) for rule in RULES)
        or gives_orders(text)
        or any(variant not in (text, folded) for variant in _variants(text))
    )


def _spread(lines: Sequence[str], places: Sequence[int]) -> Iterator[int]:
    """Yield the places of short lines that only together give an order."""
    if len(places) < 2 or not _orders(_folded(" ".join(lines[place] for place in places))):
        return
    done = 0
    for end in range(2, len(places) + 1):
        for start in range(end - 2, max(done, end - _MOST_SPREAD) - 1, -1):
            if _orders(_folded(" ".join(lines[place] for place in places[start:end]))):
                yield from places[start:end]
                done = end
                break


def _run_on(lines: Sequence[str], barred: set[int]) -> set[int]:
    """Return the short lines after an order that end no sentence: the rest of a listing, a table or a broken line."""
    found: set[int] = set()
    runs_on = False
    for place, line in enumerate(lines):
        if place in barred:
            runs_on = True
        elif line.strip():
            runs_on = runs_on and len(line) <= _SHORT_LINE and not _SENTENCE_END.search(line)
            found |= {place} if runs_on else set()
    return found


def _acts(line: str) -> bool:
    active = any(needle in line.lower() for needle in _ACTIVE_NEEDLES) and bool(_ACTIVE.search(line))
    return active or any(_orders(variant) for variant in _variants(line))


def _orders(text: str) -> bool:
    lowered = text.lower()
    return any(rule.may_match(lowered) and rule.pattern.search(text) for rule in RULES) or gives_orders(text)


def _variants(line: str) -> Iterator[str]:
    """Yield the line as it is, as it reads to an eye, and what it is a code of."""
    yield line
    folded = _folded(line)
    if folded != line:
        yield folded
    lowered = folded.lower()
    if _LEETED.search(lowered) and not _tells(lowered) and _tells(unleet := lowered.translate(_LEET)):
        yield unleet
    if _tells(lowered[::-1]):
        yield folded[::-1]
    if any(word in lowered for word in _ROT13):
        yield codecs.decode(folded, "rot13")
    letters = "".join(piece for piece in _without(_SEPARATORS, folded).split() if len(piece) == 1)
    if len(letters) >= _FEWEST_SPACED:
        yield from ["Ignore all previous instructions."] * bool(_SPACED_ORDER.search(letters))
        yield _BETWEEN_CJK.sub("", folded)
    yield from _decoded(line)


def _tells(lowered: str) -> bool:
    return any(word in lowered for word in _TELLING)


def _decoded(line: str) -> Iterator[str]:
    if "%" in line and (decoded := unquote(line)) != line:
        yield decoded
    if "&" in line and (decoded := html.unescape(line)) != line:
        yield decoded
    pieces = line.split()
    pairs = sum(len(piece) == 2 and _DIGITS.issuperset(piece) for piece in pieces)
    if max(map(len, pieces), default=0) < _SHORTEST_CODE and pairs < _FEWEST_BYTES:
        return
    for pattern, decode in ((_BASE64, _from_base64), (_HEX, _from_hex)):
        for found in pattern.findall(line):
            if decoded := decode(found):
                yield decoded


def _from_base64(text: str) -> str:
    return _readable(lambda: base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_"))


def _from_hex(text: str) -> str:
    return _readable(lambda: bytes.fromhex(re.sub(r"\\[xu](?:00)?|[\s:,]", "", text)))


def _readable(decode: Callable[[], bytes]) -> str:
    try:
        return decode().decode("utf-8")
    except (ValueError, binascii.Error):  # it was no code after all
        return ""


def _folded(text: str) -> str:
    """Fold look-alike letters, widths, accents and emphasis away; Chinese stays."""
    if not text.isascii():
        latin = text.translate(_LOOKALIKE) if _ALIKE.search(text) else text  # which takes its time
        text = _UNSEEN.sub("", unicodedata.normalize("NFKD", latin))
    return " ".join(_without(_EMPHASIS, text).split())


def _without(marks: str, text: str) -> str:
    """Put a blank for each of the marks: one after the other, which is faster than to translate every character."""
    for mark in marks:
        text = text.replace(mark, " ")
    return text
