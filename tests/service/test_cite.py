"""Citations and links into pages."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
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
        pytest.param(PAGE, "Up 12% & more", f"{PAGE}#:~:text=Up%2012%25%20%26%20more", id="percent and ampersand"),
        pytest.param(
            PAGE, "“So,” she said -", f"{PAGE}#:~:text=%E2%80%9CSo%2C%E2%80%9D%20she%20said%20%2D", id="dash last"
        ),
        pytest.param(PAGE, "-5 #1: a=b;c?", f"{PAGE}#:~:text=%2D5%20%231%3A%20a%3Db%3Bc%3F", id="signs of addresses"),
        pytest.param(PAGE, "是。", f"{PAGE}#:~:text=%E6%98%AF%E3%80%82", id="one Chinese character"),
        pytest.param("http://[", "Open", None, id="a broken address"),
        pytest.param("https://", "Open", None, id="no host"),
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


@pytest.mark.parametrize(
    ("before", "quote", "directive"),
    [
        pytest.param("It rose. Then it fell, but ", "It rose.", "fell, but-,It rose.", id="same line"),
        pytest.param("Yes.\n\nIn the north:\n\n", "Yes.", "the north:-,Yes.", id="the line above"),
        pytest.param("A b c. Yes. A b c. ", "Yes.", "Yes. A b c.-,Yes.", id="words that are repeated too"),
        pytest.param("是。北方呢？", "是。", "北方呢？-,是。", id="Chinese"),
        pytest.param("Nothing of it here. ", "It rose.", "It rose.", id="not repeated"),
        pytest.param(f"{LONG} Again: ", LONG, None, id="a long one"),
        pytest.param("Yes - no. On well-kept, ", "Yes", "On well%2Dkept,-,Yes", id="marks with a meaning"),
    ],
)
def test_words_in_front_tell_a_repeated_quote_apart(before, quote, directive):
    written = text_fragment(PAGE, quote, before=before).split("text=")[1]
    prefix, mark, rest = written.partition("-,")
    if directive is None:
        assert (mark, unquote(prefix)) == ("-,", "word39. Again:")
        assert unquote(rest).startswith("word0")
        return
    assert re.fullmatch(r"[^-,]*(?:-,)?[^-,]+", written), "one dash and one comma, both of them the directive's"
    wanted, wanted_mark, wanted_rest = directive.partition("-,")
    assert (unquote(prefix), mark, unquote(rest)) == (unquote(wanted), wanted_mark, wanted_rest)


def test_a_prefix_makes_the_place_the_only_one():
    text = "Rents rose. The park grew. Rents rose. The lake froze. Rents rose. The park grew. Rents rose."
    places = [found.start() for found in re.finditer("Rents rose", text)]
    for place in places[1:]:
        prefix = unquote(text_fragment(PAGE, "Rents rose.", before=text[:place]).split("text=")[1].partition("-,")[0])
        assert text.find(f"{prefix} Rents rose.") + len(prefix) + 1 == place


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
