"""The embedder as LlamaIndex sees it, and as this project does."""

import asyncio

import numpy as np
import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding

from corpus.article import Span
from corpus.embedder import RECIPE, Embedder
from corpus.encoded import Vector
from corpus.encoder import PACKAGED_MODEL
from corpus.llama_embedding import LlamaEmbedding
from tests.corpus.examples import WIDTH, WordEncoder, embedded, make_article, passages_of

QUESTION = "Which firms work in the valley?"


class CountingEncoder(WordEncoder):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode_query(self, text: str) -> Vector:
        self.asked.append(text)
        return super().encode_query(text)


def test_llamaindex_can_have_it(embedder: Embedder) -> None:
    llama = LlamaEmbedding(embedder)
    assert isinstance(llama, BaseEmbedding)
    assert llama.model_name == embedder.model_name == PACKAGED_MODEL


def test_the_llamaindex_methods_agree_with_ours(embedder: Embedder) -> None:
    ours, llama = embedder.embed_query(QUESTION), LlamaEmbedding(embedder)
    for theirs in (
        llama.get_query_embedding(QUESTION),
        llama.get_text_embedding(QUESTION),
        *llama.get_text_embedding_batch([QUESTION, QUESTION, "something else"])[:2],
        asyncio.run(llama.aget_query_embedding(QUESTION)),
        asyncio.run(llama.aget_text_embedding(QUESTION)),
    ):
        assert all(isinstance(x, float) for x in theirs)
        np.testing.assert_allclose(theirs, ours, atol=1e-5)


def test_the_packaged_model_reads_english_and_no_chinese(embedder: Embedder) -> None:
    assert embedder.reads() == {"en"}


def test_a_question_is_encoded_once() -> None:
    encoder = CountingEncoder()
    embedder = Embedder(encoder)
    first, again = embedder.embed_query(QUESTION), embedder.embed_query(QUESTION)
    LlamaEmbedding(embedder).get_query_embedding(QUESTION)
    np.testing.assert_array_equal(first, again)
    assert encoder.asked == [QUESTION]


def test_the_questions_remembered_are_the_recent_ones() -> None:
    encoder = CountingEncoder()
    embedder = Embedder(encoder)
    embedder.embed_query("kept in use")
    embedder.embed_query("forgotten")
    for number in range(1023):
        embedder.embed_query(f"question {number}")
        embedder.embed_query("kept in use")
    embedder.embed_query("forgotten")
    assert (encoder.asked.count("kept in use"), encoder.asked.count("forgotten")) == (1, 2)


def test_the_fingerprint_names_the_model_and_the_way_it_is_used() -> None:
    assert Embedder(WordEncoder("one")).fingerprint == f"one@1+{RECIPE}"


def test_title_and_headings_are_read_along_and_sentences_stay_themselves() -> None:
    """Sentence spans count from the article's start, the encoder's from the text that it is given."""
    encoder = WordEncoder()
    article = make_article("a", "First 🧬 paragraph.", "Second one.")
    passages = passages_of(article)
    encoded = embedded(Embedder(encoder), article, passages)
    for passage, item in zip(passages, encoded, strict=True):
        np.testing.assert_allclose(
            item.vector, encoder.encode_query(f"{article.title} Overview {passage.text}"), atol=1e-6
        )
        [sentence] = item.parts
        np.testing.assert_allclose(sentence, encoder.encode_query(passage.text), atol=1e-6)


def test_an_article_without_passages_has_no_vectors() -> None:
    assert embedded(Embedder(WordEncoder()), make_article(), []) == []


@pytest.mark.parametrize("text", ["", "plain words", "🧬"])
def test_the_words_encoder_of_these_tests_gives_unit_vectors(text: str) -> None:
    [encoded] = WordEncoder().encode_passages([text], [[Span(0, len(text))]])
    assert encoded.parts.shape == (1, WIDTH)
    assert float(encoded.vector @ encoded.vector) == pytest.approx(1.0, abs=1e-5)
