"""Spans, passages and what makes two articles the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Block, BlockKind, Passage, Span
from tests.corpus.examples import make_article


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(5, 4, id="backwards"),
        pytest.param(-1, 4, id="before the text"),
        pytest.param(-3, -1, id="negative"),
    ],
)
def test_a_nonsense_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"not {start}..{end}"):
        Span(start, end)


def test_a_span_may_be_empty() -> None:
    assert Span(3, 3).of("abcdef") == ""


@given(st.text(), st.data())
def test_a_span_counts_code_points(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert [*Span(start, end).of(text)] == [*text][start:end]


@pytest.mark.parametrize(
    ("text", "span", "trimmed"),
    [
        pytest.param("a b", Span(0, 3), Span(0, 3), id="nothing to trim"),
        pytest.param("x \n a b\u3000y", Span(1, 8), Span(4, 7), id="blanks of any kind"),
        pytest.param("ab", Span(1, 1), Span(1, 1), id="empty"),
        pytest.param("a \t b", Span(1, 4), Span(4, 4), id="blank"),
    ],
)
def test_a_span_is_trimmed_within_its_text(text: str, span: Span, trimmed: Span) -> None:
    assert span.trimmed(text) == trimmed


def _passage(text: str, start: int) -> Passage:
    return Passage("a.1.0", "a", 1, 0, Span(start, start + len(text)), text, (), ())


@pytest.mark.parametrize(
    ("article", "wanted"),
    [
        pytest.param("The 🧬🧪 centre. It opened.", "It opened.", id="characters beyond the first plane"),
        pytest.param("A cafe\u0301 closed. It opened.", "It opened.", id="combining marks"),
        pytest.param("👩‍🔬 led it. It opened.", "It opened.", id="joined emoji"),
        pytest.param("中心𠮷于2019年成立。它培训工程师。", "它培训工程师。", id="Chinese beyond the first plane"),
    ],
)
@pytest.mark.parametrize("before", ["", "Lead. ", "🧬 前言。"])
def test_a_quote_is_the_articles_own_text(before: str, article: str, wanted: str) -> None:
    text = before + article
    span = Span(text.index(wanted), text.index(wanted) + len(wanted))
    assert _passage(article, len(before)).quote(span) == span.of(text) == wanted


@pytest.mark.parametrize(
    "span",
    [
        pytest.param(Span(9, 12), id="before"),
        pytest.param(Span(18, 21), id="beyond"),
        pytest.param(Span(0, 99), id="round"),
    ],
)
def test_a_quote_from_outside_the_passage_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match=r"outside passage a\.1\.0"):
        _passage("0123456789", 10).quote(span)


@pytest.mark.parametrize(
    "field",
    [
        pytest.param({"title": "Another"}, id="title"),
        pytest.param({"text": "Another text."}, id="text"),
        pytest.param({"blocks": (Block(BlockKind.HEADING, Span(0, 3), 2),)}, id="blocks"),
        pytest.param({"language": "zh"}, id="language"),
        pytest.param({"url": "https://example.org/other"}, id="url"),
        pytest.param({"author": "B. Writer"}, id="author"),
        pytest.param({"published": "2025-01-02"}, id="published"),
        pytest.param({"modified": "2025-01-03"}, id="modified"),
        pytest.param({"categories": ("Health",)}, id="categories"),
        pytest.param({"sample": True}, id="sample"),
        pytest.param({"names": {"CRO": "contract research organisation"}}, id="names"),
    ],
)
def test_the_content_hash_changes_with_what_a_reader_sees(field: dict[str, object]) -> None:
    article = make_article()
    assert replace(article, **field).content_hash != article.content_hash


@pytest.mark.parametrize(
    "field",
    [
        pytest.param({"id": "b"}, id="id"),
        pytest.param({"identity": "https://example.org/b"}, id="identity"),
        pytest.param({"source": "another feed"}, id="source"),
    ],
)
def test_the_content_hash_stays_where_only_our_records_change(field: dict[str, object]) -> None:
    article = make_article()
    assert replace(article, **field).content_hash == article.content_hash


def test_the_content_hash_does_not_depend_on_the_order_of_names() -> None:
    first = make_article(names={"CRO": "contract research", "AI": "artificial intelligence"})
    second = make_article(names={"AI": "artificial intelligence", "CRO": "contract research"})
    assert first.content_hash == second.content_hash


@pytest.mark.parametrize(
    ("published", "day"),
    [
        pytest.param("2025-11-20", "2025-11-20", id="date"),
        pytest.param("2025-11-20T23:30:00+08:00", "2025-11-20", id="date-time keeps the writer's day"),
        pytest.param(None, None, id="unknown"),
    ],
)
def test_the_day_of_publication(published: str | None, day: str | None) -> None:
    found = make_article(published=published).published_date
    assert (found and found.isoformat()) == day
