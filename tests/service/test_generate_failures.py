"""What a person reads when the endpoint misbehaves; the real client against a scripted server."""

import json
import socket
import time

import pytest

from service.llm import LONGEST_REPLY, ModelFailed, build_llm, stream_text
from service.settings import Settings
from tests.service.scripted_llm import Reply, scripted_llm

TOO_LONG = {
    "error": {"message": "This model's maximum context length is 2048 tokens.", "code": "context_length_exceeded"}
}


def read(url: str, *, timeout_s: float = 5.0, sleep=time.sleep) -> str:
    from llama_index.core.llms import ChatMessage

    llm = build_llm(Settings(llm_url=url, llm_model="scripted", llm_timeout_s=timeout_s))
    assert llm is not None
    return "".join(stream_text(llm, [ChatMessage(role="user", content="hello")], sleep=sleep))


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(Reply(status=401), "refused the key (401)", id="wrong key"),
        pytest.param(Reply(status=403), "refused the key (403)", id="forbidden"),
        pytest.param(Reply(status=404), "doesn't know this language model (404)", id="unknown model"),
        pytest.param(Reply(status=429), "too many requests just now (429)", id="busy"),
        pytest.param(Reply(status=500), "an error of its own (500)", id="server error"),
        pytest.param(Reply(status=503), "an error of its own (503)", id="overloaded"),
        pytest.param(Reply(status=418), "refused the request (418)", id="odd status"),
        pytest.param(Reply(status=400, body=json.dumps(TOO_LONG)), "too long", id="context length"),
        pytest.param(Reply(["A"], pause_s=2), "took too long", id="no first word in time"),
        pytest.param(Reply(["A", "B"], pause_s=2, pause_at=1), "took too long", id="a stalled stream"),
        pytest.param(Reply(["The park was", " opened"], cut=True), "broke off", id="cut in the middle"),
        pytest.param(Reply(body="<html>It works!</html>"), "empty or unreadable", id="a web page"),
        pytest.param(Reply(body="data: {oops\n\n"), "can't be read", id="events that are not JSON"),
        pytest.param(Reply(body=f"data: {json.dumps(TOO_LONG)}\n\n"), "too long", id="an error inside the stream"),
        pytest.param(Reply(body=""), "empty or unreadable", id="nothing at all"),
        pytest.param(Reply([""]), "empty or unreadable", id="an empty text"),
    ],
)
def test_failures_read_clearly(reply, reason):
    with scripted_llm(reply) as server, pytest.raises(ModelFailed) as failure:
        read(server.url, timeout_s=0.4)
    assert reason in failure.value.reason
    assert "\n" not in failure.value.reason
    assert len(server.requests) == 1


def test_nobody_listens():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(ModelFailed, match="can't be reached"):
        read(f"http://127.0.0.1:{port}/v1")


def test_short_pause_is_waited_for_once():
    pauses: list[float] = []
    with scripted_llm(Reply(status=429, headers={"retry-after": "2"}), Reply(["fine"])) as server:
        assert read(server.url, sleep=pauses.append) == "fine"
    assert pauses == [2.0]


@pytest.mark.parametrize(
    ("header", "pauses"),
    [
        pytest.param("60", [], id="too long"),
        pytest.param("Wed, 21 Oct 2026 07:28:00 GMT", [], id="a calendar date"),
        pytest.param("1", [1.0], id="still busy after the one pause"),
    ],
)
def test_busy_endpoint_is_given_up(header, pauses):
    waited: list[float] = []
    with scripted_llm(Reply(status=429, headers={"retry-after": header})) as server:
        with pytest.raises(ModelFailed, match="429") as failure:
            read(server.url, sleep=waited.append)
        assert len(server.requests) == len(pauses) + 1
    assert waited == pauses
    assert failure.value.retry_after is not None


def test_endless_reply_is_cut_off():
    with scripted_llm(Reply(["x" * 1000] * 500, cut=True)) as server:
        assert LONGEST_REPLY <= len(read(server.url)) <= LONGEST_REPLY + 2000


def test_reason_repeats_nothing_that_the_endpoint_said():
    body = json.dumps({"error": {"message": "bad key sk-secret"}})
    with scripted_llm(Reply(status=401, body=body)) as server, pytest.raises(ModelFailed) as failure:
        read(server.url)
    assert "sk-secret" not in failure.value.reason


@pytest.mark.parametrize(("url", "model"), [(None, None), ("http://127.0.0.1:1/v1", None), (None, "m")])
def test_no_model_without_both_settings(url, model):
    assert build_llm(Settings(llm_url=url, llm_model=model)) is None
