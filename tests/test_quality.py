"""Answer quality, pinned like any other behaviour: the bounds stand in ``quality_floor.toml``."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.evaluate import evaluate
from service.settings import Settings
from service.wiring import STARTER_ARTICLES

FLOOR = tomllib.loads((Path(__file__).parent / "quality_floor.toml").read_text(encoding="utf-8"))
SettingsFor = Callable[..., Settings]


def rate(document: dict[str, Any], path: str) -> float:
    found: Any = document
    for key in path.split("."):
        found = found[key]
    return float(found)


def failures(document: dict[str, Any]) -> str:
    return "\n".join(f"{one['id']} {one['question']} {one['why']}" for one in document["answers"]["failures"])


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory, settings_for: SettingsFor) -> dict[str, Any]:
    """The evaluation of the starter articles."""
    return evaluate(
        settings_for(tmp_path_factory.mktemp("quality")),
        articles=str(STARTER_ARTICLES),
        questions=STARTER_ARTICLES.parent / "questions.jsonl",
        claims=None,
    )


def test_the_bounds_were_measured_on_this_set(starter: dict[str, Any]) -> None:
    measured = (FLOOR["questions"], FLOOR["articles"])
    assert (starter["questions"], starter["articles"]) == measured, "the set changed: measure the bounds anew"
    assert starter["unknown_articles"] == []


@pytest.mark.parametrize("path", FLOOR["least"])
def test_no_rate_falls_below_its_floor(starter: dict[str, Any], path: str) -> None:
    assert rate(starter, path) >= FLOOR["least"][path], failures(starter)


@pytest.mark.parametrize("path", FLOOR["most"])
def test_no_rate_rises_above_its_ceiling(starter: dict[str, Any], path: str) -> None:
    assert rate(starter, path) <= FLOOR["most"][path], failures(starter)


def test_the_seed_questions_all_pass(
    shared: Path, tmp_path_factory: pytest.TempPathFactory, settings_for: SettingsFor
) -> None:
    (post,) = (shared / "seed").glob("*.txt")
    document = evaluate(
        settings_for(tmp_path_factory.mktemp("seed")),
        articles=str(post),
        questions=shared / "seed" / "questions.jsonl",
        claims=None,
    )
    assert document["answers"]["pass_rate"] == 1.0, failures(document)
    assert document["citations"]["exact"] == 1.0
