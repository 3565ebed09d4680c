"""What a lead-in brings along, in its own passage and out of the next."""

import pytest

from corpus.article import Article, Span
from corpus.embedder import Embedder
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from ingest.split import split
from service.compose import choose
from service.evidence import Evidence
from service.gather import Gatherer
from service.question.kinds import Kind
from service.retrieve import Retriever
from service.sentences.neighbours import (
    MOST_ITEMS,
    answered_next,
    asks_itself,
    continued_next,
    explained_next,
    followers,
    leads_in,
    told_next,
)
from service.understand import Understood
from tests.service.reading import understand
from tests.service.small_library import article, publish


@pytest.mark.parametrize(
    ("text", "kind", "leads"),
    [
        pytest.param("The residents are:", Kind.WHEN, True, id="a colon, whatever is asked"),
        pytest.param("驻园企业如下：", Kind.WHO, True, id="a Chinese colon"),
        pytest.param("The yard faces three challenges.", Kind.LIST, True, id="a number of things"),
        pytest.param("The yard faces three hard old challenges.", Kind.WHY, True, id="words between"),
        pytest.param("Proceed as follows.", Kind.HOW, True, id="as follows"),
        pytest.param("船厂面临以下几点困难。", Kind.LIST, True, id="zh the following"),
        pytest.param("船厂有三大优势。", Kind.OTHER, True, id="zh a number of things"),
        pytest.param("The yard faces three challenges.", Kind.WHEN, False, id="asked when"),
        pytest.param("The yard faces a challenge.", Kind.LIST, False, id="one thing"),
        pytest.param("At 10:30 it closes.", Kind.LIST, False, id="a colon inside"),
    ],
)
def test_what_leads_in(text: str, kind: Kind, leads: bool) -> None:
    assert leads_in(text, kind) is leads


def brought(page: Article, lead: str) -> list[str]:
    start = page.text.index(lead)
    place = Span(start, start + len(lead))
    after = [(p, s) for p in split(page) for s in p.sentences if s.span.start >= place.end]
    return [sentence.span.of(page.text) for _, sentence in followers(place, after, page)]


@pytest.mark.parametrize(
    ("text", "lead", "expected"),
    [
        pytest.param("They are:\n\n- Helix\n- Tessel\n\nMore follow.", "They are:", ["Helix", "Tessel"], id="a list"),
        pytest.param(
            "Two things count. First, rent is low. It was raised once. Second, the train is near. People like it.",
            "Two things count.",
            ["First, rent is low.", "Second, the train is near."],
            id="numbered sentences",
        ),
        pytest.param(
            "原因有以下两点。首先，租金低。其次，交通方便。园区很大。",
            "原因有以下两点。",
            ["首先，租金低。", "其次，交通方便。"],
            id="zh numbered sentences",
        ),
        pytest.param("Two things count. Rent is low. The train is near.", "Two things count.", [], id="not numbered"),
        pytest.param("Two things count. First, rent is low. So it is.", "Two things count.", [], id="one alone"),
        pytest.param("They are:\n\n## Firms\n\n- Helix\n- Tessel", "They are:", [], id="a heading between"),
    ],
)
def test_what_follows_a_lead_in(text: str, lead: str, expected: list[str]) -> None:
    assert brought(article(f"# Park\n\n{text}"), lead) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "It has trials. Rents are high; staff is rare; and trains are full.", True, id="parts of a sentence"
        ),
        pytest.param("It has trials. They are high rents, rare staff and full trains.", True, id="an enumeration"),
        pytest.param("它有困难。房租高、人才少、火车满。", True, id="zh an enumeration"),
        pytest.param("It has trials. Rents are high.", False, id="one thing"),
        pytest.param("It has trials.\n\nThey are rents, staff, and trains.", False, id="another paragraph"),
        pytest.param(
            "It has rents, staff, and trains. There are flats, offices, and yards.", False, id="it enumerates"
        ),
        pytest.param("It has trials.", False, id="nothing follows"),
    ],
)
def test_what_is_only_named_is_told_in_the_next_sentence(text: str, expected: bool) -> None:
    page = article(f"# Park\n\n{text}")
    first, *rest = [(passage, sentence) for passage in split(page) for sentence in passage.sentences]
    assert told_next(first[1].span, rest, page) == (rest[:1] if expected else [])


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        pytest.param("The boat was late. The cause was a leak.", Kind.WHY, True, id="a cause"),
        pytest.param("船迟到了。原因是漏水。", Kind.WHY, True, id="zh a cause"),
        pytest.param("The boat was late. It was blue.", Kind.WHY, False, id="no cause"),
        pytest.param("It was late because of a leak. The cause is known.", Kind.WHY, False, id="it tells the cause"),
        pytest.param("They let a slip. It is a ramp for boats.", Kind.DEFINITION, True, id="what it is"),
        pytest.param("There is a boat club. The Club provides lessons.", Kind.DEFINITION, True, id="what it does"),
        pytest.param("They let a slip. Boats are dear.", Kind.DEFINITION, False, id="something else"),
        pytest.param("They let a slip.\n\nIt is a ramp.", Kind.DEFINITION, False, id="another paragraph"),
        pytest.param("The boat was late. The cause was a leak.", Kind.WHEN, False, id="a date is asked for"),
        pytest.param("The boat was late.", Kind.WHY, False, id="nothing follows"),
    ],
)
def test_what_is_only_named_is_explained_in_the_next_sentence(text: str, kind: Kind, expected: bool) -> None:
    page = article(f"# Park\n\n{text}")
    first, *rest = [(passage, sentence) for passage in split(page) for sentence in passage.sentences]
    assert explained_next(first[1].span, rest, page, kind) == (rest[:1] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A club opened in May. The club provides lessons.", True, id="it tells what is asked"),
        pytest.param("A club opened in May. It provides lessons.", True, id="by a pronoun"),
        pytest.param("A mill opened. Brill got the company to provide it.", True, id="by its sort, inside"),
        pytest.param("A club opened in May. The club closed.", False, id="it tells something else"),
        pytest.param("A club opened in May. Schools provide lessons.", False, id="of something else"),
        pytest.param("A club opened in May.\n\nIt provides lessons.", False, id="another paragraph"),
    ],
)
def test_what_a_sentence_lacks_the_next_one_tells_of_the_same(text: str, expected: bool) -> None:
    page = article(f"# Park\n\n{text}")
    first, *rest = [(passage, sentence) for passage in split(page) for sentence in passage.sentences]
    found = continued_next(first[1].span, rest, page, lambda said: "provide" in said)
    assert found == (rest[:1] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Two things count. Rent is low. Trains are near.", ["Rent is low.", "Trains are near."], id="two"),
        pytest.param("Two things count. Rent is low.", [], id="one is missing"),
        pytest.param("Two things count. Rent is low. Trains are near. So it is.", [], id="one too many"),
        pytest.param("Two things count. Rent is low.\n\nTrains are near.", [], id="another paragraph"),
        pytest.param("有两个原因。租金低。交通方便。", ["租金低。", "交通方便。"], id="zh"),
    ],
)
def test_as_many_sentences_as_are_announced_follow(text: str, expected: list[str]) -> None:
    page = article(f"# Park\n\n{text}")
    first, *rest = [(passage, sentence) for passage in split(page) for sentence in passage.sentences]
    found = followers(first[1].span, rest, page, counted=True)
    assert [sentence.span.of(page.text) for _, sentence in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Is rent low? It is low since May.", ["It is low since May."], id="the next sentence"),
        pytest.param("Is rent low? No. It rose in May.", ["No.", "It rose in May."], id="hardly more than no"),
        pytest.param("Is rent low?\n\n## Trains\n\nTrains are near.", [], id="a heading between"),
        pytest.param("Is rent low?", [], id="nothing"),
    ],
)
def test_what_an_article_asks_it_answers_next(text: str, expected: list[str]) -> None:
    page = article(f"# Park\n\n{text}")
    first, *rest = [(passage, sentence) for passage in split(page) for sentence in passage.sentences]
    found = answered_next(first[1].span, rest, page)
    assert [sentence.span.of(page.text) for _, sentence in found] == expected


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("Is rent low?", True, id="a question"),
        pytest.param("租金低吗？”", True, id="zh, in quotes"),
        pytest.param("They ask “is rent low?” every day.", False, id="one inside"),
        pytest.param("Rent is low.", False, id="none"),
    ],
)
def test_a_sentence_that_asks(text: str, asks: bool) -> None:
    assert asks_itself(text) is asks


def test_a_very_long_list_is_cut() -> None:
    page = article("# Park\n\nThey are:\n\n" + "\n".join(f"- Firm {n}" for n in range(40)))
    assert brought(page, "They are:") == [f"Firm {n}" for n in range(MOST_ITEMS)]


ITEM = "which has worked beside the river for many years and employs a good number of people from the town around it"
LONG_LIST = f"""# Harbour yards

{"The town has always lived by its river and by those who sail on it. " * 8}

The shipyards of Ulverby harbour are:

""" + "\n".join(
    f"- Yard {name}, {ITEM}" for name in ("Amber", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Hazel", "Ivy")
)


@pytest.fixture
def gathered(
    library: Library, embedder: Embedder, analyzer: Analyzer, glossary: Glossary
) -> tuple[Understood, Evidence]:
    publish(library, article(LONG_LIST, "yards.md"))
    question = understand("Which shipyards are in Ulverby harbour?", analyzer=analyzer, glossary=glossary)
    retriever = Retriever(library, analyzer)
    evidence = Gatherer(library, analyzer).gather(question, retriever.retrieve(question))
    retriever.close()
    return question, evidence


def test_a_list_goes_on_in_the_next_passage(gathered: tuple[Understood, Evidence]) -> None:
    question, evidence = gathered
    lead = next(s for s in evidence.sentences if s.text == "The shipyards of Ulverby harbour are:")
    assert len({item.passage.id for item in lead.brings}) == 2
    assert [item.text.split(",")[0] for item in lead.brings] == [
        f"Yard {name}" for name in ("Amber", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Hazel", "Ivy")
    ]
    assert all(item.text == item.passage.quote(item.sentence.span) for item in lead.brings)
    assert {item.text for item in lead.brings} <= {sentence.text for sentence in choose(evidence, question)}


def test_the_next_passage_is_evidence_too(gathered: tuple[Understood, Evidence]) -> None:
    _, evidence = gathered
    held = [ranked.passage.id for ranked in evidence.passages]
    assert len(held) == len(set(held))
    assert {item.passage.id for sentence in evidence.sentences for item in sentence.brings} <= set(held)
    assert [ranked.score for ranked in evidence.passages] == sorted((r.score for r in evidence.passages), reverse=True)
