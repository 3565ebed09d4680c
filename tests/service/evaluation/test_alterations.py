"""Statements made false on purpose, and what the check of them is measured by."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import Analyzer
from service.checks.verdict import Verdict
from service.evaluation.alterations import ALTERATION_KINDS, altered, names_of
from service.evaluation.question_set import Question
from service.evaluation.statement_check import statement_check
from service.verify import check
from tests.service.evidence_samples import article

NAMES = ("Oslo", "Jan Keller")


@pytest.mark.parametrize(
    ("statement", "kind", "expected"),
    [
        pytest.param("It has 1,000 firms and 2.5 percent.", "number", {"1,501", "4.8"}, id="numbers as written"),
        pytest.param("It has three piers.", "number", {"seven"}, id="a number in words"),
        pytest.param("园区有三个码头和20家企业。", "number", {"七个", "31家"}, id="zh: numbers"),
        pytest.param("It opened in March 1999.", "date", {"2002", "August"}, id="a year and a month"),
        pytest.param("园区于2025年11月启用。", "date", {"2022年", "12月"}, id="zh: a year and a month"),
        pytest.param("It was built by Olga Brandt.", "name", {"by Jan Keller", "by Oslo"}, id="a name"),
        pytest.param("The pier is long.", "negation", {"is not long"}, id="denied"),
        pytest.param("The pier isn't long.", "negation", {"pier is long"}, id="no more denied"),
        pytest.param("The pier is not long.", "negation", {"pier is long"}, id="no more denied, apart"),
        pytest.param("码头是新的。", "negation", {"不是新的"}, id="zh: denied"),
        pytest.param("码头没有屋顶。", "negation", {"码头有屋顶"}, id="zh: no more denied"),
    ],
)
def test_every_fact_is_changed(statement: str, kind: str, expected: set[str]) -> None:
    found = [change.text for change in altered(statement, names=NAMES) if change.kind == kind]
    assert found
    assert all(any(wanted in text for wanted in expected) for text in found), found
    if kind != "name":
        assert len(found) == len(expected)


def test_a_year_is_a_date_and_no_number() -> None:
    assert [change.kind for change in altered("It opened in 1999")] == ["date"]


def test_without_names_none_is_changed() -> None:
    assert not list(altered("She met Olga Brandt"))


@given(st.text(alphabet="abc XYZ 0123456789,.年月是不有isnot三", max_size=40))
def test_an_altered_statement_is_another_one_and_always_the_same(statement: str) -> None:
    found = list(altered(statement, names=NAMES))
    assert all(change.text != statement and change.kind in ALTERATION_KINDS for change in found)
    assert found == list(altered(statement, names=NAMES))


def test_names_are_those_within_a_sentence() -> None:
    assert names_of("Later the Lakeside ferry met Olga Brandt in March, and The End came.") == [
        "Lakeside",
        "Olga Brandt",
    ]


HUB = article("The hub was opened by Olga Brandt in 2014 and has 30 rooms. It is not open on Sundays.", name="hub")
PIER = article("The pier was built for Jan Keller of Oslo. It is made of oak.", title="The pier", name="pier")
ARTICLES = {one.id: one for one in (HUB, PIER)}


def question(answer: str, **changed: object) -> Question:
    given: dict[str, object] = {"answerable": True, "gold_articles": ("hub",)} | changed
    return Question("q", "What is known of the hub?", "en", answer=answer, **given)  # type: ignore[arg-type]


LONG = "The hub was opened by Olga Brandt in 2014 and has 30 rooms. The hub is not open on Sundays."


def test_the_check_is_measured_on_true_and_false_sentences() -> None:
    analyzer = Analyzer()

    def verifier(statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        return check(statement, quotes, analyzer=analyzer, claim_context=claim_context)

    rates = statement_check([question(LONG)], ARTICLES, verifier, analyzer=analyzer)
    assert rates is not None
    assert (rates["sentences_supported"], rates["count"]) == (1, 2)
    assert (rates["answers_supported"], rates["answers"]) == (1, 1)
    assert (rates["refused"], rates["near_article_count"], rates["any_article_count"]) == (1, 2, 2)
    assert [rates[f"{kind}_count"] for kind in ALTERATION_KINDS] == [1, 1, 2, 3]  # a weekday passes for a name


@pytest.mark.parametrize("support", ["supported", "unsupported"])
def test_a_check_that_always_says_the_same_shows(support: str) -> None:
    def verifier(statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        return Verdict(support, "", 0.5)  # type: ignore[arg-type]

    rates = statement_check([question(LONG)], ARTICLES, verifier, analyzer=Analyzer())
    assert rates is not None
    right = support == "supported"
    assert (rates["sentences_supported"], rates["answers_supported"], rates["refused"]) == (right, right, not right)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(question("30 rooms"), id="a short answer"),
        pytest.param(question(LONG, answerable=False), id="unanswerable"),
        pytest.param(question(LONG, gold_articles=("lost",)), id="an article that is not held"),
        pytest.param(question(LONG, gold_articles=("hub", "pier")), id="more than one article"),
    ],
)
def test_what_does_not_count(asked: Question) -> None:
    def verifier(statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        raise AssertionError

    assert statement_check([asked], ARTICLES, verifier, analyzer=Analyzer()) is None
