"""Quotes mode: which sentences stand in an answer, in which order, and how they are written."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, BlockKind, Language
from corpus.glossary import Glossary
from corpus.language import Analyzer
from ingest.split import split
from service.compose import MOST_OF_A_FACT, MOST_OF_A_LIST, MOST_TOLD, choose, compose
from service.evidence import Evidence, RankedPassage, ScoredSentence
from service.question.kinds import Kind
from service.sentences.neighbours import MOST_ITEMS, followers, leads_in
from service.understand import Understood
from tests.service.reading import asked, page, read, understand
from tests.service.small_library import BRIGHTWATER, CALDER, LINGANG, article

PARK, HUB, VALLEY = article(BRIGHTWATER), article(CALDER), article(LINGANG)
MARK = re.compile(r"\[(\d+)\]")


def ask(kind: Kind = Kind.OTHER, language: Language = "en") -> Understood:
    return Understood("?", "?", "?", language, kind, ())


def evidence(*articles: Article, likely: Sequence[str] = ()) -> Evidence:
    """All sentences of ``articles``: first those that begin as ``likely`` says, in its order, the rest far behind."""

    def score(text: str) -> float:
        return next((0.9 - 0.1 * place for place, start in enumerate(likely) if text.startswith(start)), 0.01)

    ranked = [RankedPassage(each, passage, 0.5) for each in articles for passage in split(each)]
    scored = [
        ScoredSentence(each, passage, sentence, text, score(text))
        for each in articles
        for passage in split(each)
        for sentence in passage.sentences
        for text in [sentence.span.of(each.text)]
    ]
    scored = [replace(each, brings=brought(each, scored)) for each in scored]
    return Evidence(tuple(ranked), tuple(sorted(scored, key=lambda s: -s.score)), 0.9)


def brought(lead: ScoredSentence, scored: Sequence[ScoredSentence]) -> tuple[ScoredSentence, ...]:
    if not leads_in(lead.text, Kind.OTHER):
        return ()
    after = {
        s.sentence: s for s in scored if s.article == lead.article and s.sentence.span.start > lead.sentence.span.end
    }
    found = followers(lead.sentence.span, [(s.passage, sentence) for sentence, s in after.items()], lead.article)
    return tuple(after[sentence] for _, sentence in found)


def texts(chosen: Sequence[ScoredSentence]) -> list[str]:
    return [sentence.text for sentence in chosen]


def test_the_likely_sentences_are_chosen() -> None:
    chosen = choose(evidence(PARK, HUB, likely=["The park hosts", "The Calder Valley Hub"]), ask())
    assert texts(chosen) == [
        "The park hosts 340 companies.",
        "The Calder Valley Hub opened in 2016 in a former wool mill.",
    ]


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        pytest.param(Kind.OTHER, MOST_TOLD, id="any question"),
        pytest.param(Kind.WHEN, MOST_OF_A_FACT, id="a date"),
        pytest.param(Kind.LIST, MOST_OF_A_LIST, id="a list"),
        pytest.param(Kind.COMPARISON, MOST_OF_A_LIST, id="a comparison"),
    ],
)
def test_an_answer_stays_short(kind: Kind, most: int) -> None:
    found = evidence(HUB)
    alike = replace(found, sentences=tuple(replace(sentence, score=0.5) for sentence in found.sentences))
    assert len(choose(alike, ask(kind))) == min(most, len(found.sentences))


def test_each_sentence_on_a_list_tells_of_what_is_listed(analyzer: Analyzer, glossary: Glossary) -> None:
    question = understand("Which companies are in Calder?", analyzer=analyzer, glossary=glossary)
    places = {unit.surface: place for place, unit in enumerate(question.units)}
    found = evidence(HUB)
    held = {"Its 125": "companies", "Pellmere": "companies", "The Calder": "Calder"}
    marked = tuple(
        replace(s, score=0.5, holds=frozenset(places[held[start]] for start in held if s.text.startswith(start)))
        for s in found.sentences
    )
    best_first = sorted(marked, key=lambda s: not s.text.startswith("Its 125"))
    chosen = texts(choose(replace(found, sentences=tuple(best_first)), question))
    assert [text[:8] for text in chosen] == ["Its 125 ", "Pellmere"]


def test_a_lead_in_brings_its_items() -> None:
    chosen = choose(evidence(PARK, likely=["The largest residents"]), ask())
    assert texts(chosen) == [
        "The largest residents of the park are:",
        "Helix Foundry, which prints artificial tissue",
        "Tessel Optics, a maker of microscopes",
        "Norvane Labs, which tests drugs for others",
    ]


def test_a_lead_in_and_one_of_its_items_bring_each_item_once() -> None:
    chosen = choose(evidence(PARK, likely=["Tessel", "The largest residents"]), ask())
    assert len(chosen) == len(set(texts(chosen))) == 4


def test_the_sentence_after_a_list_is_none_of_its_items() -> None:
    after = "After them come:\n\nA new laboratory is planned."
    page = article(f"# Park\n\nThe residents are:\n\n- Helix\n- Tessel\n\n{after}")
    assert texts(choose(evidence(page, likely=["The residents"]), ask())) == ["The residents are:", "Helix", "Tessel"]
    assert texts(choose(evidence(page, likely=["After them"]), ask())) == ["After them come:"]


def test_a_very_long_list_is_cut() -> None:
    page = article("# Park\n\nThe residents are:\n\n" + "\n".join(f"- Firm {n}" for n in range(40)))
    chosen = choose(evidence(page, likely=["The residents"]), ask())
    assert texts(chosen)[1:] == [f"Firm {n}" for n in range(MOST_ITEMS)]


def test_the_same_words_stand_once() -> None:
    first = article("# One\n\nThe ferry is free.\n\nDogs pay.", "one.md")
    second = article("# Two\n\nThe ferry is free!", "two.md")
    chosen = choose(evidence(first, second, likely=["The ferry is free", "Dogs"]), ask())
    assert texts(chosen) == ["The ferry is free.", "Dogs pay."]


def test_no_evidence_is_no_answer(analyzer: Analyzer) -> None:
    composed = compose([(Evidence((), (), 0.0), ask())], analyzer)
    assert (composed.pieces, composed.statements, composed.book.citations) == ((), (), ())


def test_a_question_of_two_names_gets_a_sentence_for_each(analyzer: Analyzer, glossary: Glossary) -> None:
    question = understand("When did Brightwater and Calder open?", analyzer=analyzer, glossary=glossary)
    places = {unit.surface: place for place, unit in enumerate(question.units)}
    found = evidence(PARK, HUB, likely=["The Brightwater"])
    held = {"The Brightwater": places["Brightwater"], "The Calder": places["Calder"]}
    marked = tuple(
        replace(s, score=max(s.score, 0.1), holds=frozenset(p for start, p in held.items() if s.text.startswith(start)))
        for s in found.sentences
    )
    chosen = texts(choose(replace(found, sentences=marked), question))
    assert [text[:15] for text in chosen] == ["The Brightwater", "The Calder Vall"]


def test_articles_come_by_their_best_sentence_and_sentences_in_the_order_of_the_text(analyzer: Analyzer) -> None:
    likely = ["The hub is run", "The park hosts", "The Calder Valley Hub"]
    composed = compose([(evidence(PARK, HUB, likely=likely), ask())], analyzer)
    assert [s.text[:12] for s in composed.statements] == ["The Calder V", "The hub is r", "The park hos"]


def test_numbers_count_up_in_the_text_and_match_the_statements(analyzer: Analyzer) -> None:
    composed = compose(
        [(evidence(PARK, HUB, VALLEY, likely=["The largest", "The hub is run", "园区不收"]), ask(Kind.LIST))], analyzer
    )
    numbers = [int(number) for number in MARK.findall("".join(composed.pieces))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers == [number for statement in composed.statements for number in statement.citations]
    assert numbers == [citation.number for citation in composed.book.citations]


def test_quotes_are_exact(analyzer: Analyzer) -> None:
    composed = compose([(evidence(PARK, HUB, likely=["The largest", "The hub is run"]), ask())], analyzer)
    by_id = {page.id: page for page in (PARK, HUB)}
    for citation, statement in zip(composed.book.citations, composed.statements, strict=True):
        assert by_id[citation.article.id].text[citation.start : citation.end] == citation.quote == statement.text
        assert statement.support == "supported"


def test_english_is_written_with_its_marks(analyzer: Analyzer) -> None:
    composed = compose([(evidence(HUB, VALLEY, likely=["The hub is run", "园区不收"]), ask())], analyzer)
    assert "".join(composed.pieces) == (
        "From “What the Calder Valley Hub does differently”, November 2024: "
        "“[Calder Valley Hub] The hub is run by Ines Castellano, a former surgeon.” [1]"
        "\n\nFrom “临港创新谷”, January 2025 (in Chinese): “园区不收第一年的租金。” [2]"
    )


def test_chinese_is_written_with_its_marks(analyzer: Analyzer) -> None:
    composed = compose([(evidence(VALLEY, HUB, likely=["园区不收", "The hub is run"]), ask(language="zh"))], analyzer)
    assert "".join(composed.pieces) == (
        "据《临港创新谷》（2025年1月）： 「园区不收第一年的租金。」 [1]"
        "\n\n据《What the Calder Valley Hub does differently》（2024年11月，英文原文）： "
        "「[Calder Valley Hub] The hub is run by Ines Castellano, a former surgeon.」 [2]"
    )


ALL = evidence(PARK, HUB, VALLEY)


@given(
    scores=st.lists(st.floats(0, 1), min_size=len(ALL.sentences), max_size=len(ALL.sentences)),
    kind=st.sampled_from(Kind),
)
def test_whatever_the_scores_an_answer_is_whole(analyzer: Analyzer, scores: list[float], kind: Kind) -> None:
    ranked = [replace(sentence, score=score) for sentence, score in zip(ALL.sentences, scores, strict=True)]
    found = replace(ALL, sentences=tuple(sorted(ranked, key=lambda sentence: -sentence.score)))
    chosen, composed = choose(found, ask(kind)), compose([(found, ask(kind))], analyzer)
    assert chosen[0] is found.sentences[0]
    assert len(chosen) == len(set(texts(chosen))) == len(composed.statements)
    assert sum(sentence.sentence.kind is not BlockKind.LIST_ITEM for sentence in chosen) <= MOST_OF_A_LIST
    places = [(citation.article.id, citation.start) for citation in composed.book.citations]
    assert len({article_id for article_id, _ in places}) == "".join(composed.pieces).count("From “")
    for article_id in {article_id for article_id, _ in places}:
        starts = [start for other, start in places if other == article_id]
        assert starts == sorted(starts)


def test_headings_captions_and_boilerplate_are_no_answers() -> None:
    page = article(
        "# The mill\n\n## Rents at the mill\n\n*The mill at night.*\n\n![The mill](mill.png)\n\nThe mill rents benches."
    )
    found = evidence(page)
    assert {sentence.sentence.kind for sentence in found.sentences} == {BlockKind.PARAGRAPH}
    assert texts(choose(found, ask())) == ["The mill rents benches."]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("How does Brightwater differ from Calder?", id="differ from"),
        pytest.param("What is the difference between Brightwater and Calder?", id="difference between"),
        pytest.param("Which is older, Brightwater or Calder?", id="which is older"),
        pytest.param("Brightwater与Calder有什么区别？", id="zh difference"),
        pytest.param("Brightwater还是Calder更早成立？", id="zh which is older"),
    ],
)
def test_each_side_of_a_comparison_gets_its_best_sentence(
    question: str, analyzer: Analyzer, glossary: Glossary
) -> None:
    asked = understand(question, analyzer=analyzer, glossary=glossary)
    places = {unit.surface: place for place, unit in enumerate(asked.units)}
    found = evidence(PARK, HUB, likely=["The Brightwater", "The park hosts"])
    held = {"The Brightwater": places["Brightwater"], "The Calder": places["Calder"]}
    marked = tuple(
        replace(s, score=max(s.score, 0.1), holds=frozenset(p for start, p in held.items() if s.text.startswith(start)))
        for s in found.sentences
    )
    composed = compose([(replace(found, sentences=marked), asked)], analyzer)
    assert {"The Brightwater", "The Calder Vall"} <= {statement.text[:15] for statement in composed.statements}
    assert {citation.article.title for citation in composed.book.citations} == {PARK.title, HUB.title}


def test_asked_for_articles_each_is_told_of_by_a_sentence_and_no_item(analyzer: Analyzer, glossary: Glossary) -> None:
    text = "Old mills need water. Some mills have ten wheels.\n\n- A: mills;\n- B: mills."
    understood = asked("Which articles are about mills?", analyzer, glossary)
    composed = compose([(read(understood, page(text), analyzer=analyzer), understood)], analyzer)
    assert [statement.text for statement in composed.statements] == ["Old mills need water."]
    assert composed.direct is None
