"""Citations and links into pages."""

from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Span
from service.cite import BrokenQuote, CitationBook, text_fragment
from tests.service.evidence_samples import HARBOUR, HARBOUR_ZH, article, passage

PAGE = "https://news.example/park"
LONG = " ".join(f"word{number}" for number in range(40)) + "."
LONG_ZH = "海港创新园位于城市东侧，占地面积约三平方公里，" * 4 + "目前共有一千二百五十家企业入驻园区。"


@pytest.mark.parametrize(
    ("url", "quote", "expected"),
    [
        pytest.param(PAGE, "It is open.", f"{PAGE}#:~:text=It%20is%20open.", id="short"),
        pytest.param(PAGE, "A-level, R&D", f"{PAGE}#:~:text=A%2Dlevel%2C%20R%26D", id="marks with a meaning"),
        pytest.param(PAGE, "启用。", f"{PAGE}#:~:text=%E5%90%AF%E7%94%A8%E3%80%82", id="Chinese"),
        pytest.param(f"{PAGE}#top", "Open", f"{PAGE}#top:~:text=Open", id="an anchor is kept"),
        pytest.param(f"{PAGE}#top:~:text=Old", "Open", f"{PAGE}#top:~:text=Open", id="an old directive goes"),
        pytest.param(f"{PAGE}?a=1&b=2", "Open", f"{PAGE}?a=1&b=2#:~:text=Open", id="a query is kept"),
        pytest.param(
            PAGE,
            LONG,
            f"{PAGE}#:~:text=word0%20word1%20word2%20word3%20word4,word35%20word36%20word37%20word38%20word39.",
            id="long",
        ),
        pytest.param(PAGE, "First line.\nLast line.", f"{PAGE}#:~:text=First%20line.,Last%20line.", id="two blocks"),
        pytest.param(None, "Open", None, id="no address"),
        pytest.param("file:///etc/passwd", "Open", None, id="a file"),
        pytest.param("javascript:alert(1)", "Open", None, id="a script"),
        pytest.param(PAGE, "  ", None, id="no quote"),
    ],
)
def test_text_fragment(url, quote, expected):
    assert text_fragment(url, quote) == expected


def test_long_chinese_quote_is_given_by_its_ends():
    start, end = unquote(text_fragment(PAGE, LONG_ZH).split("text=")[1]).split(",")
    assert LONG_ZH.startswith(start)
    assert LONG_ZH.endswith(end)
    # whole clauses, since a browser finds no half words
    assert LONG_ZH[len(start)] in "，。"
    assert LONG_ZH[-len(end) - 1] in "，。"


def test_first_words_grow_until_they_are_new():
    link = text_fragment(PAGE, LONG, before="word0 word1 word2 word3 word4 word5 and so on")
    assert unquote(link.split("text=")[1]).startswith("word0 word1 word2 word3 word4 word5 word6,")


@settings(deadline=None)  # the machine may be busy
@given(st.text(min_size=1, max_size=300))
def test_directive_is_plain_and_holds_the_quote_or_its_ends(quote):
    link = text_fragment(PAGE, quote)
    if link is None:
        assert not quote.strip()
        return
    directive = link.removeprefix(f"{PAGE}#:~:text=")
    assert directive.isascii()
    assert not set(directive) & set("-&# \n")
    parts = [unquote(part) for part in directive.split(",")]
    flat = " ".join(quote.split())
    assert (flat.startswith(parts[0]) and flat.endswith(parts[-1])) if len(parts) == 2 else parts == [flat]


def test_book_numbers_in_order_of_first_use_and_shares_repeats():
    source = article(HARBOUR)
    held = passage(source)
    first, second = held.sentences[0].span, held.sentences[1].span
    book = CitationBook()
    assert [book.add(source, held, span) for span in (second, first, second)] == [1, 2, 1]
    assert [(c.number, c.start, c.end) for c in book.citations] == [
        (1, second.start, second.end),
        (2, first.start, first.end),
    ]
    assert all(HARBOUR[c.start : c.end] == c.quote for c in book.citations)
    assert book.citations[1].article.published == "2024-05-06"


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(
            lambda a, p: (replace(a, text=a.text.replace("2014", "2015")), p, p.sentences[0].span), id="other text"
        ),
        pytest.param(lambda a, p: (a, replace(p, text="x" + p.text[:-1]), p.sentences[0].span), id="shifted passage"),
        pytest.param(lambda a, p: (replace(a, id="other"), p, p.sentences[0].span), id="another article's passage"),
        pytest.param(lambda a, p: (a, p, Span(0, len(a.text) + 5)), id="over the end"),
        pytest.param(lambda a, p: (a, p, Span(3, 3)), id="empty"),
    ],
)
def test_book_refuses_what_is_not_the_articles_own_text(broken):
    source = article(HARBOUR)
    book = CitationBook()
    with pytest.raises(BrokenQuote, match="verify --repair"):
        book.add(*broken(source, passage(source)))
    assert book.citations == ()


def test_offsets_count_code_points():
    source = article("𝔘nicode 😀 first. " + HARBOUR_ZH, language="zh")
    held = passage(source)
    book = CitationBook()
    for sentence in held.sentences:
        book.add(source, held, sentence.span)
    assert all(source.text[c.start : c.end] == c.quote for c in book.citations)
