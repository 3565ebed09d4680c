"""``insight backup`` and ``insight restore`` at the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.library import Library
from tests.corpus.examples import make_article, passages_of

Insight = Callable[..., int]


@pytest.fixture
def held(library: Library) -> Library:
    """A library of one article, open as a server would have it, in the data folder of ``insight``."""
    article = make_article("a", "The mill has twelve wheels.")
    library.publish(article, passages_of(article))
    return library


def test_there_and_back(
    insight: Insight, held: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert insight("backup", "saved.zip") == 0
    said = capsys.readouterr()
    assert said.out.startswith("saved.zip: 1 articles, 1 passages, as of ")
    assert said.err == ""
    monkeypatch.setenv("INSIGHT_DATA_DIR", str(tmp_path / "new"))
    assert insight("restore", "saved.zip") == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"restored into {tmp_path / 'new'}: 1 articles")
    assert said.err == "the index is built at the next start; `insight verify --repair` builds it now\n"
    assert insight("articles", "show", "a") == 0
    assert "The mill has twelve wheels." in capsys.readouterr().out


def test_json_is_one_document(
    insight: Insight, held: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert insight("backup", "saved.zip", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["file"] == "saved.zip"
    assert made["bytes"] == (tmp_path / "saved.zip").stat().st_size
    assert (made["manifest"]["articles"], made["manifest"]["fingerprint"]) == (1, held.fingerprint)
    monkeypatch.setenv("INSIGHT_DATA_DIR", str(tmp_path / "new"))
    assert insight("restore", "saved.zip", "--json") == 0
    restored = json.loads(capsys.readouterr().out)
    assert restored == {"file": "saved.zip", "data_dir": str(tmp_path / "new"), "manifest": made["manifest"]}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(("backup", "here.txt"), "'here.txt' exists already; name another", id="exists"),
        pytest.param(("backup", "none/b.zip"), "there is no folder 'none' for the backup", id="no folder"),
        pytest.param(("restore", "none.zip"), "there is no file 'none.zip'", id="no file"),
        pytest.param(("restore", "here.txt"), "'here.txt' is damaged or no backup: ", id="no backup"),
    ],
)
def test_what_fails_is_one_line(
    insight: Insight, held: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    (tmp_path / "here.txt").write_text("mine", encoding="utf-8")
    assert insight(*arguments) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"error: {says}")
    assert said.err.count("\n") == 1
    assert (tmp_path / "here.txt").read_text(encoding="utf-8") == "mine"


def test_force_replaces(insight: Insight, held: Library, tmp_path: Path) -> None:
    (tmp_path / "here.zip").write_text("mine", encoding="utf-8")
    assert insight("backup", "here.zip", "--force") == 0
    assert (tmp_path / "here.zip").read_bytes().startswith(b"PK")


def test_a_held_folder_is_not_restored_into(
    insight: Insight, held: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert insight("backup", "saved.zip") == 0
    assert insight("restore", "saved.zip") == 1
    assert "in use by process" in capsys.readouterr().err
    held.close()
    assert insight("restore", "saved.zip") == 1
    assert (
        "holds a library; move its contents away, or name a new folder by INSIGHT_DATA_DIR" in capsys.readouterr().err
    )
