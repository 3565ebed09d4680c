"""How a reply is laid out: the paragraphs and lists that its answer keeps, and the lines that are headings."""

import re
from dataclasses import dataclass

_MARK = re.compile(
    r"(?P<bullet>[-*•+]\s+)"
    r"|(?P<number>\d{1,2}[.)、）](?!\d)|[(（][\d一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,2}、|[①-⑳])\s*"
)
_ONE = re.compile(r"[(（]?(?:1|一)\D*$|①")
_HEADING = re.compile(r"#{1,6}\s")
_BOLD = re.compile(r"(\*\*|__)(?:(?!\1).)+\1[.。]?$")
_NESTED = 2  # blanks by which an item is moved in under another


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands before a sentence in a reply.

    ``lines`` counts the ends of lines, 0 within a paragraph; ``mark`` is "-" or "1" where it begins an item of a list,
    ``first`` that this is the first number; ``indent`` counts the blanks before it. ``heading`` says that nothing else
    is on its line, or that its bold words lead an item in.
    """

    lines: int = 0
    mark: str = ""
    first: bool = False
    indent: int = 0
    heading: bool = False

    def is_under(self, item: "Layout") -> bool:
        """Whether this begins a line that is moved in under an item."""
        return bool(self.lines) and self.indent >= item.indent + _NESTED


def laid_out(gap: str, raw: str) -> Layout:
    """Read the layout of a raw sentence from it and from the white space between it and the last one, ``gap``."""
    whole = gap + raw
    line = whole.lstrip()
    space = whole[: len(whole) - len(line)]
    if "\n" not in space:
        return Layout()
    mark = _MARK.match(line)
    body = (line[mark.end() :] if mark else line).rstrip()
    return Layout(
        lines=space.count("\n"),
        mark="" if mark is None else "-" if mark["bullet"] else "1",
        first=bool(mark and mark["number"] and _ONE.match(mark["number"])),
        indent=len(space) - space.rindex("\n") - 1,
        heading=bool(_HEADING.match(body) or _BOLD.fullmatch(body)),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence is to stand: how many lines below, as which kind of item.

    ``nested`` says that it stood under another item, ``deep`` that it does so still, as that one is shown.
    """

    lines: int = 0
    mark: str = ""
    nested: bool = False
    deep: bool = False


class Places:
    """Gives the sentences of an answer their places, so that those left out leave no gap and no number behind.

    ``pending`` is the place of the next one: an item whose first sentence is left out begins with its second.
    """

    def __init__(self) -> None:
        self.pending = Place()
        self._outer: int | None = None  # indent of the list that is open
        self._numbers = [0, 0]  # shown last, of the list and of the one within
        self._parent = False  # whether the item that nested ones stand under is shown
        self._last: Place | None = None

    def see(self, layout: Layout) -> None:
        """Take note of a sentence's layout, whether it is shown or not."""
        if not layout.lines:
            return
        inside = self._outer is not None and layout.indent >= self._outer + _NESTED
        if not layout.mark:
            if inside:
                return  # it goes on with its item
            self._outer = None
            self.pending = Place(max(layout.lines, 0 if self.pending.mark else self.pending.lines))
            return
        self._outer = layout.indent if self._outer is None else min(self._outer, layout.indent)
        if layout.first:
            self._numbers[inside] = 0
        self._parent = self._parent and inside
        self.pending = Place(layout.lines, layout.mark, nested=inside, deep=inside and self._parent)

    def take(self, place: Place | None = None) -> str:
        """Return what stands before a sentence that is shown at ``place``, by default the pending one."""
        if place is None:
            place, self.pending = self.pending, Place()
        before, self._last = self._last, place if place.lines or self._last is None else self._last
        if not place.mark:
            if before is None or not place.lines:
                return " " if before else ""
            return "\n\n" if place.lines > 1 or before.mark else "\n"
        self._parent = self._parent or not place.nested
        self._numbers[place.deep] += 1
        mark = "-" if place.mark == "-" else f"{self._numbers[place.deep]}."
        return ("\n" if before else "") + "  " * place.deep + mark + " "
