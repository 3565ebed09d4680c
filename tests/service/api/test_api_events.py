"""Streams over real HTTP: the order of events, failures on the way, and who does the work."""

import json

import httpx
import pytest

from service.api.app import create_app
from tests.service.api_fakes import TOKEN, FakeServices
from tests.ui.browser import running

PROGRESS = {"phase": "publishing", "total": 2, "per_second": None, "seconds_left": None}
QUESTION = "Which contract research leaders operate in Jiangbei?"


@pytest.fixture
def services():
    return FakeServices()


@pytest.fixture
def address(services):
    with running(create_app(services)) as url:
        yield url


def events_of(response):
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block for block in response.text.split("\n\n") if block]
    pairs = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    return [(pair["event"], json.loads(pair["data"])) for pair in pairs]


def ask(address, **body):
    return httpx.post(f"{address}/api/v1/ask", json={"question": QUESTION} | body, trust_env=False)


def test_deltas_come_first_and_make_the_answer(address):
    events = events_of(ask(address, stream=True))
    names = [name for name, _ in events]
    assert names == ["delta"] * (len(names) - 1) + ["answer"]
    assert len(names) > 3
    assert "".join(data["text"] for name, data in events if name == "delta") == events[-1][1]["text"]


def test_the_accept_header_asks_for_a_stream_too(address):
    with httpx.Client(trust_env=False, headers={"accept": "text/event-stream"}) as client:
        events = events_of(client.post(f"{address}/api/v1/ask", json={"question": QUESTION}))
    assert events[-1][0] == "answer"


def test_the_streamed_answer_is_the_whole_answer(address):
    assert events_of(ask(address, stream=True))[-1][1] == ask(address).json()


def test_a_restart_is_told(address, services):
    services.assistant.restarts = True
    events = events_of(ask(address, stream=True))
    at = [name for name, _ in events].index("restart")
    assert "".join(data["text"] for _, data in events[at + 1 : -1]) == events[-1][1]["text"]


def test_a_sentence_that_is_held_back_is_told(address, services):
    services.assistant.unproved = "a number in it is not in the quotes"
    events = events_of(ask(address, stream=True))
    assert ("unproved", {"why": "a number in it is not in the quotes"}) in events
    assert "".join(data["text"] for name, data in events if name == "delta") == events[-1][1]["text"]


def test_a_failure_on_the_way_is_the_last_event(address, services):
    services.assistant.fails_after = 2
    events = events_of(ask(address, stream=True))
    assert [name for name, _ in events] == ["delta", "delta", "error"]
    assert events[-1][1]["code"] == "internal"
    assert "secret" not in events[-1][1]["message"]


def test_a_bad_question_has_a_real_status(address):
    assert ask(address, question=" ", stream=True).status_code == 422


def test_blocking_work_stays_off_the_event_loop(address, services):
    ask(address)
    ask(address, stream=True)
    assert services.assistant.threads
    assert "insight-test-server" not in services.assistant.threads


def ingest(address, **body):
    return httpx.post(f"{address}/api/v1/ingest", json=body, headers={"X-Insight-Token": TOKEN}, trust_env=False)


def test_an_ingest_tells_of_each_post_then_of_the_run(address, services):
    events = events_of(ingest(address, sources=["posts"], dry_run=True))
    assert events[:-1] == [
        ("progress", PROGRESS | {"done": 1, "title": "A new article"}),
        ("progress", PROGRESS | {"done": 2, "title": "posts/bad.md"}),
    ]
    name, run = events[-1]
    assert name == "run"
    assert run["counts"] == {"seen": 2, "added": 1, "changed": 0, "kept": 0, "withdrawn": 0, "held": 0, "refused": 1}
    assert run["items"][1]["reason"] == "the post has no text"
    assert services.ingested == [(("posts",), True, False)]


def test_a_failed_ingest_ends_with_an_error(address, services):
    services.ingest_error = RuntimeError("secret detail of a bug")
    assert [name for name, _ in events_of(ingest(address, sources=["posts"]))] == ["error"]
