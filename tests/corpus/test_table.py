"""The table of live passages: what it holds is what the catalogue holds, row by row."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.library import Library
from corpus.table import PassageTable
from tests.corpus.examples import make_article, passages_of
from tests.corpus.looks import look_up

GONE = make_article("gone", "An article that is withdrawn.")
FERRIES = make_article("ferries", "The ferry sails at noon. It carries bicycles.\n\nA second pier opened in 2019.")
TALENT = make_article("talent", "Cambridge trains engineers.")


@pytest.fixture
def library(tmp_path: Path, open_stub: Callable[[Path], Library]) -> Library:
    opened = open_stub(tmp_path)
    opened.publish_all([(each, passages_of(each)) for each in (GONE, FERRIES, TALENT)])
    opened.withdraw("gone")
    return opened


@pytest.fixture
def table(library: Library) -> PassageTable:
    with library.view() as view:
        return view.table(library.fingerprint)


def test_each_row_is_a_live_passage(library: Library, table: PassageTable) -> None:
    assert set(table.article_ids) == {"ferries", "talent"}
    assert table.keys.tolist() == sorted(table.keys.tolist())
    with library.view() as view:
        passages = view.passages(table.keys.tolist())
        encoded = view.encoded(table.keys.tolist(), library.fingerprint)
    assert [passages[key].id for key in table.keys] == list(table.passage_ids)
    assert [passages[key].article_id for key in table.keys] == list(table.article_ids)
    np.testing.assert_array_equal(table.vectors, [encoded[key].vector for key in table.keys])
    assert np.flatnonzero(table.lengths).tolist() == table.keys.tolist()


def test_rows_are_found_by_key_and_by_id_in_the_order_asked_for(table: PassageTable) -> None:
    first, last = int(table.keys[0]), int(table.keys[-1])
    assert table.rows_of([last, 0, first, last + 1]).tolist() == [len(table.keys) - 1, 0]
    names = [table.passage_ids[-1], "nobody.1.0", table.passage_ids[0]]
    assert table.rows_named(names).tolist() == [len(table.keys) - 1, 0]
    assert table.rows_of([]).tolist() == table.rows_named([]).tolist() == []


def test_a_few_of_them_are_compared_whole(library: Library, table: PassageTable) -> None:
    vector = library.embedder.embed_query("The ferry sails")
    found = table.among([*table.keys.tolist(), 999]).nearest(vector, 1)
    everything = look_up(library, vector, 1)
    assert found == [(everything[0].passage.id, pytest.approx(everything[0].score, abs=2e-3))]


@pytest.mark.parametrize("fingerprint", ["another model"])
def test_without_vectors_there_are_no_rows(library: Library, fingerprint: str) -> None:
    with library.view() as view:
        table = view.table(fingerprint)
    assert (len(table.keys), table.rows_of([1, 2]).tolist(), table.among([1]).ids) == (0, [], [])
    assert table.lengths.any()
