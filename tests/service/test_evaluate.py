import json
import sys
from contextlib import contextmanager
from dataclasses import replace
from types import ModuleType, SimpleNamespace

import pytest

from corpus.article import Article
from corpus.errors import BadInput, TooLong
from corpus.records import Progress
from service.answer import Answer, ArticleRef, Citation, Statement, Turn
from service.checks.verdict import Verdict
from service.evaluate import evaluate, measure, measure_claims
from service.evaluation.question_set import Claim, Question
from service.evaluation.report import table
from service.evidence import SearchHit
from service.settings import Settings
from service.threshold import THRESHOLD, in_force

ALPHA = Article("a1", "jsonl:alpha", "Alpha", "Alpha opened in 2011. It hosts 1,000 firms.", (), "en")
BETA = Article("b1", "https://x.example/posts/beta.html", "Beta", "Beta is run by Lily. She joined in 2019.", (), "en")
ZETA = Article("z1", "file:zeta.md", "Zeta", "泽塔位于南京。", (), "zh")
ARTICLES = {article.id: article for article in (ALPHA, BETA, ZETA)}


def cited(number, article, quote, *, shift=0):
    start = article.text.index(quote) + shift
    return Citation(number, ArticleRef.of(article), f"{article.id}.1.0", quote, start, start + len(quote), None)


def answer(text, confidence, *citations, sentences=1, status="answered"):
    statements = tuple(Statement(f"Statement {n}.", (1,), "supported") for n in range(sentences))
    return Answer(
        "id",
        "",
        "en",
        status,
        "quotes",
        text,
        confidence,
        statements,
        citations,
        related=(),
        generation=1,
        fingerprint="f1",
    )


def not_found(text, confidence):
    return answer(text, confidence, sentences=0, status="not_found")


def hits(*places):
    return [
        SearchHit(rank, 1 / rank, ArticleRef.of(article), f"{article.id}.1.0", (), text, 0, len(text))
        for rank, (article, text) in enumerate(places, start=1)
    ]


class FakeAssistant:
    """Knows each answer beforehand, also those without an article; keeps what it was asked."""

    def __init__(self, answers, found):
        self.answers, self.found, self.asked, self.searched = answers, found, [], []

    def ask(self, question, *, history=(), mode="auto", without=frozenset()):
        self.asked.append((question, tuple(history), mode, without))
        return self.answers[question, *sorted(without)]

    def search(self, query, *, k=10):
        self.searched.append(query)
        return self.found[query][:k]


class StepClock:
    """Counts 10 ms longer for every question: 10, 20, 30 ms and so on."""

    def __init__(self):
        self.calls, self.now = 0, 0.0

    def __call__(self):
        self.calls += 1
        if self.calls % 2 == 0:
            self.now += 0.010 * self.calls / 2
        return self.now


def question(name, *, language="en", answerable=True, **more):
    return Question(id=name.lower(), question=name, language=language, answerable=answerable, **more)


LILY = ("Beta is run by Lily.", "She joined in 2019.")
SET = (
    question("Q1", gold_articles=("alpha",), answer="2011", expect=("2011",), evidence=("Alpha opened  in 2011.",)),
    question("Q2", gold_articles=("b1",), answer="Lily", expect=("lily",), reject=("bob",), evidence=LILY),
    question("Q3", answerable=False, near_article="beta", expect=(), reject=("53",)),
    question("Q4", answerable=False, language="zh", reject=()),
    question("Q5", gold_articles=("zeta",), answer="南京", evidence=("泽塔位于南京。",), language="zh"),
)
ANSWERS = {
    ("Q1",): answer("Alpha opened in 2011. [1]", 0.9, cited(1, ALPHA, "Alpha opened in 2011.")),
    ("Q2",): answer(
        "BOB runs Beta. [1][2]",
        0.6,
        cited(1, BETA, LILY[0], shift=1),
        cited(2, ALPHA, "It hosts 1,000 firms."),
        sentences=2,
    ),
    ("Q3",): answer("It is 53. [1]", 0.7, cited(1, replace(BETA, id="gone"), LILY[0])),
    ("Q3", "b1"): not_found("Not in the articles.", 0.1),
    ("Q4",): not_found("Not in the articles.", 0.2),
    ("Q5",): not_found("Not in the articles. Near: 南京", 0.3),
}
FOUND = {
    "Q1": hits((ALPHA, ALPHA.text), (BETA, BETA.text)),
    "Q2": hits((ALPHA, "Lily"), (ALPHA, ALPHA.text), (BETA, "She joined in 2019."), (BETA, "Beta is run by LILY.")),
    "Q5": hits((ALPHA, "南京"), (BETA, BETA.text)),
}


@pytest.fixture
def assistant():
    return FakeAssistant(ANSWERS, FOUND)


class FakeLibrary:
    """Holds articles and notes."""

    fingerprint = "f1"

    def __init__(self, held):
        self.held, self.notes = list(held), {}

    def articles(self):
        return self.held

    def noted(self, name):
        return self.notes.get(name)

    def note(self, name, value):
        self.notes[name] = value


def never_asked(statement, quotes, *, claim_context=()):
    raise AssertionError("no statement is there to be checked")


@pytest.fixture
def services(assistant):
    return SimpleNamespace(assistant=assistant, library=FakeLibrary(ARTICLES.values()), verifier=never_asked)


@pytest.fixture
def document(services):
    return measure(services, SET, clock=StepClock())


OF_BOTH_KINDS = ("errors_together", "auc_near", "auc_far", "calibration_error")


def close_to(part):
    return {key: pytest.approx(value) if isinstance(value, float) else value for key, value in part.items()}


def test_what_was_measured(document):
    assert (document["questions"], document["articles"]) == (5, 3)
    assert (document["mode"], document["modes"], document["fingerprint"]) == ("quotes", {"quotes": 5}, "f1")
    assert document["unknown_articles"] == []
    assert document["claims"] is None


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        pytest.param(
            "retrieval",
            # Q1 finds its article first, Q2 second (the first two passages are of one article), Q5 not at all.
            {"article_at_1": 1 / 3, "article_at_5": 2 / 3, "mrr_at_10": 0.5, "count": 3}
            | {"passage_at_1": 1 / 3, "passage_at_5": 2 / 3, "passage_count": 3},
            id="retrieval",
        ),
        pytest.param(
            "evidence",
            # Q1 1, 1, 1; Q2 one of two quotes, one of two sentences; Q5 refuses: 0.
            {"precision": 0.5, "recall": 0.5, "f1": 0.5, "count": 3},
            id="evidence",
        ),
        pytest.param(
            "abstention",
            # Answerable 0.9, 0.6, 0.3 against 0.7, 0.2: 4 of 6 pairs; against 0.1 without the near article: all 3.
            {"false_answer_rate": 0.5, "false_refusal_rate": 1 / 3, "auc_near": 4 / 6, "auc_far": 1.0}
            | {"answerable": 3, "unanswerable": 2, "withdrawn": 1, "count": 5, "errors_together": 5 / 6}
            # Each confidence has a bin of its own, off by 0.1, 0.4 and 0.7 where answerable, by 0.7 and 0.2 where not.
            | {"calibration_error": 2.1 / 5},
            id="abstention",
        ),
        # One quote is a character off, one is of an article that nobody holds.
        pytest.param("citations", {"exact": 0.5, "count": 4}, id="citations"),
        pytest.param("latency_ms", {"p50": 30.0, "p95": 48.0, "count": 5}, id="latency"),
    ],
)
def test_parts(document, part, expected):
    assert {k: v for k, v in document[part].items() if k != "calibration"} == close_to(expected)


def test_confidence_is_held_against_what_came_true(document):
    bins = document["abstention"]["calibration"]
    assert [(one["from"], one["count"], one["expected"], one["observed"]) for one in bins] == [
        (0.2, 1, 0.2, 0), (0.3, 1, 0.3, 1), (0.6, 1, 0.6, 1), (0.7, 1, 0.7, 0), (0.9, 1, 0.9, 1),
    ]  # fmt: skip
    assert document["by_language"]["zh"]["abstention"]["calibration"][0]["observed"] == 0


def test_questions_of_one_kind_calibrate_nothing(services):
    part = measure(services, SET[:2])["abstention"]
    assert (part["errors_together"], part["calibration_error"], part["calibration"]) == (None, None, [])


def test_answers(document):
    part = dict(document["answers"])
    assert part.pop("failures") == [
        {"id": "q2", "question": "Q2", "why": "lacks 'lily'; says 'bob'"},
        {"id": "q3", "question": "Q3", "why": "says '53'; answered, though the articles don't say"},
    ]
    # Q5 has no `expect`: it isn't scored. Its refusal names the answer, which doesn't count as containing it.
    assert part == close_to(
        {"pass_rate": 0.5, "passed": 2, "count": 4, "contains": 1 / 3, "contains_count": 3}
        | {"sentences_mean": 4 / 3, "answered": 3}
    )


def test_a_refusal_of_an_answerable_question_fails(services, assistant):
    assistant.answers = {("Q1",): not_found("2011", 0.1)}
    (failure,) = measure(services, SET[:1])["answers"]["failures"]
    assert failure["why"] == "not found, though the articles say"


def test_each_language_is_measured_alone(document):
    english, chinese = document["by_language"]["en"], document["by_language"]["zh"]
    assert list(document["by_language"]) == ["en", "zh"]
    assert (english["answers"]["passed"], english["answers"]["count"]) == (1, 3)
    assert (chinese["answers"]["passed"], chinese["answers"]["count"]) == (1, 1)
    assert english["retrieval"]["count"] + chinese["retrieval"]["count"] == document["retrieval"]["count"]
    assert chinese["retrieval"]["article_at_5"] == 0
    assert chinese["citations"] is None
    assert chinese["abstention"]["auc_near"] == 1
    assert chinese["abstention"]["auc_far"] is None


def test_one_language_has_the_rates_of_the_whole(services):
    document = measure(services, SET[:3], clock=StepClock())
    failures = document["answers"].pop("failures")
    alone = document["by_language"].pop("en")
    assert failures
    assert alone == {part: document[part] for part in alone}


def test_a_set_is_known_again_whatever_its_order(services):
    def sets(questions):
        return measure(services, questions)["sets"]

    assert sets(SET) == sets(SET[::-1])
    assert sets(SET)["claims"] is None
    assert sets(SET)["questions"] != sets([*SET[:4], replace(SET[4], answer="北京")])["questions"]
    before = sets(SET)
    services.library = FakeLibrary([replace(ALPHA, text=f"{ALPHA.text} More."), BETA, ZETA])
    assert sets(SET)["articles"] != before["articles"]
    assert sets(SET)["questions"] == before["questions"]


def test_the_document_is_json(document):
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_what_is_asked(services, assistant):
    turns = (Turn("user", "What is Alpha?"),)
    assistant.answers |= {("Q6",): ANSWERS["Q1",]}
    document = measure(services, [*SET, question("Q6", history=turns, gold_articles=("a1",))], mode="quotes")
    asked = [(name, history, without) for name, history, _, without in assistant.asked]
    assert ("Q6", turns, frozenset()) in asked
    assert [entry for entry in asked if entry[2]] == [("Q3", (), frozenset({"b1"}))]
    assert {mode for _, _, mode, _ in assistant.asked} == {"quotes"}
    # Only what has a gold article is searched for, and a search can't know the turns before a follow-up.
    assert assistant.searched == ["Q1", "Q2", "Q5"]
    assert document["retrieval"]["count"] == 3


@pytest.mark.parametrize("name", ["b1", "https://x.example/posts/beta.html", "beta.html", "beta"])
def test_an_article_goes_by_several_names(services, name):
    document = measure(services, [replace(SET[1], gold_articles=(name,))])
    assert document["retrieval"]["article_at_5"] == 1
    assert document["unknown_articles"] == []


def test_a_name_that_two_articles_share_is_nobodys(services, assistant):
    twin = replace(BETA, id="b2", identity="https://y.example/beta")
    services.library = FakeLibrary([BETA, twin])
    document = measure(services, [replace(SET[1], gold_articles=("beta",))])
    assert document["unknown_articles"] == ["beta"]
    assert document["retrieval"]["article_at_5"] == 0


def test_a_near_article_that_is_not_held_counts_as_withdrawn(services, assistant):
    document = measure(services, [SET[0], replace(SET[2], near_article="elsewhere")])
    assert document["unknown_articles"] == ["elsewhere"]
    assert document["abstention"]["auc_far"] == document["abstention"]["auc_near"] == 1
    assert all(not without for *_, without in assistant.asked)


@pytest.mark.parametrize(
    ("one", "part", "empty"),
    [
        pytest.param(question("Q1"), "retrieval", None, id="no gold article"),
        pytest.param(question("Q1", gold_articles=("a1",)), "evidence", None, id="no evidence"),
        pytest.param(question("Q4", answerable=False), "citations", None, id="no citation"),
        pytest.param(question("Q1"), "answers", {"pass_rate", "contains"}, id="nothing expected"),
        pytest.param(
            question("Q4", answerable=False), "answers", {"pass_rate", "contains", "sentences_mean"}, id="no answer"
        ),
        pytest.param(
            question("Q1", gold_articles=("a1",), answer="word " * 13),
            "retrieval",
            {"passage_at_1", "passage_at_5"},
            id="long answer",
        ),
        pytest.param(question("Q1"), "abstention", {"false_answer_rate", *OF_BOTH_KINDS}, id="all answerable"),
        pytest.param(
            question("Q4", answerable=False),
            "abstention",
            {"false_refusal_rate", *OF_BOTH_KINDS},
            id="none answerable",
        ),
    ],
)
def test_what_a_set_cannot_measure_is_null(services, one, part, empty):
    measured = measure(services, [one])[part]
    assert measured is None if empty is None else {key for key, value in measured.items() if value is None} == empty


def test_progress_ends_with_all_done(services):
    seen = []
    measure(services, SET, on_progress=seen.append)
    assert seen[0] == Progress("asking", 0, 5, "Q1")
    assert [step.done for step in seen] == [0, 1, 2, 3, 4, 5]


def test_a_question_that_is_refused_is_named(services, assistant):
    def refuse(*_, **__):
        raise TooLong("a question has at most 2000 characters")

    assistant.ask = refuse
    with pytest.raises(BadInput, match="question 'q1' can't be asked: a question has at most"):
        measure(services, SET)


def test_an_empty_library_measures_nothing(services):
    services.library = FakeLibrary([])
    with pytest.raises(BadInput, match="--articles"):
        measure(services, SET)


CLAIMS = [
    Claim("c1", "one", "supported", ("a",)),
    Claim("c2", "two", "supported", ("b",)),
    Claim("c3", "three", "partially_supported", ("c",)),
    Claim("c4", "four", "not_supported", ("d",)),
]
SCORES = {"one": 0.9, "two": 0.4, "three": 0.6, "four": 0.1}


def score_claim(claim, evidence, *, analyzer=None):
    return SCORES[claim]


def test_claims():
    # Three of four pairs are in order; at 0.5 one is a hit, one a miss, one a false alarm.
    assert measure_claims(CLAIMS, score_claim, threshold=0.5) == {"auc": 0.75, "f1": 0.5, "count": 4, "supported": 2}


def test_the_threshold_itself_is_supported():
    assert measure_claims(CLAIMS[:2], score_claim, threshold=0.4)["f1"] == 1


def test_claims_of_one_label_have_no_auc():
    assert measure_claims(CLAIMS[2:], score_claim, threshold=0.5) == {
        "auc": None,
        "f1": None,
        "count": 2,
        "supported": 0,
    }


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path)


@pytest.fixture
def files(tmp_path):
    questions, claims = tmp_path / "questions.jsonl", tmp_path / "claims.jsonl"
    questions.write_text(json.dumps({"id": "q1", "question": "Q1", "answerable": True}), encoding="utf-8")
    rows = [{"claim": c.claim, "label": c.label, "evidence": c.evidence} for c in CLAIMS]
    claims.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return SimpleNamespace(questions=questions, claims=claims)


@pytest.fixture
def opened(monkeypatch, services):
    """The wiring replaced; gives the list of what was opened."""
    seen = []

    @contextmanager
    def open_throwaway(settings, articles, *, on_progress=None):
        seen.append(articles)
        if on_progress:
            on_progress(Progress("publishing", 3, 3, "Zeta"))
        yield services

    @contextmanager
    def open_copy(settings, *, on_progress=None):
        seen.append("a copy")
        yield services

    wiring = ModuleType("service.wiring")
    wiring.open_throwaway, wiring.open_copy = open_throwaway, open_copy
    monkeypatch.setitem(sys.modules, "service.wiring", wiring)
    monkeypatch.setattr("service.evaluate.claim_score", score_claim)
    monkeypatch.setattr("service.evaluate.SUPPORTED", 0.5)
    return seen


def test_evaluate_opens_the_articles_and_asks(settings, files, opened):
    document = evaluate(settings, articles="posts/", questions=files.questions, claims=files.claims)
    assert opened == [["posts/"]]
    assert (document["questions"], document["articles"]) == (1, 3)
    assert document["claims"]["count"] == 4
    assert all(document["sets"].values())
    assert document["reranker"] is None


def test_several_sources_make_one_library(settings, files, opened):
    evaluate(settings, articles=["posts/", "more.jsonl"], questions=files.questions, claims=None)
    assert opened == [["posts/", "more.jsonl"]]


def test_the_reranker_is_told(settings, files, opened):
    ranked = settings.model_copy(update={"reranker": "models/judge"})
    assert evaluate(ranked, articles="a", questions=files.questions, claims=None)["reranker"] == "models/judge"


def test_statements_are_checked_as_answers_are(settings, opened, services, assistant, tmp_path):
    said = "Alpha opened in 2011, and it hosts 1,000 firms, of which most came from abroad."
    row = {"id": "q1", "question": "Q1", "answerable": True, "gold_articles": ["alpha"], "answer": said}
    (tmp_path / "q.jsonl").write_text(json.dumps(row), encoding="utf-8")
    services.verifier = lambda statement, quotes, *, claim_context=(): Verdict(
        "supported" if (statement, quotes, claim_context) == (said, [ALPHA.text], ["Alpha"]) else "unsupported", "", 1.0
    )
    statements = evaluate(settings, articles="a", questions=tmp_path / "q.jsonl", claims=None)["statements"]
    assert (statements["sentences_supported"], statements["count"], statements["refused"]) == (1.0, 1, 1.0)


def test_statements_are_checked_across_languages(settings_for, tmp_path):
    text = "The university opened a laboratory in Suzhou. Rents rose by 12 per cent."
    (tmp_path / "rents.md").write_text(f"# Rents\n\n{text}\n", encoding="utf-8")
    said = "租金上涨了12%。这所大学在苏州新开了一个实验室，租金上涨了12%。"
    row = {"id": "q1", "question": "租金上涨了多少？", "answerable": True, "gold_articles": ["rents"], "answer": said}
    (tmp_path / "q.jsonl").write_text(json.dumps(row), encoding="utf-8")
    document = evaluate(
        settings_for(tmp_path / "data"),
        articles=str(tmp_path / "rents.md"),
        questions=tmp_path / "q.jsonl",
        claims=None,
    )
    assert (document["statements"]["sentences_supported"], document["statements"]["count"]) == (1.0, 2)


def test_progress_covers_ingest_questions_and_claims(settings, files, opened):
    steps = []
    evaluate(
        settings,
        articles="posts/",
        questions=files.questions,
        claims=files.claims,
        on_progress=steps.append,
    )
    assert [(step.done, step.total) for step in steps[:3]] == [(3, 3), (0, 1), (1, 1)]
    assert steps[-1] == Progress("checking", 4, 4)


def test_claims_may_stand_alone(settings, files, opened):
    document = evaluate(settings, articles=None, questions=None, claims=files.claims)
    assert opened == []
    assert document["claims"]["auc"] == 0.75
    assert (document["questions"], document["articles"], document["by_language"]) == (0, 0, {})
    assert all(
        document[part] is None for part in ("answers", "retrieval", "evidence", "abstention", "citations", "latency_ms")
    )


def test_every_document_has_the_same_keys(settings, files, opened):
    whole = evaluate(settings, articles="posts/", questions=files.questions, claims=None)
    alone = evaluate(settings, articles=None, questions=None, claims=files.claims)
    assert whole.keys() == alone.keys()


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        pytest.param({}, "nothing to measure", id="neither set"),
        pytest.param({"articles": "posts/"}, "nothing to measure", id="articles alone"),
        pytest.param({"questions": True}, "--questions needs the articles", id="no articles"),
        pytest.param({"questions": True, "articles": "a", "mode": "auto"}, "'quotes' or 'llm', not 'auto'", id="auto"),
        pytest.param({"questions": True, "articles": "a", "mode": "llm"}, "INSIGHT_LLM_URL", id="no language model"),
        pytest.param({"articles": "a", "fitting": True}, "nothing to measure", id="nothing to fit on"),
    ],
)
def test_a_wrong_request(settings, files, opened, asked, reason):
    request = {"articles": None, "questions": None, "claims": None} | asked
    with pytest.raises(BadInput, match=reason):
        evaluate(settings, **request | ({"questions": files.questions} if asked.get("questions") else {}))
    assert opened == []


def test_a_language_model_is_asked_where_there_is_one(settings, files, opened, assistant):
    configured = settings.model_copy(update={"llm_url": "http://127.0.0.1:1/v1", "llm_model": "scripted"})
    document = evaluate(configured, articles="a", questions=files.questions, claims=None, mode="llm")
    assert document["mode"] == "llm"
    assert document["modes"] == {"quotes": 1}  # what the assistant fell back to
    assert [mode for _, _, mode, _ in assistant.asked] == ["llm"]


def test_both_sets_are_read_before_anything_is_opened(settings, files, opened):
    files.claims.write_text("{oops", encoding="utf-8")
    with pytest.raises(BadInput, match="line 1: not JSON"):
        evaluate(settings, articles="posts/", questions=files.questions, claims=files.claims)
    assert opened == []


def test_table_shows_each_rate_with_its_count(document):
    rows = dict(table(document))
    assert rows["answers.pass_rate"] == "0.500 of 4"
    assert rows["retrieval.passage_at_5"] == "0.666 of 3"
    assert rows["abstention.auc_far"] == "1.000 of 1"
    assert rows["latency_ms.p95"] == "48.0 of 5"
    assert rows["zh: answers.pass_rate"] == "1.000 of 1"
    assert rows["failed q2"] == "Q2 - lacks 'lily'; says 'bob'"
    assert not any(label.startswith("claims") for label in rows)


def test_one_error_is_never_told_without_a_word_on_the_other(services):
    rows = dict(table(measure(services, SET[:2])))
    assert rows["abstention.false_refusal_rate"] == "0.000 of 2"
    assert rows["abstention.false_answer_rate"] == "not measured: the set has no unanswerable question"


def test_table_of_claims_alone(settings, files, opened):
    rows = dict(table(evaluate(settings, articles=None, questions=None, claims=files.claims)))
    assert rows["claims.auc"] == "0.750 of 4"


def test_table_never_rounds_up_to_all(document):
    almost = document | {"citations": {"exact": 0.9999, "count": 10_000}}
    assert dict(table(almost))["citations.exact"] == "0.999 of 10000"


class Guarded(FakeAssistant):
    """Answers by a confidence for each question, held against the threshold of its library."""

    def __init__(self, library, confidences):
        super().__init__({}, {})
        self.library, self.confidences = library, confidences

    def ask(self, question, *, history=(), mode="auto", without=frozenset()):
        self.asked.append(question)
        sure = self.confidences[question]
        told = sure >= in_force(self.library).value
        return (
            answer("It is so. [1]", sure, cited(1, ALPHA, "Alpha opened in 2011.")) if told else not_found("No.", sure)
        )


class TestFit:
    """Answerable questions have confidences above 0.6, unanswerable ones from 0.3 to 0.55, but for one."""

    @pytest.fixture
    def confidences(self):
        sure = {f"A{n}": 0.6 + n / 100 for n in range(1, 13)}
        return sure | {f"U{n}": 0.3 + n / 40 for n in range(10)} | {"U10": 0.9}

    @pytest.fixture
    def guarded(self, confidences):
        library = FakeLibrary(ARTICLES.values())
        return SimpleNamespace(library=library, assistant=Guarded(library, confidences))

    @pytest.fixture
    def asked(self, confidences):
        return [question(name, answerable=name.startswith("A")) for name in confidences]

    def test_the_figures_are_those_at_the_fitted_threshold(self, guarded, asked):
        plain = measure(guarded, asked)
        assert plain["threshold"] == {"value": THRESHOLD, "source": "default", "fitted": None, "before": None}
        found = measure(guarded, asked, fit_as="q.jsonl")
        threshold = found["threshold"]
        assert (threshold["source"], threshold["value"]) == ("fitted", threshold["fitted"]["value"])
        assert 0.525 < threshold["value"] < 0.61
        assert found["abstention"]["false_answer_rate"] == pytest.approx(1 / 11)
        assert found["abstention"]["false_refusal_rate"] == 0
        assert threshold["before"] == {
            "value": THRESHOLD,
            "source": "default",
            **{name: plain["abstention"][name] for name in threshold["before"] if name not in {"value", "source"}},
        }
        assert plain["abstention"]["false_answer_rate"] > 0.5

    def test_what_is_to_be_expected_comes_with_its_counts(self, guarded, asked):
        document = measure(guarded, asked, fit_as="q.jsonl")
        fitted = document["threshold"]["fitted"]
        assert (fitted["answerable"], fitted["unanswerable"], fitted["questions"]) == (12, 11, "q.jsonl")
        assert fitted["digest"] == document["sets"]["questions"]
        rows = dict(table(document))
        assert rows["threshold"] == f"{fitted['value']:.3g}, fitted on q.jsonl on {fitted['day']}"
        assert rows["before the fit"].startswith(f"{THRESHOLD:.3g}: false answers ")
        assert "together" in rows["before the fit"]
        assert rows["expected of new questions"] == (
            "false answers 0.091, false refusals 0.000, together 0.091, of 11 and 12 questions, cross-validated"
        )

    def test_only_what_may_change_is_asked_again(self, guarded, asked, confidences):
        measure(guarded, asked, fit_as="q.jsonl")
        again = guarded.assistant.asked[len(asked) :]
        assert again
        value = in_force(guarded.library).value
        assert set(again) == {name for name, sure in confidences.items() if THRESHOLD <= sure <= value}

    def test_the_next_run_has_it(self, guarded, asked):
        measure(guarded, asked, fit_as="q.jsonl")
        after = measure(guarded, asked)
        assert (after["threshold"]["source"], after["threshold"]["before"]) == ("fitted", None)
        assert json.loads(json.dumps(after)) == after

    def test_too_few_questions_fit_nothing(self, guarded, asked):
        with pytest.raises(BadInput, match=r"q\.jsonl holds 5 answerable"):
            measure(guarded, asked[:5] + asked[12:], fit_as="q.jsonl")
        assert guarded.library.notes == {}


def test_without_articles_a_copy_of_the_library_is_measured(settings, files, opened, assistant):
    with pytest.raises(BadInput, match=r"questions\.jsonl holds 1 answerable"):
        evaluate(settings, articles=None, questions=files.questions, claims=None, fitting=True)
    assert opened == ["a copy"]


def test_a_language_model_fits_nothing(settings, files, opened):
    configured = settings.model_copy(update={"llm_url": "http://127.0.0.1:1/v1", "llm_model": "scripted"})
    with pytest.raises(BadInput, match="in quotes mode"):
        evaluate(configured, articles="a", questions=files.questions, claims=None, mode="llm", fitting=True)
    assert opened == []
