"""From an answer to HTML: what a reader sees, and that text of others is never markup."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import BlockKind, Passage, Sentence, Span
from service.answer import Citation, Direct, Related, Statement
from service.phrases import no_summary, nothing_asked, quoted
from tests.service.api_fakes import FakeLibrary, FakeServices, articles
from ui.render import answer_html, escape, message_html, question_html, streaming_html, without_marks

QUESTION = "Which contract research leaders operate in Jiangbei?"
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![](http://evil.example/x.png)",
    "$$\\frac{1}{2}$$ and \\(x\\) and $y$",
    "# heading\n\n- list\n\n1. one\n\n    code\n\n```\nfence\n```",
    "**bold** _em_ ~~gone~~ `code` | a | b |",
    "http://evil.example www.evil.example mail@evil.example",
    "</div></details>' onmouseover='alert(1)' \"",
    "&lt;script&gt; &amp; &#60;",
    "line\r\nbreak\u2028and\x85more\x00\x1b[31m",
]


class Reader(HTMLParser):
    """Reads HTML as a browser would: tags, attributes, and the text between them."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.marked = [], [], "", []
        self._open = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self._open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag):
        assert self._open.pop() == tag, "tags must nest"

    def handle_data(self, data):
        self.text += data
        if "mark" in self._open:
            self.marked[-1] += data


@pytest.fixture
def library():
    return FakeLibrary(articles())


@pytest.fixture
def answer():
    return FakeServices().assistant.ask(QUESTION)


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_escaped_text_reads_as_it_was_written(text):
    assert Reader(escape(text)).text == text


@given(st.text())
def test_escaped_text_holds_no_markup(text):
    bare = re.sub(r"&#\d+;", "", escape(text))
    assert not re.search(r"[!-/:-@\[-`{-~\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]", bare)


def test_letters_that_need_a_joiner_keep_it():
    assert escape("می\u200cخواهم 👩\u200d🔬") == "می\u200cخواهم 👩\u200d🔬"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("render", [question_html, streaming_html, lambda text: message_html(text, kind="error")])
def test_hostile_text_is_shown_and_does_nothing(render, text):
    html = render(text)
    assert set(Reader(html).tags) <= {"div", "span"}
    assert "\n" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_articles_and_answers_are_inert(answer, library, text):
    citation = answer.citations[0]
    ref = replace(citation.article, title=text, url=text, author=text, published=text)
    hostile = replace(
        answer,
        id=text,
        text=f"{text} [1]",
        notice=text,
        model=text,
        mode="llm",
        citations=(replace(citation, article=ref, quote=text, link=text),),
        statements=(Statement(text, (1,), "partial"), Statement(f"{text}!", (), "unsupported")),
    )
    html = answer_html(hostile, library.passage)
    read = Reader(html)
    assert set(read.tags) <= {"div", "p", "a", "span", "details", "summary", "time", "blockquote", "mark", "button"}
    assert {name for name, _ in read.attributes} <= {"class", "lang", "id", "href", "target", "rel", "type"}
    hrefs = [value for name, value in read.attributes if name == "href"]
    assert all(re.match(r"#source-|https?://", href) for href in hrefs)
    assert "\n" not in html


def test_every_mark_leads_to_its_source(answer, library):
    read = Reader(answer_html(answer, library.passage))
    targets = [value[1:] for name, value in read.attributes if name == "href" and value.startswith("#")]
    ids = [value for name, value in read.attributes if name == "id"]
    assert targets == ids
    assert len(ids) == len(answer.citations) > 0


def test_a_mark_without_citation_stays_text(answer, library):
    read = Reader(answer_html(replace(answer, text="Said nowhere [9]."), library.passage))
    assert "Said nowhere\u2060[9]." in read.text
    assert [value for name, value in read.attributes if name == "href" and value.startswith("#")] == []


def test_the_quote_is_marked_in_its_passage(answer, library):
    read = Reader(answer_html(answer, library.passage))
    assert read.marked == [citation.quote for citation in answer.citations]
    assert "The Biopharmaceutical Valley was set up in 2011" in read.text


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param(lambda p: None, id="passage-gone"),
        pytest.param(lambda p: replace(p, text="Another text " * 40), id="passage-changed"),
        pytest.param(lambda p: replace(p, span=replace(p.span, start=p.span.end - 1)), id="quote-before-passage"),
    ],
)
def test_without_its_passage_the_quote_stands_alone(answer, library, moved):
    html = answer_html(answer, lambda passage_id: moved(library.passage(passage_id)))
    inside = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", html)[1]
    assert Reader(inside).text == answer.citations[0].quote


def test_links_open_the_public_page_in_a_new_tab(answer, library):
    html = answer_html(answer, library.passage)
    links = re.findall(r"<a class='ia-link'([^>]*)>", html)
    assert len(links) == len(answer.citations)
    assert all("rel='noopener noreferrer'" in link and "target='_blank'" in link for link in links)
    assert ("href", answer.citations[0].link) in Reader(html).attributes


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(None, id="none"),
        pytest.param("", id="empty"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("data:text/html,x", id="data"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("//evil.example", id="no-scheme"),
        pytest.param("https://", id="no-host"),
        pytest.param("http://[", id="broken"),
        pytest.param("posts/a.md", id="path"),
    ],
)
def test_only_addresses_of_the_web_become_links(answer, library, address):
    citation = answer.citations[0]
    odd = replace(citation, link=address, article=replace(citation.article, url=None))
    assert "ia-link" not in answer_html(replace(answer, citations=(odd,)), library.passage)


@pytest.mark.parametrize(
    ("support", "label"), [("partial", "only partly supported"), ("unsupported", "not supported by the articles")]
)
def test_doubtful_statements_are_told_apart(answer, library, support, label):
    doubtful = (*answer.statements, Statement("Perhaps it rains.", (), support))
    inline = replace(answer, text=f"{answer.text} Perhaps it rains. The end.", statements=doubtful)
    assert f"Perhaps it rains. {label} The end." in Reader(answer_html(inline, library.passage)).text
    apart = replace(answer, statements=doubtful)
    assert f"Perhaps it rains. {label}" in Reader(answer_html(apart, library.passage)).text
    assert label not in Reader(answer_html(answer, library.passage)).text


@pytest.mark.parametrize(
    ("question", "lead", "nearest"),
    [
        pytest.param("What is the price of tea?", "Not in the articles", "Nearest articles", id="en"),
        pytest.param("茶叶多少钱？", "文章中没有答案", "最接近的文章", id="zh"),
    ],
)
def test_not_found_is_said_in_the_answers_language(library, question, lead, nearest):
    answer = FakeServices().assistant.ask(question)
    read = Reader(answer_html(answer, library.passage))
    assert answer.status == "not_found"
    assert ("class", "ia-answer ia-done ia-not-found") in read.attributes
    assert lead in read.text
    assert nearest in read.text
    assert answer.text in read.text
    assert [v for n, v in read.attributes if n == "href"] == [article.url for article in answer.related]


def test_a_not_found_text_that_only_lists_the_nearest_is_not_repeated(library):
    near = (Related("a1", "A title", "https://insights.example/a", "2025-01-02"),)
    answer = replace(FakeServices().assistant.ask("Tea?"), text="Nothing. Nearest: “A title”.", related=near)
    assert Reader(answer_html(answer, library.passage)).text.count("A title") == 1


@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param("Tea?", "It does say: “Tea is <b>grown</b> & drunk.”", id="en"),
        pytest.param("茶？", "文中提到：「Tea is <b>grown</b> & drunk.」", id="zh"),
    ],
)
def test_what_is_known_stands_under_its_article(library, question, says):
    near = (Related("a1", "One", None, None, "Tea is <b>grown</b> & drunk."), Related("a2", "Two", None, None))
    answer = replace(FakeServices().assistant.ask(question), text="Nothing. Nearest: “One”, “Two”.", related=near)
    read = Reader(answer_html(answer, library.passage))
    assert says in read.text
    assert read.text.index("One") < read.text.index(says) < read.text.index("Two")
    assert [v for n, v in read.attributes if (n, v) == ("class", "ia-known")] == ["ia-known"]


@pytest.mark.parametrize(
    ("mode", "model", "says"), [("quotes", None, "Quotes mode"), ("llm", "qwen-x", "Written by qwen-x")]
)
def test_mode_and_notice_are_shown(answer, library, mode, model, says):
    told = replace(answer, mode=mode, model=model, notice="the language model can't be reached")
    text = Reader(answer_html(told, library.passage)).text
    assert says in text
    assert "the language model can't be reached" in text


@pytest.mark.parametrize(
    ("text", "bare"),
    [("One [1]. Two [2][3].", "One. Two."), ("甲。[1]乙。", "甲。乙。"), ("No marks [x]", "No marks [x]"), ("", "")],
)
def test_history_holds_no_marks(text, bare):
    assert without_marks(text) == bare


def with_direct(answer, words):
    """The answer with ``words`` of its first quote before it."""
    cited = answer.citations[0]
    start = cited.start + cited.quote.index(words)
    text = f"{words} [{cited.number}]\n\n{answer.text}"
    return replace(answer, text=text, direct=Direct(words, cited.number, start, start + len(words)))


def test_the_few_words_that_answer_stand_out_above_and_in_their_quote(answer, library):
    words = answer.citations[0].quote.split()[1]
    html = answer_html(with_direct(answer, words), library.passage)
    strong = f"<strong class='ia-direct'>{escape(words)}</strong>"
    assert html.count(strong) == 2
    assert f"<div class='ia-text'>{strong}" in html
    assert answer.citations[0].quote in Reader(html).marked


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_direct_answer_and_question_do_nothing(answer, library, text):
    cited = replace(answer.citations[0], quote=text, start=0, end=len(text))
    hostile = replace(
        answer,
        text=f"{text} [{cited.number}]",
        citations=(cited,),
        understood=text,
        direct=Direct(text, cited.number, 0, len(text)),
    )
    allowed = {"div", "p", "strong", "span", "a", "details", "summary", "time", "blockquote", "mark", "button"}
    assert set(Reader(answer_html(hostile, lambda _: None)).tags) <= allowed


def test_a_follow_up_is_shown_as_it_was_understood(answer, library):
    assert (
        "Understood as: When was BioBAY founded?"
        in Reader(answer_html(replace(answer, understood="When was BioBAY founded?"), library.passage)).text
    )
    assert "Understood as" not in Reader(answer_html(answer, library.passage)).text


@pytest.mark.parametrize(
    ("text", "added"),
    [
        pytest.param("From “Mills”: “[Calder Hub] It opened.” [1]", ["[Calder Hub]"], id="en"),
        pytest.param("据《谷》： 「[临港创新谷] 它成立于2012年。」 [1]", ["[临港创新谷]"], id="zh"),
        pytest.param("From “Mills”: “It opened [late] in spring.” [1]", [], id="the quote's own brackets"),
    ],
)
def test_an_added_name_is_set_apart(answer, library, text, added):
    html = answer_html(replace(answer, text=text, statements=()), library.passage)
    assert re.findall("<span class='ia-added'>(.*?)</span>", html) == [escape(name) for name in added]


@pytest.mark.parametrize(
    ("line", "near"),
    [
        pytest.param(nothing_asked("en"), (), id="thanks"),
        pytest.param("There are 16 articles.", (), id="of the library"),
        pytest.param(no_summary((), "en"), (Related("a1", "One", None, None),), id="a summary"),
    ],
)
def test_what_is_said_instead_is_not_missing_from_the_articles(library, line, near):
    answer = replace(FakeServices().assistant.ask("Tea?"), text=line, related=near)
    text = Reader(answer_html(answer, library.passage)).text
    assert line in text
    assert all(article.title in text for article in near)
    assert "Not in the articles" not in text


TRAM = """What the tram brings

Ulverby has a tram since 1902. It brings three things:

Noise in the morning.
Guests for the mill.
Work for [Brill] and others [3].

The mill pays for it."""


def tram_answer(answer, *quotes):
    """An answer of these quotes of one article, whose lines but the first and the last are items of a list."""
    article = replace(answer.citations[0].article, id="tram", title="The tram of Ulverby", language="en")
    places = [(TRAM.index(quote), TRAM.index(quote) + len(quote)) for quote in quotes]
    citations = tuple(
        Citation(number, article, "tram.1.0", quote, start, end, None)
        for number, (quote, (start, end)) in enumerate(zip(quotes, places, strict=True), start=1)
    )
    items = re.findall("^(?:Noise|Guests|Work).*$", TRAM, re.MULTILINE)
    passage = Passage(
        id="tram.1.0",
        article_id="tram",
        version=1,
        ordinal=0,
        span=Span(0, len(TRAM)),
        text=TRAM,
        headings=("Trams", "What the tram brings"),
        sentences=tuple(
            Sentence(Span(start, end), BlockKind.LIST_ITEM if quote in items else BlockKind.PARAGRAPH)
            for quote, (start, end) in zip(quotes, places, strict=True)
        ),
    )
    said = " ".join(f"{quoted(quote, 'en')} [{number}]" for number, quote in enumerate(quotes, start=1))
    text = f"From “The tram of Ulverby”: {said}"
    return replace(answer, text=text, citations=citations, statements=()), lambda _: passage


LEAD, *ITEMS, LAST = (
    "It brings three things:",
    "Noise in the morning.",
    "Guests for the mill.",
    "Work for [Brill] and others [3].",
    "The mill pays for it.",
)


def test_an_article_is_one_source_with_all_its_quotes(answer):
    html = answer_html(*tram_answer(answer, LEAD, *ITEMS, LAST))
    read = Reader(html)
    assert read.tags.count("details") == read.tags.count("blockquote") == 1
    assert "1–5The tram of Ulverby" in read.text
    assert read.marked == [LEAD, *ITEMS, LAST]
    ids = [value for name, value in read.attributes if name == "id"]
    assert [f"#{anchor}" for anchor in ids] == [v for n, v in read.attributes if n == "href" and v.startswith("#")]


def test_quotes_that_overlap_are_shown_apart(answer):
    read = Reader(answer_html(*tram_answer(answer, "Ulverby has a tram since 1902. It brings three things:", LEAD)))
    assert read.tags.count("details") == 1
    assert read.tags.count("blockquote") == 2
    assert read.marked[1] == LEAD


@pytest.mark.parametrize(
    ("author", "published", "says"),
    [
        pytest.param("Ann Brill & co", "2025-03-04", "Ann Brill & co · 2025-03-04", id="both"),
        pytest.param("Ann Brill", None, "Ann Brill", id="author"),
        pytest.param(None, "2025-03-04", "2025-03-04", id="day"),
        pytest.param(None, None, "", id="neither"),
    ],
)
def test_a_source_names_title_author_and_day(answer, author, published, says):
    told, find_passage = tram_answer(answer, LEAD)
    ref = replace(told.citations[0].article, author=author, published=published)
    told = replace(told, citations=(replace(told.citations[0], article=ref),))
    summary = re.search("<summary>(.*?)</summary>", answer_html(told, find_passage))[1]
    assert Reader(summary).text == f"1The tram of Ulverby{says}"
    assert ("ia-by" in summary) == bool(says)


def test_a_heading_stands_once_above_its_passage(answer):
    assert Reader(answer_html(*tram_answer(answer, LEAD))).text.count("What the tram brings") == 1


@pytest.mark.parametrize(
    ("quotes", "lines"),
    [
        pytest.param([LEAD, *ITEMS, LAST], ITEMS, id="between sentences"),
        pytest.param(ITEMS, ITEMS, id="alone"),
        pytest.param([LEAD, ITEMS[0], LAST], [], id="one item is no list"),
        pytest.param([LEAD, LAST], [], id="sentences"),
    ],
)
def test_items_of_a_list_are_lines_of_a_list(answer, quotes, lines):
    listing, find_passage = tram_answer(answer, *quotes)
    html = answer_html(listing, find_passage)
    numbers = range(quotes.index(ITEMS[0]) + 1 if lines else 1, len(lines) + 2)
    found = [Reader(line).text for line in re.findall("<li>(.*?)</li>", html)]
    assert found == [f"{quoted(line, 'en')}\u2060Source {number}" for line, number in zip(lines, numbers, strict=False)]
    said = Reader(re.search("<div class='ia-text'>(.*?)</div>", html)[1]).text
    shown = re.sub(r"\u2060Source (\d)", r" [\1]", said)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", listing.text)


@pytest.mark.parametrize(("between", "left"), [(" ", ""), ("\n\n", "\n")], ids=["a sentence", "another article"])
def test_a_list_ends_its_own_line(answer, between, left):
    listing, find_passage = tram_answer(answer, *ITEMS, LAST)
    parted = replace(listing, text=listing.text.replace(f" {quoted(LAST, 'en')}", between + quoted(LAST, "en")))
    after = answer_html(parted, find_passage).partition("</ul>")[2]
    assert unescape(after).startswith(left + quoted(LAST, "en"))


def test_a_name_added_to_an_item_stays_with_it(answer):
    listing, find_passage = tram_answer(answer, *ITEMS[:2])
    named = replace(listing, text=listing.text.replace("“Guests", "“[Ulverby] Guests"))
    assert "<li>“<span class='ia-added'>" in answer_html(named, find_passage)
