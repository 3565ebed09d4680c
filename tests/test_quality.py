"""Answer quality, pinned like any other behaviour: the bounds stand in ``quality_floor.toml``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.evaluate import evaluate
from service.evaluation.floors import Bound, Floors, load_floors
from service.settings import Settings
from service.wiring import STARTER_ARTICLES

FLOORS = load_floors(Path(__file__).parent / "quality_floor.toml")
SettingsFor = Callable[..., Settings]


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
    assert Floors((), FLOORS.questions, FLOORS.articles).falls(starter) == []
    assert starter["unknown_articles"] == []


@pytest.mark.parametrize("bound", [pytest.param(bound, id=bound.path) for bound in FLOORS.bounds])
def test_no_rate_passes_its_bound(starter: dict[str, Any], bound: Bound) -> None:
    assert bound.fall(starter) is None, failures(starter)


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
