"""Questions about the articles themselves, and those that only look like it."""

from datetime import date
from typing import Any

import pytest

from service.answer import Turn
from service.question.days import Period, year_of
from service.question.library import AboutArticles, about_articles, quoted_titles
from service.question.library_patterns import Sought

TODAY = date(2025, 11, 23)
AUTHORS = ("Mill desk", "Harbour desk", "Boris Ulverby", "港口组")
QUOTED = (
    Turn("user", "What is the old mill?"),
    Turn("assistant", "1874 [1]\n\nFrom “Mills: old and new”, May 2025: “It is …” [1]\n\nFrom “Looms”: “They …” [2]"),
)
QUOTED_ZH = (Turn("user", "老磨坊是什么？"), Turn("assistant", "据《磨坊（上）》（2025年5月）： 「……」 [1]"))


def asked(question: str, *history: Turn) -> AboutArticles | None:
    return about_articles(question, history, authors=AUTHORS, today=TODAY)


def told(about: AboutArticles | None) -> tuple[Sought, dict[str, Any]] | None:
    """What is asked, and all that says which articles are meant."""
    if about is None:
        return None
    named = {name: getattr(about, name) for name in AboutArticles.__slots__ if name != "sought"}
    return about.sought, {name: value for name, value in named.items() if value and value != "plainly"}


LISTS = [
    pytest.param("What is your newest article?", {"newest": True, "one": True}, id="newest"),
    pytest.param("what are your latest posts", {"newest": True}, id="several"),
    pytest.param("Which of our articles is the oldest?", {"oldest": True, "one": True}, id="oldest, at the end"),
    pytest.param("What is the latest article on rents?", {"topic": "rents", "newest": True, "one": True}, id="on"),
    pytest.param("What did we publish in 2024?", {"days": year_of(2024)}, id="a year"),
    pytest.param("Which articles were published in 2024?", {"days": year_of(2024)}, id="a year, passive"),
    pytest.param("articles since June about rents", {"days": Period(date(2025, 6, 1)), "topic": "rents"}, id="since"),
    pytest.param("articles by the mill desk", {"author": "Mill desk"}, id="author, small"),
    pytest.param("Show me everything from the Mill desk", {"author": "Mill desk"}, id="everything from"),
    pytest.param("Which articles did Boris Ulverby write?", {"author": "Boris Ulverby"}, id="did write"),
    pytest.param(
        "What has the Harbour desk written about rents?", {"author": "Harbour desk", "topic": "rents"}, id="author, on"
    ),
    pytest.param(
        "What did the Mill desk publish in 2024?", {"author": "Mill desk", "days": year_of(2024)}, id="author, a year"
    ),
    pytest.param("articles in Chinese", {"language": "zh"}, id="language"),
    pytest.param("Show me the English articles about rents", {"language": "en", "topic": "rents"}, id="language, on"),
    pytest.param("What articles do you have?", {}, id="all"),
    pytest.param("最新的文章是哪篇？", {"newest": True, "one": True}, id="zh newest"),
    pytest.param("最新的英文文章是哪篇？", {"newest": True, "one": True, "language": "en"}, id="zh newest, language"),
    pytest.param("2024年我们发表了哪些文章？", {"days": year_of(2024)}, id="zh a year"),
    pytest.param("2024年发表的关于租金的文章有哪些？", {"days": year_of(2024), "topic": "租金"}, id="zh a year, on"),
    pytest.param("港口组写过什么？", {"author": "港口组"}, id="zh author"),
    pytest.param("港口组的文章呢？", {"author": "港口组"}, id="zh author's"),
    pytest.param("有哪些中文文章？", {"language": "zh"}, id="zh language"),
    pytest.param("有没有英文文章？", {"language": "en"}, id="zh language, whether"),
]


@pytest.mark.parametrize(("question", "which"), LISTS)
def test_articles_are_asked_for_by_what_is_known_beside_their_texts(question: str, which: dict[str, Any]) -> None:
    assert told(asked(question)) == (Sought.ARTICLES, which)


@pytest.mark.parametrize(
    ("question", "sought", "which"),
    [
        pytest.param("How many articles do you have?", Sought.COUNT, {}, id="how many"),
        pytest.param("how many articles are there on rents", Sought.COUNT, {"topic": "rents"}, id="how many on"),
        pytest.param("你们有多少篇文章？", Sought.COUNT, {}, id="zh how many"),
        pytest.param("有多少篇文章讲租金？", Sought.COUNT, {"topic": "租金"}, id="zh how many on"),
        pytest.param("What topics do you cover?", Sought.TOPICS, {}, id="topics"),
        pytest.param("what do you write about", Sought.TOPICS, {}, id="what you write about"),
        pytest.param("你们有哪些主题的文章？", Sought.TOPICS, {}, id="zh topics"),
        pytest.param("Who are your authors?", Sought.AUTHORS, {}, id="authors"),
        pytest.param("你们有哪些作者？", Sought.AUTHORS, {}, id="zh authors"),
    ],
)
def test_the_library_is_asked_about(question: str, sought: Sought, which: dict[str, Any]) -> None:
    assert told(asked(question)) == (sought, which)


@pytest.mark.parametrize(
    ("question", "sought", "topic", "named"),
    [
        pytest.param("When was the article on rents published?", Sought.DAY, "rents", "plainly", id="when"),
        pytest.param("Tell me when the article on rents was published", Sought.DAY, "rents", "plainly", id="indirect"),
        pytest.param("When was the old mill article written?", Sought.DAY, "old mill", "loosely", id="loosely"),
        pytest.param("who wrote “Mills: old and new”?", Sought.AUTHOR, "Mills: old and new", "title", id="title"),
        pytest.param("send me the link to the article about rents", Sought.LINK, "rents", "plainly", id="link"),
        pytest.param("Summarise the article on rents", Sought.SUMMARY, "rents", "plainly", id="summary"),
        pytest.param(
            "What are the key messages of the rents article?", Sought.SUMMARY, "rents", "loosely", id="points"
        ),
        pytest.param("关于租金的文章是什么时候发表的？", Sought.DAY, "租金", "plainly", id="zh when"),
        pytest.param("谁写了关于租金的文章？", Sought.AUTHOR, "租金", "plainly", id="zh who"),
        pytest.param("《老磨坊》是谁写的？", Sought.AUTHOR, "老磨坊", "title", id="zh title"),
        pytest.param("总结一下租金那篇", Sought.SUMMARY, "租金", "loosely", id="zh summary"),
    ],
)
def test_an_article_is_named(question: str, sought: Sought, topic: str, named: str) -> None:
    which = {"topic": topic, "one": True} | ({"named": named} if named != "plainly" else {})
    assert told(asked(question)) == (sought, which)


@pytest.mark.parametrize(
    ("question", "sought", "titles"),
    [
        pytest.param("When was it published?", Sought.DAY, 1, id="it"),
        pytest.param("When did we publish this?", Sought.DAY, 1, id="we"),
        pytest.param("Who wrote this article?", Sought.AUTHOR, 1, id="this article"),
        pytest.param("who is the author?", Sought.AUTHOR, 1, id="the author"),
        pytest.param("Who should I attribute it to?", Sought.AUTHOR, 1, id="attribute"),
        pytest.param("Who wrote them?", Sought.AUTHOR, 2, id="them"),
        pytest.param("When were they published?", Sought.DAY, 2, id="they"),
        pytest.param("Give me the link", Sought.LINK, 1, id="link"),
        pytest.param("Where is this quote from?", Sought.LINK, 1, id="where from"),
        pytest.param("Summarise it", Sought.SUMMARY, 1, id="summary"),
        pytest.param("什么时候发表的？", Sought.DAY, 1, id="zh when"),
        pytest.param("谁写的这篇文章？", Sought.AUTHOR, 1, id="zh who"),
        pytest.param("原文链接给我", Sought.LINK, 1, id="zh link"),
        pytest.param("出处是哪里？", Sought.LINK, 1, id="zh source"),
    ],
)
def test_the_article_is_meant_that_was_quoted_last(question: str, sought: Sought, titles: int) -> None:
    which = {"refers": True, "titles": ("Mills: old and new", "Looms")[:titles]}
    assert told(asked(question, *QUOTED)) == (sought, which)
    assert told(asked(question)) == (sought, {"refers": True})  # nothing was quoted yet


@pytest.mark.parametrize(
    ("history", "titles"),
    [
        pytest.param(QUOTED, ("Mills: old and new", "Looms"), id="in their order"),
        pytest.param(QUOTED_ZH, ("磨坊（上）",), id="zh"),
        pytest.param((*QUOTED, *QUOTED_ZH), ("磨坊（上）",), id="of the last answer"),
        pytest.param(
            (*QUOTED_ZH, Turn("user", "And the fares?"), Turn("assistant", "This is not in the articles.")),
            ("磨坊（上）",),
            id="of the last one that quoted any",
        ),
        pytest.param(
            (Turn("assistant", "From “The “new” rules”, 4 May 2025, by the Mill desk (in Chinese): “A: b” [1]"),),
            ("The “new” rules",),
            id="a title with marks of its own",
        ),
        pytest.param((Turn("user", "From “Mills”: is it new?"),), (), id="a question quotes none"),
    ],
)
def test_titles_are_found_again_in_the_lines_that_lead_quotes_in(
    history: tuple[Turn, ...], titles: tuple[str, ...]
) -> None:
    assert quoted_titles(history) == titles


@pytest.mark.parametrize(
    ("last", "question", "which"),
    [
        pytest.param("What is your newest article?", "And the oldest?", {"oldest": True, "one": True}, id="order"),
        pytest.param(
            "Which articles are about rents?",
            "Which of them is the newest?",
            {"topic": "rents", "newest": True, "one": True},
            id="of those on a topic",
        ),
        pytest.param(
            "Which articles are about rents?", "Only in 2024", {"topic": "rents", "days": year_of(2024)}, id="days"
        ),
        pytest.param(
            "What did we publish in 2024?",
            "and by the Mill desk?",
            {"days": year_of(2024), "author": "Mill desk"},
            id="author",
        ),
        pytest.param(
            "2024年我们发表了哪些文章？",
            "最早的是哪篇？",
            {"days": year_of(2024), "oldest": True, "one": True},
            id="zh",
        ),
        pytest.param(
            "How many articles are there?", "What's the newest one?", {"newest": True, "one": True}, id="behind a count"
        ),
        pytest.param("What is the old mill?", "And the oldest?", None, id="no articles were asked for"),
        pytest.param("Which articles are about rents?", "And in Suzhou?", None, id="another topic"),
    ],
)
def test_a_question_for_articles_is_narrowed(last: str, question: str, which: dict[str, Any] | None) -> None:
    about = told(asked(question, Turn("user", last), Turn("assistant", "From “Rents”: “…” [1]")))
    assert about == (None if which is None else (Sought.ARTICLES, which))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("How many articles of the treaty are there?", id="articles of a treaty"),
        pytest.param("How many articles does the treaty have?", id="articles that something has"),
        pytest.param("When was the Valley opened?", id="when something opened"),
        pytest.param("Who wrote the Ulverby paper?", id="a paper"),
        pytest.param("Who wrote the report?", id="a report"),
        pytest.param("When was the guidance published?", id="guidance"),
        pytest.param("Which authors criticise the treaty?", id="authors who do something"),
        pytest.param("What is the link between the mill and the harbour?", id="a link between two things"),
        pytest.param("What is the source of the river?", id="a source of something"),
        pytest.param("What did Norvane publish in 2024?", id="somebody else"),
        pytest.param("What did Norvane write about rents?", id="somebody who is no author"),
        pytest.param("What does the latest article on rents say?", id="what an article says"),
        pytest.param("Which articles are about rents?", id="a topic alone is asked for in another room"),
        pytest.param("What happened in 2024?", id="a year"),
        pytest.param("How old is the mill?", id="how old something is"),
        pytest.param("What is the oldest mill?", id="the oldest of other things"),
        pytest.param("What are the main points of the treaty?", id="points of something"),
        pytest.param("articles", id="a word"),
        pytest.param("什么时候成立的？", id="zh when it was founded"),
        pytest.param("办法是什么时候发布的？", id="zh rules"),
        pytest.param("谁写的再见乌尔弗比？", id="zh a poem"),
        pytest.param("最早的磨坊是哪个？", id="zh the oldest of other things"),
        pytest.param("文章", id="zh a word"),
        pytest.param("", id="nothing"),
        pytest.param("which articles " * 200, id="very long"),
    ],
)
def test_what_is_asked_of_other_things_is_left_alone(question: str) -> None:
    assert asked(question, *QUOTED) is None


@pytest.mark.parametrize(
    ("last", "question"),
    [
        pytest.param("What does the Norvane paper claim?", "When was it published?", id="a paper"),
        pytest.param("Which Act bans it?", "Who wrote it?", id="an act"),
        pytest.param("那份报告说了什么？", "什么时候发表的？", id="zh a report"),
    ],
)
def test_it_may_be_something_else_that_is_published(last: str, question: str) -> None:
    history = (Turn("user", last), QUOTED[1])
    assert asked(question, *history) is None
    assert asked("Who wrote this article?", *history) is not None
