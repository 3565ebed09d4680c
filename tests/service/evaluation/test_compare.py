"""Two runs side by side: what each difference means, and what else sets the runs apart."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import BadInput
from service.evaluation.compare import Change, Comparison, compare, load_run, table
from tests.service.evaluations import FAILURES, document, save


def compared(first: dict[str, Any] | None = None, **second: Any) -> Comparison:
    return compare(("a.json", "b.json"), first or document(), document(**second))


def change(comparison: Comparison, label: str) -> Change:
    (found,) = [one for one in comparison.changes if one.figure.label == label]
    return found


@pytest.mark.parametrize(
    ("path", "value", "shown", "verdict"),
    [
        pytest.param("answers__pass_rate", 0.9, "+0.100", "better", id="a rate that rose"),
        pytest.param("answers__pass_rate", 0.7, "-0.100", "worse", id="a rate that fell"),
        pytest.param("answers__pass_rate", 0.8 + 1e-12, "", "same", id="a sum in another order"),
        pytest.param("citations__exact", 0.9999, "-0.0001", "worse", id="a fall that three places don't show"),
        pytest.param("abstention__false_answer_rate", 0.5, "+0.250", "worse", id="false answers that rose"),
        pytest.param("abstention__false_answer_rate", 0.0, "-0.250", "better", id="false answers that fell"),
        pytest.param("latency_ms__p50", 43.0, "+3.0", "same", id="a latency within a tenth"),
        pytest.param("latency_ms__p50", 50.0, "+10.0", "worse", id="a latency that rose"),
        pytest.param("latency_ms__p50", 20.0, "-20.0", "better", id="a latency that fell"),
        pytest.param("answers__sentences_mean", 2.0, "+0.500", "differs", id="longer answers"),
        pytest.param("citations__count", 10, "(count -2)", "same", id="a count alone"),
        pytest.param("retrieval__mrr_at_10", None, "", None, id="no longer measured"),
        pytest.param("by_language__zh__citations__exact", 0.5, "-0.500", "worse", id="one language"),
    ],
)
def test_what_became_of_a_figure(path: str, value: float | None, shown: str, verdict: str | None) -> None:
    key = path.removeprefix("by_language__").split("__")
    label = f"{key[0]}: {'.'.join(key[1:])}" if len(key) == 3 else ".".join(key).replace(".count", ".exact")
    found = change(compared(**{path: value}), label)
    assert (found.shown, found.verdict) == (shown, verdict)


def test_what_one_run_alone_measured_is_told() -> None:
    comparison = compared(evidence={"precision": 0.5, "recall": 0.5, "f1": 0.5, "count": 4})
    assert change(comparison, "evidence.f1").first is None
    assert ("evidence.f1", "-", "0.500 of 4", "", "") in table(comparison)


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        pytest.param({}, None, id="the same"),
        pytest.param({"answers__pass_rate": 0.9}, None, id="another figure"),
        pytest.param({"sets__questions": "xxx"}, "the questions differ: ", id="questions"),
        pytest.param({"sets__articles": "xxx"}, "the articles differ: ", id="articles"),
        pytest.param({"sets__claims": "xxx"}, "the claims differ: ", id="claims"),
        pytest.param({"mode": "llm"}, "the modes differ: quotes and llm", id="mode"),
        pytest.param({"fingerprint": "f2"}, "the fingerprints differ: f1 and f2", id="fingerprint"),
        pytest.param({"reranker": "r"}, "the rerankers differ: none and r", id="reranker"),
        pytest.param({"answers__failures": FAILURES[:1]}, "not every failure is listed", id="a list cut short"),
    ],
)
def test_what_else_differs_is_noted(changed: dict[str, Any], note: str | None) -> None:
    notes = compared(**changed).notes
    assert len(notes) == (note is not None)
    assert note is None or notes[0].startswith(note)


def test_outcomes_of_questions() -> None:
    fresh = {"id": "q3", "question": "Since when?", "why": "lacks '2019'"}
    comparison = compared(answers__failures=[FAILURES[1], fresh])
    assert [[one["id"] for one in group] for group in (comparison.broken, comparison.mended, comparison.still)] == [
        ["q3"],
        ["q1"],
        ["q2"],
    ]


def test_the_table_shows_both_runs() -> None:
    rows = table(compared(answers__pass_rate=0.9, answers__count=20, questions=20))
    assert rows[0] == ("questions", "10", "20", "+10", "")
    assert rows[2] == ("answers.pass_rate", "0.800 of 10", "0.900 of 20", "+0.100 (count +10)", "better")
    assert ("citations.exact", "1.000 of 12", "1.000 of 12", "", "") in rows


def test_claims_alone_compare() -> None:
    empty = dict.fromkeys(("answers", "retrieval", "abstention", "citations", "latency_ms"))
    claims = {"auc": 0.75, "f1": 0.5, "count": 4, "supported": 2}
    first = document(**empty, by_language={}, claims=claims)
    comparison = compared(first, **empty, by_language={}, claims=claims | {"auc": 0.8})
    assert [(one.figure.key, one.verdict) for one in comparison.changes] == [
        ("claims.auc", "better"),
        ("claims.f1", "same"),
    ]


def test_the_comparison_is_json() -> None:
    whole = compared(answers__pass_rate=0.9).to_dict()
    assert json.loads(json.dumps(whole, allow_nan=False)) == whole
    assert whole["figures"][0] == {
        "language": None,
        "figure": "answers.pass_rate",
        "values": [0.8, 0.9],
        "counts": [10, 10],
        "difference": pytest.approx(0.1),
        "verdict": "better",
    }


def test_a_saved_run_is_read_as_it_was(tmp_path: Path) -> None:
    assert load_run(save(tmp_path / "a.json")) == document()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(None, "can't be read: No such file", id="no file"),
        pytest.param("{oops", "is no run of `insight eval --save`: Expecting", id="not JSON"),
        pytest.param(b"\xff", "is no run of `insight eval --save`", id="not text"),
        pytest.param("[1]", "is no run of `insight eval --save`", id="a list"),
        pytest.param('{"questions": 3}', "is no run of `insight eval --save`: articles: ", id="something else"),
        pytest.param(json.dumps(document(answers=7)), "--save`: answers: ", id="a part that is no table"),
        pytest.param(json.dumps(document(citations__exact="1")), "--save`: citations.exact", id="a rate in quotes"),
        pytest.param(json.dumps(document(citations__exact=float("nan"))), "--save`: citations.exact", id="no number"),
        pytest.param(json.dumps(document(answers__failures=[{"id": 1}])), "--save`: answers.failures.0", id="failure"),
    ],
)
def test_a_file_that_is_no_run_is_named_in_one_line(tmp_path: Path, content: str | bytes | None, says: str) -> None:
    path = tmp_path / "run.json"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadInput, match=r"run\.json") as refusal:
        load_run(path)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)
