"""What a reply puts into a table or into JSON, as the plain lines that it might have been.

A row of a table becomes an item of a list, which says of the row's first cell what the others hold, in the words of the
table's head; where the head begins with an empty cell, it names what the rows tell of. Of JSON the answer is read.
"""

import json
import re
from collections.abc import Iterator, Sequence

from corpus.language import CHINESE_CHAR

_ROW = re.compile(r"\s*\|.*\S")
_RULE = re.compile(r"(?=[^-]*-)[\s|:-]*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_ENDS = re.compile(r"[.!?。！？](?:\s*[\[【(（][^\]】)）\n]*[\]】)）])*$")
_JSON = re.compile(r"\s*(?:```\w*\s*)?\{\s*\"")
_MAY_BE_JSON = re.compile(r"\s*(?:`{0,3}|```\w*\s*(?:\{\s*)?|\{\s*)")
_CITED = re.compile(r"\W*S-[0-9a-f]{4}\W*", re.IGNORECASE)
_KEYS = re.compile(r"[\[【(（]*S\W?[0-9a-f]{4}[\]】)）]*", re.IGNORECASE)
_ANSWER = "answer"


class Structured:
    """Takes a reply's pieces, wherever they were cut, and passes them on as text without tables and JSON."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = False  # whether it is known that the reply is no JSON
        self._in_line = False  # whether the beginning of the line is passed on already
        self._head: list[str] | None = None
        self._ruled = False  # whether the rule under the head was seen

    def feed(self, piece: str) -> str:
        """Take the next piece; return the text that is known by now."""
        self._held += piece
        if not self._begun:
            if _MAY_BE_JSON.fullmatch(self._held) or _JSON.match(self._held):
                return ""
            self._begun = True
        return "".join(self._lines())

    def close(self) -> str:
        """Return what is left when the reply is over."""
        if not self._begun and _JSON.match(self._held):
            self._held = _answer_of(self._held)
        self._begun = True
        rest, self._held = "".join(self._lines()) + self._line(self._held), ""
        return rest + self._end_of_table()

    def _lines(self) -> Iterator[str]:
        """Yield the lines that are whole, and of the last one as much as can be no row of a table."""
        *whole, self._held = self._held.split("\n")
        for line in whole:
            yield self._line(f"{line}\n")
        if self._held.strip() and (self._in_line or not self._held.lstrip().startswith("|")):
            yield self._line(self._held)
            self._held, self._in_line = "", True

    def _line(self, line: str) -> str:
        begins, self._in_line = not self._in_line, False
        if not begins or not _ROW.match(line):
            return self._end_of_table() + line
        if _RULE.match(line):
            self._ruled = True
            return ""
        cells = [cell.strip() for cell in _CELL_END.split(line.strip().strip("|"))]
        if self._head is None:
            self._head = cells
            return ""
        before = "" if self._ruled else _item((), self._head)  # it has no head, but this row before
        self._head, self._ruled = self._head if self._ruled else [], True
        return before + _item(self._head, cells)

    def _end_of_table(self) -> str:
        head, self._head = self._head, None
        ruled, self._ruled = self._ruled, False
        return "" if head is None or ruled else _item((), head)


def _item(head: Sequence[str], cells: Sequence[str]) -> str:
    """Write a row as an item of a list."""
    keys = "".join(cell for cell in cells if _says_nothing(cell))
    label, *told = ("" if _says_nothing(cell) else cell for cell in cells)
    names = [*head[1:], *[""] * len(told)]
    said = [(name, cell) for name, cell in zip(names, told, strict=False) if cell]
    colon = "：" if CHINESE_CHAR.search(label) else ": "
    if not said:
        items = [label] if label else []
    elif any(_ENDS.search(cell) for _, cell in said):
        sentences = " ".join(cell if _ENDS.search(cell) else f"{cell}." for _, cell in said)
        items = [f"{label}{colon}{sentences}" if label else sentences]
    elif head and not head[0]:
        items = [f"{name} – {_small(label)}{colon}{cell}" for name, cell in said]
    else:
        items = [f"{label} – {_small(name)}{colon}{cell}" if name else f"{label}{colon}{cell}" for name, cell in said]
    return "".join(f"- {item} {keys}".rstrip() + "\n" for item in items)


def _says_nothing(cell: str) -> bool:
    return not any(map(str.isalnum, _KEYS.sub("", cell)))


def _small(word: str) -> str:
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def _answer_of(text: str) -> str:
    """Return the answer that JSON holds, or its longest text, with the keys that stand apart; else it as it is."""
    try:
        read, _ = json.JSONDecoder().raw_decode(text[text.index("{") :])
    except json.JSONDecodeError:
        return text
    texts = list(_texts(read))
    keys = [each for each in texts if _CITED.fullmatch(each)]
    answer = "\n".join(_texts(read.get(_ANSWER))) or max(texts, key=len, default="")
    return f"{answer} {''.join(f'[{key}]' for key in keys if key not in answer)}"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
