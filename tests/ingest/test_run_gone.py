"""What takes an article out, what does not, and how it may come back."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import BadInput, Unavailable
from corpus.library import Library
from corpus.records import ADMIN, Outcome, Withdrawal
from ingest.post import Gone, Post, Rank, Refused
from ingest.run import Rules, run_ingest
from service.curator import Curator
from tests.ingest.scripted import LATER, NOW, Script, Step, by_marker, ids, outcomes, post, run

Write = Callable[..., Path]
A = "https://site.example/a"


@pytest.fixture
def library(real_library: Library) -> Library:
    return real_library


def gone(key: str, reason: str = "trashed", *, unless_elsewhere: bool = False) -> Gone:
    return Gone(f"site/{key}", key, reason, unless_elsewhere)


# Gone is gone


def test_what_is_gone_is_withdrawn_with_its_reason(library: Library) -> None:
    run(library, Script([post("a"), post("b")]))
    done = run(library, Script([gone("a"), post("b")]))
    assert outcomes(done) == [("a", "withdrawn"), ("b", "kept")]
    item = done.items[0]
    assert (item.article_id, item.title, item.reason) == ("a", "Essay a", "trashed")
    assert ids(library) == {"b"}
    assert library.ledger.withdrawals() == [Withdrawal(A, "a", NOW.isoformat(timespec="seconds"), "site", "trashed")]
    assert library.ledger.origins("site").keys() == {"b"}
    site = Script([post("b")])
    run(library, site)
    assert site.known.keys() == {"b"}


def test_what_is_gone_goes_before_anything_is_published(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    run(library, Script([post("a")]))
    live: list[set[str]] = []
    publish = library.publish_all

    def watched(*args: Any, **options: Any) -> list[int]:
        live.append(ids(library))
        return publish(*args, **options)

    monkeypatch.setattr(library, "publish_all", watched)
    run(library, Script([post("b"), post("c"), gone("a")]))
    assert live == [set()]
    assert ids(library) == {"b", "c"}


def test_what_was_never_held_is_gone_without_a_word(library: Library) -> None:
    done = run(library, Script([gone("x"), post("b")]))
    assert outcomes(done) == [("b", "added")]
    assert library.ledger.withdrawals() == []


@pytest.mark.parametrize("quicker", ["before", "meanwhile"])
def test_an_admin_may_be_quicker(library: Library, quicker: str) -> None:
    run(library, Script([post("a")]))
    curator = Curator(library, rules=Rules())

    def withdrawn(known: Any) -> Gone:
        assert curator.withdraw("a")
        return gone("a")

    if quicker == "before":
        curator.withdraw("a")
        run(library, Script([gone("a")]))
    else:
        assert outcomes(run(library, Script([withdrawn]))) == [("a", "withdrawn")]
    assert [(item.article_id, item.source) for item in library.ledger.withdrawals()] == [("a", ADMIN)]


def test_one_article_of_which_two_sources_say_that_it_is_gone(library: Library) -> None:
    run(library, Script([post("a")]), Script([post("a")], name="page", rank=Rank.PAGE))
    both = Script([gone("a")]), Script([gone("a", "the site answers 404")], name="page", rank=Rank.PAGE)
    done = run(library, *both)
    assert done.counts["withdrawn"] == 2
    assert ids(library) == set()
    assert [item.identity for item in library.ledger.withdrawals()] == [A]


@pytest.mark.parametrize("gives", ["kept", "changed", "unchanged"])
def test_a_copy_of_what_the_site_withdraws_in_the_same_run_is_out_as_well(library: Library, gives: str) -> None:
    copies: dict[str, Step] = {
        "kept": post("a", marker="m1"),
        "changed": post("a", "The text as the feed has it now."),
        "unchanged": by_marker(post("a", marker="m1")),
    }
    feed = Script([by_marker(post("a", marker="m1"))], name="feed", rank=Rank.FEED)
    run(library, Script([post("a"), post("b")]), feed)
    feed.steps = [copies[gives]]
    for _ in range(2):
        done = run(library, Script([gone("a"), post("b")]), feed)
        assert ids(library) == {"b"}
    assert outcomes(done) == [("b", "kept"), ("a", "refused")]
    assert str(done.items[1].reason).startswith("withdrawn on 2025-11-20 (trashed)")


# Unless another source gives it


def test_what_only_left_a_source_stays_while_another_gives_it(library: Library) -> None:
    run(library, Script([post("a")]), Script([post("a")], name="copy"))
    left = gone("a", "it left the folder", unless_elsewhere=True)
    done = run(library, Script([left]))
    assert outcomes(done) == [("a", "kept")]
    assert done.items[0].note == "it left the folder; another source gives it"
    assert ids(library) == {"a"}
    assert (library.ledger.origins("site"), library.ledger.withdrawals()) == ({}, [])
    assert outcomes(run(library, Script([left], name="copy"))) == [("a", "withdrawn")]
    assert ids(library) == set()


def test_what_left_both_of_its_sources_in_one_run_is_withdrawn(library: Library) -> None:
    run(library, Script([post("a")]), Script([post("a")], name="copy"))
    left = gone("a", "it left the folder", unless_elsewhere=True)
    sources = [Script([left]), Script([left], name="copy")]
    dry = run(library, *sources, dry_run=True)
    wet = run(library, *sources)
    assert sorted(item.outcome for item in wet.items) == [Outcome.KEPT, Outcome.WITHDRAWN]
    assert dry.items == wet.items
    assert ids(library) == set()


# Nothing is withdrawn by absence


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([], id="an empty source"),
        pytest.param([post("b")], id="the post is absent"),
        pytest.param([Unavailable("down")], id="it is down"),
        pytest.param([post("b"), Unavailable("down")], id="it breaks off"),
        pytest.param([Refused("site/a", "can't be read", "a"), Refused("site", "odd")], id="it is refused"),
        pytest.param([Post("site/a", b"", "text/plain", {}, "a")], id="it is empty now"),
    ],
)
@pytest.mark.parametrize("sync", [False, True], ids=["plain", "sync"])
def test_absence_withdraws_nothing(library: Library, steps: list[Any], sync: bool) -> None:
    run(library, Script([post("a"), post("b")]))
    done = run(library, Script(steps), sync=sync)
    assert done.counts["withdrawn"] == 0
    assert ids(library) == {"a", "b"}
    assert library.ledger.withdrawals() == []
    assert library.ledger.origins("site").keys() == {"a", "b"}


# How it may come back


@pytest.mark.parametrize(
    ("by", "again", "comes_back"),
    [
        pytest.param("admin", "same", False, id="by an admin: not through its source"),
        pytest.param("admin", "edited", False, id="by an admin: not edited"),
        pytest.param("admin", "feed", False, id="by an admin: not through another source"),
        pytest.param("admin", "modified feed", False, id="by an admin: not modified later"),
        pytest.param("site", "feed", False, id="by the site: not through its feed"),
        pytest.param("site", "modified before", False, id="by the site: not modified before"),
        pytest.param("site", "modified feed", True, id="by the site: elsewhere, modified later"),
        pytest.param("site", "same", True, id="by the site: given again"),
    ],
)
def test_a_withdrawn_article_comes_back_only_so(library: Library, by: str, again: str, comes_back: bool) -> None:
    run(library, Script([post("a"), post("b")]))
    if by == "admin":
        assert Curator(library, rules=Rules()).withdraw("a")
    else:
        run(library, Script([gone("a")]))
    source = {
        "same": Script([post("a")]),
        "edited": Script([post("a", "An edited text.", modified="2026-05-05T10:00:00Z")]),
        "feed": Script([post("a", modified=None)], name="feed", rank=Rank.FEED),
        "modified before": Script([post("a", modified="2025-11-20T08:00:00+00:00")], name="copy"),
        "modified feed": Script([post("a", modified="2025-11-21T08:00:00Z")], name="feed", rank=Rank.FEED),
    }[again]
    for _ in range(2):
        done = run(library, source, at=LATER)
        assert ids(library) == ({"a", "b"} if comes_back else {"b"})
    assert [item.article_id for item in library.ledger.withdrawals()] == ([] if comes_back else ["a"])
    assert outcomes(done) == [("a", "kept" if comes_back else "refused")]
    if not comes_back:
        assert "insight articles restore a" in str(done.items[0].reason)


def test_what_is_restored_comes_in_with_the_next_run(library: Library) -> None:
    site = Script([by_marker(post("a", marker="m1"))])
    run(library, site)
    curator = Curator(library, rules=Rules())
    curator.withdraw("a")
    assert outcomes(run(library, site)) == [("a", "refused")]
    assert curator.restore("a")
    assert not curator.restore("a")
    assert outcomes(run(library, site)) == [("a", "added")]
    assert outcomes(run(library, site)) == [("a", "kept")]


# A folder and --sync


def essay(name: str) -> str:
    return f"# Essay {name}\n\nThis is what essay {name} has to say, and nobody else says it.\n"


@pytest.fixture
def posts(folder: Write) -> Path:
    lines = [{"title": f"Line {n}", "text": f"Line {n} stands in a list, as number {n}."} for n in (1, 2, 3)]
    return folder({"a.md": essay("a"), "b.md": essay("b"), "c.jsonl": "\n".join(map(json.dumps, lines))})


def sync(library: Library, *places: Path) -> dict[str, str]:
    return dict(outcomes(run(library, *map(str, places), sync=True)))


def test_a_deleted_file_is_withdrawn_only_when_asked(library: Library, posts: Path) -> None:
    run(library, str(posts))
    (posts / "a.md").unlink()
    assert run(library, str(posts)).counts["withdrawn"] == 0
    assert sync(library, posts)["a.md"] == "withdrawn"
    assert ids(library) == {"b", "c", *(article for article in ids(library) if article.startswith("c-"))}
    assert library.count() == 4
    assert library.ledger.withdrawals() == [], "what left one folder may come in through another"
    assert "withdrawn" not in sync(library, posts).values()


def test_a_deleted_line_is_withdrawn(library: Library, posts: Path) -> None:
    run(library, str(posts))
    lines = (posts / "c.jsonl").read_text().splitlines()
    (posts / "c.jsonl").write_text("\n".join([lines[0], lines[2]]))
    done = run(library, str(posts), sync=True)
    assert done.counts == {"seen": 5, "added": 0, "changed": 0, "kept": 4, "withdrawn": 1, "held": 0, "refused": 0}
    assert {article.title for article in library.articles()} == {"Essay a", "Essay b", "Line 1", "Line 3"}


def test_lines_of_one_title_are_all_there(library: Library, folder: Write) -> None:
    lines = [
        {"title": "Weekly news", "url": f"https://x.org/{n}", "text": f"What happened in week {n}, in short."}
        for n in (1, 2, 3)
    ]
    place = folder({"c.jsonl": "\n".join(map(json.dumps, lines))})
    assert run(library, str(place)).counts["added"] == 3
    for _ in range(2):
        assert sync(library, place) == {"c.jsonl:1": "kept", "c.jsonl:2": "kept", "c.jsonl:3": "kept"}
    (place / "c.jsonl").write_text("\n".join([json.dumps(lines[0]), '{"title": "Weekly news"}', json.dumps(lines[2])]))
    sync(library, place)
    assert library.count() == 3, "a line that is there and can't be read stays"


def _refuse(monkeypatch: pytest.MonkeyPatch, name: str, refused: Path) -> None:
    """Have the system refuse to read a file or to list a folder, which it grants to a superuser."""
    real = getattr(os, name) if name == "scandir" else getattr(Path, name)

    def refusing(path: Any, *args: Any, **options: Any) -> Any:
        if Path(path) == refused:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **options)

    monkeypatch.setattr(os if name == "scandir" else Path, name, refusing)


def test_a_file_that_can_not_be_read_stays(library: Library, posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(library, str(posts))
    (posts / "a.md").write_bytes(b"\x00\x01\x02")
    for name in ("b.md", "c.jsonl"):
        _refuse(monkeypatch, "open", posts / name)
    assert sync(library, posts) == {"a.md": "refused", "b.md": "refused", "c.jsonl": "refused"}
    assert library.count() == 5


def test_below_a_folder_that_can_not_be_read_nothing_is_withdrawn(
    library: Library, folder: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder({"a.md": essay("a"), "deep/b.md": essay("b"), "deep/c.md": essay("c")})
    run(library, str(place))
    _refuse(monkeypatch, "scandir", place / "deep")
    assert sync(library, place) == {"a.md": "kept", "deep": "refused"}
    assert library.count() == 3
    monkeypatch.undo()
    _refuse(monkeypatch, "scandir", place)
    with pytest.raises(BadInput, match="can't be read: Permission denied"):
        sync(library, place)
    assert library.count() == 3


@pytest.mark.parametrize("what", ["emptied", "removed"])
def test_an_emptied_folder_is_refused_and_withdraws_nothing(library: Library, posts: Path, what: str) -> None:
    run(library, str(posts))
    for path in posts.iterdir():
        path.unlink()
    if what == "removed":
        posts.rmdir()
    with pytest.raises(BadInput, match=r"no articles in folder|no such folder"):
        sync(library, posts)
    assert library.count() == 5


@pytest.mark.parametrize(
    "head", ["", "---\nurl: https://site.example/a\n---\n"], ids=["known by its path", "by its address"]
)
def test_a_renamed_file_ends_live(library: Library, folder: Write, head: str) -> None:
    place = folder({"a.md": head + essay("a"), "b.md": essay("b")})
    run(library, str(place))
    (place / "a.md").rename(place / "z.md")
    dry = run(library, str(place), sync=True, dry_run=True)
    wet = run(library, str(place), sync=True)
    assert dict(outcomes(wet)) == {"b.md": "kept", "z.md": "added", "a.md": "withdrawn"}
    assert dry.counts == wet.counts
    assert sorted(article.title for article in library.articles()) == ["Essay a", "Essay b"]
    assert sync(library, place) == {"b.md": "kept", "z.md": "kept"}


def test_a_file_that_another_folder_holds_too_stays(library: Library, folder: Write) -> None:
    one, two = folder({"a.md": essay("a"), "b.md": essay("b")}, "one"), folder({"a.md": essay("a")}, "two")
    run(library, str(one), str(two))
    assert library.count() == 2
    (one / "a.md").unlink()
    assert sync(library, one) == {"a.md": "kept", "b.md": "kept"}
    assert library.count() == 2
    (two / "a.md").write_text(essay("other"))
    assert sync(library, two) == {"a.md": "changed"}
    assert library.count() == 2


def test_sync_of_one_folder_leaves_the_others_alone(library: Library, folder: Write) -> None:
    one, two = folder({"a.md": essay("a"), "x.md": essay("x")}, "one"), folder({"b.md": essay("b")}, "two")
    run(library, str(one), str(two), Script([post("c")]))
    (one / "a.md").unlink()
    assert sync(library, one) == {"x.md": "kept", "a.md": "withdrawn"}
    assert ids(library) == {"x", "b", "c"}


@pytest.mark.parametrize("source", ["https://site.example/", "{posts}/a.md"])
def test_only_a_folder_can_be_synced(library: Library, posts: Path, source: str) -> None:
    with pytest.raises(BadInput, match="--sync is for folders"):
        run(library, source.format(posts=posts), sync=True)


def test_a_file_that_moves_to_another_folder_stays(library: Library, folder: Callable[..., Path]) -> None:
    text = "---\nurl: https://site.example/essay\n---\n# Essay\n\nThe essay tells of tides and of boats.\n"
    old, new = (
        folder({"essay.md": text, "other.md": "# Other\n\nOf hills.\n"}, "old"),
        folder({"b.md": "# B\n\nOf rain.\n"}, "new"),
    )
    run_ingest(library, [str(old), str(new)])
    (old / "essay.md").rename(new / "essay.md")
    moved = run_ingest(library, [str(old), str(new)], rules=Rules(sync=True))
    assert moved.counts["withdrawn"] == moved.counts["added"] == 1
    assert "https://site.example/essay" in {article.identity for article in library.articles()}
    assert library.ledger.withdrawals() == []
