"""``insight bench`` at the command line; the measuring itself is tests/service/test_bench.py's."""

import json
from pathlib import Path

import pytest

from corpus.errors import Unavailable
from corpus.records import Progress
from service.bench.run import GROWTH, Plan
from tests.service.bench_figures import document, size


@pytest.fixture
def seen(monkeypatch):
    """What the command asks for; the figures are there at once."""
    asked = {}

    def measure(settings, plan, **wanted):
        asked.update(wanted, plan=plan)
        wanted["on_progress"](Progress("searching", 0))
        return document(size(10_000, peer=False), peer=False)

    monkeypatch.setattr("service.bench.run.measure", measure)
    return asked


def test_the_figures_are_one_document(insight, capsys, seen):
    assert insight("bench", "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == document(size(10_000, peer=False), peer=False)
    assert said.err == "note: measured without the peer\n"
    assert seen["plan"] == Plan()
    assert seen["peer"] is None


def test_the_figures_are_tables(insight, capsys, seen):
    assert insight("bench", "--peer", "elsewhere/python") == 0
    rows = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "10,000 passages: search p50, ms 5" in rows
    assert "one question embedded / the reference's at most 0.25 0.20 met" in rows
    assert seen["peer"] == Path("elsewhere/python")


@pytest.mark.parametrize(
    ("options", "sizes", "rounds"),
    [
        pytest.param([], (10_000,), 3, id="default"),
        pytest.param(["--growth"], GROWTH, 3, id="growth"),
        pytest.param(["--quick"], (1_000,), 2, id="quick"),
        pytest.param(["--quick", "--growth"], GROWTH, 2, id="quick-growth"),
        pytest.param(["--passages", "3000", "--passages", "200", "--passages", "200"], (200, 3000), 3, id="named"),
    ],
)
def test_options_choose_what_is_measured(insight, seen, options, sizes, rounds):
    assert insight("bench", *options, "--json") == 0
    assert (seen["plan"].sizes, seen["plan"].rounds) == (sizes, rounds)


def test_a_saved_run_is_the_document(insight, capsys, seen):
    assert insight("bench", "--save", "run.json", "--json") == 0
    assert json.loads(Path("run.json").read_text("utf-8")) == json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        pytest.param(["--growth", "--passages", "500"], "--growth", id="sizes-twice"),
        pytest.param(["--passages", "3"], "--passages", id="too-few"),
        pytest.param(["--passages", "many"], "--passages", id="no-number"),
        pytest.param(["--save", "nowhere/run.json"], "--save", id="no-such-folder"),
        pytest.param(["--save", "."], "--save", id="a-folder"),
        pytest.param(["--fast"], "--fast", id="unknown"),
    ],
)
def test_wrong_options_are_refused_before_anything_is_done(insight, capsys, seen, options, named):
    assert insight("bench", *options) == 2
    said = capsys.readouterr()
    assert named in said.err
    assert (said.out, seen) == ("", {})


def test_what_can_not_be_measured_is_one_line(insight, capsys, monkeypatch):
    def measure(settings, plan, **wanted):
        raise Unavailable("'python9' can't be run as a Python interpreter; name another with --peer")

    monkeypatch.setattr("service.bench.run.measure", measure)
    assert insight("bench", "--peer", "python9", "--json") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "error: 'python9' can't be run as a Python interpreter; name another with --peer\n"
