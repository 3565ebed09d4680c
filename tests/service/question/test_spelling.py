"""Slips of the pen in a question, put right by the words of the library."""

import pytest

from corpus.language import Analyzer
from corpus.library import Library
from service.question.spelling import Speller
from tests.corpus.examples import make_article, passages_of


def corrected(text: str, library: Library, analyzer: Analyzer) -> str:
    with library.view() as view:
        return Speller(library, analyzer).corrected(text, view)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("waht does the hub do", "what does the hub do", id="two letters swapped, a small word"),
        pytest.param("how mnay boats are there", "how many boats are there", id="a small word in the middle"),
        pytest.param("which compnies share a labratory", "which companies share a laboratory", id="letters left out"),
        pytest.param("who rents from the countyy", "who rents from the county", id="a letter too many"),
        pytest.param("what are the passengirs told", "what are the passengers told", id="another letter"),
        pytest.param("which CRO's are there", "which CROs are there", id="a plural written as a possessive"),
        pytest.param("who is EFEC's head", "who is EFEC's head", id="a possessive"),
        pytest.param("the univeristies", "the universities", id="a word of the glossary"),
        pytest.param("who runs brigthwater", "who runs Brightwater", id="a name, typed small"),
        pytest.param("Who is Ins Castellano?", "Who is Ins Castellano?", id="a short name with a letter left out"),
        pytest.param("Who is Ines Castelano?", "Who is Ines Castellano?", id="a longer one"),
        pytest.param("hw many boats are there", "how many boats are there", id="a question word cut short"),
        pytest.param("sorry, wich boats are there", "sorry, which boats are there", id="behind a comma"),
        pytest.param("wht does the hub do", "what does the hub do", id="another one"),
        pytest.param("wen was the hub founded", "when was the hub founded", id="one that may be a name"),
        pytest.param("who is runing it", "who is running it", id="a letter not doubled"),
        pytest.param("who runs brightwatr", "who runs Brightwater", id="a name, typed small, that lacks a letter"),
        pytest.param("Who is Ines Castellnao?", "Who is Ines Castellano?", id="a name with letters swapped"),
    ],
)
def test_a_slip_is_put_right(small: Library, analyzer: Analyzer, text: str, meant: str) -> None:
    assert corrected(text, small, analyzer) == meant


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("What does the hub do?", id="nothing wrong"),
        pytest.param("How many visitors came?", id="a word that no article has"),
        pytest.param("Where is Caldor?", id="another short name"),
        pytest.param("which cros are there", id="a careless plural"),
        pytest.param("wh is it", id="several question words cut short"),
        pytest.param("Who leads NORVANA?", id="capitals may be an abbreviation"),
        pytest.param("Is it in zzzyx?", id="a word that is near to none"),
        pytest.param("磨坊在哪里", id="Chinese"),
        pytest.param("the B2C9 code of 2009", id="numbers and codes"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_may_be_meant_stays(small: Library, analyzer: Analyzer, text: str) -> None:
    assert corrected(text, small, analyzer) == text


def publish(library: Library, text: str) -> None:
    article = make_article("tides", text)
    library.publish(article, passages_of(article))


def test_of_two_words_as_near_none_is_taken(library: Library, analyzer: Analyzer) -> None:
    publish(library, "The zorbin sails at noon. The zorban sails at night.")
    assert corrected("when does the zorbon sail", library, analyzer) == "when does the zorbon sail"
    assert corrected("when does the zobrin sail", library, analyzer) == "when does the zorbin sail"


def test_a_word_is_known_from_the_moment_an_article_has_it(library: Library, analyzer: Analyzer) -> None:
    assert corrected("where does the zorbni sail", library, analyzer) == "where does the zorbni sail"
    publish(library, "The zorbin sails at noon.")
    assert corrected("where does the zorbni sail", library, analyzer) == "where does the zorbin sail"
