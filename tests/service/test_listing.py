"""Answers about the articles themselves: each quoted by its first sentence, under its title and day."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from corpus.embedder import Embedder
from corpus.filters import EVERYTHING, Filter
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from service.answer import Answer, Delta, Turn
from service.assistant import Assistant
from service.generate import Writer
from service.model.llm import build_llm
from service.retrieve import Retriever
from service.settings import Settings
from service.verify import check
from tests.service.scripted_llm import Reply, scripted_llm
from tests.service.small_library import article, publish

TODAY = date(2025, 11, 23)


def page(title: str, published: str, author: str, categories: str, body: str, language: str = "en") -> tuple[str, str]:
    name = f"{title.partition(' ')[0].lower()}-{published}.md"
    head = "".join(
        f"{key}: {value}\n"
        for key, value in {
            "title": f'"{title}"',
            "published": published,
            "author": author,
            "categories": f"[{categories}]",
            "language": language,
            "url": f"https://insights.example/{name}",
        }.items()
        if value
    )
    return f"---\n{head}---\n{body}\n", name


PAGES = [
    page(
        "Looms of Ulverby: old and new",
        "2025-11-05",
        "Mill desk",
        "Textiles, Ulverby",
        "- A list stands before the text.\n\nThe looms of Ulverby were counted this summer. The count took a week.\n\n"
        "## What the count shows\n\nThree conclusions follow. First, the old looms last. Second, the new ones are "
        "loud. Third, nobody can weave without thread.\n\nWe shall count again.",
    ),
    page(
        "The ferry and its fares",
        "2025-03-04",
        "Harbour desk",
        "Ferries",
        "The Lakeside ferry raised its fares by 4 per cent. It was built in 1874.",
    ),
    page(
        "Weavers and their guests",
        "2024-07-01",
        "Mill desk",
        "Textiles",
        "The weavers of Norvane opened a canteen for their guests. It serves soup.",
    ),
    page("湖边渡轮的班次", "2024-05-01", "港口组", "渡轮", "湖边渡轮每天开四十班。渡轮由县里出资。", "zh"),
    *(
        page(f"Notes {year} from the harbour", f"{year}-01-01", "Boris Ulverby", "Harbour", f"In {year} the sea rose.")
        for year in range(2014, 2020)
    ),
    page("Undated remarks", "", "", "", "Nobody knows when these remarks on soap were made."),
]


@pytest.fixture(scope="module")
def held(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, analyzer: Analyzer, glossary: Glossary
) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("held")
    library = Library.open(folder, embedder=embedder, analyzer=analyzer, glossary=glossary)
    publish(library, *(article(text, name) for text, name in PAGES))
    yield library
    library.close()


@pytest.fixture(scope="module")
def retriever(held: Library, analyzer: Analyzer) -> Iterator[Retriever]:
    retriever = Retriever(held, analyzer)
    yield retriever
    retriever.close()


@pytest.fixture(scope="module")
def assistant(held: Library, retriever: Retriever, analyzer: Analyzer) -> Assistant:
    return Assistant(held, retriever, analyzer, today=lambda: TODAY)


LOOMS = "From “Looms of Ulverby: old and new”, 5 November 2025"
OPENING = "The looms of Ulverby were counted this summer."
FERRY = "From “The ferry and its fares”, 4 March 2025"
WEAVERS = "From “Weavers and their guests”, 1 July 2024"


def leads(answer: Answer) -> list[str]:
    """The lines of an answer, without quotes."""
    return [line.partition(": “")[0].partition("： 「")[0] for line in answer.text.split("\n\n")]


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        pytest.param("What is your newest article?", [LOOMS], id="newest"),
        pytest.param(
            "What is your oldest article?", ["From “Notes 2014 from the harbour”, 1 January 2014"], id="oldest"
        ),
        pytest.param("What did we publish in 2025?", [LOOMS, FERRY], id="a year"),
        pytest.param("Which articles were published since 2025 about the ferry?", [FERRY], id="a year, on"),
        pytest.param(
            "articles by the mill desk", [f"{LOOMS}, by Mill desk", f"{WEAVERS}, by Mill desk"], id="an author"
        ),
        pytest.param("What has the Mill desk written about weavers?", [f"{WEAVERS}, by Mill desk"], id="an author, on"),
        pytest.param("What is the latest article on textiles?", [LOOMS], id="newest of a category"),
        pytest.param("articles in Chinese", ["From “湖边渡轮的班次”, 1 May 2024 (in Chinese)"], id="a language"),
        pytest.param(
            "最新的文章是哪篇？", ["据《Looms of Ulverby: old and new》（2025年11月5日，英文原文）"], id="zh newest"
        ),
        pytest.param("港口组写过什么？", ["据《湖边渡轮的班次》（2024年5月1日，作者：港口组）"], id="zh an author"),
        pytest.param("When was the article on the ferry published?", [FERRY], id="when"),
        pytest.param("Who wrote the ferry article?", [f"{FERRY}, by Harbour desk"], id="who"),
        pytest.param("who wrote “Weavers and their guests”?", [f"{WEAVERS}, by Mill desk"], id="who, by title"),
        pytest.param(
            "Who wrote the article on soap?", ["From “Undated remarks”, date unknown, author unknown"], id="unknown"
        ),
        pytest.param(
            "Where can I read the article about the ferry?",
            [FERRY, "Read it at https://insights.example/the-2025-03-04.md"],
            id="link",
        ),
        pytest.param("How many articles are there on weavers?", ["1 article was found:", WEAVERS], id="how many on"),
    ],
)
def test_articles_are_told_by_title_and_day(
    assistant: Assistant, held: Library, question: str, lines: list[str]
) -> None:
    *deltas, answer = assistant.stream(question)
    assert isinstance(answer, Answer)
    assert (answer.status, answer.mode, answer.understood, answer.direct) == ("answered", "quotes", None, None)
    assert leads(answer) == lines
    assert answer.text == "".join(delta.text for delta in deltas if isinstance(delta, Delta))
    assert len(answer.citations) == len(answer.statements) == sum("“" in line or "《" in line for line in lines)
    for citation in answer.citations:
        source = held.article(citation.article.id)
        assert source is not None
        assert source.text[citation.start : citation.end] == citation.quote


def test_an_article_is_quoted_by_its_first_sentence_and_not_by_a_list(assistant: Assistant) -> None:
    answer = assistant.ask("What is your newest article?")
    assert [citation.quote for citation in answer.citations] == [OPENING]


def test_many_articles_are_counted(assistant: Assistant) -> None:
    answer = assistant.ask("Show me everything by Boris Ulverby")
    assert [citation.article.published for citation in answer.citations] == [
        f"{year}-01-01" for year in range(2019, 2014, -1)
    ]
    assert answer.text.endswith("\n\nAnd 1 more.")


@pytest.mark.parametrize(
    ("question", "line"),
    [
        pytest.param(
            "How many articles do you have?",
            "There are 11 articles, published from 1 January 2014 to 5 November 2025.",
            id="how many",
        ),
        pytest.param("你们有多少篇文章？", "共有11篇文章，发表于2014年1月1日至2025年11月5日。", id="zh how many"),
        pytest.param(
            "What topics do you cover?",
            "The articles are on: Harbour, Textiles, Ulverby, Ferries, 渡轮. The newest are “Looms of Ulverby: old and"
            " new”, “The ferry and its fares”, “Weavers and their guests”.",
            id="topics",
        ),
        pytest.param(
            "Who are your authors?", "The authors: Boris Ulverby, Mill desk, Harbour desk, 港口组.", id="authors"
        ),
        pytest.param(
            "What did we publish in 2021?",
            "No article matches: published from 1 January 2021 to 31 December 2021.",
            id="none of a year",
        ),
        pytest.param("Who wrote the article on tulips?", "No article on “tulips” was found.", id="none on"),
        pytest.param("Who wrote the other article?", "No article on “other” was found.", id="none named"),
        pytest.param(
            "When was it published?",
            "Which article is meant? Name what it is on, as in “Who wrote the article on …?”",
            id="which one",
        ),
    ],
)
def test_what_has_no_article_to_quote_is_one_line(assistant: Assistant, question: str, line: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.text) == ("not_found", line)
    assert (answer.citations, answer.related, answer.notice) == ((), (), None)


def test_the_article_quoted_last_is_meant(assistant: Assistant) -> None:
    history: list[Turn] = []
    told = []
    for question in ("By how much did the Lakeside ferry raise its fares?", "When was it published?", "Who wrote it?"):
        answer = assistant.ask(question, history=history)
        history += [Turn("user", question), Turn("assistant", answer.text)]
        told.append(leads(answer)[-1])
    assert told[1:] == [FERRY, f"{FERRY}, by Harbour desk"]


def test_an_article_that_is_only_mentioned_may_be_somebody_elses(assistant: Assistant) -> None:
    assert leads(assistant.ask("When was the soup article published?")) != [WEAVERS]  # one sentence has soup
    assert leads(assistant.ask("When was the article on soup published?")) == [WEAVERS]


def test_an_article_is_not_summed_up_and_its_own_conclusion_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("Summarise the article on looms")
    assert answer.text.startswith("Answers don't sum up; these are sentences of the article.\n\nFrom “Looms")
    assert [citation.quote for citation in answer.citations] == [
        OPENING,
        "The count took a week.",
        "Three conclusions follow.",
        "First, the old looms last.",
        "Second, the new ones are loud.",
        "Third, nobody can weave without thread.",
    ]


@pytest.mark.parametrize(
    ("question", "where", "cited"),
    [
        pytest.param("What is your newest article?", Filter(authors=("Harbour",)), ["2025-03-04"], id="author"),
        pytest.param("articles by the Mill desk", Filter(until=date(2024, 12, 31)), ["2024-07-01"], id="days"),
        pytest.param("articles by the Mill desk", Filter(authors=("Harbour",)), [], id="another author"),
        pytest.param("articles in Chinese", Filter(languages=("en",)), [], id="another language"),
    ],
)
def test_nothing_outside_a_filter_is_told(assistant: Assistant, question: str, where: Filter, cited: list[str]) -> None:
    answer = assistant.ask(question, where=where)
    assert [citation.article.published for citation in answer.citations] == cited


@pytest.mark.parametrize(
    "question", ["Who are your authors?", "What topics do you cover?", "What is your newest article?"]
)
def test_nothing_is_told_of_what_is_left_out(assistant: Assistant, held: Library, question: str) -> None:
    without = frozenset(each.id for each in held.articles() if each.author == "Mill desk")
    text = assistant.ask(question, without=without).text
    assert not any(word in text for word in ("Mill desk", "Textiles", "Looms"))
    assert assistant.ask(question, where=EVERYTHING).text != text


def test_the_days_of_a_question_are_shown(assistant: Assistant) -> None:
    notice = assistant.ask("What did we publish in 2025?").notice
    assert notice == "Only articles published from 1 January 2025 to 31 December 2025 were read."


def test_no_language_model_is_asked(held: Library, retriever: Retriever, analyzer: Analyzer) -> None:
    with scripted_llm(Reply(["The newest one. [{0}]"])) as server:
        llm = build_llm(Settings(llm_url=server.url, llm_model="scripted", llm_timeout_s=5))
        assert llm is not None
        assistant = Assistant(held, retriever, analyzer, writer=Writer(llm, partial(check, analyzer=analyzer)))
        answer = assistant.ask("What is your newest article?", history=[Turn("user", "Hi"), Turn("assistant", "Hello")])
    assert (answer.mode, leads(answer), server.requests) == ("quotes", [LOOMS], [])


def test_an_empty_library_says_so(library: Library, analyzer: Analyzer) -> None:
    retriever = Retriever(library, analyzer)
    answer = Assistant(library, retriever, analyzer).ask("What is your newest article?")
    assert (answer.status, answer.text) == ("not_found", "There are 0 articles.")
    retriever.close()
