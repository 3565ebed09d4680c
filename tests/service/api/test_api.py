"""The API: shapes, refusals, guards and the reference page."""

import json
import logging
import re
from dataclasses import fields

import pytest
from fastapi.testclient import TestClient

from corpus.errors import Unavailable
from service.answer import Answer, ArticleRef, Citation, Related, Statement, Turn
from service.api.app import create_app
from service.api.guard import MAX_BODY_BYTES, SECURITY_HEADERS
from tests.service.api_fakes import TOKEN, VALLEY, FakeServices

ASK = "/api/v1/ask"
QUESTION = "Which contract research leaders operate in Jiangbei?"


@pytest.fixture
def services():
    return FakeServices()


@pytest.fixture
def client(services):
    with TestClient(create_app(services), raise_server_exceptions=False) as client:
        yield client


def error_of(response):
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert "\n" not in body["error"]["message"]
    return body["error"]


def test_an_answer_has_exactly_the_shape_of_the_service(client):
    answer = client.post(ASK, json={"question": QUESTION}).json()
    assert list(answer) == [field.name for field in fields(Answer)]
    assert answer["status"] == "answered"
    for key, kind in (("citations", Citation), ("statements", Statement)):
        assert answer[key]
        assert all(list(item) == [field.name for field in fields(kind)] for item in answer[key])
    assert list(answer["citations"][0]["article"]) == [field.name for field in fields(ArticleRef)]
    assert all(VALLEY[c["start"] : c["end"]] == c["quote"] for c in answer["citations"])


def test_an_answer_is_what_the_service_said(client, services):
    assert client.post(ASK, json={"question": QUESTION}).json() == json.loads(
        json.dumps(services.assistant.ask(QUESTION).to_dict())
    )


def test_not_in_the_articles_names_the_nearest(client):
    answer = client.post(ASK, json={"question": "What is the price of tea?"}).json()
    assert (answer["status"], answer["citations"]) == ("not_found", [])
    assert [list(item) for item in answer["related"]] == [[field.name for field in fields(Related)]] * 2


def test_history_and_mode_reach_the_assistant(client, services):
    history = [{"role": "user", "content": "one"}, {"role": "assistant", "content": "two"}]
    client.post(ASK, json={"question": QUESTION, "history": history, "mode": "quotes"})
    assert services.assistant.heard == [(QUESTION, (Turn("user", "one"), Turn("assistant", "two")), "quotes")]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        pytest.param({}, 422, "question: Field required", id="no-question"),
        pytest.param({"question": 7}, 422, "question: Input should be a valid string", id="not-a-string"),
        pytest.param({"question": QUESTION, "colour": "red"}, 422, "colour: Extra inputs", id="unknown-key"),
        pytest.param({"question": QUESTION, "mode": "magic"}, 422, "mode: Input should be 'auto'", id="unknown-mode"),
        pytest.param(
            {"question": QUESTION, "history": [{"role": "system", "content": "x"}]}, 422, "history.0.role", id="role"
        ),
        pytest.param({"question": "  "}, 422, "the question is empty", id="empty"),
        pytest.param({"question": "x" * 2001}, 413, "longer than 2,000", id="too-long"),
    ],
)
def test_bad_questions_fail_with_a_status_and_one_line(client, body, status, says, stream):
    response = client.post(ASK, json=body, headers={"accept": "text/event-stream"} if stream else {})
    assert response.status_code == status
    assert says in error_of(response)["message"]


def test_of_a_long_history_the_newest_turns_are_kept(client, services):
    turns = [{"role": "user", "content": str(number)} for number in range(250)]
    assert client.post(ASK, json={"question": QUESTION, "history": turns}).status_code == 200
    ((_, heard, _),) = services.assistant.heard
    assert [turn.content for turn in heard] == [str(number) for number in range(150, 250)]


def test_broken_json_is_named_as_such(client):
    response = client.post(ASK, content="{oops", headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert "not valid JSON" in error_of(response)["message"]


def test_a_body_without_its_type_is_told_what_to_send(client):
    response = client.post(
        ASK, content='{"question": "What?"}', headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert response.status_code == 422
    assert "content-type: application/json" in error_of(response)["message"]


def test_a_search_without_a_query_names_it(client):
    assert error_of(client.get("/api/v1/search"))["message"] == "query: Field required"


def test_an_unexpected_error_is_logged_and_not_told(services, caplog, capfd):
    services.assistant.fails_after = 0
    with TestClient(create_app(services), raise_server_exceptions=False) as client, caplog.at_level(logging.ERROR):
        response = client.post(ASK, json={"question": QUESTION})
    assert response.status_code == 500
    assert error_of(response)["code"] == "internal"
    assert "secret detail" not in response.text
    assert "secret detail" in caplog.text + "".join(capfd.readouterr())


def test_articles_come_in_pages_and_whole(client, services):
    page = client.get("/api/v1/articles", params={"limit": 1, "offset": 1}).json()
    assert page["total"] == 3
    assert [article["id"] for article in page["articles"]] == ["a2"]
    assert "text" not in page["articles"][0]
    whole = client.get("/api/v1/articles/a1").json()
    assert whole["text"] == services.library.article("a1").text
    assert whole["published"] == "2025-11-20"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("GET", "/api/v1/articles/none", 404, id="article"),
        pytest.param("GET", "/api/v1/nothing", 404, id="address"),
        pytest.param("DELETE", "/api/v1/articles", 405, id="method"),
        pytest.param("GET", "/api/v1/ask", 405, id="method of an address in another router"),
        pytest.param("GET", "/api/v1/articles?limit=0", 422, id="limit"),
        pytest.param("GET", "/api/v1/articles?offset=-1", 422, id="offset"),
        pytest.param("GET", "/api/v1/articles?offset=99999999999999999999", 422, id="offset beyond any number"),
        pytest.param("GET", "/api/v1/search", 422, id="no-query"),
        pytest.param("GET", "/api/v1/search?query=x&k=101", 422, id="k"),
        pytest.param("GET", "/api/v1/search?query=%20", 422, id="blank-query"),
    ],
)
def test_wrong_addresses_are_told_in_the_one_shape(client, method, path, status):
    response = client.request(method, path)
    assert response.status_code == status
    error_of(response)


def test_a_wrong_method_is_told_the_right_ones(client):
    response = client.delete("/api/v1/search")
    assert response.headers["allow"] == "GET, POST"
    assert error_of(response) == {
        "code": "method_not_allowed",
        "message": "/api/v1/search takes GET, POST, not DELETE",
    }


def test_search_is_the_same_by_get_and_post(client):
    by_get = client.get("/api/v1/search", params={"query": QUESTION, "k": 2})
    by_post = client.post("/api/v1/search", json={"query": QUESTION, "k": 2})
    assert by_get.json() == by_post.json()
    assert by_get.json()["query"] == QUESTION
    assert [hit["rank"] for hit in by_get.json()["hits"]] == [1]


@pytest.mark.parametrize("path", ["/api/v1/ingest", "/api/v1/articles/a1/withdraw"])
@pytest.mark.parametrize(
    "token", [None, "", "wrong", TOKEN + "x", "þ"], ids=["none", "empty", "wrong", "longer", "odd"]
)
def test_only_the_owner_changes_the_library(client, services, path, token):
    headers = {} if token is None else {"X-Insight-Token": token.encode("latin-1")}
    response = client.post(path, json={"sources": ["posts"]}, headers=headers)
    assert response.status_code == 403
    assert error_of(response)["code"] == "forbidden"
    assert (services.ingested, services.library.count()) == ([], 3)


def test_the_owner_withdraws_once(client, services):
    for status in (200, 404):
        response = client.post("/api/v1/articles/a1/withdraw", headers={"X-Insight-Token": TOKEN})
        assert response.status_code == status
    assert services.library.article("a1") is None


def test_health_and_readiness(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {
        "status": "ready",
        "articles": 3,
        "generation": 7,
        "fingerprint": "fake-fingerprint",
        "embedder": "fake-embedder",
        "model": None,
    }


def test_a_library_that_cannot_be_used_is_not_ready(client, services, monkeypatch):
    def unusable():
        raise Unavailable("the catalogue can't be read")

    monkeypatch.setattr(services.library, "count", unusable)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert error_of(response) == {"code": "unavailable", "message": "the catalogue can't be read"}
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("told", [True, False], ids=["length-told", "chunked"])
def test_large_bodies_are_refused(client, services, told):
    body = b'{"question": "' + b"x" * MAX_BODY_BYTES + b'"}'
    content = body if told else iter([body[: len(body) // 2], body[len(body) // 2 :]])
    response = client.post(ASK, content=content, headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert "1,000,000 bytes" in error_of(response)["message"]
    assert services.assistant.heard == []


@pytest.mark.parametrize("path", ["/healthz", "/docs", "/api/v1/nothing", "/api/v1/articles/none"])
def test_every_reply_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == dict(SECURITY_HEADERS)


def test_the_reference_page_lists_every_route_and_loads_nothing(client):
    page = client.get("/docs").text
    schema = client.get("/openapi.json").json()
    assert len(schema["paths"]) >= 8
    assert all(path in page for path in schema["paths"])
    assert "<script" not in page
    assert re.findall(r"(?:src|href)='(?!/)[^']*'", page) == []


def test_the_services_are_closed_with_the_application(services):
    with TestClient(create_app(services)):
        assert not services.closed
    assert services.closed


@pytest.mark.parametrize(
    "address", ["/healthz?now=1", "/readyz", "/api/v1/articles?limit=1", "/docs", "/api/v1/nowhere"]
)
def test_head_gives_what_get_gives_but_for_the_body(client, address):
    whole, head = client.get(address), client.head(address)
    assert head.status_code == whole.status_code
    assert head.headers == whole.headers
    assert head.content == b""


@pytest.mark.parametrize(
    ("method", "address", "says"),
    [
        pytest.param(
            "GET",
            "/api/v1/articles?categories=x",
            "'categories' here; there are limit, offset, category",
            id="a filter",
        ),
        pytest.param("GET", "/api/v1/search?query=tea&top_k=1", "'top_k' here; there are", id="a number"),
        pytest.param("GET", "/api/v1/articles/valley?full=1", "'full' here; there are none", id="none are known"),
        pytest.param("POST", "/api/v1/upload?name=a.md&dryrun=true", "'dryrun' here; there are", id="a dry run"),
    ],
)
def test_a_parameter_that_nobody_knows_is_refused(client, method, address, says):
    response = client.request(method, address, headers={"X-Insight-Token": TOKEN}, content=b"# A")
    assert response.status_code == 422
    assert says in error_of(response)["message"]


def test_what_a_validator_says_stands_alone(client):
    body = {"question": QUESTION, "filters": {"since": "2025-01-31", "until": "2025-01-01"}}
    assert error_of(client.post(ASK, json=body))["message"].startswith("filters: since: 2025-01-31 lies after")
