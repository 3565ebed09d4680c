"""The two likelihoods: between 0 and 1, and higher with better evidence."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.sentences.features import SentenceFeatures
from service.sentences.score import AnswerFeatures, Model, confidence, sentence_score, with_sentence
from service.threshold import THRESHOLD

share = st.floats(0, 1)
fit = st.floats(-3, 1)  # see ``service.sentences.wanted``


def any_of(kind: type) -> st.SearchStrategy:
    return st.builds(kind, **{field.name: fit if field.name == "fit" else share for field in fields(kind)})


@given(sentence=any_of(SentenceFeatures), answer=any_of(AnswerFeatures), votes=st.booleans())
def test_both_are_likelihoods(sentence: SentenceFeatures, answer: AnswerFeatures, votes: bool) -> None:
    assert 0 < sentence_score(sentence, votes=votes) < 1
    assert 0 < confidence(answer, votes=votes) < 1


@pytest.mark.parametrize("votes", [pytest.param(True, id="with the embedder"), pytest.param(False, id="without it")])
@pytest.mark.parametrize("name", ["coverage", "context", "fit"])
@given(sentence=any_of(SentenceFeatures), more=st.floats(0.1, 2))
def test_a_sentence_that_holds_more_scores_higher(
    votes: bool, name: str, sentence: SentenceFeatures, more: float
) -> None:
    better = replace(sentence, **{name: getattr(sentence, name) + more})
    assert sentence_score(better, votes=votes) > sentence_score(sentence, votes=votes)


@pytest.mark.parametrize(
    ("votes", "name"),
    [
        *((True, name) for name in ("context", "whole", "around", "beside", "least")),
        *((False, name) for name in ("coverage", "context", "fit", "lexical", "told")),
    ],
)
@given(answer=any_of(AnswerFeatures), more=st.floats(0.1, 2))
def test_evidence_that_holds_more_is_surer(votes: bool, name: str, answer: AnswerFeatures, more: float) -> None:
    better = replace(answer, **{name: getattr(answer, name) + more})
    assert confidence(better, votes=votes) > confidence(answer, votes=votes)


@pytest.mark.parametrize(
    ("votes", "name"),
    [(True, "untold"), (False, "untold"), (False, "lacking")],
)
@given(answer=any_of(AnswerFeatures), more=st.floats(0.1, 1))
def test_what_is_lacking_makes_less_sure(votes: bool, name: str, answer: AnswerFeatures, more: float) -> None:
    worse = replace(answer, **{name: getattr(answer, name) + more})
    assert confidence(worse, votes=votes) < confidence(answer, votes=votes)


@given(answer=any_of(AnswerFeatures), similarity=share)
def test_without_its_vote_the_embedder_changes_nothing(answer: AnswerFeatures, similarity: float) -> None:
    other = replace(answer, around=similarity, beside=similarity, least=similarity)
    assert confidence(other, votes=False) == confidence(answer, votes=False)


def test_the_threshold_parts_perfect_evidence_from_none() -> None:
    lacking = {"lacking", "untold"}
    names = [field.name for field in fields(AnswerFeatures)]
    perfect = AnswerFeatures(**{name: float(name not in lacking) for name in names})
    nothing = AnswerFeatures(**{name: float(name in lacking) for name in names})
    for votes in (True, False):
        assert confidence(nothing, votes=votes) < THRESHOLD < confidence(perfect, votes=votes)


def test_a_model_is_a_logistic_function() -> None:
    assert Model(0.0, {"real": 1.0, "imag": -1.0})(2 + 2j) == 0.5
    assert Model(1.0, {"real": 2.0, "imag": 0.0})(0.5) == pytest.approx(0.8808, abs=1e-4)
    assert Model(0.0, {"real": 1.0, "imag": 1.0})(1e9) <= 1.0


@given(likely=share, sentence=share, better=share)
def test_a_better_best_sentence_makes_an_answer_likelier(likely: float, sentence: float, better: float) -> None:
    least, most = (with_sentence(likely, each) for each in sorted((sentence, better)))
    assert 0 < least <= most < 1


@given(sentence=share, one=share, another=share)
def test_better_evidence_makes_an_answer_likelier(sentence: float, one: float, another: float) -> None:
    least, most = (with_sentence(each, sentence) for each in sorted((one, another)))
    assert least <= most
