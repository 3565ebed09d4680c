"""What is kept of tokens: signs, sentences, and cosines that are near the true ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.tokens import Tokens, tells, words_of


def unit(rng: np.random.Generator, *shape: int) -> np.ndarray:
    rows = rng.normal(size=shape).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


@given(count=st.integers(0, 40), width=st.sampled_from([8, 12, 384]), seed=st.integers(0, 99))
def test_packing_loses_nothing(count: int, width: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    tokens = Tokens.of(unit(rng, count, width), sorted(rng.integers(0, 70_000 % 65_536, count)))
    back = Tokens.unpacked(tokens.packed(), width)
    np.testing.assert_array_equal(back.signs, tokens.signs)
    np.testing.assert_array_equal(back.sentences, tokens.sentences)


def test_nothing_kept_is_near_nothing() -> None:
    words = unit(np.random.default_rng(0), 3, 384)
    for none in (Tokens.none(), Tokens.unpacked(b"", 384)):
        assert none.packed() == b""
        np.testing.assert_array_equal(none.nearest(words, 2), np.zeros((3, 2)))


def test_cosines_are_estimated_from_signs() -> None:
    rng = np.random.default_rng(1)
    words = unit(rng, 200, 384)
    noise = unit(rng, 200, 384)
    tokens = words + rng.uniform(0, 2, (200, 1)).astype(np.float32) * noise
    true = np.einsum("ij,ij->i", words, tokens / np.linalg.norm(tokens, axis=1, keepdims=True))
    estimated = [
        Tokens.of(token[None, :], [0]).nearest(word[None, :], 1)[0, 0]
        for word, token in zip(words, tokens, strict=True)
    ]
    assert np.abs(np.array(estimated) - true).max() < 0.2
    assert abs(float(np.mean(np.array(estimated) - true))) < 0.02


def test_each_word_meets_the_nearest_token_of_each_sentence() -> None:
    one, two, three = unit(np.random.default_rng(2), 3, 384)
    tokens = Tokens.of(np.stack([one, two, three, one]), [0, 0, 2, 2])
    singly = {
        place: np.max([Tokens.of(row[None, :], [0]).nearest(two[None, :], 1) for row in rows])
        for place, rows in {0: (one, two), 2: (three, one)}.items()
    }
    near = tokens.nearest(two[None, :], 4)[0]
    np.testing.assert_allclose(near, [singly[0], 0.0, singly[2], 0.0], atol=1e-6)
    assert near[0] > 0.8 > 0.3 > near[2]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("Who founded the Hub in 2019?", ["founded", "Hub", "2019"], id="words that only ask are none"),
        pytest.param("what is it", ["what", "is", "it"], id="unless there is no other"),
        pytest.param("谁创办了药谷？", ["创", "办", "药", "谷"], id="Chinese by characters"),
        pytest.param("Bayh-Dole's text", ["Bayh-Dole's", "text"], id="joined words"),
        pytest.param("?!", [], id="no words"),
    ],
)
def test_the_words_of_a_question(question: str, words: list[str]) -> None:
    assert [span.of(question) for span in words_of(question)] == words


@pytest.mark.parametrize(
    ("token", "kept"),
    [("founded", True), ("2019", True), ("药", True), ("the", False), ("The", False), (",", False), ("", False)],
)
def test_what_is_kept_of_a_passage(token: str, kept: bool) -> None:
    assert tells(token) is kept
