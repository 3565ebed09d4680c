"""A language model's reply, read sentence by sentence while it comes: plain text and each sentence's source keys."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from corpus.language import CJK, sentence_spans
from service.model.layout import Layout, laid_out
from service.model.structured import Structured
from service.model.thoughts import THOUGHT_END

_HYPHEN = "-‐‑‒–—−"
_KEY = re.compile(rf"(?<![A-Za-z0-9])S\s?[{_HYPHEN}_]\s?([0-9a-f]{{4}})(?![A-Za-z0-9])", re.IGNORECASE)
_LOOSE_KEY = re.compile(rf"(?<![A-Za-z0-9])(?:S[{_HYPHEN}\s_]*)?([0-9a-f]{{4}})(?![A-Za-z0-9])", re.IGNORECASE)
_LOOSE_KEYS = re.compile(rf"(?:{_LOOSE_KEY.pattern}[\s,;，、]*)+", re.IGNORECASE)
"""What nothing but a square bracket holds: keys without their "S-"."""
_OPEN, _CLOSE = r"[\[【［〔]", r"[\]】］〕]"
_BRACKETS = re.compile(rf"\s*(?:{_OPEN}([^\[\]【】［］〔〕\n]{{0,80}}){_CLOSE}|[(（]([^()（）\n]{{0,80}})[)）])")
_WHOLE_IN_BRACKETS = re.compile(r"^[(（]([^()（）]*)[)）][.。]?$")
_NOT_TEXT = re.compile(  # what a square bracket holds that is no part of the sentence: footnotes, misspelt keys
    r"[\s\d^,;，、–-]*|(?:S\s?[-‐‑‒–—]\s?\w{1,12}[\s,;，、]*)+|citation needed"
    r"|(?:sources?|citations?|refs?|notes?|来源|资料|出处|注|引用)\s*:?\s*[\d\s,]*",
    re.IGNORECASE,
)

_PLACE = "\ue000"  # of a key that is taken out
# what is left of the marks around a key: a bracket in a bracket, one that is never closed, "_[S-7f3a]_"
_AROUND_KEY = (
    (
        re.compile(rf"[\[【［〔(（「『“‘{{]\s*(?:{_PLACE}[\s,;，、]*)+[\]】］〕)）」』”’}}]|([_*~^\"']+){_PLACE}\1"),
        _PLACE,
    ),
    (re.compile(rf"[\[【［〔(（「{{]\s*(?={_PLACE})|(?<={_PLACE})\s*[\]】］〕」}}]"), ""),
    (re.compile(rf"\s*[\[【［〔]\s*(?:S\s?[{_HYPHEN}]?\s?[0-9a-f]{{0,3}})?(?=[.!?。！？]?$)", re.IGNORECASE), ""),
    (re.compile(rf"([.!?。！？…][\"”’」』）)]*)\s*({_PLACE}\s*)+[.。]"), r"\1\2"),
    (re.compile(rf"^\s*(?:{_PLACE}\s*)+[:：,，]\s*"), _PLACE),
    (re.compile(rf"(?<![\s—–-])\s*[—–-]+\s*(?=(?:{_PLACE}\s*)+(?:[.!?。！？]|$))"), ""),
)
_KEYS = rf"{_PLACE}(?:\s*(?:,|、|and|&|和)?\s*{_PLACE})*"
_SOURCE = r"(?:sources?|passages?|articles?)\b"
_SOURCE_ZH = "(?:来源|资料|文章)"
_TELLS = r"(?:says?|states?|notes?|reports?|explains?|shows?|mentions?|indicates?|describes?|puts?|confirms?)"
_TELLS_ZH = "(?:指出|显示|所述|提到|表明|认为|写道|介绍|记载|说)"
# where a word stands by itself, and belongs to no word before it: 数据 is no 据, "a data source" names no source
_ALONE = r"(?:^|(?<=[,;:.!?，；：。！？(（])|(?<=[,;:.!?—–-]\s))"
_CUT = "\ue001"  # what was taken out with its key
_NAMES_KEY = re.compile(  # what names a source by its key and says nothing without it: "According to S [S-7f3a], "
    rf"^\s*(?:(?:the\s+)?{_SOURCE}\s*)?{_KEYS}\s*{_TELLS}(?:\s+that\b|\s*[,:])"
    rf"|^(?:正?如)?{_SOURCE_ZH}?\s*{_KEYS}\s*中?{_TELLS_ZH}"
    rf"|\bas\s*(?:the\s+)?(?:{_SOURCE}\s*)?{_KEYS}\s*{_TELLS}(?: it)?\b"
    rf"|(?:\b(?:according to|as (?:\w+ed|shown|seen|said|written|set out) (?:in|by))"
    rf"|{_ALONE}(?:based on|per|see))\s*(?:the )?(?:S\b|{_SOURCE})?\s*:?\s*{_KEYS}"
    rf"|{_ALONE}{_SOURCE}:?\s*{_KEYS}(?=\s*(?:[,.;)]|$))"
    rf"|{_ALONE}(?:根据|依据|据|参见|参考|见)\s*{_SOURCE_ZH}?\s*[:：]?\s*{_KEYS}(?:\s*中?的?{_TELLS_ZH})?"
    rf"|{_ALONE}(?:参考|资料|信息)?{_SOURCE_ZH}\s*[:：]?\s*{_KEYS}(?=\s*(?:[,，.。;；)）]|$))",
    re.IGNORECASE,
)
_AROUND_CUT = (  # a mark goes with it at either end of the sentence, and where it stood between two
    (re.compile(rf"^\s*{_CUT}\s*[,:，：]?\s*|(?<![\s,;，；—–-])\s*[,;，；—–-]*\s*{_CUT}\s*(?=[.!?。！？)）]|$)"), ""),
    (re.compile(rf",\s*{_CUT}\s*,"), ""),
    (re.compile(rf"([，；])\s*{_CUT}\s*[，,]"), r"\1"),
    (re.compile(rf"(?<=[{CJK}，；：、])\s*{_CUT}\s*|\s*{_CUT}\s*(?=[{CJK}，；：、])"), ""),
    (re.compile(_CUT), " "),
)

_MARKS = rf"(?:\s*(?:{_OPEN}[^\[\]【】［］〔〕\n]{{0,80}}{_CLOSE}(?!\()|[(（]\s*[SＳ]\W[^()（）\n]{{0,80}}[)）]))*"
# A sentence is over when the next begins: what stands between them may be its keys.
_BOUNDARY = re.compile(
    rf"\n+|[.!?。！？；…]+[\"”’」』）)*_]*{_MARKS}(?:\s+|(?<=[。！？；…”」』）\]】］〕]))"
    r"(?=[^\s\[【［〔(（]|[(（][^()（）\n]{0,200}[)）]\s*\w)"
)
_LATIN_START = re.compile(f"[^{CJK}]+")
_CHINESE_END = re.compile(r"[。！？；…][”’」』）]*$")

_ENTITY = re.compile(r"&#?\w{2,8};")
_SHAPELESS = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_STRIPPED = (
    (re.compile(r"\\([\[\](){}_*#`])"), r"\1"),  # Markdown's own escapes
    (re.compile(r"\\(?:cite|text\w+|emph)\{([^{}\n]*)\}"), r"\1"),
    (re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)?"), ""),  # an image: its address alone would tell others of the question
    (re.compile(r"\[{1,2}([^\[\]\n]*)\]{1,2}\([^)\n]*\)"), r"\1"),
    (re.compile(r"<\|(?:im_start|start_header_id)\|>\s*\w*|</?[A-Za-z!][^<>]*>|<\|\w+\|>"), ""),
    (re.compile(r"^\s*(?:`{3,}|~{3,})\s*\w*\s*$"), ""),  # where a block of code begins or ends
    (
        re.compile(
            r"^\s*(?:#{1,6}\s+|>\s*|[-*•+]\s+|\d{1,2}[.)、）](?:\s+|(?=[^\d\s])|$)"
            r"|[(（][\d一二三四五六七八九十]{1,2}[)）]\s*|[一二三四五六七八九十]{1,2}、|[①-⑳]\s*)+"
        ),
        "",
    ),
    (re.compile(r"\*\*|__(?=\w)|(?<=\w)__|`+"), ""),
    (re.compile(r"(?<!\w)\*(\S[^*\n]*)\*(?!\w)"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class ReplySentence:
    """One sentence of a reply as plain text, and the source keys that stood in it or behind it ("S-7f3a").

    ``near`` are those at the end of its paragraph, for one that has none itself. ``number`` counts the sentences of the
    reply, where they are counted.
    """

    text: str
    keys: tuple[str, ...]
    near: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)
    number: int = 0


class ReplyReader:
    """Collects a reply's pieces, wherever they were cut, and gives each sentence once it is over."""

    def __init__(self) -> None:
        self._raw = ""
        self._gap = "\n"  # white space since the last sentence
        self._keyless: list[ReplySentence] = []

    def feed(self, piece: str) -> Iterator[ReplySentence | None]:
        """Take the next piece; yield the sentences that it completes, None where all before it was thought aloud.

        A sentence without a key waits for the next key of its paragraph.
        """
        self._raw += piece
        if ended := THOUGHT_END.search(self._raw):
            self._raw = self._raw[ended.end() :]
            self._gap, self._keyless = "\n", []
            yield None
        searched = 0
        while boundary := _BOUNDARY.search(self._raw, searched):
            if self._splits(boundary):
                done, self._raw = self._raw[: boundary.end()], self._raw[boundary.end() :]
                searched = 0
                yield from self._said(done)
            else:
                searched = boundary.end()

    def close(self) -> Iterator[ReplySentence]:
        """Yield what is left when the reply is over."""
        yield from self._said(self._raw + "\n")
        self._raw = ""

    def _said(self, raw: str) -> Iterator[ReplySentence]:
        text, keys = plain(raw)
        said = any(char.isalnum() for char in text)
        if said:
            self._keyless.append(ReplySentence(text, keys, layout=laid_out(self._gap, raw)))
        self._gap = raw[len(raw.rstrip()) :] if said else self._gap + re.sub(r"\S", "", raw)
        if keys or "\n" in self._gap:
            waited, self._keyless = self._keyless, []
            yield from (each if each.keys else replace(each, near=keys) for each in waited)

    def _splits(self, boundary: re.Match[str]) -> bool:
        """Whether the sentence is over here, rather than "Dr. " or "approx. " in its middle."""
        if "\n" in boundary.group():
            return True
        before = plain(self._raw[: boundary.end()])[0]
        if not before:  # but the number of an item
            return False
        after = _LATIN_START.match(self._raw[boundary.end() : boundary.end() + 40])
        if _CHINESE_END.search(before) or not after:
            return True
        return any(span.end == len(before) for span in sentence_spans(f"{before} {after.group()}"))


def sentences_of(pieces: Iterable[str]) -> Iterator[ReplySentence | None]:
    """Yield the sentences of a reply as they are complete; None where all before it was thought aloud."""
    structured, reader = Structured(), ReplyReader()
    for piece in pieces:
        yield from reader.feed(structured.feed(piece))
    yield from reader.feed(structured.close())
    yield from reader.close()


def plain(raw: str) -> tuple[str, tuple[str, ...]]:
    """Strip a sentence of marks, Markdown and HTML; returns its text and the source keys found, in order."""
    keys: list[str] = []

    def resolved(match: re.Match[str]) -> str:
        square, content = match[1] is not None, unicodedata.normalize("NFKC", match[1] or match[2] or "")
        loose = square and _LOOSE_KEYS.fullmatch(content)
        found = [f"S-{key.lower()}" for key in (_LOOSE_KEY if loose else _KEY).findall(content)]
        keys.extend(found)
        return _PLACE if found else "" if square and _NOT_TEXT.fullmatch(content) else match.group()

    text = _SHAPELESS.sub("", _ENTITY.sub(lambda match: html.unescape(match.group()), raw)).strip()
    for pattern, kept in _STRIPPED:
        text = pattern.sub(kept, text)
    text = _BRACKETS.sub(resolved, _WHOLE_IN_BRACKETS.sub(r"\1", text))
    keys.extend(f"S-{key.lower()}" for key in _KEY.findall(text))
    marked = _KEY.sub(_PLACE, text)
    for pattern, kept in _AROUND_KEY:
        marked = pattern.sub(kept, marked)
    marked = _NAMES_KEY.sub(_CUT, " ".join(marked.split()))
    opened = marked.startswith((_PLACE, _CUT))
    for pattern, kept in _AROUND_CUT:
        marked = pattern.sub(kept, marked)
    text = re.sub(r"\s+([.,;:!?。，；：！？])", r"\1", " ".join(marked.replace(_PLACE, "").split()))
    return text[:1].upper() + text[1:] if opened else text, tuple(dict.fromkeys(keys))
