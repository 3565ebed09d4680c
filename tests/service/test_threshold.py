"""One threshold for every answer: the default, the fitted one, and the default again where that is stale."""

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from corpus.backup import back_up
from corpus.errors import Unavailable
from corpus.language import Analyzer
from corpus.library import Library
from corpus.restore import restore
from service import threshold
from service.assistant import Assistant
from service.evaluation.report import threshold_rows
from service.retrieve import Retriever
from service.threshold import NOTE, THRESHOLD, Fitted, Gate, in_force, note_of, scores_of, store
from tests.service.small_library import FERRY, article, publish

QUESTION = "How many passengers did the ferry carry?"


class Notes:
    """A library of which only the notes matter."""

    def __init__(self, note: str | None = None, fingerprint: str = "f1") -> None:
        self.held, self.fingerprint = note, fingerprint

    def noted(self, name: str) -> str | None:
        return self.held if name == NOTE else None


def fitted(fingerprint: str = "f1", value: float = 0.6) -> Fitted:
    return Fitted(value, scores_of(fingerprint), "owner's 问题.jsonl", "abc", 40, 30, 0.1, 0.2, "2026-03-04")


def test_nothing_stored_is_the_default() -> None:
    found = in_force(Notes())
    assert (found.value, found.source, found.fitted) == (THRESHOLD, "default", None)


def test_what_is_stored_is_in_force() -> None:
    found = in_force(Notes(fitted().note()))
    assert (found.value, found.source, found.fitted) == (0.6, "fitted", fitted())
    assert found.told == "0.6, fitted on owner's 问题.jsonl on 2026-03-04"


def test_another_embedding_model_makes_it_stale() -> None:
    found = in_force(Notes(fitted().note(), fingerprint="f2"))
    assert (found.value, found.source, found.fitted) == (THRESHOLD, "stale", fitted())
    assert "is stale" in found.told
    assert "--fit" in found.told


def test_a_stale_one_of_the_default_value_is_told_as_stale() -> None:
    found = in_force(Notes(fitted(value=THRESHOLD).note(), fingerprint="f2"))
    assert (found.value, found.source, found.to_dict()["source"]) == (THRESHOLD, "stale", "stale")
    assert "is stale" in found.told
    assert threshold_rows({"threshold": found.to_dict() | {"before": None}}) == [("threshold", found.told)]
    assert in_force(Notes(fitted(value=THRESHOLD).note())).source == "fitted"


def test_other_scores_make_it_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    note = fitted().note()
    monkeypatch.setattr(threshold, "SCORES", "others")
    assert in_force(Notes(note)).source == "stale"


def test_a_stale_one_is_warned_of_once() -> None:
    library = Notes(fitted().note(), fingerprint="f2")
    gate = Gate(library)
    with capture_logs() as logs:
        assert not gate.admits(THRESHOLD - 0.01)
        assert gate.admits(THRESHOLD)
    assert [(line["log_level"], line["event"]) for line in logs] == [("warning", "the fitted threshold is stale")]
    library.held = fitted("f2").note()
    with capture_logs() as logs:
        assert not gate.admits(0.599)
    assert logs == []


@pytest.mark.parametrize("note", ["", "{}", '{"value": 2}', fitted(value=0.6).note().replace("0.6", "1.6")])
def test_a_note_that_is_none_is_one_clear_line(note: str) -> None:
    with pytest.raises(Unavailable, match="`insight eval --forget` goes back to the default"):
        in_force(Notes(note))


@pytest.fixture
def ferry(library: Library) -> Library:
    publish(library, article(FERRY))
    return library


def test_an_answer_is_held_against_it_at_once(ferry: Library, analyzer: Analyzer) -> None:
    retriever = Retriever(ferry, analyzer)
    assistant = Assistant(ferry, retriever, analyzer)
    answered = assistant.ask(QUESTION)
    assert answered.status == "answered"
    assert assistant.threshold().value < answered.confidence
    above = fitted(ferry.fingerprint, (1 + answered.confidence) / 2)
    ferry.note(NOTE, above.note())
    refused = assistant.ask(QUESTION)
    assert (refused.status, refused.confidence, refused.citations) == ("not_found", answered.confidence, ())
    ferry.note(NOTE, replace(above, value=answered.confidence / 2).note())
    assert assistant.ask(QUESTION).status == "answered"
    ferry.note(NOTE, None)
    assert assistant.threshold().source == "default"
    retriever.close()


class TestStored:
    def test_it_is_read_from_a_folder_that_another_has_opened(self, ferry: Library, tmp_path: Path) -> None:
        ferry.note(NOTE, fitted().note())
        assert note_of(tmp_path / "data") == fitted().note()

    def test_a_folder_without_a_library_has_none_and_gets_none(self, tmp_path: Path) -> None:
        assert note_of(tmp_path / "none") is None
        assert not (tmp_path / "none").exists()

    def test_it_is_stored_and_forgotten(self, tmp_path: Path, open_library: Callable[[Path], Library]) -> None:
        store(tmp_path / "new", fitted())
        library = open_library(tmp_path / "new")
        assert library.noted(NOTE) == fitted().note()
        assert library.count() == 0
        library.close()
        store(tmp_path / "new", None)
        assert note_of(tmp_path / "new") is None

    def test_the_folder_of_another_process_is_left_alone(self, ferry: Library, tmp_path: Path) -> None:
        with pytest.raises(Unavailable, match="in use"):
            store(tmp_path / "data", fitted())
        assert ferry.noted(NOTE) is None

    def test_it_is_in_the_backup(self, ferry: Library, tmp_path: Path) -> None:
        ferry.note(NOTE, fitted().note())
        back_up(tmp_path / "data", tmp_path / "library.zip")
        restore(tmp_path / "library.zip", tmp_path / "again")
        assert Fitted.parse(note_of(tmp_path / "again") or "") == fitted()


def test_it_is_plain_data() -> None:
    assert in_force(Notes(fitted().note())).to_dict() == {"value": 0.6, "source": "fitted", "fitted": asdict(fitted())}
