"""One generation as a question sees it: what is kept of it is never served after a change."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from corpus import lexical
from corpus.filters import Filter
from corpus.kept import Kept
from corpus.language import Analyzer
from corpus.library import Library
from corpus.table import PassageTable
from tests.corpus.examples import make_article, passages_of

OLD = make_article(
    "a", "The ancient statement about drugs. 语句", published="2020-01-01", categories=("Then",), author="Ann Brill"
)
NEW = make_article("a", "The recent new statement about drugs.", published="2024-01-01", categories=("Now",))
OTHER = make_article("b", "Another article about talent.")


@pytest.fixture
def library(tmp_path: Path, open_stub: Callable[[Path], Library]) -> Library:
    opened = open_stub(tmp_path)
    for article in (OLD, OTHER):
        opened.publish(article, passages_of(article))
    return opened


READS = {
    "articles_of": lambda view, f: {name: a.text for name, a in view.articles_of(["a", "b"]).items()},
    "terms_of": lambda view, f: {name: list(found.every) for name, found in view.terms_of(["a", "b"]).items()},
    "keys_of": lambda view, f: set(view.keys_of(["a.1.0", "a.2.0", "b.1.0"])),
    "passages": lambda view, f: {p.text for p in view.passages(view.keys_of(["a.1.0", "a.2.0"]).values()).values()},
    "table": lambda view, f: (view.table(f).passage_ids, view.table(f).lengths.tolist()),
    "excerpts": lambda view, f: {e.text for e in view.excerpts(range(1, 9)).values()},
    "encoded": lambda view, f: len(view.encoded(view.keys_of(["a.1.0", "a.2.0", "b.1.0"]).values(), f)),
    "document_counts": lambda view, f: view.document_counts(["ancient", "recent", "talent"]),
    "postings": lambda view, f: view.postings([("ancient",)])[("ancient",)].keys.tolist(),
    "pairs": lambda view, f: view.pairs(["语句"])["语句"].tolist(),
    "selected": lambda view, f: view.selected(Filter(categories=("Then",))),
    "admitted": lambda view, f: set(view.admitted(Filter(categories=("Then",))) or ()),
    "among": lambda view, f: view.among(Filter(categories=("Then",)), f).ids,
    "page": lambda view, f: [a.text for a in view.page(Filter(categories=("Then",)), None, 0)],
    "published": lambda view, f: view.published(),
    "categories": lambda view, f: view.categories(),
    "authors": lambda view, f: view.authors(),
    "labels": lambda view, f: view.labels(Filter(categories=("Then",))),
    "passages_of": lambda view, f: [p.text for p in view.passages_of("a")],
}
"""Whatever can be read of a view, with the fingerprint in use."""

REPLACED = READS.keys() - {"encoded"}  # a count of as many passages as before


def _read(library: Library, read: Callable[[Any, str], object]) -> object:
    with library.view() as view:
        return read(view, library.fingerprint)


@pytest.mark.parametrize("name", READS)
def test_nothing_kept_is_served_once_it_was_withdrawn(library: Library, name: str) -> None:
    before = _read(library, READS[name])
    assert _read(library, READS[name]) == before
    library.withdraw("a")
    assert _read(library, READS[name]) != before
    assert "ancient" not in str(_read(library, READS[name])).replace("'ancient': ", "")


@pytest.mark.parametrize("name", sorted(REPLACED))
def test_nothing_kept_is_served_once_it_was_replaced(library: Library, name: str) -> None:
    before = _read(library, READS[name])
    library.publish(NEW, passages_of(NEW))
    assert _read(library, READS[name]) != before


@pytest.mark.parametrize("name", READS)
def test_a_view_goes_on_seeing_what_it_saw(library: Library, name: str) -> None:
    before = _read(library, READS[name])
    with library.view() as view:
        library.publish(NEW, passages_of(NEW))
        assert READS[name](view, library.fingerprint) == before
        assert library.changed_since(view)
    with library.view() as view:
        assert not library.changed_since(view)


def test_an_older_view_leaves_nothing_to_newer_ones(library: Library) -> None:
    """What a slow question reads after a change is of its own generation, and is not kept for the next."""
    with library.view() as slow:
        library.publish(NEW, passages_of(NEW))
        with library.view() as fresh:
            assert "recent" in fresh.articles_of(["a"])["a"].text
        assert "ancient" in slow.articles_of(["a"])["a"].text
    assert _read(library, READS["articles_of"])["a"] == NEW.text  # type: ignore[index]


def test_a_number_used_again_brings_nothing_back(library: Library) -> None:
    """A withdrawn article that comes again begins at version 1: its passages have the ids of those that went."""
    _read(library, READS["passages"])
    library.withdraw("a")
    library.publish(NEW, passages_of(NEW))
    assert _read(library, READS["keys_of"]) == {"a.1.0", "b.1.0"}
    assert _read(library, READS["passages"]) == {"The recent new statement about drugs."}


@pytest.mark.parametrize("name", ["postings", "pairs", "document_counts"])
def test_what_was_read_is_not_read_again(library: Library, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    first = _read(library, READS[name])
    monkeypatch.setattr(lexical, "places", lambda *_: pytest.fail("read again"))
    assert _read(library, READS[name]) == first


def test_a_table_is_read_once_however_many_ask(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    read = PassageTable.read

    def slow(connection: sa.Connection, fingerprint: str) -> PassageTable:
        reads.append(fingerprint)
        time.sleep(0.05)
        return read(connection, fingerprint)

    monkeypatch.setattr(PassageTable, "read", slow)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: _read(library, lambda view, f: view.table(f)), range(4)))
    assert reads == [library.fingerprint]
    assert all(table is found[0] for table in found)


@given(
    names=st.lists(st.lists(st.integers(0, 9), max_size=6), max_size=12),
    most=st.integers(1, 6),
    size=st.sampled_from([lambda _: 1, lambda value: value]),
)
def test_what_is_kept_is_what_would_be_read(names: list[list[int]], most: int, size: Callable[[int], int]) -> None:
    kept: Kept[int, int] = Kept(most, size)
    for some in names:
        there = [name for name in dict.fromkeys(some) if name != 7]  # there is no 7
        assert kept.some(some, lambda few: {n: n * n for n in few if n != 7}) == {n: n * n for n in there}
        assert list(kept.some(some, lambda few: {n: n * n for n in few if n != 7})) == there


def test_no_more_is_kept_than_there_is_room_for() -> None:
    kept: Kept[int, int] = Kept(2)
    read: list[int] = []

    def one(name: int) -> int:
        return kept.one(name, lambda: read.append(name) or name)  # type: ignore[func-returns-value]

    assert [one(name) for name in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert read == [1, 2, 3, 2], "the one asked for longest ago went first"


def test_what_is_kept_counts_by_its_size() -> None:
    kept: Kept[str, str] = Kept(5, len)
    kept.keep({"a": "aaa", "b": "bb"})
    kept.keep({"a": "aaa", "c": "c"})
    read: list[str] = []
    for name in ("b", "c", "a"):
        kept.one(name, lambda name=name: read.append(name) or "xxx")  # type: ignore[misc, func-returns-value]
    assert read == ["a"], "what was kept first went first, once"


def test_the_terms_of_an_article_are_those_of_its_title_and_text(library: Library, analyzer: Analyzer) -> None:
    article = make_article("c", "## Parks\n\nFirms grow 药物研发 in parks.\n\nTalent follows them, says Ann.")
    library.publish(article, passages_of(article))
    with library.view() as view:
        found = view.terms_of(["c", "nobody"])
    assert found.keys() == {"c"}
    assert list(found["c"].every) == analyzer.terms(f"{article.title}\n{article.text}")
    assert {name: list(terms) for name, terms in found["c"].passages.items()} == {
        f"c.1.{passage.ordinal}": analyzer.terms(passage.text) for passage in passages_of(article)
    }
