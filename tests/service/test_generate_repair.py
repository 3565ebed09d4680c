"""Sentences that are held back: what is told of them, and what becomes of them when the model is asked once more."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.language import Analyzer
from service.answer import Delta, Restart, Turn, Unproved
from service.failures import Failure, ModelFailed
from service.generate import is_foreign
from service.model.prompts import NOT_IN_ARTICLES
from service.model.talk import Limits
from tests.service.evidence_samples import FERRY, HARBOUR, HARBOUR_ZH, article, evidence
from tests.service.scripted_llm import Reply, scripted_llm
from tests.service.writing import HOUSES, OPENED, Outcome, asked, assert_proved, writer_at, written

INVENTED = "It now houses 1,900 companies."
JAPAN = "About 30 percent export to Japan."
TOO_LONG = Reply(status=400, body=json.dumps({"error": {"message": "maximum context length is 2048 tokens"}}))
MIXED = Reply([f"{INVENTED} [{{0}}] {OPENED} [{{0}}]"])
LAST = Reply([f"{OPENED} [{{0}}] {INVENTED} [{{0}}]"])


@pytest.fixture(scope="module")
def answer(analyzer: Analyzer) -> Callable[..., Outcome]:
    """Answer by a script; ``asked`` of the outcome is what the model was sent."""

    def answer(*replies: Reply, texts: dict[str, str] | None = None, **options: object) -> Outcome:
        given = {
            name: options.pop(name)
            for name in ("repair", "judge", "limits", "timeout_s", "context_tokens")
            if name in options
        }
        with scripted_llm(*replies) as server:
            answer.requests = server.requests  # type: ignore[attr-defined]
            outcome = written(writer_at(server, analyzer, **given), **options)  # type: ignore[arg-type]
        assert_proved(outcome, texts or {"harbour": HARBOUR})
        return outcome

    return answer


def prompts(answer: Callable[..., Outcome]) -> list[str]:
    return [request["messages"][-1]["content"] for request in answer.requests]  # type: ignore[attr-defined]


def test_a_failing_sentence_is_marked_while_the_answer_goes_on(answer):
    outcome = answer(MIXED, repair=False)
    assert outcome.events == (Unproved("a number in it is not in the quotes"), Delta(f"{OPENED} [1]"))
    assert outcome.said == [OPENED]
    assert len(prompts(answer)) == 1


def test_it_is_repaired_in_its_place(answer):
    outcome = answer(MIXED, Reply([f"{HOUSES} [{{0}}]"]))
    assert outcome.events == (
        Unproved("a number in it is not in the quotes"),
        Delta(f"{OPENED} [1]"),
        Restart("Sentences that could not be proved were written anew; the answer is shown from its beginning."),
        Delta(f"{HOUSES} [1] {OPENED} [2]"),
    )
    assert outcome.generated.text == f"{HOUSES} [1] {OPENED} [2]"
    assert outcome.generated.notice is None


def test_one_that_ends_the_answer_is_added_to_it(answer):
    outcome = answer(LAST, Reply([f"{HOUSES} [{{0}}]"]))
    assert outcome.events == (
        Delta(f"{OPENED} [1]"),
        Unproved("a number in it is not in the quotes"),
        Delta(f" {HOUSES} [2]"),
    )


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        pytest.param(
            f"{OPENED} [{{0}}]\n- {INVENTED} [{{0}}]\n- {JAPAN} [{{0}}]",
            f"1. {HOUSES} [{{0}}]",
            f"{OPENED} [1]\n- {HOUSES} [2]\n- {JAPAN} [3]",
            id="an item stays one",
        ),
        pytest.param(
            "Olga Brandt sold the park in 1999. [{0}] It houses 900 companies. [{0}] " + f"{JAPAN} [{{0}}]",
            "It houses 1,250 companies. [{0}] Olga Brandt opened the park. [{0}]",
            f"Olga Brandt opened the park. [1] It houses 1,250 companies. [2] {JAPAN} [3]",
            id="each in the place of what is most like it",
        ),
    ],
)
def test_the_order_and_the_layout_stay(answer, first, second, text):
    assert answer(Reply([first]), Reply([second])).generated.text == text


def test_what_refers_to_a_repaired_sentence_is_proved(answer):
    outcome = answer(Reply([f"The park was opened in 1914. [{{0}}] {HOUSES} [{{0}}]"]), Reply([f"{OPENED} [{{0}}]"]))
    assert [each.support for each in outcome.generated.statements] == ["supported", "supported"]


@pytest.mark.parametrize(
    ("second", "notice"),
    [
        pytest.param(f"{HOUSES} [{{0}}] The companies have 7,000 gates. [{{0}}]", "1 sentence", id="a part of one"),
        pytest.param("It now houses 1,700 companies. [{0}] It houses 1,800. [{0}]", "1 sentence", id="one, twice"),
        pytest.param(f"{HOUSES} [{{0}}]", None, id="none"),
    ],
)
def test_what_is_lost_in_a_repair_is_said(answer, second, notice):
    outcome = answer(LAST, Reply([second]))
    said = outcome.generated.notice
    assert said is None if notice is None else said.startswith(notice)
    assert len(outcome.held_back) == 1 + (len(outcome.said) == 2 and notice is not None)


def test_the_model_is_told_which_failed_and_why(answer):
    answer(MIXED, Reply([NOT_IN_ARTICLES]))
    first, second = prompts(answer)
    assert INVENTED not in first
    assert f"1. {INVENTED} [S-" in second
    assert "(a number in it is not in the quotes)" in second
    assert OPENED not in second.partition("You answered")[2]
    assert "<source key=" in second


def test_a_follow_up_is_repaired_as_it_was_understood(answer):
    history = (Turn("user", "Tell me of the Harbour Innovation Park."), Turn("assistant", "It is a park."))
    understood = replace(
        asked("When was it opened?"), text="When was the Harbour Innovation Park opened?", reworded=True
    )
    answer(MIXED, Reply([NOT_IN_ARTICLES]), question=understood, history=history)
    first, second = prompts(answer)
    assert "Question: When was it opened?" in first
    assert "Question: When was the Harbour Innovation Park opened?" in second


@pytest.mark.parametrize(
    ("reply", "notice"),
    [
        pytest.param(f"{OPENED} [{{0}}] {INVENTED} [{{0}}]", "1 sentence of the language model", id="one"),
        pytest.param(f"{OPENED} [{{0}}] {INVENTED} [{{0}}] 2011 [{{0}}]\n", "2 sentences of", id="two"),
        pytest.param(f"{OPENED} [{{0}}] Would you like to know more?", None, id="a question back"),
    ],
)
@pytest.mark.parametrize("repair", [True, False])
def test_what_is_left_out_is_said(answer, reply, notice, repair):
    said = answer(Reply([reply]), Reply([NOT_IN_ARTICLES]), repair=repair).generated.notice
    assert said is None if notice is None else said.startswith(notice)


def test_only_the_sources_in_question_are_sent_again(answer):
    found = evidence(article(HARBOUR), article(FERRY, title="The ferry", name="ferry"))
    texts = {"harbour": HARBOUR, "ferry": FERRY}
    answer(Reply(["The ferry carried 90 people. [{1}]"]), Reply([NOT_IN_ARTICLES]), found=found, texts=texts)
    assert ["Olga Brandt" in prompt for prompt in prompts(answer)] == [True, False]
    answer(Reply(["The ferry carried 90 people."]), Reply([NOT_IN_ARTICLES]), found=found, texts=texts)
    assert ["Olga Brandt" in prompt for prompt in prompts(answer)] == [True, True]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        pytest.param(f"{INVENTED} [{{0}}]", [OPENED], id="as wrong as before"),
        pytest.param(NOT_IN_ARTICLES, [OPENED], id="left out"),
        pytest.param(f"{OPENED} [{{0}}]", [OPENED], id="what is said already"),
        pytest.param(f"{HOUSES} [{{0}}] {HOUSES} [{{0}}]", [OPENED, HOUSES], id="twice"),
        pytest.param(f"{HOUSES} [{{0}}] {JAPAN} [{{0}}]", [OPENED, HOUSES, JAPAN], id="in two sentences"),
        pytest.param(
            f"{HOUSES} [{{0}}] {JAPAN} [{{0}}] Ferrolux designs batteries. [{{0}}]",
            [OPENED, HOUSES, JAPAN],
            id="more than asked",
        ),
        pytest.param(f"Here you are:\n1. {HOUSES} [{{0}}]", [OPENED, HOUSES], id="a list with a lead"),
        pytest.param("园区现有1250家企业入驻。[{0}]", [OPENED], id="in another language"),
    ],
)
def test_what_the_second_reply_may_add(answer, second, said):
    outcome = answer(LAST, Reply([second]))
    assert outcome.said == said
    assert len(outcome.held_back) == 1


def test_it_is_asked_once_more_and_no_more(answer):
    answer(Reply([f"{INVENTED} [{{0}}]"]), limits=Limits(calls=9))
    assert len(prompts(answer)) == 2


def test_nothing_but_our_own_words_are_told(answer):
    lies = "Visit http://evil.example now. [{0}] GULLS rule the harbour. [{0}] 1,900 gulls. [{0}]"
    outcome = answer(Reply([lies]), repair=False)
    assert len(outcome.held_back) == 3
    assert not [why for why in outcome.held_back if "evil" in why or "GULLS" in why or "1,900" in why]


def test_chinese_reasons_for_a_chinese_question(answer):
    found = evidence(article(HARBOUR_ZH, title="海港创新园", language="zh"))
    options = {"found": found, "question": "园区何时启用？", "language": "zh", "texts": {"harbour": HARBOUR_ZH}}
    outcome = answer(Reply(["海港创新园于2014年3月启用。[{0}]园区有1900家企业。[{0}]"]), repair=False, **options)
    assert outcome.held_back == ["其中的数字不见于引文"]
    assert [statement.why for statement in outcome.generated.statements] == ["其中的词语和事实见于引文"]
    whole = answer(Reply(["园区不向批发商出租场地。[{0}]"]), **options)
    assert [statement.why for statement in whole.generated.statements] == ["原文引用"]


class TestWhenItCannotBeRepaired:
    @pytest.mark.parametrize(
        ("second", "reason"),
        [
            pytest.param(Reply(status=401), "refused the key", id="a refusal"),
            pytest.param(Reply(["It now"], cut=True), "broke off", id="a cut stream"),
            pytest.param(Reply([""]), "empty", id="an empty reply"),
        ],
    )
    def test_what_is_proved_stays(self, answer, second, reason):
        outcome = answer(MIXED, second)
        assert outcome.said == [OPENED]
        assert reason in outcome.generated.notice
        assert "could not rewrite" in outcome.generated.notice

    def test_without_a_call_left(self, answer):
        outcome = answer(MIXED, limits=Limits(calls=1))
        assert outcome.said == [OPENED]
        assert "budget of 1 call" in outcome.generated.notice

    def test_where_nothing_is_proved_the_reason_is_what_remains(self, answer):
        with pytest.raises(ModelFailed, match="budget of 1 call") as failure:
            answer(Reply([f"{INVENTED} [{{0}}]"]), limits=Limits(calls=1))
        assert failure.value.kind is Failure.BUDGET


class TestBudget:
    def test_a_spent_budget_keeps_what_is_proved(self, answer):
        outcome = answer(
            Reply([f"{OPENED} [{{0}}] It", " now houses ", "1,250"], pause_s=8, pause_at=1), limits=Limits(seconds=2.5)
        )
        assert outcome.said == [OPENED]
        assert "budget of 2.5 seconds" in outcome.generated.notice

    def test_a_spent_budget_without_proof_is_a_failure(self, answer):
        with pytest.raises(ModelFailed, match=r"budget of 0\.4 seconds"):
            answer(Reply([OPENED], pause_s=2), limits=Limits(seconds=0.4))


class TestLanguage:
    CHINESE = Reply(["海港创新园于2014年3月正式启用。[{0}]"])
    FOREIGN = "目前园区共有1250家企业入驻。"

    def test_a_reply_in_another_language_is_asked_for_again(self, answer):
        outcome = answer(self.CHINESE, Reply([f"{OPENED} [{{0}}]"]))
        assert outcome.said == [OPENED]
        assert outcome.held_back == []
        assert ["Answer in English" in prompt for prompt in prompts(answer)] == [False, True]

    def test_once(self, answer):
        with pytest.raises(ModelFailed, match="another language") as failure:
            answer(self.CHINESE, limits=Limits(calls=9))
        assert failure.value.kind is Failure.LANGUAGE
        assert len(prompts(answer)) == 2

    def test_one_sentence_in_another_language_is_held_back(self, answer):
        outcome = answer(Reply([f"{OPENED} [{{0}}]\n{self.FOREIGN} [{{0}}]"]), repair=False)
        assert outcome.said == [OPENED]
        assert outcome.held_back == ["it is not in the language of the question"]

    @pytest.mark.parametrize(
        ("text", "language", "foreign"),
        [
            pytest.param("The park opened in 2014.", "en", False, id="en in en"),
            pytest.param("园区于2014年启用。", "en", True, id="zh in en"),
            pytest.param("WuXi AppTec成立于2000年。", "en", True, id="zh with a Latin name in en"),
            pytest.param(
                "WuXi AppTec (药明康德) and Pharmablock (药石科技) work there.", "en", False, id="en with glosses"
            ),
            pytest.param("The district of 江北新区 has 260 firms.", "en", False, id="en with a Chinese name"),
            pytest.param("2014.", "en", False, id="a number"),
            pytest.param("园区于2014年启用。", "zh", False, id="zh in zh"),
            pytest.param("The park was opened in 2014 by a minister.", "zh", True, id="en in zh"),
            pytest.param("It was opened in 临港 by a minister.", "zh", True, id="en with a Chinese name in zh"),
            pytest.param("WuXi AppTec、Pharmablock Sciences、BeiGene。", "zh", False, id="names in zh"),
            pytest.param("其中有机器学习和 deep learning of images 等。", "zh", False, id="zh with English terms"),
        ],
    )
    def test_which_sentences_are_foreign(self, text, language, foreign):
        assert is_foreign(text, language) is foreign


class TestContextLength:
    def found(self) -> object:
        return evidence(*(article(HARBOUR, name=f"harbour{n}", title=f"Harbour {n}") for n in range(4)))

    def test_fewer_sources_are_tried(self, answer):
        texts = {f"harbour{n}": HARBOUR for n in range(4)}
        outcome = answer(TOO_LONG, Reply([f"{OPENED} [{{0}}]"]), found=self.found(), texts=texts)
        assert outcome.said == [OPENED]
        assert [prompt.count("<source key=") for prompt in prompts(answer)] == [4, 2]

    @pytest.mark.parametrize(("sources", "requests"), [(4, 2), (1, 1)])
    def test_then_it_is_given_up(self, answer, sources, requests):
        found = self.found() if sources == 4 else evidence(article(HARBOUR))
        with pytest.raises(ModelFailed, match="too long") as failure:
            answer(TOO_LONG, found=found, limits=Limits(calls=9))
        assert failure.value.kind is Failure.TOO_LONG
        assert len(prompts(answer)) == requests


@pytest.mark.parametrize(
    ("differing", "told"),
    [(("harbour", "ferry"), True), (("harbour",), False), (("harbour", "gone"), False), ((), False)],
)
def test_the_model_is_told_of_articles_that_differ(answer, differing, told):
    found = evidence(article(HARBOUR), article(FERRY, title="The ferry", name="ferry"))
    answer(Reply([NOT_IN_ARTICLES]), found=found, differing=differing)
    (prompt,) = prompts(answer)
    assert ("(2024-05-06) differ on this" in prompt) is told
