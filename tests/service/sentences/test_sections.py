"""In which section of its article a sentence stands."""

import pytest

from corpus.glossary import Glossary
from corpus.language import Analyzer, detect
from service.question.kinds import Kind
from service.sentences.sections import Sections, headings_of, openings, series, topics_of
from tests.service.reading import understand
from tests.service.small_library import article

PARKS = """# Two parks

Ulverby and Norvane compete.

## Ulverby Park: full

Labs cost 48 pounds.

### Power

It has 6 MVA.

## Norvane Park: empty

Labs cost 56 pounds. Ulverby is dearer by then.
"""
TITLED = """# Ulverby now

## Who is there

It has 6 firms.

## Ulverby's past

It was a mill.
"""
GARDENS = """# 两座园区

## 禾谱园:老园区

实验室租金48元。

## 锐澜港:新园区

实验室租金58元。
"""


@pytest.mark.parametrize(
    ("text", "question", "sentence", "another"),
    [
        pytest.param(PARKS, "What do labs cost at Ulverby Park?", "Labs cost 48 pounds.", False, id="its own section"),
        pytest.param(PARKS, "What do labs cost at Norvane Park?", "Labs cost 48 pounds.", True, id="another's"),
        pytest.param(PARKS, "How much power has Ulverby Park?", "It has 6 MVA.", False, id="below its section"),
        pytest.param(PARKS, "How much power has Norvane Park?", "It has 6 MVA.", True, id="below another's"),
        pytest.param(PARKS, "What is Ulverby?", "Ulverby is dearer by then.", False, id="the sentence names it"),
        pytest.param(PARKS, "What does Norvane do?", "Ulverby and Norvane compete.", False, id="above all sections"),
        pytest.param(PARKS, "What do labs cost in Fenwick?", "Labs cost 48 pounds.", False, id="no section on it"),
        pytest.param(TITLED, "How many firms are in Ulverby?", "It has 6 firms.", False, id="what the title names"),
        pytest.param(GARDENS, "锐澜港的实验室租金多少？", "实验室租金48元。", True, id="Chinese, another's"),
        pytest.param(GARDENS, "禾谱园的实验室租金多少？", "实验室租金48元。", False, id="Chinese, its own"),
    ],
)
def test_a_section_is_on_another_thing(
    text: str, question: str, sentence: str, another: bool, analyzer: Analyzer, glossary: Glossary
) -> None:
    held = article(text, "parks.md")
    asked = understand(question, analyzer=analyzer, glossary=glossary)
    topics = topics_of(asked.units, asked.text, detect(question), analyzer)
    sections = Sections(headings_of(held, analyzer), topics, analyzer)
    place = held.text.index(sentence)
    assert sections.is_on_another(place, sentence, analyzer.terms(sentence)) is another


def test_an_article_without_headings_tells_nothing(analyzer: Analyzer, glossary: Glossary) -> None:
    asked = understand("What does Ulverby cost?", analyzer=analyzer, glossary=glossary)
    topics = topics_of(asked.units, asked.text, "en", analyzer)
    assert not Sections((), topics, analyzer).is_on_another(
        0, "Norvane costs 9 pounds.", ("norvan", "cost", "9", "pound")
    )


YARDS = """# Yards of Ulverby

Yards are old.

## What keeps workers

Flats are near. Pay is good.

Food is free.

## Three slipways

Brill is large.

Norvane is small.
"""


@pytest.mark.parametrize(
    ("question", "first"),
    [
        pytest.param("What keeps workers?", ["Flats are near."], id="what a heading says"),
        pytest.param("What keeps workers in Ulverby?", ["Flats are near."], id="the title says the rest"),
        pytest.param("What keeps workers in Fenwick?", [], id="of another place"),
        pytest.param("Which slipways are there?", ["Brill is large.", "Norvane is small."], id="each that is counted"),
        pytest.param("What feeds cattle?", [], id="something else"),
    ],
)
def test_a_section_opens_with_what_its_heading_says(
    question: str, first: list[str], analyzer: Analyzer, glossary: Glossary
) -> None:
    held = article(YARDS, "yards.md")
    asked = understand(question, analyzer=analyzer, glossary=glossary)
    places = openings(asked.units, held, headings_of(held, analyzer), listed=asked.kind is Kind.LIST)
    assert sorted(places) == [held.text.index(sentence) for sentence in first]


LESSONS = """# What the yards of Ulverby taught us

## Lesson 1: pay

Pay on time.

## A walk

The quay is long.

## Lesson 2: tools

Keep tools dry.
"""


@pytest.mark.parametrize(
    ("text", "question", "first"),
    [
        pytest.param(LESSONS, "What lessons are there?", ["Pay on time.", "Keep tools dry."], id="numbered"),
        pytest.param(LESSONS, "What lessons are there for Fenwick?", [], id="of another place"),
        pytest.param(LESSONS, "What walks are there?", [], id="one alone"),
        pytest.param(YARDS, "What keeps workers?", [], id="not numbered"),
        pytest.param(
            "# 船厂的教训\n\n## 教训之一：工钱\n\n按时付钱。\n\n## 教训之二：工具\n\n工具要干燥。\n",
            "有哪些教训？",
            ["按时付钱。", "工具要干燥。"],
            id="zh",
        ),
    ],
)
def test_sections_that_number_what_is_to_be_listed(
    text: str, question: str, first: list[str], analyzer: Analyzer, glossary: Glossary
) -> None:
    held = article(text, "lessons.md")
    asked = understand(question, analyzer=analyzer, glossary=glossary)
    places = series(asked.units, held, headings_of(held, analyzer))
    assert list(places) == [held.text.index(sentence) for sentence in first]
