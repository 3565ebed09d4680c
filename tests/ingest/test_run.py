import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import BadInput, InsightError, Unavailable
from corpus.library import Library
from corpus.records import Outcome, Progress, Run
from ingest import read, settle
from ingest import run as run_module
from ingest.run import LibraryPort, Rules, run_ingest
from ingest.split import SPLITTER

Write = Callable[..., Path]
NOW = datetime(2025, 11, 20, 8, 30, tzinfo=UTC)


def port(library: Library) -> LibraryPort:
    """The type checker sees here that the real library is one that a run can write to."""
    return library


def outcomes(run: Run) -> dict[str, str]:
    return {item.address: item.outcome.value for item in run.items}


def ingest(library: LibraryPort, *places: Path, dry_run: bool = False) -> Run:
    return run_ingest(library, [str(place) for place in places], rules=Rules(dry_run=dry_run), clock=lambda: NOW)


def essay(number: int) -> str:
    return f"# Essay {number}\n\nThis is what essay {number} has to say on the matter of the number {number}.\n"


def test_a_first_run_adds_and_refuses(library: Any, folder: Write) -> None:
    place = folder({"a.md": essay(1), "b.md": "---\ntitle: [\n---\nx", "c.txt": b"\x00", "d.md": essay(4), "e.txt": ""})
    run = ingest(library, place)
    assert outcomes(run) == {
        "posts/a.md": "added",
        "posts/b.md": "refused",
        "posts/c.txt": "refused",
        "posts/d.md": "added",
        "posts/e.txt": "refused",
    }
    reasons = [item.reason for item in run.items if item.outcome is Outcome.REFUSED]
    assert str(reasons[0]).startswith("broken front matter at line")
    assert [str(reason).partition(",")[0] for reason in reasons[1:]] == ["not a text file", "empty"]
    assert run.counts == {"seen": 5, "added": 2, "changed": 0, "kept": 0, "withdrawn": 0, "held": 0, "refused": 3}
    now = NOW.isoformat(timespec="milliseconds")
    assert (run.started, run.finished, run.error) == (now, now, None)
    assert library.ledger.run(run.id) == run
    assert [item.title for item in run.items if item.article_id] == ["Essay 1", "Essay 4"]


def test_passages_and_splitter_are_published_with_the_article(library: Any, folder: Write) -> None:
    ingest(library, folder({"a.md": essay(1)}))
    (article,) = library.held.values()
    assert "".join(passage.text for passage in library.passages[article.id]) == article.text
    assert library.splitters[article.id] == SPLITTER
    assert article.source.endswith("posts")


def test_a_second_run_keeps_what_is_unchanged_and_withdraws_nothing(library: Any, folder: Write) -> None:
    place = folder({"a.md": essay(1), "b.md": essay(2), "c.md": essay(3)})
    first = ingest(library, place)
    (place / "b.md").write_text(essay(22))
    (place / "c.md").unlink()
    library.published.clear()
    run = ingest(library, place)
    assert outcomes(run) == {"posts/a.md": "kept", "posts/b.md": "changed"}
    assert library.published == [first.items[1].article_id]
    assert len(library.held) == 3


def test_a_new_splitter_publishes_again(library: Any, folder: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder({"a.md": essay(1)})
    ingest(library, place)
    for module in (run_module, read, settle):
        monkeypatch.setattr(module, "SPLITTER", "blocks-next")
    assert outcomes(ingest(library, place)) == {"posts/a.md": "changed"}
    assert outcomes(ingest(library, place)) == {"posts/a.md": "kept"}


def test_a_dry_run_tells_the_same_and_writes_nothing(library: Any, folder: Write) -> None:
    place = folder({"a.md": essay(1), "b.md": essay(2), "c.md": essay(1), "d.txt": ""})
    dry = ingest(library, place, dry_run=True)
    assert not library.held
    assert not library.ledger.runs()
    wet = ingest(library, place)
    assert dry.items == wet.items


def test_the_same_text_is_one_article(library: Any, folder: Write) -> None:
    run = ingest(library, folder({"a.md": essay(1), "b.md": essay(1)}))
    assert [item.outcome for item in run.items] == [Outcome.ADDED, Outcome.REFUSED]
    assert run.items[1].reason == f"same text as {run.items[0].article_id}"
    later = ingest(library, folder({"x.md": essay(1)}, "later"))
    assert later.items[0].outcome is Outcome.KEPT
    assert later.items[0].note == f"same text as {run.items[0].article_id}"
    assert len(library.held) == 1


def test_two_posts_that_claim_one_id_do_not_overwrite_each_other(library: Any, folder: Write) -> None:
    rows = [{"id": "x", "title": "One", "text": "First text."}, {"id": "x", "title": "Two", "text": "Second text."}]
    place = folder({"a.jsonl": "\n".join(map(json.dumps, rows))})
    for expected in (Outcome.ADDED, Outcome.KEPT):
        run = ingest(library, place)
        assert [item.outcome for item in run.items] == [expected, Outcome.REFUSED]
        assert str(run.items[1].reason).startswith(
            "the same article as a.jsonl:1" if place.suffix else "the same article as"
        )
    assert library.held["x"].title == "One"


def test_an_id_that_another_article_holds_gets_a_hash(library: Any, folder: Write) -> None:
    one, two = folder({"note.md": essay(1)}, "one"), folder({"note.md": essay(2)}, "two")
    run = ingest(library, one, two)
    ids = [item.article_id for item in run.items]
    assert ids[0] == "note"
    assert str(ids[1]).startswith("note-")
    assert outcomes(ingest(library, two)) == {"two/note.md": "kept"}
    assert sorted(library.held) == sorted(map(str, ids))


def test_the_same_address_is_the_same_article_wherever_it_comes_from(library: Any, folder: Write) -> None:
    head = "---\nurl: https://X.org/a/?utm_source=mail\n---\n"
    ingest(library, folder({"a.md": head + essay(1)}, "one"))
    run = ingest(library, folder({"b.md": head.replace("X", "x").replace("mail", "feed") + essay(2)}, "two"))
    assert run.items[0].outcome is Outcome.CHANGED
    assert len(library.held) == 1


BANNER = "Acme is a group of advisers with offices in nine cities around the world."


def test_what_stands_in_many_articles_of_a_run_is_boilerplate(library: Any, folder: Write) -> None:
    tail = f"\n## About the author\n\n{BANNER}\n"
    files = {f"{n}.md": essay(n) + "\n## Outlook\n\nIt goes on.\n" * (n < 2) + tail * (n < 3) for n in range(6)}
    ingest(library, folder(files))
    for article in library.held.values():
        assert BANNER not in article.text
        assert "About the author" not in article.text
        assert "has to say" in article.text
        for block in article.blocks:
            assert block.span.of(article.text).strip()
    assert sum("Outlook\n\nIt goes on." in article.text for article in library.held.values()) == 2


@pytest.mark.parametrize(
    ("files", "with_banner"),
    [pytest.param(4, 4, id="a run too small to tell"), pytest.param(9, 3, id="too few of them")],
)
def test_what_stands_in_few_articles_stays(library: Any, folder: Write, files: int, with_banner: int) -> None:
    ingest(library, folder({f"{n}.md": essay(n) + f"\n{BANNER}\n" * (n < with_banner) for n in range(files)}))
    assert sum(BANNER in article.text for article in library.held.values()) == with_banner


def test_boilerplate_never_empties_an_article(library: Any, folder: Write) -> None:
    ingest(library, folder({f"{n}.md": f"# Title {n}\n\n{BANNER}\n" for n in range(6)}))
    assert len(library.held) == 6
    assert all(article.text == BANNER for article in library.held.values())


def test_lists_stay_lists_when_boilerplate_goes(library: Any, folder: Write) -> None:
    ingest(library, folder({f"{n}.md": f"# T{n}\n\nPoints {n}:\n\n- a{n}\n- b{n}\n\n{BANNER}" for n in range(6)}))
    assert library.held["3"].text == "Points 3:\n\na3\nb3"


def test_progress_counts_up_to_the_total(library: Any, folder: Write) -> None:
    seen: list[Progress] = []
    run_ingest(library, [str(folder({"a.md": essay(1), "b.txt": "", "c.md": essay(3)}))], on_progress=seen.append)
    assert seen[-1] == Progress("publishing", 2, 2, "Essay 3")


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        pytest.param(OSError(28, "No space left on device"), "No space left on device", id="disk full"),
        pytest.param(Unavailable("the library is locked"), "the library is locked", id="library"),
    ],
)
def test_a_failure_is_recorded_and_what_was_published_stays(
    library: Any, folder: Write, monkeypatch: pytest.MonkeyPatch, failure: Exception, message: str
) -> None:
    library.fail_on, library.failure = "Essay 2", failure
    monkeypatch.setattr(run_module, "_TOGETHER", 1)
    with pytest.raises(InsightError, match=message) as caught:
        ingest(library, folder({"a.md": essay(1), "b.md": essay(2), "c.md": essay(3)}))
    assert "\n" not in str(caught.value)
    (run,) = (library.ledger.run(run.id) for run in library.ledger.runs())
    assert run.error == str(caught.value)
    assert run.finished is not None
    assert outcomes(run) == {"posts/a.md": "added"}
    assert list(library.held) == ["a"]


def test_a_run_that_can_not_begin_is_recorded_as_failed(
    library: Any, folder: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_module, "Spool", full)
    with pytest.raises(Unavailable, match="No space left on device"):
        ingest(library, folder({"a.md": essay(1)}))
    (run,) = (library.ledger.run(run.id) for run in library.ledger.runs())
    assert run.finished is not None
    assert "No space left on device" in run.error


def test_a_failure_that_can_not_be_recorded_still_says_why(
    library: Any, folder: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.fail_on = "Essay 1"
    record = library.ledger.record_run

    def full(run: Run) -> None:
        if run.finished:
            raise OSError(28, "No space left on device")
        record(run)

    monkeypatch.setattr(library.ledger, "record_run", full)
    with pytest.raises(Unavailable, match="the ingest stopped") as caught:
        ingest(library, folder({"a.md": essay(1)}))
    assert any("nor could the run be recorded" in note for note in caught.value.__notes__)


def test_a_source_that_can_not_be_opened_stops_the_run_before_it_begins(
    library: Any, folder: Write, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="no such folder or file"):
        ingest(library, folder({"a.md": essay(1)}), tmp_path / "missing")
    assert not library.ledger.runs()
    assert not library.held


def test_the_run_is_recorded_while_it_goes_on(library: Any, folder: Write) -> None:
    open_runs: list[Run] = []
    run_ingest(
        library, [str(folder({"a.md": essay(1)}))], on_progress=lambda _: open_runs.extend(library.ledger.runs())
    )
    assert [run.finished for run in open_runs] == [None]
