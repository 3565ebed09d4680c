"""Blocking work beside the event loop: it stops nobody, and what keeps a processor busy waits its turn."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from anyio import to_thread
from fastapi.testclient import TestClient

from corpus.encoder import usable_cores
from corpus.filters import EVERYTHING
from service.answer import Delta, Event
from service.api.app import create_app
from tests.service.api_fakes import FakeServices
from tests.ui.browser import running

AT_ONCE = 2 * usable_cores()
MANY = AT_ONCE + 6
WAIT_S = 20
QUESTION = "Which contract research leaders operate in Jiangbei?"


class Held:
    """Holds every call of a method until it is let go, and counts how many are in it."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real, self._go, self._count = real, threading.Event(), threading.Condition()
        self.inside = self.most = 0

    def __call__(self, *args: Any, **options: Any) -> Any:
        with self._count:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self._count.notify_all()
        assert self._go.wait(WAIT_S)
        with self._count:
            self.inside -= 1
        return self._real(*args, **options)

    def reached(self, inside: int) -> bool:
        with self._count:
            return self._count.wait_for(lambda: self.inside >= inside, WAIT_S)

    def let_go(self) -> None:
        self._go.set()


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture
def client(services: FakeServices) -> Iterator[TestClient]:
    with TestClient(create_app(services)) as client:  # type: ignore[arg-type]
        yield client


SHORT = [
    pytest.param("search", lambda client: client.get("/api/v1/search", params={"query": "valley"}), id="search"),
    pytest.param("search", lambda client: client.post("/api/v1/search", json={"query": "valley"}), id="search, posted"),
    pytest.param("ask", lambda client: client.post("/api/v1/ask", json={"question": QUESTION}), id="an answer"),
]


@pytest.mark.parametrize(("name", "call"), SHORT)
def test_others_are_served_while_many_search(
    services: FakeServices, client: TestClient, name: str, call: Callable[[TestClient], Any]
) -> None:
    held = Held(getattr(services.assistant, name))
    setattr(services.assistant, name, held)
    with ThreadPoolExecutor(MANY) as pool:
        calls = [pool.submit(call, client) for _ in range(MANY)]
        assert held.reached(AT_ONCE)
        assert client.get("/healthz").json() == {"status": "ok"}
        held.let_go()
        assert [done.result(WAIT_S).status_code for done in calls] == [200] * MANY
    assert held.most == AT_ONCE


def test_answers_that_wait_for_a_language_model_do_not_stand_in_line(
    services: FakeServices, client: TestClient
) -> None:
    services.model_name = "a model"
    held = Held(lambda question: services.assistant._answer(question, EVERYTHING))

    def waiting(question: str, **options: Any) -> Iterator[Event]:
        yield Delta("")
        yield held(question)

    services.assistant.stream = waiting  # type: ignore[method-assign, assignment]
    with ThreadPoolExecutor(MANY) as pool:
        calls = [pool.submit(client.post, "/api/v1/ask", json={"question": QUESTION}) for _ in range(MANY)]
        assert held.reached(MANY)
        assert client.get("/api/v1/search", params={"query": "valley"}).status_code == 200
        held.let_go()
        assert [done.result(WAIT_S).status_code for done in calls] == [200] * MANY


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
def test_an_answer_that_nobody_waits_for_is_broken_off(services: FakeServices, streams: bool) -> None:
    """What it holds, a connection to a language model, is let go at once, and nothing more is asked."""
    services.model_name = "a model"
    said, left = threading.Event(), threading.Event()

    def endless(question: str, **options: Any) -> Iterator[Event]:
        try:
            while True:
                said.set()
                yield Delta("word ")
                time.sleep(0.05)
        finally:
            left.set()

    services.assistant.stream = endless  # type: ignore[method-assign, assignment]
    with running(create_app(services)) as url, _asking(url, streams=streams):  # type: ignore[arg-type]
        assert said.wait(WAIT_S)
        time.sleep(0.3)
        assert not left.is_set()
    assert left.wait(WAIT_S)


@pytest.mark.parametrize("words", [0, 1], ids=["before the first word", "in the middle"])
@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
def test_a_silent_language_model_is_told_that_nobody_waits(services: FakeServices, streams: bool, words: int) -> None:
    services.model_name = "a model"
    silent, gone = threading.Event(), threading.Event()

    def waiting(question: str, *, left: Callable[[], bool], **options: Any) -> Iterator[Event]:
        yield from [Delta("word ")] * words
        silent.set()
        while not left():
            time.sleep(0.05)
        gone.set()
        yield Delta("")

    services.assistant.stream = waiting  # type: ignore[method-assign, assignment]
    with running(create_app(services)) as url:  # type: ignore[arg-type]
        with _asking(url, streams=streams):
            assert silent.wait(WAIT_S)
            time.sleep(0.3)
            assert not gone.is_set()
        assert gone.wait(WAIT_S)


@contextmanager
def _asking(url: str, *, streams: bool) -> Iterator[None]:
    """Ask a question, and leave at the end."""
    with socket.create_connection(_place(url)) as caller:
        body = json.dumps({"question": QUESTION, "stream": streams}).encode()
        head = "POST /api/v1/ask HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\n"
        caller.sendall(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
        yield


def _place(url: str) -> tuple[str, int]:
    found = urlsplit(url)
    return found.hostname or "", found.port or 0


def test_a_search_waits_for_no_thread_that_others_hold(client: TestClient) -> None:
    """All threads but those of short work are taken, as by answers that wait for a language model."""

    async def have(threads: float) -> float:
        limiter = to_thread.current_default_thread_limiter()
        before, limiter.total_tokens = limiter.total_tokens, threads
        return before

    assert client.portal is not None
    usual = client.portal.call(have, 0)
    with ThreadPoolExecutor() as pool:
        found = pool.submit(client.get, "/api/v1/search", params={"query": "valley", "category": "Research"})
        try:
            assert found.result(WAIT_S).status_code == 200
        finally:
            client.portal.call(have, usual)
