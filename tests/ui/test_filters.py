"""Filters at the command line and on the page."""

import json
from datetime import date
from html import unescape

import pytest

from corpus.catalogue import Catalogue
from corpus.filters import EVERYTHING, Filter
from tests.corpus.examples import WordEncoder, make_article, passages_of
from ui.conversation import Conversation
from ui.converse import converse
from ui.filters import Chosen

QUESTION = "Which contract research leaders operate in Jiangbei?"
OPTIONS = ["--category", "A", "--category", "B", "--author", "C", "--language", "en"]
OPTIONS += ["--since", "2025-01-01", "--until", "2025-12-31"]
MEANT = Filter(("A", "B"), ("C",), ("en",), date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize("command", ["ask", "search"])
def test_options_reach_the_assistant(insight, services, command):
    insight(command, QUESTION)
    insight(command, QUESTION, *OPTIONS)
    assert services.assistant.filters == [EVERYTHING, MEANT]


def test_a_chat_keeps_its_filter(insight, services, monkeypatch):
    asked = iter([QUESTION, "And when?"])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(asked, ""))
    assert insight("ask", "--language", "en") == 0
    assert services.assistant.filters == [Filter(languages=("en",))] * 2


def test_what_a_filter_leaves_out_is_not_found(insight, capsys):
    assert insight("search", QUESTION, "--until", "2020-01-01") == 0
    assert "no passage found" in capsys.readouterr().out
    assert insight("ask", QUESTION, "--language", "zh", "--since", "2025-06-19") == 3


@pytest.mark.parametrize("command", [["ask", QUESTION], ["search", QUESTION], ["articles", "list"]], ids=lambda c: c[0])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        pytest.param(["--since", "2025-02-30"], "--since", id="no such day"),
        pytest.param(["--until", "soon"], "--until", id="a word"),
        pytest.param(["--language", "fr"], "--language", id="another language"),
        pytest.param(["--category", " "], "an empty name", id="an empty name"),
        pytest.param(["--since", "2025-02-01", "--until", "2025-01-01"], "lies after until", id="wrong way round"),
    ],
)
def test_what_is_no_filter_is_wrong_usage(insight, services, capsys, command, options, says):
    assert insight(*command, *options) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert says in " ".join(said.err.split())
    assert services.assistant.filters == []


@pytest.fixture
def held(tmp_path):
    catalogue = Catalogue.open(tmp_path / "data")
    articles = [
        make_article("old", published="2023-01-01", categories=("Boats",), author="Ann Ferry"),
        make_article("new", published="2025-01-01", categories=("Boats", "Tea")),
    ]
    editions = [(article, passages_of(article)) for article in articles]
    encoded = [WordEncoder().encode_passages([article.text], [[]]) for article in articles]
    catalogue.stage(editions, encoded, fingerprint="f", splitter="s")
    catalogue.flip({"old": 1, "new": 1}, [])
    catalogue.close()


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        pytest.param([], ["new", "old"], id="nothing"),
        pytest.param(["--category", "boats", "--limit", "1"], ["new"], id="category, first page"),
        pytest.param(["--author", "ferry"], ["old"], id="author"),
        pytest.param(["--until", "2024-01-01"], ["old"], id="until"),
        pytest.param(["--category", "Trams"], [], id="none"),
    ],
)
def test_the_list_of_articles_is_filtered(insight, capsys, held, options, ids):
    assert insight("articles", "list", "--json", *options) == 0
    page = json.loads(capsys.readouterr().out)
    assert [article["id"] for article in page["articles"]] == ids
    assert page["total"] == (2 if "--limit" in options else len(ids))


@pytest.mark.parametrize(
    ("chosen", "where"),
    [
        pytest.param(Chosen(), EVERYTHING, id="untouched"),
        pytest.param(Chosen([], [], "", "", ""), EVERYTHING, id="emptied"),
        pytest.param(
            Chosen(["A"], ["B", "C"], "zh", "2025-01-01", "2025-12-31"),
            Filter(("A",), ("B", "C"), ("zh",), date(2025, 1, 1), date(2025, 12, 31)),
            id="all",
        ),
    ],
)
def test_the_page_filters_as_chosen(services, chosen, where):
    *_, last = converse(services, QUESTION, Conversation(), chosen)
    assert services.assistant.filters == [where]
    assert "ia-done" in last.shown[-1]["content"]


@pytest.mark.parametrize(
    ("given", "since", "until"),
    [
        pytest.param("2025", date(2025, 1, 1), date(2025, 12, 31), id="year"),
        pytest.param(" 2024-02 ", date(2024, 2, 1), date(2024, 2, 29), id="month"),
        pytest.param("2025-3-9", date(2025, 3, 9), date(2025, 3, 9), id="day of short numbers"),
        pytest.param("2025/03/31", date(2025, 3, 31), date(2025, 3, 31), id="slashes"),
        pytest.param("2025.03.31", date(2025, 3, 31), date(2025, 3, 31), id="dots"),
        pytest.param("２０２５年３月", date(2025, 3, 1), date(2025, 3, 31), id="Chinese month, wide digits"),
        pytest.param("2025 年 3 月 31 日", date(2025, 3, 31), date(2025, 3, 31), id="Chinese day with blanks"),
        pytest.param("  ", None, None, id="blank"),
    ],
)
def test_a_year_or_a_month_is_all_its_days(given, since, until):
    assert Chosen(since=given).where() == Filter(since=since)
    assert Chosen(until=given).where() == Filter(until=until)


@pytest.mark.parametrize("field", ["since", "until"])
@pytest.mark.parametrize(
    "given",
    [
        pytest.param("last year", id="words"),
        pytest.param("昨天", id="Chinese words"),
        pytest.param("01/02/2026", id="day or month first"),
        pytest.param("2026-02-30", id="no such day"),
        pytest.param("2026-13", id="no such month"),
        pytest.param("0000", id="no such year"),
        pytest.param("20250131", id="run together"),
        pytest.param("2025-03-", id="unfinished"),
        pytest.param("{error} <b>", id="markup"),
    ],
)
@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param(QUESTION, "“{}” can't be read as a date. Write it as 2026, 2026-03 or 2026-03-31", id="en"),
        pytest.param("江北有哪些组织？", "无法把“{}”读成日期，请写成 2026、2026-03 或 2026-03-31 的样子", id="zh"),
    ],
)
def test_what_is_no_date_is_one_line_and_no_answer(services, field, given, question, says):
    *_, last = converse(services, question, Conversation(), Chosen(**{field: given}))
    assert "ia-error" in last.shown[-1]["content"]
    assert says.format(given) in unescape(last.shown[-1]["content"])
    assert services.assistant.filters == []
