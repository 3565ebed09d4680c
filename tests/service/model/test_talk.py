"""What one question may cost, and what is tried again: the real client against a scripted server."""

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from llama_index.core.llms import ChatMessage

from service.failures import Failure, ModelFailed
from service.model.llm import build_llm
from service.model.talk import BACKOFF_S, Limits, Talk
from service.settings import Settings
from tests.service.scripted_llm import OpenAI, Reply, ScriptedLLM, scripted_llm

DEFAULT = Limits()
HELLO = [ChatMessage(role="user", content="hello")]


def moment(seconds: float) -> str:
    """Return the date so many seconds from now on, as headers have it."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


BUSY = Reply(status=429, headers={"retry-after": "2"})


class Clock:
    """Time that passes only where it is slept, or where a test says so."""

    def __init__(self) -> None:
        self.now = 100.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


def talk_to(
    server: ScriptedLLM, limits: Limits = DEFAULT, clock: Clock | None = None, *, timeout_s: float = 5.0
) -> Talk:
    llm = build_llm(Settings(llm_url=server.url, llm_model="scripted", llm_timeout_s=timeout_s))
    assert llm is not None
    return Talk(llm, limits, clock=clock, sleep=clock.sleep) if clock else Talk(llm, limits)


def failed(ask: Callable[[], str]) -> ModelFailed:
    with pytest.raises(ModelFailed) as failure:
        ask()
    return failure.value


@pytest.mark.parametrize(
    ("first", "pause"),
    [
        pytest.param(BUSY, 2.0, id="429 with a pause"),
        pytest.param(Reply(status=429, headers={"retry-after": "0"}), 0.0, id="429 with none to speak of"),
        pytest.param(Reply(status=500), BACKOFF_S, id="500"),
        pytest.param(Reply(status=503), BACKOFF_S, id="503"),
    ],
)
def test_a_passing_failure_is_tried_once_more(first, pause):
    clock = Clock()
    with scripted_llm(first, Reply(["fine"])) as server:
        assert talk_to(server, clock=clock).ask("rules", "hello") == "fine"
    assert clock.pauses == [pause]
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("reply", "limits", "requests"),
    [
        pytest.param(BUSY, Limits(), 2, id="still busy after the one pause"),
        pytest.param(Reply(status=500), Limits(), 2, id="still broken"),
        pytest.param(BUSY, Limits(seconds=1.5), 1, id="a pause that outlasts the seconds"),
        pytest.param(BUSY, Limits(calls=1), 1, id="no call left"),
        pytest.param(Reply(status=429), Limits(), 1, id="429 without a pause"),
        pytest.param(Reply(status=429, headers={"retry-after": "60"}), Limits(), 1, id="a pause as long as the budget"),
        pytest.param(Reply(status=429, headers={"retry-after": moment(3600)}), Limits(), 1, id="until an hour later"),
        pytest.param(Reply(status=429, headers={"retry-after": "nan"}), Limits(), 1, id="a pause that is none"),
        pytest.param(Reply(status=401), Limits(), 1, id="a wrong key"),
        pytest.param(Reply(["A"], cut=True), Limits(), 1, id="a cut stream"),
        pytest.param(Reply([""]), Limits(), 1, id="an empty reply"),
    ],
)
def test_what_is_given_up(reply, limits, requests):
    clock = Clock()
    with scripted_llm(reply) as server:
        failure = failed(lambda: talk_to(server, limits, clock).ask("rules", "hello"))
    assert failure.kind is not Failure.BUDGET
    assert (len(server.requests), len(clock.pauses)) == (requests, requests - 1)


@pytest.mark.parametrize(
    ("seconds", "least", "most"), [pytest.param(20, 15, 20, id="to come"), pytest.param(-60, 0, 0, id="gone by")]
)
def test_a_pause_may_be_named_by_its_end(seconds, least, most):
    clock = Clock()
    with scripted_llm(Reply(status=429, headers={"retry-after": moment(seconds)}), Reply(["fine"])) as server:
        assert talk_to(server, clock=clock).ask("rules", "hello") == "fine"
    (pause,) = clock.pauses
    assert least <= pause <= most


def refusal(message: str) -> Reply:
    return Reply(status=400, body=json.dumps({"error": {"message": message}}))


HOT = refusal("Unsupported value: 'temperature' does not support 0 with this model.")


def test_an_endpoint_may_choose_the_temperature_itself():
    with scripted_llm(HOT, Reply(["fine"])) as server:
        talk = talk_to(server)
        assert [talk.ask("rules", "hello") for _ in range(2)] == ["fine", "fine"]
    assert [request.get("temperature") for request in server.requests] == [0.0, None, None]


@pytest.mark.parametrize(
    ("reply", "requests"), [pytest.param(HOT, 2, id="once"), pytest.param(refusal("no tools here"), 1, id="never")]
)
def test_what_is_refused_is_not_asked_again_and_again(reply, requests):
    with scripted_llm(reply) as server:
        failure = failed(lambda: talk_to(server).ask("rules", "hello"))
    assert failure.reason == "the language model refused the request (400)"
    assert len(server.requests) == requests


def test_calls_are_counted():
    with scripted_llm(Reply(["fine"])) as server:
        talk = talk_to(server, Limits(calls=2))
        assert [talk.ask("rules", "hello") for _ in range(2)] == ["fine", "fine"]
        failure = failed(lambda: talk.ask("rules", "hello"))
    assert (failure.kind, len(server.requests)) == (Failure.BUDGET, 2)
    assert failure.reason == "the question's budget of 2 calls is spent; see INSIGHT_LLM_CALLS"


def test_a_prompt_that_costs_too_much_is_not_sent():
    with scripted_llm(Reply(["fine"])) as server:
        failure = failed(lambda: talk_to(server, Limits(tokens=1000)).ask("rules", "字" * 1000))
    assert (failure.kind, server.requests) == (Failure.BUDGET, [])
    assert "1000 tokens" in failure.reason


def test_a_reply_that_costs_too_much_is_broken_off():
    read: list[str] = []
    with scripted_llm(Reply(["字" * 30] * 40)) as server:
        stream = talk_to(server, Limits(tokens=1000)).stream(HELLO)
        failure = failed(lambda: "".join(read.append(piece) or piece for piece in stream))
    assert failure.kind is Failure.BUDGET
    assert 900 < sum(map(len, read)) < 1000


def test_an_endless_reply_is_cut_off():
    with scripted_llm(Reply(["x" * 1000] * 500, cut=True)) as server:
        pieces = talk_to(server, Limits(tokens=10**6)).stream(HELLO)
        read: list[str] = []
        with pytest.raises(ModelFailed, match="cut off") as failure:
            read.extend(pieces)
    assert failure.value.kind is Failure.LENGTH


def test_long_thoughts_leave_room_for_the_reply():
    with scripted_llm(Reply(["<think>", *["Hm. " * 250] * 12, "</think>", "fine"])) as server:
        assert talk_to(server).ask("rules", "hello") == "fine"


@pytest.mark.parametrize("thoughts", ["<think>Hm.", "<think>Hm.</think>"])
def test_thoughts_alone_are_no_reply(thoughts: str):
    with scripted_llm(Reply([thoughts])) as server:
        assert failed(lambda: talk_to(server).ask("rules", "hello")).kind is Failure.EMPTY


def test_thoughts_that_began_in_the_prompt_are_left_out():
    with scripted_llm(Reply(["Hm. No?</think>", "yes"])) as server:
        assert talk_to(server).ask("rules", "hello") == "yes"


@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_a_reply_that_the_endpoint_cuts_is_no_whole_one(reason: str):
    with scripted_llm(Reply(["It opened in"], finish=reason)) as server:
        assert failed(lambda: talk_to(server).ask("rules", "hello")).kind is Failure.LENGTH


def test_seconds_end_a_reply_that_comes_slowly():
    clock = Clock()
    with scripted_llm(Reply(["A", "B", "C"])) as server:
        stream = talk_to(server, Limits(seconds=10), clock).stream(HELLO)
        assert next(stream) == "A"
        clock.now += 10
        failure = failed(lambda: next(stream))
    assert (failure.kind, "10 seconds" in failure.reason) == (Failure.BUDGET, True)


@pytest.mark.parametrize("place", [0, 1], ids=["before the first word", "in the middle"])
def test_seconds_end_a_silence_that_the_timeout_would_allow(place):
    with scripted_llm(Reply(["A", "B"], pause_s=3, pause_at=place)) as server:
        failure = failed(lambda: talk_to(server, Limits(seconds=0.4), timeout_s=30).ask("rules", "hello"))
    assert failure.kind is Failure.BUDGET
    assert "0.4 seconds" in failure.reason


FOR_EVER = 300
COMMENT = ": keep-alive\n\n"
ROLE = 'data: {"choices": [{"index": 0, "delta": {"role": "assistant"}, "finish_reason": null}]}\n\n'


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(lead=[COMMENT] * FOR_EVER, lead_s=0.1), id="comments"),
        pytest.param(Reply(lead=[ROLE] * FOR_EVER, lead_s=0.1), id="events without text"),
        pytest.param(Reply(lead=[OpenAI.thought("Hm.")] * FOR_EVER, lead_s=0.1), id="thoughts beside the text"),
        pytest.param(Reply(lead=[*OpenAI.piece("The mill")], lead_s=0.1), id="an event letter by letter"),
        pytest.param(Reply(lead=[*f"HTTP/1.1 200 OK\r\nx-mill: {'a' * FOR_EVER}"], lead_s=0.1, bare=True), id="a head"),
        pytest.param(Reply(lead=[""], lead_s=FOR_EVER, bare=True), id="silence"),
    ],
)
def test_seconds_end_what_brings_no_text(reply):
    begun = time.monotonic()
    with scripted_llm(reply) as server:
        failure = failed(lambda: talk_to(server, Limits(seconds=0.6), timeout_s=30).ask("rules", "hello"))
        assert time.monotonic() - begun < 20
        assert server.left.wait(30)
    assert (failure.kind, "0.6 seconds" in failure.reason) == (Failure.BUDGET, True)


def test_thoughts_beside_the_text_are_counted():
    with scripted_llm(Reply(["fine"], lead=[OpenAI.thought("Hm. " * 250)] * 12)) as server:
        assert talk_to(server).ask("rules", "hello") == "fine"
        failure = failed(lambda: talk_to(server, Limits(tokens=2000)).ask("rules", "hello"))
    assert (failure.kind, "2000 tokens" in failure.reason) == (Failure.BUDGET, True)


FINISHED = OpenAI.end("").removesuffix("data: [DONE]\n\n")


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(["The mill ", "is old."], end=FINISHED, hang_s=20), id="a reason, and no end mark"),
        pytest.param(Reply(["The mill ", "is old."], end="data: [DONE]\n\n"), id="an end mark, and no reason"),
        pytest.param(Reply(["The mill ", "is old."], end="data: [DONE]\n\n", hang_s=20), id="that, and left open"),
        pytest.param(Reply(["The mill ", "is old."], end=f"{FINISHED}data: {{oops\n\n"), id="rubbish behind it"),
    ],
)
def test_a_finished_reply_is_kept(reply):
    begun = time.monotonic()
    with scripted_llm(reply) as server:
        assert talk_to(server).ask("rules", "hello") == "The mill is old."
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize(
    "choices",
    [
        "[]",
        '[{"index": 0, "delta": null}]',
        '[{"index": 0, "delta": {}}]',
        '[{"index": 0, "delta": {"content": null}}]',
    ],
)
def test_a_first_event_that_says_nothing_is_passed_over(choices: str):
    with scripted_llm(Reply(["fine"], lead=[f'data: {{"choices": {choices}}}\n\n'])) as server:
        assert talk_to(server).ask("rules", "hello") == "fine"


@pytest.mark.parametrize("text", ["data: [DONE]", "\ndata: [DONE]\n"])
def test_an_end_mark_inside_the_text_is_none(text: str):
    with scripted_llm(Reply([text], cut=True)) as server:
        assert failed(lambda: talk_to(server).ask("rules", "hello")).kind is Failure.CUT


@pytest.mark.parametrize("place", [0, 1], ids=["before the first word", "in the middle"])
def test_a_silent_endpoint_is_left_with_whoever_asked(place: int):
    left = threading.Event()
    with scripted_llm(Reply(["A", "B"], pause_s=20, pause_at=place)) as server:
        llm = build_llm(Settings(llm_url=server.url, llm_model="scripted"))
        assert llm is not None
        talk = Talk(llm, left=left.is_set)
        threading.Timer(0.3, left.set).start()
        assert failed(lambda: talk.ask("rules", "hello")).kind is Failure.LEFT
        assert server.left.wait(30)
        assert failed(lambda: talk.ask("rules", "hello")).kind is Failure.LEFT
    assert len(server.requests) == 1


def test_what_the_second_try_finds_cannot_get_better_either():
    clock = Clock()
    with scripted_llm(Reply(status=503), Reply(status=401)) as server:
        talk = talk_to(server, clock=clock)
        first, second = (failed(lambda: talk.ask("rules", "hello")) for _ in range(2))
    assert first.reason == second.reason
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("reply", "requests"),
    [
        pytest.param(Reply(status=401), 1, id="a wrong key"),
        pytest.param(Reply(status=404), 1, id="an unknown model"),
        pytest.param(Reply(["A"], pause_s=2), 1, id="a silent endpoint"),
        pytest.param(Reply(status=400), 2, id="a request that it refuses"),
    ],
)
def test_what_cannot_get_better_is_not_asked_again(reply, requests):
    with scripted_llm(reply) as server:
        talk = talk_to(server, timeout_s=0.4 if reply.pause_s else 30)
        first, second = (failed(lambda: talk.ask("rules", "hello")) for _ in range(2))
    assert first.reason == second.reason
    assert len(server.requests) == requests
