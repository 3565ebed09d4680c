"""Ranking over the small library, with the real embedder."""

import pytest

from corpus.embedder import Embedder
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from service.ranking.meaning import nearness
from service.retrieve import (
    CANDIDATES,
    COMPARED,
    DENSE_SHARE,
    UNREAD,
    WORDS_SHARE,
    Found,
    Retriever,
)
from tests.service.conftest import Look
from tests.service.reading import understand


def ranked(found: Found) -> list[str]:
    """Articles in order of their best passage."""
    return list(dict.fromkeys(candidate.passage.article_id for candidate in found.candidates))


@pytest.fixture
def passages_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave each passage the score that it has without its article."""
    monkeypatch.setattr("service.retrieve.with_articles", lambda scores, *_: scores)


@pytest.mark.parametrize(
    ("question", "article"),
    [
        pytest.param("Brightwater", "brightwater", id="a name"),
        pytest.param("340", "brightwater", id="a number"),
        pytest.param("48,000 passengers", "ferry", id="a number with a comma"),
        pytest.param("48000 passengers", "ferry", id="the same number without it"),
        pytest.param("Who is Ines Castellano?", "calder", id="a person"),
        pytest.param("What did tickets for the boat cost?", "ferry", id="the meaning alone"),
        pytest.param("周敏是谁？", "qinglan", id="a Chinese person"),
        pytest.param("青岚", "qinglan", id="a Chinese name"),
        pytest.param("260家企业", "lingang", id="a number in Chinese"),
        pytest.param("Tessel Optics在哪里？", "brightwater", id="a Latin name in a Chinese question"),
    ],
)
def test_the_right_article_comes_first(look: Look, question: str, article: str) -> None:
    assert ranked(look(question)[1])[0] == article


def test_an_exact_name_beats_likeness(look: Look) -> None:
    """Both hubs of science are near in meaning; the one that is named wins clearly."""
    first, second, *_ = look("Which companies share a laboratory at the Calder Valley Hub?")[1].candidates
    assert first.passage.article_id == "calder"
    assert first.score > 2 * second.score


def test_a_glossary_name_finds_but_less_surely_than_the_own_words(look: Look) -> None:
    def of_calder(question: str) -> float:
        return next(c.lexical for c in look(question)[1].candidates if c.passage.article_id == "calder")

    assert ranked(look("CRO")[1])[0] in {"calder", "lingang"}
    assert 0.0 < of_calder("CRO") < of_calder("contract research organisation")


def test_another_language_is_found_by_the_glossary(look: Look) -> None:
    assert "calder" in ranked(look("哪里有合同研究组织？")[1])
    assert "lingang" in ranked(look("Where is there a contract research organisation?")[1])


def test_traditional_characters_are_simplified_ones(look: Look) -> None:
    simplified, traditional = (look(q)[1].candidates for q in ("临港创新谷有多少家企业？", "臨港創新谷有多少家企業？"))
    assert simplified[0].passage.article_id == "lingang"
    assert [(c.passage.id, c.score) for c in traditional] == [(c.passage.id, c.score) for c in simplified]


@pytest.mark.usefixtures("passages_alone")
def test_the_packaged_model_votes_on_english_alone(look: Look) -> None:
    english, chinese = look("Who runs the hub?")[1], look("谁管理创新谷？")[1]
    assert english.asked is not None
    for candidate in english.candidates:
        assert (candidate.dense is None) is (candidate.passage.article_id in {"lingang", "qinglan"})
    assert chinese.asked is None
    assert all(candidate.dense is None and candidate.score == candidate.lexical for candidate in chinese.candidates)


@pytest.mark.usefixtures("passages_alone")
def test_the_best_are_compared_with_the_question_word_by_word(look: Look) -> None:
    found = look("Who runs the hub?")[1]
    assert found.asked is not None
    for candidate in found.candidates:
        if candidate.dense is None:
            assert candidate.score == pytest.approx(UNREAD * candidate.lexical)
            continue
        first = (1 - DENSE_SHARE) * candidate.lexical + DENSE_SHARE * candidate.dense
        [words] = nearness([candidate.encoded], found.asked)
        compared = candidate in found.candidates[:COMPARED]
        expected = (1 - WORDS_SHARE) * first + WORDS_SHARE * words * compared
        assert candidate.score == pytest.approx(expected, abs=1e-6)


def test_articles_without_are_hidden(look: Look) -> None:
    question = "Who runs the Calder Valley Hub?"
    _, found = look(question, without=frozenset({"calder"}))
    assert "calder" not in ranked(found)
    assert ranked(found) == [article for article in ranked(look(question)[1]) if article != "calder"]


@pytest.mark.parametrize("question", ["Who runs the hub?", "创新谷有什么？", "rent"])
def test_ranking_is_the_same_every_time(look: Look, question: str) -> None:
    first = look(question)[1].candidates
    again = look(question)[1].candidates
    assert [(c.passage.id, c.score) for c in first] == [(c.passage.id, c.score) for c in again]
    assert [c.score for c in first] == sorted((c.score for c in first), reverse=True)
    assert len({c.passage.id for c in first}) == len(first) <= 2 * CANDIDATES


@pytest.mark.parametrize(
    "question", ["Who runs the hub?", "340", "创新谷有什么？", "?", "the of", "zxqv", "合同研究组织 CRO"]
)
def test_scores_lie_between_0_and_1(look: Look, question: str) -> None:
    for candidate in look(question)[1].candidates:
        assert 0 <= candidate.lexical <= 1
        assert candidate.dense is None or 0 <= candidate.dense <= 1
        assert 0 <= candidate.score <= 1


def test_question_marks_alone_find_nothing_by_words(look: Look) -> None:
    assert all(candidate.lexical == 0 for candidate in look("???")[1].candidates)


def test_a_search_ranks_the_same(look: Look, retriever: Retriever, small: Library) -> None:
    understood, found = look("Who runs the hub?")
    shown = retriever.search(understood, k=5)
    assert [(excerpt.passage_id, score) for excerpt, score in shown] == [
        (candidate.passage.id, candidate.score) for candidate in found.candidates[:5]
    ]
    for excerpt, candidate in zip([excerpt for excerpt, _ in shown], found.candidates, strict=False):
        article, passage = small.article(candidate.passage.article_id), candidate.passage
        assert article is not None
        assert (excerpt.title, excerpt.url, excerpt.language) == (article.title, article.url, article.language)
        assert (excerpt.author, excerpt.published) == (article.author, article.published)
        assert (excerpt.text, excerpt.headings) == (passage.text, passage.headings)
        assert article.text[excerpt.start : excerpt.end] == excerpt.text


def test_an_empty_library_finds_nothing(
    library: Library, analyzer: Analyzer, glossary: Glossary, embedder: Embedder
) -> None:
    retriever = Retriever(library, analyzer)
    asked = understand("Who runs the hub?", analyzer=analyzer, glossary=glossary)
    assert retriever.retrieve(asked).candidates == ()
    retriever.close()


def _weights(found: Found) -> dict[str, float]:
    return {item.unit.surface: item.weight for item in found.weighed}


def test_rare_words_weigh_more(look: Look) -> None:
    weight = _weights(look("What did the companies and the botanist do?")[1])
    assert weight["botanist"] > weight["companies"] > 0


def test_an_unknown_word_weighs_no_more_than_a_single_one(look: Look) -> None:
    weight = _weights(look("Is the zeppelin near the botanist?")[1])
    assert weight["zeppelin"] == weight["botanist"]
