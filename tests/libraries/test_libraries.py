"""Answers from libraries that nothing was made for, see ``README.md`` beside it: the bounds stand with each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.evaluate import evaluate
from service.evaluation.floors import Floors, load_floors
from service.settings import Settings

LIBRARIES = sorted(floor.parent for floor in Path(__file__).parent.glob("*/floor.toml"))


@pytest.mark.parametrize("library", [pytest.param(path, id=path.name) for path in LIBRARIES])
def test_no_rate_passes_its_bound(library: Path, tmp_path: Path, settings_for: Callable[..., Settings]) -> None:
    document: dict[str, Any] = evaluate(
        settings_for(tmp_path),
        articles=str(library / "articles.jsonl"),
        questions=library / "questions.jsonl",
        claims=None,
    )
    floors: Floors = load_floors(library / "floor.toml")
    assert floors.falls(document) == []
