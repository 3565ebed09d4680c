"""Answers and searches under a filter, and under the days that a question asks for itself."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.embedder import Embedder
from corpus.filters import EVERYTHING, Filter
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from service.answer import Answer
from service.assistant import Assistant
from service.retrieve import Retriever
from tests.service.small_library import article, publish

TODAY = date(2025, 11, 23)


def ferry(name: str, day: str, fares: str, *, extra: str = "", language: str = "en", text: str = "") -> tuple[str, str]:
    body = text or f"The Lakeside ferry raised its fares by {fares} per cent. {extra}"
    return f"{name}.md", (
        f"---\ntitle: Ferry notes {name}\npublished: {day}\nlanguage: {language}\n"
        f"author: {name.title()} desk\ncategories: [{name}, Ferries]\n---\n{body}\n"
    )


PAGES = dict(
    [
        ferry("spring", "2023-04-01", "3"),
        ferry("summer", "2024-07-01", "5", extra="In 2022 the ferry carried 9,000 dogs."),
        ferry("autumn", "2025-10-01", "7"),
        ferry("winter", "2025-11-01", "0", text="The mill opened a canteen for its weavers and their guests."),
        ferry("lake", "2025-05-01", "0", language="zh", text="湖边渡轮的票价上涨了百分之九。渡轮每天开四十班。"),
    ]
)


@pytest.fixture(scope="module")
def ferries(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, analyzer: Analyzer, glossary: Glossary
) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("ferries")
    library = Library.open(folder, embedder=embedder, analyzer=analyzer, glossary=glossary)
    publish(library, *(article(text, name) for name, text in PAGES.items()))
    yield library
    library.close()


@pytest.fixture(scope="module")
def assistant(ferries: Library, analyzer: Analyzer) -> Iterator[Assistant]:
    retriever = Retriever(ferries, analyzer)
    yield Assistant(ferries, retriever, analyzer, today=lambda: TODAY)
    retriever.close()


def named(answer: Answer) -> set[str]:
    """Every article that an answer speaks of."""
    return {c.article.title for c in answer.citations} | {r.title for r in answer.related}


ASKED = "How much did the Lakeside ferry raise its fares?"

FILTERS = [
    pytest.param(Filter(categories=("SUMMER",)), {"summer"}, id="category"),
    pytest.param(Filter(authors=("autumn",)), {"autumn"}, id="author"),
    pytest.param(Filter(languages=("zh",)), {"lake"}, id="language"),
    pytest.param(Filter(since=date(2025, 5, 1)), {"autumn", "winter", "lake"}, id="since"),
    pytest.param(Filter(until=date(2023, 12, 31)), {"spring"}, id="until"),
    pytest.param(Filter(languages=("en",), since=date(2025, 1, 1)), {"autumn", "winter"}, id="two at once"),
]


@pytest.mark.parametrize(("where", "held"), FILTERS)
@pytest.mark.parametrize("question", [ASKED, "渡轮的票价涨了多少？", "What is new?"])
def test_nothing_outside_a_filter_comes_back(
    assistant: Assistant, where: Filter, held: set[str], question: str
) -> None:
    titles = {f"Ferry notes {name}" for name in held}
    assert named(assistant.ask(question, where=where)) <= titles
    assert {hit.article.title for hit in assistant.search(question, k=50, where=where)} <= titles


def test_what_passes_is_answered_from(assistant: Assistant) -> None:
    answer = assistant.ask(ASKED, where=Filter(categories=("spring",)))
    assert answer.status == "answered"
    assert "3 per cent" in answer.text
    assert answer.notice is None
    assert [hit.article.title for hit in assistant.search(ASKED, where=Filter(categories=("spring",)))] == [
        "Ferry notes spring"
    ]


@pytest.mark.parametrize(
    ("question", "where", "says"),
    [
        pytest.param(ASKED, Filter(categories=("Trams",)), "No article matches: in the category “Trams”.", id="en"),
        pytest.param(
            "渡轮的票价涨了多少？", Filter(authors=("张三",)), "没有符合条件的文章：作者为「张三」。", id="zh"
        ),
        pytest.param(
            ASKED,
            Filter(languages=("zh",), since=date(2026, 1, 1), until=date(2026, 1, 31)),
            "No article matches: in Chinese; published from 1 January 2026 to 31 January 2026.",
            id="two at once",
        ),
    ],
)
def test_a_filter_that_matches_nothing_is_told_as_such(
    assistant: Assistant, question: str, where: Filter, says: str
) -> None:
    answer = assistant.ask(question, where=where)
    assert (answer.status, answer.text, answer.related, answer.citations) == ("not_found", says, (), ())


@pytest.mark.parametrize(
    ("question", "fares", "notice"),
    [
        pytest.param(
            "Which articles published in 2024 tell how much the Lakeside ferry raised its fares?",
            {"5"},
            "Only articles published from 1 January 2024 to 31 December 2024 were read.",
            id="a year",
        ),
        pytest.param(
            "What have we written since June about how much the Lakeside ferry raised its fares?",
            {"7"},
            "Only articles published since 1 June 2025 were read.",
            id="since",
        ),
        pytest.param(
            "What did we publish last year about the fares of the Lakeside ferry?",
            {"5"},
            "Only articles published from 1 January 2024 to 31 December 2024 were read.",
            id="last year",
        ),
    ],
)
def test_days_of_publication_restrict_and_are_shown(
    assistant: Assistant, question: str, fares: set[str], notice: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert {n for n in ("3", "5", "7") if f"{n} per cent" in answer.text} == fares
    assert answer.notice == notice


def test_days_of_publication_in_chinese(assistant: Assistant) -> None:
    answer = assistant.ask("今年发表的文章里渡轮的票价上涨了多少？")
    assert answer.notice == "只看2025年1月1日至2025年12月31日发表的文章。"
    assert {citation.article.title for citation in answer.citations} == {"Ferry notes lake"}
    before = assistant.ask("去年发表的文章里湖边渡轮的票价上涨了多少？")
    assert named(before) <= {"Ferry notes summer"}


def test_days_of_the_question_and_of_the_filter_hold_together(assistant: Assistant) -> None:
    asked = "What have we published since 2024 about the fares of the Lakeside ferry?"
    assert named(assistant.ask(asked, where=Filter(until=date(2024, 12, 31)))) <= {"Ferry notes summer"}
    nothing = assistant.ask(asked, where=Filter(until=date(2023, 12, 31)))
    assert (nothing.status, nothing.related) == ("not_found", ())
    assert nothing.text.startswith("No article matches: published from 1 January 2024")
    assert nothing.notice is None


def test_a_day_in_the_articles_leaves_no_article_out(assistant: Assistant) -> None:
    answer = assistant.ask("How many dogs did the ferry carry in 2022?")
    assert (answer.status, answer.notice) == ("answered", None)
    assert "9,000 dogs" in answer.text
    everything = {hit.article.title for hit in assistant.search("How many dogs did the ferry carry in 2022?", k=50)}
    assert len(everything) > 1


def test_the_latest_article_on_a_topic_is_the_newest_relevant_one(assistant: Assistant) -> None:
    question = "What does the latest article on the Lakeside ferry's fares say?"
    hits = list(dict.fromkeys(hit.article.title for hit in assistant.search(question, k=50)))
    assert hits[:3] == ["Ferry notes autumn", "Ferry notes summer", "Ferry notes spring"]
    assert hits.index("Ferry notes autumn") < hits.index("Ferry notes winter")
    assert assistant.ask(question).citations[0].article.title == "Ferry notes autumn"


def test_asked_for_nothing_but_the_articles_of_some_days_the_newest_are_named(assistant: Assistant) -> None:
    answer = assistant.ask("What do the articles published in 2025 say?")
    assert answer.status == "not_found"
    assert [article.title for article in answer.related] == [
        "Ferry notes winter", "Ferry notes autumn", "Ferry notes lake",
    ]  # fmt: skip


def test_an_empty_filter_changes_nothing(assistant: Assistant) -> None:
    plain, filtered = assistant.ask(ASKED), assistant.ask(ASKED, where=EVERYTHING)
    assert (plain.text, plain.citations, plain.related) == (filtered.text, filtered.citations, filtered.related)
