"""What a person reads when the endpoint misbehaves; the real client against a scripted server."""

import contextlib
import json
import socket

import pytest

from service.failures import Failure, ModelFailed, translated
from service.model.llm import build_llm
from service.model.stream import stream_reply
from service.settings import Settings
from tests.service.scripted_llm import Reply, scripted_llm

TOO_LONG = {
    "error": {"message": "This model's maximum context length is 2048 tokens.", "code": "context_length_exceeded"}
}
OF_PARTS = 'data: {"choices": [{"index": 0, "delta": {"content": [{"type": "text", "text": "Hi"}]}}]}\n\n'


def read(url: str, *, timeout_s: float = 5.0) -> str:
    from llama_index.core.llms import ChatMessage

    llm = build_llm(Settings(llm_url=url, llm_model="scripted", llm_timeout_s=timeout_s))
    assert llm is not None
    return "".join(piece.text for piece in stream_reply(llm, [ChatMessage(role="user", content="hello")]))


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
        pytest.param(
            Reply(body='data: {"error": {"message": "overloaded"}}\n\n'), "error of its own", id="another error"
        ),
        pytest.param(
            Reply(["The park "], end=f"data: {json.dumps({'error': {'message': 'oh'}})}\n\ndata: [DONE]\n\n"),
            "error of its own",
            id="an error before the end mark",
        ),
        pytest.param(Reply([], lead=[OF_PARTS]), "can't be read", id="content in parts"),
        pytest.param(Reply(body=""), "empty or unreadable", id="nothing at all"),
        pytest.param(Reply([""]), "empty or unreadable", id="an empty text"),
    ],
)
def test_failures_read_clearly(reply, reason):
    with scripted_llm(reply) as server, pytest.raises(ModelFailed) as failure:
        read(server.url, timeout_s=0.4 if reply.pause_s else 30)
    assert reason in failure.value.reason
    assert "\n" not in failure.value.reason
    assert len(server.requests) == 1


def test_nobody_listens():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(ModelFailed, match="can't be reached"):
        read(f"http://127.0.0.1:{port}/v1")


def test_no_connection_in_time():
    with socket.socket() as listener, contextlib.ExitStack() as waiting:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):  # the line of those that wait for an answer is full, so the next one hears nothing
            caller = waiting.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(listener.getsockname())
        with pytest.raises(ModelFailed, match="took too long") as failure:
            read(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", timeout_s=0.3)
    assert failure.value.kind is Failure.TIMEOUT


def test_reason_repeats_nothing_that_the_endpoint_said():
    body = json.dumps({"error": {"message": "bad key sk-secret"}})
    with scripted_llm(Reply(status=401, body=body)) as server, pytest.raises(ModelFailed) as failure:
        read(server.url)
    assert "sk-secret" not in failure.value.reason


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param("'tools' is\nnot  supported", "'tools' is not supported", id="in one line"),
        pytest.param("see http://10.0.0.7/mill about sk-secret", "see … about …", id="no addresses and no keys"),
        pytest.param("word " * 100, ("word " * 40).rstrip() + " …", id="shortened"),
    ],
)
def test_the_words_of_a_refusal_are_for_whoever_sets_it_up(said: str, told: str):
    body = json.dumps({"error": {"message": said}})
    with scripted_llm(Reply(status=400, body=body)) as server, pytest.raises(ModelFailed) as failure:
        read(server.url)
    assert failure.value.reason == "the language model refused the request (400)"
    assert failure.value.in_full == f"the language model refused the request (400): “{told}”"


def test_an_unheard_of_error_names_nothing_of_the_inside():
    failure = translated(RuntimeError("wheel 7 came off"))
    assert failure.reason == "the language model failed; the log says how"
    assert failure.in_full == "the language model failed; the log says how: “RuntimeError”"


@pytest.mark.parametrize(("url", "model"), [(None, None), ("http://127.0.0.1:1/v1", None), (None, "m")])
def test_no_model_without_both_settings(url, model):
    assert build_llm(Settings(llm_url=url, llm_model=model)) is None
