"""Bounds on the rates of an evaluation."""

from pathlib import Path
from typing import Any

import pytest

from corpus.errors import BadInput
from service.evaluation.floors import Bound, Floors, load_floors
from tests.service.evaluations import document

FILE = """
questions = 10
articles = 3
[least]
"answers.pass_rate" = 0.8
"by_language.zh.answers.pass_rate" = 0.7
[most]
"abstention.false_answer_rate" = 0.25
"latency_ms.p95" = 100
"""


@pytest.fixture
def floors(tmp_path: Path) -> Floors:
    path = tmp_path / "floor.toml"
    path.write_text(FILE, encoding="utf-8")
    return load_floors(path)


def test_a_file_is_read_bound_by_bound(floors: Floors) -> None:
    assert (floors.questions, floors.articles) == (10, 3)
    assert floors.bounds[1:3] == (
        Bound("by_language.zh.answers.pass_rate", "least", 0.7),
        Bound("abstention.false_answer_rate", "most", 0.25),
    )


def test_a_figure_on_its_bound_keeps_it(floors: Floors) -> None:
    assert floors.falls(document()) == []


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        pytest.param(
            {"answers__pass_rate": 0.79}, "answers.pass_rate is 0.79, below its floor of 0.8", id="below a floor"
        ),
        pytest.param(
            {"by_language__zh__answers__pass_rate": 0.5},
            "by_language.zh.answers.pass_rate is 0.5, below its floor of 0.7",
            id="of one language",
        ),
        pytest.param(
            {"abstention__false_answer_rate": 0.26},
            "abstention.false_answer_rate is 0.26 (false_refusal_rate 0), above its ceiling of 0.25",
            id="above a ceiling",
        ),
        pytest.param({"latency_ms__p95": 120.5}, "latency_ms.p95 is 120.5, above its ceiling of 100", id="a latency"),
        pytest.param({"answers__pass_rate": None}, "answers.pass_rate was not measured, though", id="not measured"),
        pytest.param({"abstention": None}, "abstention.false_answer_rate was not measured, though", id="no such part"),
        pytest.param({"questions": 9}, "the bounds were measured on 10 questions, not on 9: ", id="other questions"),
        pytest.param({"articles": 4}, "the bounds were measured on 3 articles, not on 4: ", id="other articles"),
    ],
)
def test_each_fall_is_one_line(floors: Floors, changed: dict[str, Any], line: str) -> None:
    (fall,) = floors.falls(document(**changed))
    assert fall.startswith(line)


def test_without_counts_any_set_will_do(tmp_path: Path) -> None:
    path = tmp_path / "floor.toml"
    path.write_text('[least]\n"citations.exact" = 1\n', encoding="utf-8")
    assert load_floors(path).falls(document(questions=7, articles=1)) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(None, "can't be read: No such file", id="no file"),
        pytest.param("[least", "can't be read: ", id="not TOML"),
        pytest.param(b"\xff", "can't be read: ", id="not text"),
        pytest.param("", "hold no bound", id="empty"),
        pytest.param('[least]\n"a" = 1\n[lest]', "hold 'lest'; known are questions, ", id="misspelt"),
        pytest.param("least = 3", "'least' must be a table", id="no table"),
        pytest.param("[least]\nanswers.pass_rate = 0.9", "the name in quotes, not 'answers'", id="no quotes"),
        pytest.param('[most]\n"a" = "0.9"', "the name in quotes, not 'a'", id="no number"),
        pytest.param('questions = "10"\n[least]\n"a" = 1', "'questions' must be a whole number", id="no count"),
    ],
)
def test_a_wrong_file_is_named_in_one_line(tmp_path: Path, content: str | bytes | None, says: str) -> None:
    path = tmp_path / "floor.toml"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadInput, match=r"the floors '.*floor\.toml'") as refusal:
        load_floors(path)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)
