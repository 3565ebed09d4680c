"""What a statement may hold only as a quote spells it: addresses, code, characters without a shape, codes.

Everything else may be put in other words. These may not: an address that differs in one letter leads elsewhere, and a
statement could carry out what it was asked in any of them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from corpus.language import CJK

_PIECE = re.compile(rf"[^\s{CJK}，。；：、！？（）「」『』《》“”‘’]+")
_EDGES = "\"'()[]<>*_,.;:!?"
_ADDRESS = re.compile(
    r"//|^(?:www\.|[a-z][a-z0-9+-]*:(?=[^\d\s]))|@|[^\W\d_]\w*\.[^\W\d_]{2,}|\w/\S*[?&=#]", re.IGNORECASE
)
_CODE = re.compile(r"[{}<>\\|=^~]|%[0-9a-fs]|\$\(|\]\(|!\[|&\w+;", re.IGNORECASE)
_LONGEST_WORD = 32  # letters; longer words are names of substances, or codes
_FEWEST_TURNS = 3  # from letters to digits and back, in "a8F3k2": part numbers, keys, hashes
_TURN = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_SCRIPTS = tuple(re.compile(f"[{letters}]") for letters in ("A-Za-z\u00c0-\u024f", "\u0370-\u03ff", "\u0400-\u052f"))
_SHAPELESS = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def unquoted(statement: str, quotes: Sequence[str]) -> bool:
    """Whether a statement holds an address, code or the like that stands letter by letter in none of the quotes."""
    shown = "\n".join(unicodedata.normalize("NFC", quote) for quote in quotes)
    return any(piece not in shown for piece in _literal(unicodedata.normalize("NFC", statement)))


def _literal(text: str) -> Iterator[str]:
    if not text.isprintable():
        yield from (char for char in text if unicodedata.category(char) in _SHAPELESS)
    for found in _PIECE.findall(text):
        piece = found.strip(_EDGES)
        if _is_literal(piece) or _CODE.search(found):
            yield piece or found


def _is_literal(piece: str) -> bool:
    if piece.isalpha() and piece.isascii() and len(piece) <= _LONGEST_WORD:
        return False  # an ordinary word, as nearly all are
    long = any(len(part) > _LONGEST_WORD for part in re.split(r"[\W_]+", piece))
    mixed = sum(bool(script.search(piece)) for script in _SCRIPTS) > 1
    return bool(_ADDRESS.search(piece)) or long or mixed or len(_TURN.findall(piece)) >= _FEWEST_TURNS
