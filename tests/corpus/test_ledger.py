"""What is remembered of runs, origins, withdrawals and holds, and what ends each memory."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from corpus import ledger as ledger_module
from corpus.catalogue import Catalogue
from corpus.ledger import Ledger
from corpus.records import ADMIN, Held, Origin, Outcome, Progress, Run, RunItem, Withdrawal, tally
from corpus.schema import run_items
from tests.corpus.examples import make_article


@pytest.fixture
def catalogue() -> Iterator[Catalogue]:
    catalogue = Catalogue("sqlite://")
    catalogue.migrate()
    yield catalogue
    catalogue.close()


@pytest.fixture
def ledger(catalogue: Catalogue) -> Ledger:
    return Ledger(catalogue)


def items(*outcomes: Outcome) -> tuple[RunItem, ...]:
    return tuple(RunItem(f"posts/{number}", outcome, note=f"note {number}") for number, outcome in enumerate(outcomes))


def run(number: int, *outcomes: Outcome, **fields: Any) -> Run:
    moment = f"2025-01-01T00:{number:02}:00Z"
    return Run(f"r{number:02}", "posts", moment, **{"finished": moment, "items": items(*outcomes), **fields})


def origin(key: str, article_id: str = "a", *, source: str = "site", **fields: Any) -> Origin:
    known: dict[str, Any] = {
        "marker": "m",
        "digest": f"d-{key}",
        "rank": 3,
        "blocks": b"\x00\xff",
        "sketch": bytes(256),
    }
    return Origin(source, key, article_id, **(known | fields))


def withdrawal(article_id: str, *, source: str = "site", at: str = "2025-01-01T00:00:00+00:00") -> Withdrawal:
    return Withdrawal(f"https://example.org/{article_id}", article_id, at, source, "trashed")


def held(article_id: str, *, at: str = "2025-01-01", key: str = "") -> Held:
    return Held(make_article(article_id), ("a flag", "另一个"), at, origin(key or article_id, article_id))


# Runs


def test_a_run_that_goes_on_grows(ledger: Ledger) -> None:
    begun = run(1, finished=None)
    ledger.record_run(begun)
    done = items(Outcome.ADDED, Outcome.KEPT, Outcome.REFUSED)
    for first, count in ((0, 1), (1, 1), (1, 3)):
        told = Progress("publishing", count, 3, "标题", 2.5, 0.4)
        counts = tally(item.outcome for item in done[:count])
        ledger.tell(replace(begun, items=done[:count], progress=told, tally=counts), first)
        found = ledger.run("r01")
        assert found is not None
        assert (found.items, found.progress, found.counts, found.finished) == (done[:count], told, counts, None)
        assert ledger.runs()[0].counts == counts
    ended = replace(begun, items=tuple(reversed(done)), finished="2025-01-01T00:02:00Z")
    ledger.record_run(ended)
    assert ledger.run("r01") == ended
    assert ledger.run("r02") is None


def test_a_diff_is_not_kept(ledger: Ledger) -> None:
    item = RunItem("posts/a", Outcome.CHANGED, "a", "Title", diff="-old\n+new")
    ledger.record_run(run(1, items=(item,)))
    found = ledger.run("r01")
    assert found is not None
    assert found.items == (replace(item, diff=None),)


def test_only_the_newest_runs_keep_a_row_for_what_was_merely_kept(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_module, "_WHOLE_RUNS", 2)
    made = [run(number, Outcome.KEPT, Outcome.ADDED, Outcome.KEPT, Outcome.REFUSED) for number in range(5)]
    for each in made:
        ledger.record_run(each)
    found = [ledger.run(each.id) for each in made]
    assert found[3:] == made[3:]
    for old, whole in zip(found[:3], made, strict=False):
        assert old is not None
        assert [item.outcome for item in old.items] == [Outcome.ADDED, Outcome.REFUSED]
        assert old.counts == whole.counts
        assert old.to_dict()["counts"]["kept"] == 2


def test_a_great_many_runs_are_no_burden(ledger: Ledger, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that polls every five minutes makes a hundred thousand in a year: more than SQL takes as values."""
    with catalogue.write() as connection:
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) "
            "INSERT INTO runs (id, source, started, finished) SELECT 'old' || i, 's', '2024', '2024' FROM n"
        )
    ledger.record_run(run(1, Outcome.KEPT))
    found = ledger.run("r01")
    assert found is not None
    assert found.counts["kept"] == 1
    with catalogue.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(run_items)).scalar() == 1


def test_what_a_killed_process_left_open_is_ended_once(ledger: Ledger) -> None:
    ledger.record_run(run(1, Outcome.ADDED))
    ledger.record_run(run(2, finished=None, items=()))
    ledger.tell(run(2, Outcome.ADDED, finished=None, tally=tally([Outcome.ADDED])), 0)
    assert ledger.close_interrupted("2025-02-02T00:00:00Z") == ["r02"]
    assert ledger.close_interrupted("2025-03-03T00:00:00Z") == []
    broken, whole = ledger.runs()
    assert (broken.finished, broken.counts["added"]) == ("2025-02-02T00:00:00Z", 1)
    assert str(broken.error) == "interrupted: the process ended in the middle of it; ingest again to go on"
    assert whole.error is None
    again = ledger.run("r02")
    assert again is not None
    assert len(again.items) == 1


# Origins


def test_origins_come_back_as_they_were(ledger: Ledger) -> None:
    found = [origin("1"), origin("2", "b", sketch=b"", blocks=b""), origin("1", source="feed", rank=1)]
    ledger.put_origins([])
    ledger.put_origins(found)
    assert ledger.origins("site") == {"1": found[0], "2": found[1]}
    assert ledger.origins("feed") == {"1": found[2]}
    assert ledger.origins("none") == {}
    assert sorted(ledger.origins_of("a"), key=lambda o: o.source) == [found[2], found[0]]
    assert ledger.sketches() == [("a", bytes(256))]


def test_a_later_word_on_a_post_takes_the_place_of_the_former(ledger: Ledger) -> None:
    ledger.put_origins([origin("1"), origin("2")])
    later = origin("1", "b", marker="n")
    ledger.put_origins([origin("1", "c"), later])
    assert ledger.origins("site") == {"1": later, "2": origin("2")}
    ledger.forget("site", "1")
    ledger.forget("site", "unknown")
    assert ledger.origins("site").keys() == {"2"}


# Withdrawals


def test_withdrawals_come_the_newest_first_and_once_an_article(ledger: Ledger) -> None:
    ledger.put_withdrawals([])
    first, second = withdrawal("a"), withdrawal("b", at="2025-02-02T00:00:00+00:00")
    ledger.put_withdrawals([first, second, first])
    assert ledger.withdrawals() == [second, first]
    again = withdrawal("a", source=ADMIN, at="2025-03-03T00:00:00+00:00")
    ledger.put_withdrawals([again])
    assert ledger.withdrawals() == [again, second]
    assert ledger.barred([first.identity, second.identity, "unknown"]) == {first.identity}
    assert ledger.barred([]) == set()


@pytest.mark.parametrize("by_admin", [False, True])
def test_what_an_admin_withdrew_only_an_admin_lets_in(ledger: Ledger, by_admin: bool) -> None:
    ledger.put_withdrawals([withdrawal("a", source=ADMIN), withdrawal("b"), withdrawal("c")])
    ledger.let_in([withdrawal("a").identity, withdrawal("b").identity, "unknown"], by_admin=by_admin)
    assert {item.article_id for item in ledger.withdrawals()} == ({"c"} if by_admin else {"a", "c"})


# Holds


def test_what_is_held_comes_back_as_it_was(ledger: Ledger) -> None:
    first, second = held("a"), held("b", at="2025-02-02")
    ledger.hold(first)
    ledger.hold(second)
    assert ledger.held() == [second, first]
    later = replace(first, flags=("another",), at="2025-03-03")
    ledger.hold(later)
    assert ledger.held() == [later, second]


@pytest.mark.parametrize(
    ("ended", "left"),
    [
        pytest.param(lambda ledger: ledger.let_in([held("a").article.identity]), {"b"}, id="it comes in"),
        pytest.param(lambda ledger: ledger.put_withdrawals([withdrawal("a")]), {"b"}, id="it is withdrawn"),
        pytest.param(
            lambda ledger: ledger.put_withdrawals([replace(withdrawal("a"), identity="old address")]),
            {"b"},
            id="it is withdrawn under its former address",
        ),
        pytest.param(lambda ledger: ledger.put_origins([origin("a")]), {"b"}, id="its post became an article"),
        pytest.param(
            lambda ledger: ledger.put_origins([origin("a", source="feed")]), {"a", "b"}, id="another post did"
        ),
        pytest.param(lambda ledger: ledger.hold(held("z", key="a")), {"z", "b"}, id="its post has another address"),
    ],
)
def test_a_hold_ends(ledger: Ledger, ended: Any, left: set[str]) -> None:
    ledger.hold(held("a"))
    ledger.hold(held("b"))
    ended(ledger)
    assert {item.article.id for item in ledger.held()} == left
