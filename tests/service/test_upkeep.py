"""What a running server does by itself: it polls, and renews beside the answering, and ends when told to."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import dense
from corpus.embedder import Embedder
from corpus.errors import BadInput, InsightError, Unavailable
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from ingest.run import Rules
from service.curator import Curator
from service.upkeep import Upkeep
from tests.corpus.examples import WordEncoder, make_article, passages_of
from tests.corpus.looks import look_up
from tests.ingest.scripted import Script, post

OpenLibrary = Callable[..., Library]


@pytest.fixture
def open_library(tmp_path: Path, analyzer: Analyzer) -> Iterator[OpenLibrary]:
    """Open the one library of a test with the model that is named, the former one at hand."""
    opened: list[Library] = []

    def opener(encoder: WordEncoder) -> Library:
        for library in opened:
            library.close()
        opened.append(
            Library.open(
                tmp_path / "data",
                embedder=Embedder(encoder),
                analyzer=analyzer,
                glossary=Glossary((), analyzer),
                former=lambda name: Embedder(WordEncoder(name)),
            )
        )
        return opened[-1]

    yield opener
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    return open_library(WordEncoder())


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    place = tmp_path / "posts"
    place.mkdir()
    (place / "a.md").write_text("# Essay a\n\nThis is what essay a has to say.\n")
    return place


def until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.01)


# Polling


def test_it_polls_at_its_interval_until_it_is_stopped(library: Library, posts: Path) -> None:
    upkeep = Upkeep(Curator(library, rules=Rules(), sources=(str(posts),)), minutes=0.1 / 60)
    upkeep.start()
    until(lambda: len(library.ledger.runs()) >= 2)
    upkeep.stop()
    counts = [run.counts for run in library.ledger.runs()]
    assert (counts[-1]["added"], counts[0]["kept"]) == (1, 1)
    time.sleep(0.3)
    assert len(library.ledger.runs()) == len(counts)
    upkeep.stop()


def test_without_an_interval_it_never_polls(library: Library, posts: Path) -> None:
    upkeep = Upkeep(Curator(library, rules=Rules(), sources=(str(posts),)), minutes=0)
    upkeep.start()
    time.sleep(0.2)
    upkeep.stop()
    assert library.ledger.runs() == []


def test_a_poll_is_left_out_while_a_run_goes_on(library: Library, posts: Path) -> None:
    curator = Curator(library, rules=Rules(), sources=(str(posts),))
    reading, go_on = threading.Event(), threading.Event()

    def slow(known: Any) -> Any:
        reading.set()
        assert go_on.wait(30)
        return post("slow")

    running = threading.Thread(
        target=curator._run, args=([Script([slow])],), kwargs={"dry_run": False, "sync": False, "on_progress": None}
    )
    running.start()
    assert reading.wait(30)
    Upkeep(curator, minutes=1).poll()
    assert len(library.ledger.runs()) == 1
    go_on.set()
    running.join(30)
    Upkeep(curator, minutes=1).poll()
    assert len(library.ledger.runs()) == 2


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(BadInput("no such folder"), id="a source that is none"),
        pytest.param(Unavailable("the disk is full"), id="a run that fails"),
    ],
)
def test_a_poll_that_fails_does_not_end_the_polling(library: Library, posts: Path, failure: InsightError) -> None:
    curator = Curator(library, rules=Rules(), sources=(str(posts),))
    polls: list[int] = []
    ingest = curator.ingest

    def failing(*args: Any, **options: Any) -> Any:
        polls.append(1)
        if len(polls) == 1:
            raise failure
        return ingest(*args, **options)

    curator.ingest = failing  # type: ignore[method-assign]
    upkeep = Upkeep(curator, minutes=0.1 / 60)
    upkeep.start()
    until(lambda: library.count() == 1)
    upkeep.stop()
    assert len(polls) >= 2


def test_a_source_that_is_away_is_in_the_record_and_polled_again(library: Library, tmp_path: Path, posts: Path) -> None:
    away = tmp_path / "away"
    upkeep = Upkeep(Curator(library, rules=Rules(), sources=(str(away), str(posts))), minutes=1)
    upkeep.poll()
    assert library.ledger.runs() == [], "a folder that is not there stops the run before it begins"
    posts.rename(away)
    posts.mkdir()
    (posts / "b.md").write_text("# Essay b\n\nThis is what essay b has to say.\n")
    upkeep.poll()
    assert library.count() == 2


def test_to_stop_waits_for_the_poll_that_goes_on(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    curator = Curator(library, rules=Rules())
    polling, order = threading.Event(), list[str]()

    def slow(*args: Any, **options: Any) -> Any:
        polling.set()
        time.sleep(0.3)
        order.append("the poll ended")
        raise Unavailable("nothing")

    monkeypatch.setattr(curator, "ingest", slow)
    upkeep = Upkeep(curator, minutes=0.05 / 60)
    upkeep.start()
    assert polling.wait(30)
    upkeep.stop()
    order.append("stopped")
    assert order[-1] == "stopped"
    assert len(order) >= 2


# Renewing


class Gated(WordEncoder):
    """Another model, which embeds only while its gate is open, and may break."""

    def __init__(self, name: str = "other") -> None:
        super().__init__(name)
        self.gate, self.reached, self.breaks = threading.Event(), threading.Event(), False

    def encode_passages(self, texts: Any, spans: Any) -> Any:
        self.reached.set()
        assert self.gate.wait(30)
        if self.breaks:
            raise Unavailable("the model broke")
        return super().encode_passages(texts, spans)


@pytest.fixture
def outdated(open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch) -> tuple[Library, Gated]:
    """A library of three articles whose vectors another model made, and the model that is wanted."""
    from ingest.split import SPLITTER

    monkeypatch.setattr(dense, "_TOGETHER", 1)
    first = open_library(WordEncoder())
    articles = [make_article(name, f"Article {name} about drugs.") for name in "abc"]
    first.publish_all([(article, passages_of(article)) for article in articles], splitter=SPLITTER)
    wanted = Gated()
    return open_library(wanted), wanted


def found(library: Library) -> set[str]:
    embedder = library.embedder
    hits = look_up(library, embedder.embed_query("drugs"), 5, fingerprint=embedder.fingerprint)
    return {hit.passage.article_id for hit in hits}


def test_it_renews_beside_the_answering(outdated: tuple[Library, Gated]) -> None:
    library, wanted = outdated
    upkeep = Upkeep(Curator(library, rules=Rules()), minutes=0)
    upkeep.start()
    assert wanted.reached.wait(30)
    assert (library.outdated, library.embedder.model_name, found(library)) == (True, "words", set("abc"))
    wanted.gate.set()
    until(lambda: not library.outdated)
    upkeep.stop()
    assert (library.embedder.model_name, found(library)) == ("other", set("abc"))
    assert library.verify().sound


def test_an_ingest_goes_on_beside_a_renewal(outdated: tuple[Library, Gated], posts: Path) -> None:
    library, wanted = outdated
    curator = Curator(library, rules=Rules(), sources=(str(posts),))
    upkeep = Upkeep(curator, minutes=0)
    upkeep.start()
    assert wanted.reached.wait(30)
    (posts / "a.md").rename(posts / "d.md")
    assert curator.ingest().counts["added"] == 1
    assert found(library) == set("abcd")
    wanted.gate.set()
    until(lambda: not library.outdated)
    upkeep.stop()
    assert found(library) == set("abcd")


def test_a_renewal_that_fails_leaves_the_old_model_serving(outdated: tuple[Library, Gated]) -> None:
    library, wanted = outdated
    wanted.breaks = True
    wanted.gate.set()
    upkeep = Upkeep(Curator(library, rules=Rules()), minutes=0)
    upkeep.start()
    assert wanted.reached.wait(30)
    upkeep.stop()
    assert (library.outdated, library.embedder.model_name, found(library)) == (True, "words", set("abc"))


def test_to_stop_breaks_a_renewal_off_and_the_next_start_goes_on(
    outdated: tuple[Library, Gated], open_library: OpenLibrary
) -> None:
    library, wanted = outdated
    upkeep = Upkeep(Curator(library, rules=Rules()), minutes=0)
    upkeep.start()
    assert wanted.reached.wait(30)
    stopping = threading.Thread(target=upkeep.stop)
    stopping.start()
    until(upkeep._stopping.is_set)
    wanted.gate.set()
    stopping.join(30)
    assert library.outdated
    assert wanted.encoded == 1
    again = Gated()
    again.gate.set()
    library = open_library(again)
    assert (library.outdated, found(library)) == (True, set("abc"))
    upkeep = Upkeep(Curator(library, rules=Rules()), minutes=0)
    upkeep.start()
    until(lambda: not library.outdated)
    upkeep.stop()
    assert (again.encoded, found(library)) == (2, set("abc"))


def test_what_is_up_to_date_is_not_renewed(library: Library) -> None:
    upkeep = Upkeep(Curator(library, rules=Rules()), minutes=0)
    upkeep.start()
    assert [thread for thread in threading.enumerate() if thread.name == "insight-renewal"] == []
    upkeep.stop()
