"""Likeness of passages and their sentences: by the whole vector, and word by word."""

import numpy as np
import pytest

from corpus.article import Span
from corpus.encoded import Encoded
from corpus.tokens import Tokens, words_of
from service.ranking.meaning import WORDS_OF_WHOLE, meanings, nearness
from tests.corpus.examples import WordEncoder

TEXT = "the ferry crosses here. a hospital stands near. it opened long ago"
SENTENCES = [Span(0, 23), Span(24, 47), Span(48, len(TEXT))]
QUESTION = "ferry hospital?"


def encoded() -> Encoded:
    [passage] = WordEncoder().encode_passages([TEXT], [SENTENCES])
    return passage


def asked(question: str = QUESTION) -> Encoded:
    return WordEncoder().encode_question(question, words_of(question))


def test_where_the_embedder_has_no_vote_nothing_is_near() -> None:
    for one in meanings(encoded(), None):
        assert (one.similarity, one.words, one.beside, one.around, one.least) == (0.0, 0.0, 0.0, 0.0, 0.0)


def test_words_are_sought_in_a_sentence_in_two_and_in_the_passage() -> None:
    first, second, third = meanings(encoded(), asked())
    near = encoded().tokens.nearest(asked().parts, 3)
    assert first.words == pytest.approx(near[:, 0].clip(0).mean())
    assert first.beside == first.words, "no sentence stands before the first"
    assert second.beside == pytest.approx(near[:, :2].max(axis=1).clip(0).mean())
    assert second.beside > max(first.words, second.words), "each of the two has one of the words"
    assert first.around == second.around == third.around >= second.beside
    assert all(0 <= one.least <= one.words <= one.beside <= one.around for one in (first, second, third))
    assert nearness([encoded()], asked()) == [pytest.approx(first.around)]


def test_without_vectors_of_words_a_share_of_the_whole_stands_for_them() -> None:
    bare = Encoded(encoded().vector, encoded().parts, Tokens.none())
    wordless = Encoded(asked().vector, asked().parts[:0])
    for passage, question in ((bare, asked()), (encoded(), wordless)):
        found = meanings(passage, question)
        shares = [WORDS_OF_WHOLE * one.similarity for one in found]
        assert [one.words for one in found] == pytest.approx(shares)
        assert [one.around for one in found] == pytest.approx([max(shares)] * 3)
        assert nearness([passage], question) == [pytest.approx(max(shares))]


def test_a_passage_without_sentences_is_near_nothing() -> None:
    [empty] = WordEncoder().encode_passages(["Heading"], [[]])
    assert meanings(empty, asked()) == []
    assert nearness([empty], asked()) == [0.0]
    assert nearness([empty], Encoded(asked().vector, np.zeros((0, 32), np.float32))) == [0.0]


def test_several_passages_are_as_near_as_each_alone() -> None:
    bare = Encoded(encoded().vector, encoded().parts, Tokens.none())
    [other] = WordEncoder().encode_passages(["the hospital"], [[Span(0, 12)]])
    several = [encoded(), bare, other]
    assert nearness(several, asked()) == pytest.approx([near for one in several for near in nearness([one], asked())])
    assert nearness([], asked()) == []
