"""What a reader sees otherwise than the bare text says: marks of footnotes, exponents, numbers that count up."""

import re
from typing import Any

_MARK = re.compile(r"[\[(（【]\s*(?:\d{1,3}|[a-z])(?:\s*[,，、–-]\s*\d{1,3})*\s*[\])）】]|[*†‡§]+")
_POWER = re.compile(r"[+\-−–]?\d{1,3}")
_NUMBER = re.compile(r"\d[\d.,]*")
_NOTE_NAME = re.compile(r"(?<![a-z])(?:fn|footnotes?|noteref|reference)(?![a-z])")
_BACK = re.compile("\\s*[\ufe0e\ufe0f↩↑↵⏎⤴⮐^][\\s\ufe0e\ufe0f]*")  # also where a feed made a picture of the arrow
_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")


def raised(before: str, text: str) -> str:
    """Return what stands raised behind ``before`` as plain text has it: nothing where it is the mark of a footnote.

    A raised number never reads as more digits of the number before it: "10^6", "m²".
    """
    text = text.strip()
    if _MARK.fullmatch(text):
        return ""
    if not _POWER.fullmatch(text):
        return text
    return f"^{text}" if before[-1:].isdigit() else text.translate(_RAISED)


def write_as_shown(tree: Any) -> None:
    """Write into a tree's text what its page shows, and take out the marks by which footnotes are reached and left."""
    for element in list(tree.iter("sup")):
        note = _note_mark(element)
        if note is not None:
            _write(note, "")
        elif (written := raised(_before(element), element.text_content())) != element.text_content().strip():
            _write(element, written)
    for link in list(tree.iter("a")):
        if _leads_within(link) and (link.get("role") == "doc-noteref" or _BACK.fullmatch(link.text_content())):
            _write(link, "")
    for counter in tree.iter("span"):  # Elementor's counters begin at 0, and a script counts up
        value = counter.get("data-to-value", "")
        if _NUMBER.fullmatch(value) and len(counter) == 0:
            _write(counter, value)


def _write(element: Any, text: str) -> None:
    """Put a text in the place of all that an element holds; taking out thousands of elements would take minutes."""
    element[:] = []
    element.text = text
    element.tag = "span"


def _note_mark(element: Any) -> Any | None:
    """Return what marks a footnote here: the raised element, or the link around it; None where it is no such mark."""
    holder = element.getparent()
    if holder is not None and holder.tag == "a" and _leads_within(holder):
        alone = (
            element.getprevious() is None is element.getnext()
            and holder.text_content().strip() == element.text_content().strip()
        )
        return holder if alone else element
    named = _NOTE_NAME.search((element.get("class") or "").lower()) is not None
    return element if named or any(_leads_within(link) for link in element.iter("a")) else None


def _leads_within(link: Any) -> bool:
    return "#" in (link.get("href") or "")


def _before(element: Any) -> str:
    """Return the words that stand before an element in the same line, as far as they are needed."""
    previous = element.getprevious()
    found: str | None = element.getparent().text if previous is None else previous.tail or previous.text_content()
    return found or ""
