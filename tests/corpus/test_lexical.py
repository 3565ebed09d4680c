"""Full-text search on segmented text."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from corpus import lexical
from corpus.language import Analyzer
from corpus.lexical import LexicalRow
from corpus.library import Library
from corpus.postings import Column
from tests.corpus.examples import holding, make_article, passages_of

ANY_TERM = st.text() | st.text(st.sampled_from("\"'*()^:{}+-\0 \nANDORNOTNEAR中é,.0"))


@pytest.fixture(scope="module")
def engine() -> Iterator[sa.Engine]:
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as connection:
        lexical.create(connection)
        lexical.insert(
            connection,
            [
                LexicalRow(1, ["drug", "park"], ["start"], ["drug", "trial", "in", "suzhou"], ["药物"]),
                LexicalRow(2, ["talent"], [], ["drug", "trial", "cost"], []),
                LexicalRow(3, ["law"], [], ["drug", "don't", "3.5", "caf\xe9"], []),
                LexicalRow(4, ["药物"], [], ["药物", "研发", "drug"], ["药物", "物研", "研发"]),
                LexicalRow(5, ["other"], [], ["trial", "drug", "trial"], []),
                *(LexicalRow(100 + i, ["filler"], [], [f"word{i}", "drug"], []) for i in range(20)),
            ],
        )
    yield engine
    engine.dispose()


def _places(engine: sa.Engine, *terms: str) -> dict[str, list[tuple[int, Column, int]]]:
    """Return the places of terms, taken apart: the passage's key, the column and the position in it."""
    with engine.connect() as connection:
        found = lexical.places(connection, terms)
    return {term: [(p >> 24, Column(p >> 22 & 3), p & 0x3FFFFF) for p in found[term].tolist()] for term in found}


def _found(engine: sa.Engine, term: str) -> set[int]:
    return {key for key, *_ in _places(engine, term)[term]}


@given(terms=st.lists(ANY_TERM, max_size=5))
def test_no_term_is_syntax(engine: sa.Engine, terms: list[str]) -> None:
    assert _places(engine, *terms).keys() == set(terms)


@pytest.mark.parametrize(
    ("term", "keys"),
    [
        pytest.param("suzhou", {1}, id="a word"),
        pytest.param("don't", {3}, id="apostrophe"),
        pytest.param("3.5", {3}, id="decimal"),
        pytest.param("café", {3}, id="accent"),
        pytest.param("研发", {4}, id="Chinese"),
        pytest.param("AND", set(), id="an operator is a word"),
        pytest.param("suzh*", set(), id="no prefix search"),
        pytest.param("body:suzhou", set(), id="no column filter"),
        pytest.param("trial cost", set(), id="words are looked for one by one"),
    ],
)
def test_a_term_finds_what_holds_it(engine: sa.Engine, term: str, keys: set[int]) -> None:
    assert _found(engine, term) == keys


def test_nothing_asked_finds_nothing(engine: sa.Engine) -> None:
    assert _places(engine) == {}


def test_places_tell_passage_column_and_position_in_order(engine: sa.Engine) -> None:
    assert _places(engine, "trial", "药物", "start") == {
        "trial": [(1, Column.BODY, 1), (2, Column.BODY, 1), (5, Column.BODY, 0), (5, Column.BODY, 2)],
        "药物": [(1, Column.BIGRAMS, 0), (4, Column.TITLE, 0), (4, Column.BODY, 0), (4, Column.BIGRAMS, 0)],
        "start": [(1, Column.HEADINGS, 0)],
    }


def test_the_length_of_a_body_is_the_number_of_its_terms(engine: sa.Engine) -> None:
    bodies = {0: 0, 30: 127, 31: 128, 32: 5000, 33: 20_000}
    with engine.begin() as connection:
        lexical.insert(connection, [LexicalRow(key, ["x"] * 300, [], ["x"] * n, ["y"]) for key, n in bodies.items()])
        lengths = lexical.body_lengths(connection)
        lexical.delete(connection, bodies)
    expected = {1: 4, 2: 3, 3: 4, 4: 3, 5: 3} | bodies
    assert {key: int(lengths[key]) for key in expected} == expected
    assert lengths[6] == 0


def test_an_empty_index_has_no_lengths() -> None:
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as connection:
        lexical.create(connection)
        assert lexical.body_lengths(connection).tolist() == [0]
    engine.dispose()


@given(text=st.text(min_size=1))
def test_every_word_of_a_text_is_found_and_counted(analyzer: Analyzer, text: str) -> None:
    """What the analyzer makes of letters and digits, the index neither splits nor changes."""
    terms = [term for term in analyzer.terms(text) if term.isascii()]
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as connection:
        lexical.create(connection)
        lexical.insert(connection, [LexicalRow(1, [], [], terms, [])])
        found = lexical.places(connection, terms)
    assert [term for _, term in sorted((p, term) for term, at in found.items() for p in at.tolist())] == terms
    engine.dispose()


def test_a_removed_passage_is_no_longer_found(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        lexical.insert(connection, [LexicalRow(7, ["gone"], [], ["ephemeral"], [])])
    assert _found(engine, "ephemeral") == {7}
    with engine.begin() as connection:
        lexical.delete(connection, [7, 12345])
        assert 7 not in lexical.keys(connection)
    assert _found(engine, "ephemeral") == set()


def test_only_live_passages_are_found(tmp_path: Path, open_stub: Callable[[Path], Library]) -> None:
    library = open_stub(tmp_path)
    old, new = make_article("a", "The ancient statement."), make_article("a", "The recent statement.")
    library.publish(old, passages_of(old))
    library.publish(new, passages_of(new))
    assert not holding(library, "ancient")
    assert [passage.id for passage in holding(library, "recent").values()] == ["a.2.0"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param("臺灣的臨床試驗很貴。", "临床试验", id="traditional found by simplified"),
        pytest.param("台湾的临床试验很贵。", "臨床試驗", id="simplified found by traditional"),
        pytest.param("ＣＲＯ的报价", "CRO", id="full width found by half width"),
        pytest.param("The Nestlé research centre", "Nestle", id="accent found without"),
        pytest.param("The centre doesn’t train.", "doesn't", id="apostrophe"),
        pytest.param("It has 1,000 firms.", "1000", id="grouped digits"),
    ],
)
def test_a_form_finds_the_other(
    tmp_path: Path, open_stub: Callable[[Path], Library], analyzer: Analyzer, text: str, question: str
) -> None:
    library = open_stub(tmp_path)
    article = make_article("a", text, title="x")
    library.publish(article, passages_of(article))
    terms = analyzer.terms(question)
    assert [passage.text for passage in holding(library, *terms).values()] == [text]
    with library.view() as view:
        counts, total = view.document_counts(terms)
    assert (set(counts.values()), total) == ({1}, 1)
