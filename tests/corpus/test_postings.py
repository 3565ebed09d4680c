"""Places of terms, joined to phrases and counted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.postings import (
    COLUMN_BITS,
    POSITION_BITS,
    Column,
    Places,
    Postings,
    pair_keys,
    passages_with,
    phrase_places,
)

Texts = dict[int, dict[Column, list[str]]]
"""What passages hold, by key and column."""

TEXTS = st.dictionaries(
    st.integers(1, 5000),
    st.dictionaries(st.sampled_from(Column), st.lists(st.sampled_from("abc"), max_size=8)),
    max_size=6,
)


def places_in(texts: Texts) -> dict[str, Places]:
    """Index texts as the full-text index does."""
    found: dict[str, list[int]] = {term: [] for term in "abcx"}
    for key, columns in texts.items():
        for column, terms in columns.items():
            for position, term in enumerate(terms):
                found[term].append((key << COLUMN_BITS | column) << POSITION_BITS | position)
    return {term: np.array(sorted(at), np.int64) for term, at in found.items()}


def times(phrase: tuple[str, ...], terms: list[str]) -> int:
    return sum(tuple(terms[i : i + len(phrase)]) == phrase for i in range(len(terms)))


@given(texts=TEXTS, phrase=st.lists(st.sampled_from("abcx"), min_size=1, max_size=4).map(tuple))
def test_postings_count_a_phrase_as_reading_the_texts_would(texts: Texts, phrase: tuple[str, ...]) -> None:
    posting = Postings.of(phrase_places(phrase, places_in(texts)))
    counted = {
        key: tuple(times(phrase, columns.get(column, [])) for column in (Column.BODY, Column.TITLE, Column.HEADINGS))
        for key, columns in sorted(texts.items())
    }
    held = {key: (body, title > 0, headings > 0) for key, (body, title, headings) in counted.items()}
    rows = zip(posting.body.tolist(), posting.title.tolist(), posting.headings.tolist(), strict=True)
    assert dict(zip(posting.keys.tolist(), rows, strict=True)) == {key: row for key, row in held.items() if any(row)}
    assert posting.keys.tolist() == sorted(posting.keys.tolist())


@given(texts=TEXTS)
def test_pairs_and_counts_are_of_passages(texts: Texts) -> None:
    places = places_in(texts)
    for term, at in places.items():
        holding = [key for key, columns in sorted(texts.items()) if any(term in held for held in columns.values())]
        assert passages_with(at) == len(holding)
        assert pair_keys(at).tolist() == [key for key in holding if term in texts[key].get(Column.BIGRAMS, [])]


@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        pytest.param(("a",), 3, id="one word"),
        pytest.param(("a", "b"), 1, id="two words"),
        pytest.param(("b", "a"), 1, id="the other way round"),
        pytest.param(("b", "c"), 0, id="not across columns"),
        pytest.param(("a", "a"), 1, id="the same word twice"),
        pytest.param(("a", "x"), 0, id="an unknown word"),
    ],
)
def test_a_phrase_stands_side_by_side_in_one_column(phrase: tuple[str, ...], count: int) -> None:
    places = places_in({7: {Column.TITLE: ["b"], Column.HEADINGS: ["c"], Column.BODY: ["a", "b", "a", "a"]}})
    assert len(phrase_places(phrase, places)) == count
