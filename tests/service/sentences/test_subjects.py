"""Of what the sentences of a passage tell, where a fact is asked of a name or of a year."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.dictionary import Dictionary
from corpus.glossary import Glossary
from corpus.language import Analyzer
from service.sentences.sections import first_named
from service.sentences.subjects import Subjects
from service.sentences.wanted import Wanted
from tests.corpus.examples import make_article
from tests.service.reading import understand


def told(
    question: str, sentences: Sequence[str], analyzer: Analyzer, glossary: Glossary, above: str = "", title: str = ""
) -> list[bool]:
    asked = understand(question, analyzer=analyzer, glossary=glossary)
    wanted = Wanted.of(asked.text, asked.kind, asked.units, analyzer)
    subjects = Subjects(asked.units, wanted, analyzer.terms(f"{title} {above}"), analyzer, title=title)
    return [subjects.tells_of_another(text, analyzer.terms(text)) for text in sentences]


@pytest.mark.parametrize(
    ("sentences", "another"),
    [
        pytest.param(["Ulverby Mill spins wool.", "Its director is Ada Brill."], [False, False], id="of it"),
        pytest.param(["Norvane Yard builds boats.", "Its director is Ada Brill."], [True, True], id="of another"),
        pytest.param(
            ["Norvane Yard builds boats.", "It is old.", "Its director is Ada Brill."],
            [True, True, True],
            id="of another, two sentences on",
        ),
        pytest.param(
            ["Norvane Yard builds boats.", "Ulverby Mill spins wool.", "Its director is Ada Brill."],
            [True, False, False],
            id="what was named last counts",
        ),
        pytest.param(
            ["Norvane Yard builds boats.", "The mill is old."], [True, False], id="no pronoun, so it may be any mill"
        ),
        pytest.param(["Its director is Ada Brill."], [False], id="nothing before it"),
        pytest.param(["Ulverby Mill spins wool.", "A Phase 2 began."], [False, False], id="a phase is nobody"),
        pytest.param(["The mill is old.", "Its director is Ada Brill."], [False, False], id="nothing named before it"),
    ],
)
def test_a_sentence_that_refers_back_tells_of_what_was_named_last(
    sentences: list[str], another: list[bool], analyzer: Analyzer, glossary: Glossary
) -> None:
    assert told("Who is the director of Ulverby?", sentences, analyzer, glossary) == another


@pytest.mark.parametrize(
    ("sentence", "another"),
    [
        pytest.param("英国的毕业生签证于2021年开放。", True, id="another country"),
        pytest.param("挪威的毕业生签证于2021年开放。", False, id="the country asked for"),
        pytest.param("毕业生签证于2021年开放。", False, id="no country"),
    ],
)
def test_a_country_asked_for_is_not_replaced_by_another(
    sentence: str, another: bool, analyzer: Analyzer, glossary: Glossary, dictionary: Dictionary
) -> None:
    question = "挪威的毕业生签证是什么时候开放的？"
    asked = understand(question, analyzer=analyzer, glossary=glossary, dictionary=dictionary)
    wanted = Wanted.of(asked.text, asked.kind, asked.units, analyzer)
    subjects = Subjects(asked.units, wanted, (), analyzer)
    assert subjects.tells_of_another(sentence, analyzer.terms(sentence)) is another


def test_what_stands_before_the_first_mention_of_a_name_tells_of_another(
    analyzer: Analyzer, glossary: Glossary
) -> None:
    question, sentence = "卢门公司是哪一年成立的？", "同年，合作社成立。"
    asked = understand(question, analyzer=analyzer, glossary=glossary)
    wanted = Wanted.of(asked.text, asked.kind, asked.units, analyzer)
    article = make_article("yard", f"{sentence}后来卢门公司加入。")
    named_from = first_named(wanted.topics, article)
    subjects = Subjects(asked.units, wanted, (), analyzer, named_from=named_from)
    assert article.text[named_from:].startswith("卢门")
    assert subjects.tells_of_another(sentence, analyzer.terms(sentence))
    assert not subjects.tells_of_another("它加入后成立了分社。", analyzer.terms("它成立了分社。"), named_from)


def test_what_is_listed_before_the_first_mention_of_a_place_is_of_another(
    analyzer: Analyzer, glossary: Glossary
) -> None:
    asked = understand("Which mills work in Ulverby?", analyzer=analyzer, glossary=glossary)
    wanted = Wanted.of(asked.text, asked.kind, asked.units, analyzer)
    sentence = "The region has two mills, Brill and Calder."
    named_from = first_named(wanted.topics, make_article("mills", f"{sentence} Ulverby is a partner."))
    subjects = Subjects(asked.units, wanted, (), analyzer, named_from=named_from)
    assert subjects.tells_of_another(sentence, analyzer.terms(sentence))


def test_a_name_in_the_title_is_named_from_the_start(analyzer: Analyzer, glossary: Glossary) -> None:
    asked = understand("Who runs Ulverby Mill?", analyzer=analyzer, glossary=glossary)
    wanted = Wanted.of(asked.text, asked.kind, asked.units, analyzer)
    article = make_article("mill", "Ada Brill runs it. Ulverby Mill is old.")
    assert first_named(wanted.topics, article) > 0
    assert first_named(wanted.topics, replace(article, title="Ulverby Mill")) == 0


def test_a_section_on_the_name_tells_of_it(analyzer: Analyzer, glossary: Glossary) -> None:
    question, sentences = "Who is the director of Ulverby?", ["Ada Brill directs the mill."]
    assert told(question, sentences, analyzer, glossary) == [True]
    assert told(question, sentences, analyzer, glossary, above="Ulverby in wool") == [False]


@pytest.mark.parametrize(
    ("question", "sentences", "another"),
    [
        pytest.param("How many boats ran in 2021?", ["In 2024 twelve boats ran."], [True], id="another year"),
        pytest.param("How many boats ran in 2021?", ["In 2021 twelve boats ran."], [False], id="the year"),
        pytest.param("How many boats ran in 2021?", ["Twelve boats ran."], [False], id="no year"),
        pytest.param(
            "How many boats ran in 2021?",
            ["2021 was dry.", "Two ran, nine in 2020."],
            [False, False],
            id="before",
        ),
        pytest.param("How many boats ran?", ["In 2024 twelve boats ran."], [False], id="none asked"),
        pytest.param("When was the fair of 2021 held?", ["It was held in May 2020."], [False], id="a when"),
        pytest.param("2021年有多少艘船？", ["2024年有12艘船。"], [True], id="Chinese"),
    ],
)
def test_the_number_of_another_year_is_another_number(
    question: str, sentences: list[str], another: list[bool], analyzer: Analyzer, glossary: Glossary
) -> None:
    assert told(question, sentences, analyzer, glossary) == another


@pytest.mark.parametrize(
    ("title", "another"),
    [
        pytest.param("Ulverby, Norvane and Brill: three mills", True, id="beside it"),
        pytest.param("Ulverby or Norvane?", True, id="or it"),
        pytest.param("Wool from Norvane: a day at Ulverby", False, id="elsewhere in the title"),
        pytest.param("A day at Ulverby", False, id="not in the title"),
    ],
)
def test_a_title_that_names_two_settles_for_neither(
    title: str, another: bool, analyzer: Analyzer, glossary: Glossary
) -> None:
    said = ["A sponsor may start at Norvane after 30 days."]
    assert told("How many days does Ulverby need?", said, analyzer, glossary, title=title) == [another]
