"""Question and claim sets for an evaluation: one JSON object a line, read into frozen dataclasses.

Keys that are not known here are ignored, so that a set may carry notes of its own; an optional key may be null.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import BadInput
from corpus.language import CHINESE_CHAR, detect
from service.answer import Turn

LABELS = ("supported", "partially_supported", "not_supported")
_KINDS: dict[type, str] = {str: "a string", bool: "true or false", list: "a list"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """One question and what is known of its answer.

    ``gold_articles`` and ``near_article`` name articles; ``evidence`` holds the sentences that answer.
    ``expect`` and ``reject`` are the strings that an answer must and must not hold; a question where both
    are None is not scored for passing.
    """

    id: str
    question: str
    language: str
    answerable: bool
    gold_articles: tuple[str, ...] = ()
    near_article: str | None = None
    evidence: tuple[str, ...] = ()
    answer: str | None = None
    expect: tuple[str, ...] | None = None
    reject: tuple[str, ...] | None = None
    history: tuple[Turn, ...] = ()

    @property
    def short_answer(self) -> str | None:
        """The answer where one can look for it as a string: at most 12 words, or 30 characters of Chinese."""
        if not self.answerable or not self.answer or not self.answer.strip():
            return None
        short = len(self.answer) <= 30 if CHINESE_CHAR.search(self.answer) else len(self.answer.split()) <= 12
        return self.answer if short else None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, the sentences of the page that it cites, and whether they support it (one of ``LABELS``)."""

    id: str
    claim: str
    label: str
    evidence: tuple[str, ...]


def load_questions(path: Path) -> list[Question]:
    """Read a question set; raises BadInput with the file, the line and the reason where it can't be read."""
    return _load(path, "questions", _question)


def load_claims(path: Path) -> list[Claim]:
    """Read a claim set; raises BadInput with the file, the line and the reason where it can't be read."""
    return _load(path, "claims", _claim)


def _question(row: "_Row") -> Question:
    question = row.text("question")
    expect, reject = (row.texts(key) if row.has(key) else None for key in ("expect", "reject"))
    if not all(wanted.strip() for wanted in (*(expect or ()), *(reject or ()))):
        raise row.wrong("'expect' and 'reject' must not hold empty strings: every answer holds those")
    return Question(
        id=row.text("id"),
        question=question,
        language=row.text("lang") if row.has("lang") else detect(question),
        answerable=row.flag("answerable"),
        gold_articles=row.texts("gold_articles") if row.has("gold_articles") else (),
        near_article=row.text("near_article") if row.has("near_article") else None,
        evidence=row.texts("evidence") if row.has("evidence") else (),
        answer=row.text("answer") if row.has("answer") else None,
        expect=expect,
        reject=reject,
        history=row.turns("history") if row.has("history") else (),
    )


def _claim(row: "_Row") -> Claim:
    label = row.text("label")
    if label not in LABELS:
        raise row.wrong(f"'label' must be one of {', '.join(LABELS)}, not '{label}'")
    return Claim(
        id=row.text("id") if row.has("id") else f"line-{row.line}",
        claim=row.text("claim"),
        label=label,
        evidence=row.texts("evidence"),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a set; every look at it names the file and the line in its error."""

    path: Path
    line: int
    values: Mapping[str, Any]

    def has(self, key: str) -> bool:
        return self.values.get(key) is not None

    def text(self, key: str) -> str:
        value = self._of(key, str)
        if not value.strip():
            raise self.wrong(f"'{key}' is empty")
        return str(value)

    def flag(self, key: str) -> bool:
        return bool(self._of(key, bool))

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._of(key, list)
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(f"'{key}' must be a list of strings")
        return tuple(values)

    def turns(self, key: str) -> tuple[Turn, ...]:
        return tuple(self._turn(key, value) for value in self._of(key, list))

    def _turn(self, key: str, value: object) -> Turn:
        match value:
            case str():
                return Turn("user", value)
            case {"role": "user" | "assistant" as role, "content": str() as content}:
                return Turn(role, content)
            case _:
                raise self.wrong(f"'{key}' must hold strings, or objects with 'role' (user, assistant) and 'content'")

    def _of(self, key: str, kind: type) -> Any:
        value = self.values.get(key)
        if value is None:
            raise self.wrong(f"'{key}' is missing")
        if not isinstance(value, kind):
            raise self.wrong(f"'{key}' must be {_KINDS[kind]}, not {json.dumps(value, ensure_ascii=False)[:60]}")
        return value

    def wrong(self, reason: str) -> BadInput:
        return BadInput(f"{self.path}, line {self.line}: {reason}")


def _load(path: Path, what: str, build: Callable[[_Row], T]) -> list[T]:
    items = [build(row) for row in _rows(path)]
    if not items:
        raise BadInput(f"{path} holds no {what}: write one JSON object a line")
    return items


def _rows(path: Path) -> Iterator[_Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput(f"{path} does not exist: name a file with one JSON object a line") from error
    except OSError as error:
        raise BadInput(f"{path} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    # Only line feeds part the lines: splitlines() would also cut at a separator inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _Row(path, number, _object(path, number, line))


def _object(path: Path, number: int, line: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadInput(f"{path}, line {number}: not JSON at column {error.colno} ({error.msg})") from error
    if not isinstance(value, dict):
        raise BadInput(f"{path}, line {number}: not a JSON object")
    return value
