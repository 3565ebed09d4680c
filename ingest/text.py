"""From bytes to tidy text: encodings, stray characters, spaces and lines."""

import codecs
import re
import unicodedata
from collections.abc import Sequence

from corpus.language import CJK
from ingest.post import BadPost

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"{\\rtf")
# supersets stand in for their subsets: GB 18030 for GB 2312 and GBK, windows-1252 for Latin 1
_LEGACY = {"gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs", "big5hkscs": "big5hkscs"}
_LEGACY |= {"cp1252": "cp1252", "latin_1": "cp1252", "iso8859_1": "cp1252"}

# Arabic, the scripts of India and Sri Lanka, Burmese, Khmer and Mongolian
JOINED = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_STRAY = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff\U000e0000-\U000e007f]"
    # joiners shape the letters of some scripts, and one of them holds an emoji together; elsewhere they are stray
    f"|(?<![{JOINED}])\u200c|(?<![{JOINED}\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_SPACES = re.compile(r"[^\S\n]+")
_CJK_EDGE = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef]")
_WORD = re.compile(f"[{CJK}]|[^\\W_{CJK}]+(?:['’.,-][^\\W_{CJK}]+)*")

WORDS_PER_CHARACTER = 0.55  # one Chinese character carries about as much as half an English word


def decode(body: bytes, *, declared: str | None = None) -> str:
    """Turn a file's bytes into text.

    Tries byte order marks, UTF-8, then the ``declared`` encoding of the document, then a guess among the
    usual encodings of Chinese and Western texts. Raises BadPost where it is empty, no text, or can't be told.
    """
    if not body.strip():
        raise BadPost("empty")
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _decoded(body, encoding)
    if b"\0" in body or body.startswith(_BINARY):
        raise BadPost("not a text file")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        legacy = _known(declared) or _guess(body)
    if legacy is None:
        raise BadPost("not text in a known encoding; save it as UTF-8")
    return _decoded(body, legacy)


def _decoded(body: bytes, encoding: str) -> str:
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadPost(f"not text in a known encoding: broken {encoding} at byte {error.start}") from error
    if "\0" in text:
        raise BadPost("not a text file")
    return text


def _known(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip()).name.replace("-", "_")
    except LookupError:
        return None
    return _LEGACY.get(name)


def _guess(body: bytes) -> str | None:
    """Return a legacy encoding, only where the decoded text reads like a language ("coherence") without mess."""
    import charset_normalizer

    matches = charset_normalizer.from_bytes(body)
    best = matches.best()
    if best is None:
        return None
    for match in matches:
        # windows-1250 and -1252 agree on most letters, so the near best counts as best where it is one of ours
        near = match.chaos <= best.chaos + 0.05 and match.coherence >= best.coherence - 0.1
        if match.encoding in _LEGACY and near and match.chaos < 0.2 and match.coherence > 0.1:
            return _LEGACY[match.encoding]
    return None


def tidy(text: str) -> str:
    """Return the text in canonical form: NFC, plain line ends, single spaces, no stray characters.

    Controls, zero-width and direction marks go, every kind of space becomes a plain one, and lines lose
    their blank edges; no letter is changed.
    """
    if text.isprintable() and "  " not in text and "\ufffc" not in text:  # nearly always; nothing to take out
        return unicodedata.normalize("NFC", text.strip())
    text = _STRAY.sub("", _LINE_END.sub("\n", text))
    text = _SPACES.sub(" ", text).replace(" \n", "\n").replace("\n ", "\n")
    return unicodedata.normalize("NFC", text.strip())


def tidy_code(text: str) -> str:
    """Return program text in canonical form, with its indents kept and its blank lines left out."""
    lines = _STRAY.sub("", _LINE_END.sub("\n", text.expandtabs(4))).replace("\xa0", " ").split("\n")
    return unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in lines if line.strip()).strip())


def one_line(text: str) -> str:
    """Tidy the text and join its lines."""
    return join_lines(tidy(text).split("\n"))


def join_lines(lines: Sequence[str]) -> str:
    """Join wrapped lines with a space, or with nothing where both sides of the break are Chinese."""
    joined = ""
    for line in filter(None, lines):
        glue = "" if not joined or (_CJK_EDGE.match(joined[-1]) and _CJK_EDGE.match(line[0])) else " "
        joined += glue + line
    return joined


def word_count(text: str) -> float:
    """Length in English words; a Chinese character counts as 0.55 of one."""
    words = _WORD.findall(text)
    chinese = sum(1 for word in words if len(word) == 1 and _CJK_EDGE.match(word))
    return len(words) - chinese * (1 - WORDS_PER_CHARACTER)
