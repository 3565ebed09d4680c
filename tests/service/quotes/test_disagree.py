"""Two articles on one question: where they differ, both are quoted, the newer first, and the answer says so."""

from dataclasses import replace

import pytest

from corpus.article import Article
from corpus.glossary import Glossary
from corpus.language import Analyzer
from service.compose import choose, compose
from service.quotes.disagree import differing
from tests.service.reading import asked, page, read


def pair(one: str, two: str) -> tuple[Article, Article]:
    return page(one, title="Old", published="2021-05-01"), page(two, title="New", published="2024-05-01")


@pytest.mark.parametrize(
    ("question", "one", "two"),
    [
        pytest.param("When did Calder open?", "Calder opened in 2015.", "Calder opened in 2016.", id="years"),
        pytest.param(
            "When did Calder open?", "Calder opened in March 2016.", "Calder opened in May 2016.", id="months"
        ),
        pytest.param(
            "How many firms does Calder host?", "Calder hosts 120 firms.", "Calder hosts 340 firms.", id="counts"
        ),
        pytest.param(
            "How many firms does Calder host?",
            "Calder hosts more than 500 firms.",
            "Calder hosts 340 firms.",
            id="more than the other",
        ),
        pytest.param("苏州有多少家企业？", "苏州有260家企业。", "苏州有三百家企业。", id="zh counts"),
        pytest.param("苏州什么时候开放？", "苏州2012年开放。", "苏州2014年开放。", id="zh years"),
    ],
)
@pytest.mark.parametrize("newer_first", [True, False], ids=["the newer is the best", "the older is the best"])
def test_they_differ(
    question: str, one: str, two: str, newer_first: bool, analyzer: Analyzer, glossary: Glossary
) -> None:
    understood = asked(question, analyzer, glossary)
    articles = pair(one, two)[:: -1 if newer_first else 1]
    found = read(understood, *articles, analyzer=analyzer)
    both = differing(found, understood, choose(found, understood), analyzer)
    assert [sentence.article.title for sentence in both] == ["New", "Old"]


@pytest.mark.parametrize(
    ("question", "one", "two"),
    [
        pytest.param("When did Calder open?", "Calder opened in 2016.", "Calder opened in 2016.", id="the same year"),
        pytest.param(
            "When did Calder open?", "Calder opened in 2016.", "Calder opened in May 2016.", id="more exactly"
        ),
        pytest.param(
            "When did Calder open?", "Calder opened in 2016.", "Calder opened in the 2010s.", id="less exactly"
        ),
        pytest.param("When did Calder open?", "Calder opened in 2016.", "Lenn opened in 2018.", id="another name"),
        pytest.param("When did Calder open?", "Calder opened in 2016.", "Calder closed in 2018.", id="another event"),
        pytest.param(
            "How many firms does Calder host?",
            "Calder hosts 340 firms.",
            "Calder hosts 340 new firms.",
            id="the same number",
        ),
        pytest.param(
            "How many firms does Calder host?",
            "Calder hosts 340 firms.",
            "Calder hosts more than 300 firms.",
            id="room for it",
        ),
        pytest.param(
            "How many firms does Calder host?",
            "Calder hosts about 330 firms.",
            "Calder hosts 340 firms.",
            id="about as many",
        ),
        pytest.param(
            "How many firms does Calder host?",
            "Calder hosts 340 firms.",
            "Calder hosts 20 dogs.",
            id="other things counted",
        ),
        pytest.param(
            "When did the mill open?", "The mill opened in 2016.", "The mill opened in 2018.", id="no name asked"
        ),
        pytest.param("Who runs Calder?", "Ada Lee runs Calder.", "Bo Marsh runs Calder.", id="no date or number asked"),
        pytest.param("苏州有多少家企业？", "苏州有260家企业。", "苏州有200多家企业。", id="zh room for it"),
    ],
)
def test_they_do_not_differ(question: str, one: str, two: str, analyzer: Analyzer, glossary: Glossary) -> None:
    understood = asked(question, analyzer, glossary)
    found = read(understood, *pair(one, two), analyzer=analyzer)
    assert differing(found, understood, choose(found, understood), analyzer) == ()


def test_what_the_titles_name_the_sentences_tell_of(analyzer: Analyzer, glossary: Glossary) -> None:
    understood = asked("What is the average rent at Calder?", analyzer, glossary)
    articles = [
        page(f"The average rent is £{rent} per square foot.", title=title, published=day)
        for rent, title, day in ((42, "Calder", "2024-03-01"), (39, "Calder again", "2024-10-01"))
    ]
    found = read(understood, *articles, analyzer=analyzer)
    both = differing(found, understood, choose(found, understood), analyzer)
    assert [sentence.article.title for sentence in both] == ["Calder again", "Calder"]


def test_two_sentences_of_one_article_are_no_disagreement_of_articles(analyzer: Analyzer, glossary: Glossary) -> None:
    understood = asked("When did Calder open?", analyzer, glossary)
    found = read(understood, page("Calder opened in 2016.", "Calder opened in 2018."), analyzer=analyzer)
    assert differing(found, understood, choose(found, understood), analyzer) == ()


def test_a_far_likelier_sentence_stands_alone(analyzer: Analyzer, glossary: Glossary) -> None:
    understood = asked("When did Calder open?", analyzer, glossary)
    found = read(understood, *pair("Calder opened in 2015.", "Calder opened in 2016."), analyzer=analyzer)
    best, other = found.sentences
    found = replace(found, sentences=(best, replace(other, score=0.1)))
    assert differing(found, understood, choose(found, understood), analyzer) == ()


@pytest.mark.parametrize(
    ("question", "one", "two", "text"),
    [
        pytest.param(
            "When did Calder open?",
            "Calder opened in 2015.",
            "Calder opened in 2016.",
            "2016 [1]\n\nThe articles differ on this; the newer one comes first.\n\n"
            "From “New”, May 2024: “Calder opened in 2016.” [1]\n\nFrom “Old”, May 2021: “Calder opened in 2015.” [2]",
            id="en",
        ),
        pytest.param(
            "苏州有多少家企业？",
            "苏州有260家企业。",
            "苏州有300家企业。",
            "300家企业 [1]\n\n两篇文章说法不同，较新的在前。\n\n"
            "据《New》（2024年5月）： 「苏州有300家企业。」 [1]\n\n据《Old》（2021年5月）： 「苏州有260家企业。」 [2]",
            id="zh",
        ),
    ],
)
def test_the_answer_says_so_and_cites_both(
    question: str, one: str, two: str, text: str, analyzer: Analyzer, glossary: Glossary
) -> None:
    understood = asked(question, analyzer, glossary)
    composed = compose([(read(understood, *pair(one, two), analyzer=analyzer), understood)], analyzer)
    assert "".join(composed.pieces) == text
