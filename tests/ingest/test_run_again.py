"""What later runs do: they read little, change what changed, and the record tells of it."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.embedder import Embedder
from corpus.errors import BadInput, Unavailable
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from corpus.records import Outcome, Progress, Run
from ingest import clean as clean_module
from ingest import journal as journal_module
from ingest import read, settle
from ingest import run as run_module
from ingest.post import Gone, Post, Refused, Unchanged
from ingest.run import Rules, run_ingest
from ingest.split import SPLITTER
from tests.corpus.examples import RefusingEncoder
from tests.ingest.scripted import LATER, NOW, Script, by_marker, ids, outcomes, post, run

Write = Callable[..., Path]


@pytest.fixture
def library(real_library: Library) -> Library:
    return real_library


def refuse_to_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    def cleaned(given: Post, *, source: str = "") -> None:
        raise AssertionError(f"{given.address} should not be cleaned")

    monkeypatch.setattr(read, "clean", cleaned)


# What is as it was


@pytest.mark.parametrize("marked", [False, True], ids=["by its bytes", "by the source's marker"])
def test_what_is_as_it_was_is_neither_cleaned_nor_embedded(
    library: Library, monkeypatch: pytest.MonkeyPatch, marked: bool
) -> None:
    given = [post(key, marker="m1") for key in "abc"]
    site = Script([by_marker(each) if marked else each for each in given])
    run(library, site)
    generation = library.generation
    refuse_to_clean(monkeypatch)
    library.embedder._encoder = RefusingEncoder()
    again = run(library, site)
    assert outcomes(again) == [("a", "kept"), ("b", "kept"), ("c", "kept")]
    assert [(item.article_id, item.title) for item in again.items] == [(key, f"Essay {key}") for key in "abc"]
    assert library.generation == generation
    assert set(site.known) == {"a", "b", "c"}
    assert (site.known["a"].article_id, site.known["a"].marker) == ("a", "m1")


def test_a_marker_that_changed_alone_is_remembered(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    run(library, Script([by_marker(post("a", marker="m1"))]))
    refuse_to_clean(monkeypatch)
    assert outcomes(run(library, Script([by_marker(post("a", marker="m2"))]))) == [("a", "kept")]
    site = Script([lambda known: Unchanged("site/a", "a") if known["a"].marker == "m2" else post("x")])
    assert outcomes(run(library, site)) == [("a", "kept")]


def test_metadata_alone_changes_an_article(library: Library) -> None:
    run(library, Script([post("a")]))
    assert outcomes(run(library, Script([post("a", title="A better title")]))) == [("a", "changed")]
    article = library.article("a")
    assert article is not None
    assert article.title == "A better title"


@pytest.mark.parametrize("part", ["cleaner", "splitter"])
def test_what_an_older_cleaner_or_splitter_made_is_read_again(
    library: Library, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    site = Script([by_marker(post("a", marker="m1"))])
    run(library, site)
    if part == "cleaner":
        monkeypatch.setattr(clean_module, "CLEANER", "clean-next")
        monkeypatch.setattr(read, "CLEANER", "clean-next")
    else:
        for module in (run_module, read, settle):
            monkeypatch.setattr(module, "SPLITTER", "split-next")
    again = run(library, site)
    assert site.known["a"].marker == ""
    assert outcomes(again) == [("a", "kept" if part == "cleaner" else "changed")]
    assert library.holdings()["a"].splitter == ("split-next" if part == "splitter" else SPLITTER)
    refuse_to_clean(monkeypatch)
    assert outcomes(run(library, site)) == [("a", "kept")]


def test_a_post_that_can_not_be_cleaned_any_more_leaves_its_old_version(library: Library) -> None:
    run(library, Script([post("a"), post("b")]))
    broken = Post("site/a", b"\x00\x01", "text/plain", {}, "a")
    site = Script([broken, Refused("site/b", "larger than 20 MB", "b"), Refused("site/c", "larger than 20 MB", "c")])
    found = run(library, site)
    assert outcomes(found) == [("a", "refused"), ("b", "refused"), ("c", "refused")]
    stays = "the version that is held stays"
    assert [(item.article_id, item.note) for item in found.items] == [("a", stays), ("b", stays), (None, None)]
    assert ids(library) == {"a", "b"}
    assert outcomes(run(library, Script([post("a")]))) == [("a", "kept")]


def test_posts_of_one_key_are_told_apart_and_known_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    twins = [
        Post(f"list:{n}", f"Text number {n}.".encode(), "text/plain", {"url": f"https://x.org/{n}"}, "list#weekly")
        for n in (1, 2)
    ]
    run(library, Script(list(twins)))
    assert library.count() == 2
    refuse_to_clean(monkeypatch)
    assert outcomes(run(library, Script(list(twins)))) == [("list:1", "kept"), ("list:2", "kept")]


def test_what_a_source_says_twice_to_be_unchanged_stops_nothing(library: Library) -> None:
    given = by_marker(post("a", marker="m1"))
    site = Script([given, given, post("b")])
    assert outcomes(run(library, site)) == [("a", "added"), ("a", "refused"), ("b", "added")]
    again = run(library, site)
    assert (again.counts["kept"], again.error) == (2, None)
    assert ids(library) == {"a", "b"}


def test_a_source_named_twice_is_no_harm(library: Library) -> None:
    site = Script([by_marker(post("a", marker="m1")), post("b")])
    assert run(library, site, site).counts["added"] == 2
    site.steps = [by_marker(post("a", marker="m2")), post("b")]
    assert run(library, site, site).counts["kept"] == 4
    site.steps = [Gone("site/a", "a", "deleted"), post("b")]
    run(library, site, site)
    assert ids(library) == {"b"}


# Sources that fail


def test_a_source_that_breaks_off_keeps_what_it_gave_and_the_others_go_on(library: Library) -> None:
    run(library, Script([post("a"), post("b")]))
    site = Script([post("c"), Unavailable("the site is down"), post("d")])
    done = run(library, site, Script([post("e")], name="folder"))
    assert done.error == "site: the site is down"
    assert ids(library) == {"a", "b", "c", "e"}
    assert done.counts["seen"] == len(done.items) == 3
    refused = [(item.address, item.reason) for item in done.items if item.outcome is Outcome.REFUSED]
    assert refused == [("site", "broken off: the site is down")]
    assert done.finished is not None
    assert library.ledger.run(done.id) == done
    assert outcomes(run(library, Script([post("c"), post("d")]))) == [("c", "kept"), ("d", "added")]


def test_an_error_names_its_source_once(library: Library) -> None:
    assert run(library, Script([Unavailable("site: it can't be fetched")])).error == "site: it can't be fetched"


def test_a_source_that_can_not_be_opened_just_now_does_not_stop_the_others(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(name: str, **options: Any) -> Script:
        if name == "down":
            raise Unavailable("the site is down")
        return Script([post(name)], name=name)

    monkeypatch.setattr(run_module, "open_source", opened)
    done = run(library, "down", "up")
    assert (done.error, ids(library)) == ("down: the site is down", {"up"})
    assert [item.address for item in done.items if item.outcome is Outcome.REFUSED] == ["down"]


def test_a_source_that_is_none_stops_the_run_before_anything_is_done(library: Library, tmp_path: Path) -> None:
    site = Script([post("a")])
    with pytest.raises(BadInput, match="no such folder or file"):
        run(library, site, str(tmp_path / "missing"))
    assert (site.readings, library.count(), library.ledger.runs()) == (0, 0, [])


# Addresses that change


def test_a_post_whose_address_changes_stays_the_same_article(library: Library) -> None:
    run(library, Script([post("7", url="https://site.example/old-name")]))
    done = run(library, Script([post("7", url="https://site.example/new-name")]))
    assert outcomes(done) == [("7", "changed")]
    (article,) = library.articles()
    assert (article.id, article.identity) == ("old-name", "https://site.example/new-name")
    assert library.verify().sound


@pytest.mark.parametrize("given_elsewhere", [False, True], ids=["nothing else gives it", "another source gives it"])
@pytest.mark.parametrize("again", [False, True], ids=["the other is not given", "the other is given as well"])
def test_an_address_that_belongs_to_another_article_leaves_the_old_one_behind(
    library: Library, given_elsewhere: bool, again: bool
) -> None:
    other = Script([post("b", "A text of its own about b.")], name="folder")
    run(library, Script([post("7", "The text of post seven.", url="https://site.example/a")]), other)
    if given_elsewhere:
        run(library, Script([post("a", "The text of post seven.")], name="copy"))
    moved = Script([post("7", "The text of post seven, moved.", url="https://site.example/b")])
    run(library, moved, *([other] if again else []))
    assert ids(library) == ({"a", "b"} if given_elsewhere else {"b"})
    assert not [origin for origin in library.ledger.origins_of("a") if origin.source == "site"]
    assert [origin.source for origin in library.ledger.origins_of("b")].count("site") == 1


@pytest.mark.parametrize("order", [(7, 8), (8, 7)], ids=["the old post first", "the new post first"])
def test_an_address_that_one_post_leaves_and_another_takes(library: Library, order: tuple[int, int]) -> None:
    run(library, Script([post("7", "The text of post seven.", url="https://site.example/news")]))
    given = {
        7: post("7", "The text of post seven.", url="https://site.example/old-news"),
        8: post("8", "The text of post eight.", url="https://site.example/news"),
    }
    run(library, Script([given[number] for number in order]))
    held = {article.identity.rpartition("/")[2]: article.text for article in library.articles()}
    assert held == {"old-news": "The text of post seven.", "news": "The text of post eight."}
    assert library.verify().sound
    assert run(library, Script([given[number] for number in order])).counts["kept"] == 2


def test_a_text_that_moved_on_is_free_for_another_post(library: Library) -> None:
    run(library, Script([post("a", "The first text that there was.", title="T")]))
    new = [
        post("a", "Another text in its place.", title="T"),
        post("b", "The first text that there was.", title="T"),
    ]
    run(library, Script(list(new)))
    run(library, Script(list(new)))
    assert {article.id: article.text for article in library.articles()} == {
        "a": "Another text in its place.",
        "b": "The first text that there was.",
    }


# The record


@pytest.fixture
def always_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the journal tell and record every step."""
    for name in ("_TELL_EVERY", "_RECORD_EVERY", "_MEASURABLE"):
        monkeypatch.setattr(journal_module, name, 1e-9)


@pytest.mark.usefixtures("always_told")
def test_the_record_is_live_while_a_run_goes_on(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "_TOGETHER", 2)
    seen: list[tuple[Progress, Run]] = []

    def told(progress: Progress) -> None:
        (found,) = library.ledger.runs()
        whole = library.ledger.run(found.id)
        assert whole is not None
        assert whole.counts == found.counts
        seen.append((progress, whole))

    site = Script([post("a"), Refused("site/x", "odd", "x"), post("b"), post("c"), post("d")])
    done = run_ingest(library, [site], on_progress=told, clock=lambda: NOW)
    phases = [progress.phase for progress, _ in seen]
    assert phases == ["reading"] * 5 + ["publishing"] * 4
    step, record = seen[-1]
    assert (step.phase, step.done, step.total, step.title) == ("publishing", 4, 4, "Essay d")
    assert step.per_second is not None
    assert step.per_second > 0
    assert step.seconds_left == 0
    assert all(found.finished is None for _, found in seen)
    # what a step tells is written down a moment later, so each record shows the step before
    before = seen[-2][0]
    assert record.progress == before
    assert record.counts["seen"] == len(record.items) == 3
    assert [item.outcome for item in record.items] == [Outcome.REFUSED, Outcome.ADDED, Outcome.ADDED]
    after = library.ledger.run(done.id)
    assert after == done
    assert [item.address for item in done.items] == [f"site/{key}" for key in "axbcd"]
    assert (done.progress, done.finished) == (None, NOW.isoformat(timespec="milliseconds"))


def test_a_killed_run_is_closed_at_the_next_start(library: Library, tmp_path: Path, analyzer: Analyzer) -> None:
    class Killed(BaseException):
        pass

    site = Script([post("a"), post("b")])
    run(library, site)

    def killed(known: Any) -> Post:
        raise Killed

    with pytest.raises(Killed):
        run(library, Script([post("c"), killed]), at=LATER)
    assert next(found.finished for found in library.ledger.runs()) is None
    library.close()
    embedder = Embedder(RefusingEncoder())
    reopened = Library.open(tmp_path / "data", embedder=embedder, analyzer=analyzer, glossary=Glossary((), analyzer))
    try:
        broken, whole = reopened.ledger.runs()
        assert broken.finished is not None
        assert str(broken.error).startswith("interrupted")
        assert (whole.error, ids(reopened)) == (None, {"a", "b"})
        assert run(reopened, site).counts["kept"] == 2
    finally:
        reopened.close()


def test_an_admin_who_withdraws_while_a_run_goes_on_has_the_last_word(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.curator import Curator

    run(library, Script([post("a"), post("b")]))
    curator = Curator(library, rules=Rules())
    publish = library.publish_all
    withdrawn = threading.Event()

    def while_embedding(*args: Any, **options: Any) -> list[int]:
        if not withdrawn.is_set():
            withdrawn.set()
            assert curator.withdraw("a")
        return publish(*args, **options)

    monkeypatch.setattr(library, "publish_all", while_embedding)
    changed = Script([post("a", "A text that is new in a."), post("b", "A text that is new in b.")])
    run(library, changed, at=LATER)
    assert ids(library) == {"b"}
    assert [item.article_id for item in library.ledger.withdrawals()] == ["a"]
    assert outcomes(run(library, changed)) == [("a", "refused"), ("b", "kept")]


# Boilerplate over several runs

BANNER = "Acme is a group of advisers with offices in nine cities around the world."


def essay(number: int, *, tail: str = BANNER) -> Post:
    return post(str(number), f"This is what essay {number} has to say.\n\n{tail}")


@pytest.mark.parametrize("marked", [False, True], ids=["read again", "unchanged by marker"])
def test_boilerplate_that_only_later_runs_show_goes_from_the_older_articles_too(library: Library, marked: bool) -> None:
    def given(numbers: range) -> Script:
        made = [Post(e.address, e.body, e.media_type, e.metadata, e.key, "m1") for e in map(essay, numbers)]
        return Script([by_marker(each) if marked else each for each in made])

    run(library, given(range(4)))
    assert all(BANNER in article.text for article in library.articles())
    done = run(library, given(range(6)))
    assert done.counts == {"seen": 6, "added": 2, "changed": 4, "kept": 0, "withdrawn": 0, "held": 0, "refused": 0}
    assert library.count() == 6
    assert not any(BANNER in article.text for article in library.articles())
    generation = library.generation
    again = given(range(6))
    assert run(library, again).counts["kept"] == 6
    assert (library.generation, again.readings) == (generation, 1)


def test_boilerplate_is_counted_with_the_articles_that_a_window_does_not_show(library: Library) -> None:
    run(library, Script([essay(number) for number in range(6)]))
    done = run(library, Script([essay(9)]))
    assert outcomes(done) == [("9", "added")]
    article = library.article("9")
    assert article is not None
    assert BANNER not in article.text


def test_what_is_boilerplate_no_longer_comes_back(library: Library) -> None:
    run(library, Script([essay(number) for number in range(6)]))
    plain = [essay(number, tail=f"A tail of its own, number {number}.") for number in range(5)]
    done = run(library, Script([*plain, essay(5)]))
    assert done.counts["changed"] == 6
    article = library.article("5")
    assert article is not None
    assert article.text.endswith(BANNER)
    assert run(library, Script([*plain, essay(5)])).counts["kept"] == 6
