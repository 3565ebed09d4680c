"""The owner's routes: uploads, runs, and what is withdrawn or held; closed to everybody else."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.errors import BadInput
from corpus.records import Held, Origin, Outcome, Progress, Run, RunItem
from ingest.run import Rules
from ingest.sources.folder import LARGEST_FILE
from service.api.app import create_app
from service.api.guard import MAX_BODY_BYTES
from service.curator import Curator
from service.threshold import NOTE, scores_of
from tests.service.api_fakes import TOKEN, FakeServices, make_article

OWNER = {"X-Insight-Token": TOKEN}
BIG = b"word " * (MAX_BODY_BYTES // 4)


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture
def client(services: FakeServices) -> Iterator[TestClient]:
    with TestClient(create_app(services), raise_server_exceptions=False) as client:  # type: ignore[arg-type]
        yield client


def message(response: Any) -> str:
    body = response.json()
    assert body.keys() == {"error"}
    assert body["error"].keys() == {"code", "message"}
    assert "\n" not in body["error"]["message"]
    return str(body["error"]["message"])


def hold(services: FakeServices, article_id: str) -> None:
    article = make_article(article_id, "A title", "A text.", published=None, url="https://x.example/a")
    services.curator.kept_back.append(Held(article, ("a flag", "一个"), "2026-01-02", Origin("site", "k", article_id)))


ROUTES = [
    ("POST", "/api/v1/ingest"),
    ("POST", "/api/v1/upload?name=a.md"),
    ("GET", "/api/v1/runs"),
    ("GET", "/api/v1/runs/run-1"),
    ("GET", "/api/v1/withdrawn"),
    ("GET", "/api/v1/held"),
    ("POST", "/api/v1/articles/a1/withdraw"),
    ("POST", "/api/v1/articles/a1/restore"),
    ("POST", "/api/v1/articles/a9/release"),
    ("GET", "/api/v1/threshold"),
    ("PUT", "/api/v1/threshold"),
    ("DELETE", "/api/v1/threshold"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=[path for _, path in ROUTES])
@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1]], ids=["none", "empty", "wrong", "shorter"])
def test_without_the_token_nothing_is_told_or_done(
    client: TestClient, services: FakeServices, method: str, path: str, token: str | None
) -> None:
    services.curator.ingest(["posts"])
    services.ingested.clear()
    hold(services, "a9")
    response = client.request(method, path, content=b"{}", headers={} if token is None else {"X-Insight-Token": token})
    assert response.status_code == 403
    assert "only the owner" in message(response)
    assert (services.ingested, services.curator.uploads) == ([], [])
    assert (services.curator.tombs, len(services.curator.kept_back), services.library.count()) == ({}, 1, 3)


def test_the_token_comes_before_everything_else(client: TestClient) -> None:
    assert client.post("/api/v1/upload", content=b"x").status_code == 403, "name is missing as well"
    assert client.post("/api/v1/articles/none/release").status_code == 403


# Uploads


@pytest.mark.parametrize("told", [True, False], ids=["length told", "in chunks"])
def test_a_file_may_be_larger_than_other_bodies(client: TestClient, services: FakeServices, told: bool) -> None:
    content: Any = BIG if told else iter([BIG[:1000], BIG[1000:]])
    response = client.post("/api/v1/upload", params={"name": "posts/a b.md"}, content=content, headers=OWNER)
    assert response.status_code == 200
    assert services.curator.uploads == [("posts/a b.md", BIG, False)]
    assert response.json()["counts"]["added"] == 1
    assert len(BIG) > MAX_BODY_BYTES


@pytest.mark.parametrize("told", [True, False], ids=["length told", "in chunks"])
def test_a_file_above_the_limit_is_refused(client: TestClient, services: FakeServices, told: bool) -> None:
    body = b"x" * (LARGEST_FILE + 1)
    content: Any = body if told else iter([body[:1000], body[1000:]])
    response = client.post("/api/v1/upload", params={"name": "a.md"}, content=content, headers=OWNER)
    assert response.status_code == 413
    assert f"{LARGEST_FILE:,} bytes" in message(response)
    assert services.curator.uploads == []


@pytest.mark.parametrize("path", ["/api/v1/ingest", "/api/v1/ask", "/api/v1/upload/", "/api/v1/upload/x"])
def test_no_other_route_takes_so_much(client: TestClient, path: str) -> None:
    response = client.post(path, content=BIG, headers=OWNER)
    assert response.status_code == 413
    assert f"{MAX_BODY_BYTES:,} bytes" in message(response)


def test_an_upload_may_be_tried(client: TestClient, services: FakeServices) -> None:
    response = client.post("/api/v1/upload", params={"name": "a.md", "dry_run": True}, content=b"x", headers=OWNER)
    assert response.status_code == 200
    assert services.ingested == [(("a.md",), True, False)]


@pytest.mark.parametrize(
    ("params", "body", "says"),
    [
        pytest.param({"name": "a.exe"}, b"x", "can't read 'a.exe'", id="suffix"),
        pytest.param({"name": "a"}, b"x", "can't read 'a'", id="no suffix"),
        pytest.param({"name": "a.md"}, b"", "'a.md' is empty", id="empty"),
        pytest.param({}, b"x", "name: Field required", id="no name"),
        pytest.param({"name": "a.md", "dry_run": "perhaps"}, b"x", "dry_run: ", id="dry run"),
    ],
)
def test_what_can_not_be_read_is_named(
    client: TestClient, services: FakeServices, params: dict[str, str], body: bytes, says: str
) -> None:
    # what is wrong with a file shows before the library is touched, so the real curator may do without one
    real = Curator(None, rules=Rules())  # type: ignore[arg-type]
    services.curator.upload = real.upload  # type: ignore[method-assign]
    response = client.post("/api/v1/upload", params=params, content=body, headers=OWNER)
    assert response.status_code == 422
    assert message(response).startswith(says)


# Runs


def test_runs_are_listed_without_their_items_and_shown_with_them(client: TestClient, services: FakeServices) -> None:
    items = (RunItem("posts/a.md", Outcome.ADDED, "a", "Title", note="reads much like b (90% the same)"),)
    progress = Progress("publishing", 1, 4, "Title", 2.0, 1.5)
    services.library.record_run(Run("run-7", "posts", "2026-01-01T00:00:00Z", items=items, progress=progress))
    (listed,) = client.get("/api/v1/runs", headers=OWNER).json()["runs"]
    shown = client.get("/api/v1/runs/run-7", headers=OWNER).json()
    assert "items" not in listed
    assert listed == {name: value for name, value in shown.items() if name != "items"}
    assert shown["items"][0] == {
        "address": "posts/a.md", "outcome": "added", "article_id": "a", "title": "Title", "reason": None,
        "note": "reads much like b (90% the same)", "diff": None,
    }  # fmt: skip
    assert shown["progress"] == {
        "phase": "publishing", "done": 1, "total": 4, "title": "Title", "per_second": 2.0, "seconds_left": 1.5,
    }  # fmt: skip
    assert (shown["finished"], shown["counts"]["added"]) == (None, 1)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        pytest.param("/api/v1/runs/none", 404, "there is no run with the id 'none'", id="unknown"),
        pytest.param("/api/v1/runs?limit=0", 422, "limit: ", id="limit"),
        pytest.param("/api/v1/runs?limit=501", 422, "limit: ", id="limit above"),
    ],
)
def test_what_is_no_run_is_said(client: TestClient, path: str, status: int, says: str) -> None:
    response = client.get(path, headers=OWNER)
    assert response.status_code == status
    assert message(response).startswith(says)


def test_an_ingest_may_be_asked_to_sync(client: TestClient, services: FakeServices) -> None:
    body = {"sources": ["posts"], "sync": True, "dry_run": True}
    response = client.post("/api/v1/ingest", json=body, headers=OWNER)
    assert "event: run" in response.text
    assert services.ingested == [(("posts",), True, True)]
    services.ingest_error = BadInput("--sync is for folders")
    assert "--sync is for folders" in client.post("/api/v1/ingest", json=body, headers=OWNER).text


# Withdrawn and held


def test_what_is_withdrawn_is_listed_and_restored_once(client: TestClient) -> None:
    assert client.get("/api/v1/withdrawn", headers=OWNER).json() == {"withdrawn": []}
    assert client.post("/api/v1/articles/a1/withdraw", headers=OWNER).json() == {"id": "a1", "withdrawn": True}
    (item,) = client.get("/api/v1/withdrawn", headers=OWNER).json()["withdrawn"]
    assert item == {
        "identity": "https://insights.example/valley",
        "article_id": "a1",
        "at": "2026-01-02T03:04:05Z",
        "source": "admin",
        "reason": "by an admin",
    }
    assert client.post("/api/v1/articles/a1/restore", headers=OWNER).json() == {"id": "a1", "restored": True}
    again = client.post("/api/v1/articles/a1/restore", headers=OWNER)
    assert (again.status_code, message(again)) == (404, "no article with the id 'a1' was withdrawn")
    assert client.get("/api/v1/withdrawn", headers=OWNER).json() == {"withdrawn": []}


def test_what_is_held_is_listed_and_released_once(client: TestClient, services: FakeServices) -> None:
    hold(services, "江北-1")
    (item,) = client.get("/api/v1/held", headers=OWNER).json()["held"]
    assert item == {
        "id": "江北-1",
        "title": "A title",
        "url": "https://x.example/a",
        "at": "2026-01-02",
        "flags": ["a flag", "一个"],
    }
    assert client.post("/api/v1/articles/江北-1/release", headers=OWNER).json() == {"id": "江北-1", "released": True}
    again = client.post("/api/v1/articles/江北-1/release", headers=OWNER)
    assert (again.status_code, message(again)) == (404, "nothing is held back under the id '江北-1'")
    assert client.get("/api/v1/held", headers=OWNER).json() == {"held": []}


FITTED = {
    "value": 0.6,
    "scores": "s",
    "questions": "q.jsonl",
    "digest": "d",
    "answerable": 20,
    "unanswerable": 15,
    "false_answer_rate": 0.1,
    "false_refusal_rate": 0.05,
    "day": "2026-03-04",
}


def test_the_threshold_is_set_told_and_forgotten(client: TestClient, services: FakeServices) -> None:
    fitted = FITTED | {"scores": scores_of(services.library.fingerprint)}
    told = {"value": 0.6, "source": "fitted", "fitted": fitted}
    assert client.put("/api/v1/threshold", json=fitted, headers=OWNER).json() == told
    assert client.get("/api/v1/threshold", headers=OWNER).json() == told
    forgotten = client.delete("/api/v1/threshold", headers=OWNER).json()
    assert forgotten == client.get("/api/v1/threshold", headers=OWNER).json()
    assert (forgotten["source"], forgotten["fitted"]) == ("default", None)


@pytest.mark.parametrize(
    "changed", [{"value": 0}, {"value": 1}, {"value": None}, {"answerable": "many"}], ids=["0", "1", "none", "count"]
)
def test_a_threshold_that_is_none_is_refused(
    client: TestClient, services: FakeServices, changed: dict[str, Any]
) -> None:
    response = client.put("/api/v1/threshold", json=FITTED | changed, headers=OWNER)
    assert response.status_code in {400, 422}
    assert message(response)
    assert services.library.noted(NOTE) is None
