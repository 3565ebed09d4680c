"""Filters: which articles pass, told the same by the article itself and by the database."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.embedder import Embedder
from corpus.errors import BadInput
from corpus.filters import EVERYTHING, Filter, filter_of
from corpus.library import Library
from corpus.table import Matrix
from tests.corpus.examples import holding, make_article, passages_of
from tests.corpus.looks import look_up

HELD = (
    make_article("dated", categories=("Life sciences", "Suzhou"), author="Jane Smith", published="2025-03-04"),
    make_article(
        "timed", categories=("life  SCIENCES",), author="Li Wei and Jane Smith", published="2025-03-04T23:30Z"
    ),
    make_article("older", categories=("Finance",), author="Oliver Stone", published="2024-12-31", language="zh"),
    make_article("chinese", categories=("生命科学",), author="李伟、王芳", published="2024-06-01", language="zh"),
    make_article("bare"),
)

CASES = [
    pytest.param(EVERYTHING, {"dated", "timed", "older", "chinese", "bare"}, id="nothing asked"),
    pytest.param(Filter(categories=("LIFE sciences",)), {"dated", "timed"}, id="category, case and blanks aside"),
    pytest.param(Filter(categories=("Life",)), set(), id="a category is a whole name"),
    pytest.param(Filter(categories=("Finance", "Suzhou")), {"dated", "older"}, id="any of the categories"),
    pytest.param(Filter(categories=("生命科学",)), {"chinese"}, id="a Chinese category"),
    pytest.param(Filter(authors=("jane smith",)), {"dated", "timed"}, id="an author among others"),
    pytest.param(Filter(authors=("Smith",)), {"dated", "timed"}, id="a family name"),
    pytest.param(Filter(authors=("Li",)), {"timed"}, id="a short name is no part of another"),
    pytest.param(Filter(authors=("王芳",)), {"chinese"}, id="a Chinese author among others"),
    pytest.param(Filter(languages=("zh",)), {"older", "chinese"}, id="language"),
    pytest.param(Filter(since=date(2025, 3, 4)), {"dated", "timed"}, id="since is included"),
    pytest.param(Filter(until=date(2024, 12, 31)), {"older", "chinese"}, id="until is included"),
    pytest.param(Filter(until=date(2025, 3, 4)), {"dated", "timed", "older", "chinese"}, id="a time of day counts not"),
    pytest.param(Filter(since=date(2024, 1, 1), languages=("en",)), {"dated", "timed"}, id="both of two"),
    pytest.param(Filter(since=date(2026, 1, 1)), set(), id="none"),
    pytest.param(Filter(since=date(2025, 1, 1), until=date(2024, 1, 1)), set(), id="an end before its start"),
    pytest.param(Filter(authors=("%",)), set(), id="nothing in a name is query syntax"),
    pytest.param(Filter(authors=("(",)), set(), id="nor a pattern"),
]


@pytest.fixture
def held(tmp_path: Path, open_stub: Callable[..., Library]) -> Library:
    library = open_stub(tmp_path / "data")
    for each in HELD:
        library.publish(each, passages_of(each))
    return library


@pytest.mark.parametrize(("where", "ids"), CASES)
def test_an_article_tells_whether_it_passes(where: Filter, ids: set[str]) -> None:
    assert {article.id for article in HELD if where.admits(article)} == ids


def test_the_catalogue_agrees_with_the_articles(held: Library) -> None:
    for case in CASES:
        where, ids = case.values
        assert isinstance(where, Filter)
        assert held.matching(where) == (None if where.empty else ids), case.id
        assert {article.id for article in held.articles(where=where)} == ids
        assert held.count(where) == len(ids), case.id  # type: ignore[arg-type]


def test_articles_come_newest_first_and_in_pages(held: Library) -> None:
    english = Filter(languages=("en",))
    assert [article.id for article in held.articles(where=english)] == ["timed", "dated", "bare"]
    assert [article.id for article in held.articles(where=english, limit=1, offset=1)] == ["dated"]
    assert held.articles(where=english, offset=3) == []


days = st.dates(date(2024, 5, 1), date(2025, 4, 1)) | st.none()


@given(since=days, until=days, since_too=days, until_too=days)
def test_a_narrower_filter_admits_what_both_admit(
    since: date | None, until: date | None, since_too: date | None, until_too: date | None
) -> None:
    first, second = Filter(since=since, until=until), Filter(since=since_too, until=until_too)
    both = first.within(since_too, until_too)
    assert all(both.admits(article) is (first.admits(article) and second.admits(article)) for article in HELD)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        pytest.param({"since": "2025-02-30"}, "since: '2025-02-30' is no day", id="no such day"),
        pytest.param({"until": "yesterday"}, "until: 'yesterday' is no day", id="a word"),
        pytest.param({"until": "20250131"}, "give one such as 2025-01-31", id="without dashes"),
        pytest.param({"since": "2025-01"}, "is no day", id="a month"),
        pytest.param({"since": "2025-02-01", "until": "2025-01-31"}, "swap them", id="the wrong way round"),
        pytest.param({"categories": ["a", " "]}, "category: an empty name", id="an empty category"),
        pytest.param({"authors": [""]}, "author: an empty name", id="an empty author"),
    ],
)
def test_what_is_no_filter_is_told_in_one_line(given: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput, match=says) as refused:
        filter_of(**given)
    assert "\n" not in str(refused.value)


def test_a_filter_is_built_from_what_is_given() -> None:
    built = filter_of(categories=["A"], authors=["B"], language="zh", since="2025-01-31", until=date(2025, 1, 31))
    assert built == Filter(("A",), ("B",), ("zh",), date(2025, 1, 31), date(2025, 1, 31))
    assert filter_of() == EVERYTHING
    assert EVERYTHING.empty
    assert not built.empty


def many() -> list[Article]:
    """Articles that say nearly the same, one in ten of them in Chinese by its own word."""
    return [
        make_article(f"a{n}", f"The ferry sails to pier {n}.", language="zh" if n % 10 == 0 else "en")
        for n in range(40)
    ]


@pytest.fixture
def ferries(tmp_path: Path, open_stub: Callable[..., Library]) -> Library:
    library = open_stub(tmp_path / "ferries")
    library.publish_all([(each, passages_of(each)) for each in many()])
    return library


CHINESE = Filter(languages=("zh",))


@pytest.mark.parametrize("most", [pytest.param(5000, id="all compared"), pytest.param(0, id="by the index")])
def test_a_filter_loses_no_near_passage(ferries: Library, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr("corpus.view.EXACT_MOST", most)
    embedder: Embedder = ferries.embedder
    vector = embedder.embed_query("The ferry sails to pier 11")
    everything = look_up(ferries, vector, 40)
    expected = [hit.key for hit in everything if hit.passage.article_id in {"a0", "a10", "a20", "a30"}]
    found = look_up(ferries, vector, 3, where=CHINESE)
    assert [hit.key for hit in found] == expected[:3]
    assert [hit.score for hit in found] == pytest.approx(
        [hit.score for hit in everything if hit.key in expected[:3]], abs=2e-3
    )


def test_full_text_looks_only_at_what_passes(ferries: Library) -> None:
    found = holding(ferries, "ferri", where=CHINESE).values()
    assert {passage.article_id for passage in found} == {"a0", "a10", "a20", "a30"}
    assert not holding(ferries, "11", where=CHINESE)
    assert holding(ferries, "11")


def test_a_filter_sees_what_was_published_and_withdrawn_since(ferries: Library) -> None:
    assert ferries.count(CHINESE) == 4
    newer = make_article("new", "The ferry sails at night.", language="zh", categories=("Boats",))
    ferries.publish(newer, passages_of(newer))
    ferries.withdraw("a0")
    assert ferries.matching(CHINESE) == {"a10", "a20", "a30", "new"}
    found = holding(ferries, "ferri", where=CHINESE).values()
    assert {passage.article_id for passage in found} == ferries.matching(CHINESE)
    assert ferries.categories() == ("Boats",)


def test_dates_categories_and_authors_are_those_of_live_articles(held: Library) -> None:
    with held.view() as view:
        published = view.published()
    assert published == {
        "dated": date(2025, 3, 4),
        "timed": date(2025, 3, 4),
        "older": date(2024, 12, 31),
        "chinese": date(2024, 6, 1),
    }
    assert held.categories() == ("Finance", "life  SCIENCES", "Life sciences", "Suzhou", "生命科学")
    assert held.authors() == ("Jane Smith", "Li Wei and Jane Smith", "Oliver Stone", "李伟、王芳")


def test_nothing_is_nearest_in_an_empty_matrix(held: Library) -> None:
    vector = held.embedder.embed_query("ferry")
    assert Matrix((), vector[None, :0]).nearest(vector, 3) == []
    assert look_up(held, vector, 3, where=Filter(since=date(2026, 1, 1))) == []
