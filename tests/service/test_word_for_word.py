"""A supported statement is held against the words that the quotes have in the same places."""

from collections.abc import Sequence

import numpy as np
import pytest

from corpus.encoded import Encoded
from corpus.language import Analyzer
from corpus.tokens import words_of
from service.checks.verdict import PARTIAL, SUPPORTED, Verdict
from service.nli import load_verifier
from service.word_for_word import WordForWord

QUOTE = "The centre began its work in Suzhou with forty engineers."
ALIKE = {"began": 0, "started": 0, "lost": 1, "engineers": 2, "engineer": 2}
REFUSED = Verdict("unsupported", "another number", 0.01, "number")


class FakeVectors:
    """Words with the same number in ``ALIKE`` point the same way, others stand at right angles."""

    def __init__(self, reads: frozenset[str]) -> None:
        self._reads = reads

    def embed_question(self, text: str) -> Encoded:
        words = [place.of(text).lower() for place in words_of(text)]
        axes = [ALIKE.get(word, 3 + sum(map(ord, word)) % 60) for word in words]
        return Encoded(np.zeros(64, np.float32), np.eye(64, dtype=np.float32)[axes])

    def reads(self) -> frozenset[str]:
        return self._reads


def checked(statement: str, quotes: Sequence[str], *, reads: frozenset[str] = frozenset({"en"})) -> Verdict:
    return load_verifier(None, Analyzer(), None, FakeVectors(reads))(statement, quotes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statement", "support"),
    [
        pytest.param("The centre started its work in Suzhou with forty engineers.", "supported", id="alike"),
        pytest.param("The centre lost its work in Suzhou with forty engineers.", "partial", id="another word"),
        pytest.param("The centre began its work in Suzhou with 40 engineers.", "supported", id="a number otherwise"),
    ],
)
def test_another_word_leaves_a_statement_partial(statement: str, support: str) -> None:
    found = checked(statement, [QUOTE])
    assert found.support == support
    assert found.score >= PARTIAL
    assert (found.score < SUPPORTED) == (support == "partial")


def test_the_reason_names_both_words() -> None:
    found = checked("The centre lost its work in Suzhou with forty engineers.", [QUOTE])
    assert found.reason == "the quotes have “began” where it has “lost”"


def test_a_language_that_the_model_does_not_read_is_left_alone() -> None:
    statement = "The centre lost its work in Suzhou with forty engineers."
    assert checked(statement, [QUOTE], reads=frozenset({"zh"})).support == "supported"


@pytest.mark.parametrize(
    ("statement", "support"),
    [
        pytest.param("它站在私有数据的肩膀上。", "partial", id="another noun"),
        pytest.param("它站在公共数据的肩膀上。", "supported", id="the same"),
        pytest.param("它立在公共数据的肩膀上。", "supported", id="another verb"),
    ],
)
def test_a_chinese_noun_is_told_without_vectors(statement: str, support: str) -> None:
    assert checked(statement, ["它之所以成功，是因为它站在公共数据的肩膀上。"]).support == support


def test_what_is_refused_stays_so() -> None:
    def verifier(statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        return REFUSED

    vectors = FakeVectors(frozenset({"en"}))
    assert WordForWord(verifier, Analyzer(), vectors)("It lost.", [QUOTE]) is REFUSED  # type: ignore[arg-type]


def test_another_name_that_the_glossary_knows_is_alike() -> None:
    class Glossed:
        def said_otherwise(self, sentence: str, texts: Sequence[str]) -> list[str]:
            return ["lost"]

    verifier = load_verifier(None, Analyzer())
    known = WordForWord(verifier, Analyzer(), FakeVectors(frozenset({"en"})), Glossed())  # type: ignore[arg-type]
    assert known("The centre lost its work in Suzhou with forty engineers.", [QUOTE]).support == "supported"
