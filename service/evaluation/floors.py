"""Bounds that the rates of an evaluation must keep: a file of floors and ceilings, and what passes them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.errors import BadInput

_KEYS = ("questions", "articles", "least", "most")
_SIDES = {"least": "below its floor of", "most": "above its ceiling of"}
_ERRORS = {"false_answer_rate": "false_refusal_rate", "false_refusal_rate": "false_answer_rate"}


@dataclass(frozen=True, slots=True)
class Bound:
    """The least or the most that the figure at ``path`` may be: "answers.pass_rate", "by_language.zh.…"."""

    path: str
    kind: Literal["least", "most"]
    value: float

    def fall(self, document: Mapping[str, Any]) -> str | None:
        """Say in one line how the document's figure passes the bound, or None where it keeps it."""
        found = _at(document, self.path)
        if found is None:
            return f"{self.path} was not measured, though it has a bound"
        keeps = found >= self.value if self.kind == "least" else found <= self.value
        return (
            None if keeps else f"{self.path} is {found:.6g}{self._beside(document)}, {_SIDES[self.kind]} {self.value:g}"
        )

    def _beside(self, document: Mapping[str, Any]) -> str:
        """Tell the other of the two errors beside one: either is lowered at the other's cost."""
        part, _, name = self.path.rpartition(".")
        other = _at(document, f"{part}.{_ERRORS[name]}") if name in _ERRORS else None
        return "" if other is None else f" ({_ERRORS[name]} {other:.6g})"


@dataclass(frozen=True, slots=True)
class Floors:
    """All bounds, and how many questions and articles they were measured on, None where the file doesn't say."""

    bounds: tuple[Bound, ...]
    questions: int | None = None
    articles: int | None = None

    def falls(self, document: Mapping[str, Any]) -> list[str]:
        """Return one line for each bound that is passed, and one where the bounds are those of another set."""
        lines = [
            f"the bounds were measured on {wanted} {what}, not on {document[what]}: measure them anew"
            for what, wanted in (("questions", self.questions), ("articles", self.articles))
            if wanted is not None and wanted != document[what]
        ]
        return lines + [line for bound in self.bounds if (line := bound.fall(document))]


def load_floors(path: Path) -> Floors:
    """Read a file of floors, as tests/quality_floor.toml is one; raises BadInput with the reason where it is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"the floors '{path}' can't be read: {error.strerror}") from error
    except ValueError as error:  # neither TOML nor UTF-8
        raise BadInput(f"the floors '{path}' can't be read: {' '.join(str(error).split())}") from error
    if unknown := sorted(content.keys() - set(_KEYS)):
        raise BadInput(f"the floors '{path}' hold '{unknown[0]}'; known are {', '.join(_KEYS)}")
    bounds = (*_bounds(path, "least", content.get("least", {})), *_bounds(path, "most", content.get("most", {})))
    if not bounds:
        raise BadInput(f"the floors '{path}' hold no bound: name rates under [least] or [most]")
    return Floors(bounds, _count(path, content, "questions"), _count(path, content, "articles"))


def _bounds(path: Path, kind: Literal["least", "most"], table: object) -> list[Bound]:
    if not isinstance(table, dict):
        raise BadInput(f"the floors '{path}' are wrong: '{kind}' must be a table")
    for name, value in table.items():
        if not _is_number(value):
            raise BadInput(f"the floors '{path}' are wrong: [{kind}] takes lines like \"answers.pass_rate\" = 0.9, "
                           f"the name in quotes, not '{name}'")  # fmt: skip
    return [Bound(name, kind, float(value)) for name, value in table.items()]


def _count(path: Path, content: Mapping[str, Any], what: str) -> int | None:
    value = content.get(what)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise BadInput(f"the floors '{path}' are wrong: '{what}' must be a whole number")
    return value


def _at(document: Mapping[str, Any], path: str) -> float | None:
    """Return the number at a dotted path, None where there is none."""
    found: Any = document
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return float(found) if _is_number(found) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
