"""Full-text search on segmented text."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from corpus import lexical
from corpus.language import Analyzer
from corpus.lexical import IndexedTerms, LexicalRow
from corpus.library import Library
from tests.corpus.examples import make_article, passages_of

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
                LexicalRow(3, ["law"], [], ["drug", "don't", "3.5", "caf\xe9", 'a"b'], []),
                LexicalRow(4, ["药物"], [], ["药物", "研发", "drug"], ["药物", "物研", "研发"]),
                LexicalRow(5, ["other"], [], ["trial", "drug", "trial"], []),
                *(LexicalRow(100 + i, ["filler"], [], [f"word{i}", "drug"], []) for i in range(20)),
            ],
        )
    yield engine
    engine.dispose()


def _found(engine: sa.Engine, *terms: str, bigrams: tuple[str, ...] = (), limit: int = 50) -> list[int]:
    with engine.connect() as connection:
        return [key for key, _ in lexical.search(connection, terms, bigrams, limit)]


@given(terms=st.lists(ANY_TERM, max_size=5), bigrams=st.lists(ANY_TERM, max_size=3))
def test_no_term_is_query_syntax(engine: sa.Engine, terms: list[str], bigrams: list[str]) -> None:
    with engine.connect() as connection:
        rows = lexical.search(connection, terms, bigrams, 3)
        lexical.document_counts(connection, terms)
    assert len(rows) <= 3


@pytest.mark.parametrize(
    ("term", "keys"),
    [
        pytest.param("suzhou", {1}, id="a word"),
        pytest.param("don't", {3}, id="apostrophe"),
        pytest.param("3.5", {3}, id="decimal"),
        pytest.param("café", {3}, id="accent"),
        pytest.param('a"b', {3}, id="quote"),
        pytest.param("药物", {4}, id="Chinese"),
        pytest.param("AND", set(), id="an operator is a word"),
        pytest.param("suzh*", set(), id="no prefix search"),
        pytest.param("body:suzhou", set(), id="no column filter"),
        pytest.param("trial cost", {2}, id="a phrase"),
        pytest.param("cost trial", set(), id="a phrase keeps its order"),
        pytest.param("drug start", set(), id="a phrase does not cross columns"),
    ],
)
def test_a_term_finds_what_holds_it(engine: sa.Engine, term: str, keys: set[int]) -> None:
    assert set(_found(engine, term)) == keys


def test_nothing_asked_finds_nothing(engine: sa.Engine) -> None:
    assert _found(engine) == []


def test_the_rarer_term_ranks_first(engine: sa.Engine) -> None:
    assert _found(engine, "drug", "cost")[0] == 2
    assert _found(engine, "drug", "suzhou")[0] == 1


def test_the_passage_that_says_it_more_often_ranks_first(engine: sa.Engine) -> None:
    assert _found(engine, "trial")[0] == 5


def test_scores_are_positive_and_fall(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        scores = [score for _, score in lexical.search(connection, ["trial", "suzhou"], [], 50)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_bigrams_are_looked_for_in_their_own_column(engine: sa.Engine) -> None:
    assert set(_found(engine, bigrams=("药物",))) == {1, 4}
    assert _found(engine, bigrams=("suzhou",)) == []


def test_the_limit_holds(engine: sa.Engine) -> None:
    assert len(_found(engine, "drug", limit=4)) == 4


def test_terms_beyond_the_limit_are_left_out(engine: sa.Engine) -> None:
    fill = [f"absent{i}" for i in range(lexical.MAX_TERMS - 1)]
    assert _found(engine, *fill, "suzhou") == [1]
    assert _found(engine, *fill, "absent", "suzhou") == []


def test_document_counts(engine: sa.Engine) -> None:
    asked = ["trial", "drug", "don't", "3.5", "café", "药物", "absent"]
    with engine.connect() as connection:
        counts = lexical.document_counts(connection, asked)
        assert lexical.document_counts(connection, []) == {}
    assert counts == {"trial": 3, "drug": 25, "don't": 1, "3.5": 1, "café": 1, "药物": 2}


def test_terms_come_back_as_they_went_in(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        found = lexical.terms_of(connection, [1, 2, 999])
    assert found == {
        1: IndexedTerms(" drug  park ", " start ", " drug  trial  in  suzhou ", " 药物 "),
        2: IndexedTerms(" talent ", "", " drug  trial  cost ", ""),
    }
    assert (found[1].length, found[2].length) == (4, 3)


@pytest.mark.parametrize(
    ("phrase", "terms", "count"),
    [
        pytest.param("a", "a b a", 2, id="one word"),
        pytest.param("a", "a a a", 3, id="one word side by side"),
        pytest.param("a", "aa ba", 0, id="no part of a word"),
        pytest.param("a b", "a b a b a", 2, id="two words"),
        pytest.param("a b", "a x b", 0, id="not side by side"),
        pytest.param("a b", "a", 0, id="cut off"),
        pytest.param("a", "", 0, id="in nothing"),
    ],
)
def test_phrases_are_counted_in_what_is_spaced(phrase: str, terms: str, count: int) -> None:
    assert lexical.spaced(terms.split()).count(lexical.spaced(phrase.split())) == count


@given(text=st.text(min_size=1))
def test_every_word_of_a_text_is_found_and_counted(analyzer: Analyzer, text: str) -> None:
    """What the analyzer makes of letters and digits, the index neither splits nor changes."""
    terms = [term for term in analyzer.terms(text) if term.isascii()]
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as connection:
        lexical.create(connection)
        lexical.insert(connection, [LexicalRow(1, [], [], terms, [])])
        assert set(lexical.document_counts(connection, terms)) == set(terms)
    engine.dispose()


def test_a_removed_passage_is_no_longer_found(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        lexical.insert(connection, [LexicalRow(7, ["gone"], [], ["ephemeral"], [])])
    assert _found(engine, "ephemeral") == [7]
    with engine.begin() as connection:
        lexical.delete(connection, [7, 12345])
        assert 7 not in lexical.keys(connection)
        assert lexical.document_counts(connection, ["ephemeral"]) == {}
    assert _found(engine, "ephemeral") == []


def test_only_live_passages_are_found(tmp_path: Path, open_stub: Callable[[Path], Library]) -> None:
    library = open_stub(tmp_path)
    old, new = make_article("a", "The ancient statement."), make_article("a", "The recent statement.")
    library.publish(old, passages_of(old))
    library.publish(new, passages_of(new))
    assert library.lexical(["ancient"], [], 5) == []
    assert [hit.passage.id for hit in library.lexical(["recent"], [], 5)] == ["a.2.0"]


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
    assert [hit.passage.text for hit in library.lexical(terms, [], 5)] == [text]
    counts, total = library.document_counts(terms)
    assert (set(counts.values()), total) == ({1}, 1)
