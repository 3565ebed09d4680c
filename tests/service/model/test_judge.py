"""The language model as a judge of what the code let pass."""

import pytest

from service.model.talk import Limits
from tests.service.evidence_samples import HARBOUR
from tests.service.scripted_llm import Reply, scripted_llm
from tests.service.writing import HOUSES, OPENED, assert_proved, writer_at, written

BOTH = Reply([f"{OPENED} [{{0}}] {HOUSES} [{{0}}]"])
ROOMY = Limits(calls=9)


def judged(analyzer, *replies, limits=ROOMY, repair=False):
    with scripted_llm(*replies) as server:
        outcome = written(writer_at(server, analyzer, judge=True, limits=limits, repair=repair))
    assert_proved(outcome, {"harbour": HARBOUR})
    return outcome, server.requests


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        pytest.param(["yes", "Yes."], [OPENED, HOUSES], id="both"),
        pytest.param(["no", "yes"], [HOUSES], id="the second"),
        pytest.param(["是", "否。"], [OPENED], id="in Chinese"),
        pytest.param(["<think>no?</think>yes", "**No**, it doesn't"], [OPENED], id="thoughts and emphasis"),
        pytest.param(["Yes, but the month is missing.", "Yes and no."], [], id="a yes with a reservation"),
        pytest.param(["是的，但没有月份。", "对。"], [HOUSES], id="in Chinese too"),
        pytest.param(["Yes. They say all of it.", "Yes, it's not in doubt"], [OPENED, HOUSES], id="a yes and why"),
    ],
)
def test_what_it_denies_is_held_back(analyzer, verdicts, said):
    outcome, requests = judged(analyzer, BOTH, *(Reply([verdict]) for verdict in verdicts))
    assert outcome.said == said
    assert len(outcome.held_back) == 2 - len(said)
    assert all("model" in why for why in outcome.held_back)
    assert (outcome.generated.notice is None) == (len(said) == 2)
    assert len(requests) == 3


def test_it_sees_the_statement_and_its_quote_alone(analyzer):
    _, requests = judged(analyzer, BOTH, Reply(["yes"]))
    prompt = requests[1]["messages"][-1]["content"]
    assert f"Statement: {OPENED}" in prompt
    assert "opened in March 2014 by Minister Olga Brandt" in prompt
    assert "wholesalers" not in prompt


def test_what_the_code_refuses_it_is_not_asked(analyzer):
    _, requests = judged(analyzer, Reply(["It now houses 1,900 companies. [{0}]"]), Reply(["yes"]))
    assert len(requests) == 1


@pytest.mark.parametrize(
    ("verdict", "reason", "said", "requests"),
    [
        pytest.param(Reply(status=401), "refused the key", [OPENED, HOUSES], 2, id="a failure that lasts"),
        pytest.param(Reply(["A"], cut=True), "broke off", [OPENED], 3, id="one that passes"),
        pytest.param(Reply(["Perhaps."]), "neither yes nor no", [OPENED], 3, id="a verdict that is none"),
    ],
)
def test_where_it_says_nothing_usable_the_code_decides(analyzer, verdict, reason, said, requests):
    outcome, asked = judged(analyzer, BOTH, verdict, Reply(["no"]))
    assert outcome.said == said
    assert reason in outcome.generated.notice
    assert len(asked) == requests


def test_its_requests_are_counted(analyzer):
    outcome, requests = judged(analyzer, BOTH, Reply(["yes"]), limits=Limits(calls=2))
    assert outcome.said == [OPENED, HOUSES]
    assert "budget of 2 calls" in outcome.generated.notice
    assert len(requests) == 2


def test_it_judges_a_sentence_once_though_the_answer_is_put_together_twice(analyzer):
    first, second = Reply([f"It has 1,900 gates. [{{0}}] {OPENED} [{{0}}]"]), Reply([f"{HOUSES} [{{0}}]"])
    outcome, requests = judged(analyzer, first, Reply(["yes"]), second, Reply(["yes"]), repair=True)
    assert outcome.said == [HOUSES, OPENED]
    assert len(requests) == 4
