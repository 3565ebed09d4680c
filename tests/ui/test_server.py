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


@pytest.mark.parametrize(
    ("method", "path", "status", "says"),
    [
        pytest.param("GET", "/health", 404, "there is no GET /health; /docs lists what there is", id="unknown"),
        pytest.param("POST", "/nothing/here", 404, "there is no POST /nothing/here", id="unknown, posted"),
        pytest.param("POST", "/healthz", 405, "/healthz takes GET, not POST", id="wrong method"),
        pytest.param("DELETE", "/", 405, "/ takes GET, not DELETE", id="wrong method for the page"),
    ],
)
def test_what_neither_page_nor_api_takes_is_told_in_the_one_shape(services, monkeypatch, method, path, status, says):
    monkeypatch.setattr(ui.server, "build_page", lambda _: page())
    with TestClient(ui.server.build_app(services)) as client:
        response = client.request(method, path)
    assert response.status_code == status
    assert response.headers.get("allow") == ("GET" if status == 405 else None)
    assert response.json()["error"]["message"].startswith(says)


def test_what_the_page_refuses_its_own_script_is_left_as_it_is(services, monkeypatch):
    monkeypatch.setattr(ui.server, "build_page", lambda _: page())
    with TestClient(ui.server.build_app(services)) as client:
        assert client.get("/gradio_api/nothing").json() == {"detail": "Not Found"}
