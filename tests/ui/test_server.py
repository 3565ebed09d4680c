"""The API serves from the start; the chat page comes when it is built, and can't take the API along."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import ui.server

WAIT_S = 20


def page() -> FastAPI:
    app = FastAPI()
    app.get("/")(lambda: "the page")
    return app


def test_the_api_answers_while_the_page_is_built(services, monkeypatch):
    may_finish = threading.Event()

    def slow(_services: object) -> FastAPI:
        assert may_finish.wait(WAIT_S)
        return page()

    monkeypatch.setattr(ui.server, "build_page", slow)
    with TestClient(ui.server.build_app(services)) as client, ThreadPoolExecutor() as pool:
        visitor = pool.submit(client.get, "/")
        assert client.get("/healthz").json() == {"status": "ok"}
        assert not visitor.done()
        may_finish.set()
        assert visitor.result(WAIT_S).json() == "the page"
    assert services.closed


def test_a_page_that_cannot_be_built_leaves_the_api(services, monkeypatch):
    def broken(_services: object) -> FastAPI:
        raise OSError("no room")

    monkeypatch.setattr(ui.server, "build_page", broken)
    with TestClient(ui.server.build_app(services)) as client:
        with pytest.raises(OSError, match="no room"):
            client.get("/")
        assert client.get("/healthz").json() == {"status": "ok"}
    assert services.closed


def test_a_server_that_nobody_visits_builds_no_page_before_its_end(services, monkeypatch):
    monkeypatch.setattr(ui.server, "build_page", lambda _: pytest.fail("built"))
    with TestClient(ui.server.build_app(services)) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
    assert services.closed


def test_the_page_is_built_though_nobody_visits(services, monkeypatch):
    built = threading.Event()
    monkeypatch.setattr(ui.server, "_FIRST_S", 0.01)
    monkeypatch.setattr(ui.server, "build_page", lambda _: built.set() or page())
    with TestClient(ui.server.build_app(services)):
        assert built.wait(WAIT_S)


def test_the_pages_own_lifespan_is_kept(services, monkeypatch):
    told: list[str] = []

    def with_lifespan(_services: object) -> FastAPI:
        app = page()
        app.router.add_event_handler("startup", lambda: told.append("begun"))
        app.router.add_event_handler("shutdown", lambda: told.append("ended"))
        return app

    monkeypatch.setattr(ui.server, "build_page", with_lifespan)
    with TestClient(ui.server.build_app(services)) as client:
        client.get("/")
        assert told == ["begun"]
    assert told == ["begun", "ended"]
