"""Blocking work beside the event loop: it stops nobody, and what keeps a processor busy waits its turn."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from anyio import to_thread
from fastapi.testclient import TestClient

from corpus.encoder import usable_cores
from service.api.app import create_app
from tests.service.api_fakes import FakeServices

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
    services.assistant.ask = held = Held(services.assistant.ask)  # type: ignore[method-assign, assignment]
    with ThreadPoolExecutor(MANY) as pool:
        calls = [pool.submit(client.post, "/api/v1/ask", json={"question": QUESTION}) for _ in range(MANY)]
        assert held.reached(MANY)
        assert client.get("/api/v1/search", params={"query": "valley"}).status_code == 200
        held.let_go()
        assert [done.result(WAIT_S).status_code for done in calls] == [200] * MANY


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
