"""Filters at the API's doors: what they let through, and what is told of one that is none."""

from datetime import date

import pytest
from fastapi.testclient import TestClient

from corpus.filters import EVERYTHING, Filter
from service.api.app import create_app
from tests.service.api_fakes import FakeServices

QUESTION = "Which contract research leaders operate in Jiangbei?"
GIVEN = {
    "category": ["life sciences", "Finance"],
    "author": ["Editorial"],
    "language": "en",
    "since": "2025-01-01",
    "until": "2025-12-31",
}
MEANT = Filter(("life sciences", "Finance"), ("Editorial",), ("en",), date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def services():
    return FakeServices()


@pytest.fixture
def client(services):
    with TestClient(create_app(services)) as client:
        yield client


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_a_filter_reaches_the_assistant(client, services, stream):
    assert client.post("/api/v1/ask", json={"question": QUESTION, "stream": stream, "filters": GIVEN}).is_success
    assert services.assistant.filters == [MEANT]


def test_without_a_filter_everything_is_asked(client, services):
    client.post("/api/v1/ask", json={"question": QUESTION})
    client.post("/api/v1/ask", json={"question": QUESTION, "filters": {}})
    client.get("/api/v1/search", params={"query": QUESTION})
    assert services.assistant.filters == [EVERYTHING] * 3


def test_search_takes_the_same_filter_by_get_and_post(client, services):
    by_post = client.post("/api/v1/search", json={"query": QUESTION, "filters": GIVEN})
    by_get = client.get("/api/v1/search", params={"query": QUESTION, **GIVEN})
    assert by_get.json() == by_post.json()
    assert by_get.json()["hits"]
    assert services.assistant.filters == [MEANT, MEANT]


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        pytest.param({}, ["a1", "a2", "a3"], id="nothing"),
        pytest.param({"language": "zh"}, ["a2"], id="language"),
        pytest.param({"since": "2025-06-18", "until": "2025-11-19"}, ["a2"], id="dates"),
        pytest.param({"category": ["Trams", "LIFE SCIENCES"], "limit": 2}, ["a1", "a2"], id="category, first page"),
        pytest.param({"author": "nobody"}, [], id="no author"),
    ],
)
def test_the_list_of_articles_takes_the_same_filter(client, given, ids):
    page = client.get("/api/v1/articles", params=given).json()
    assert [article["id"] for article in page["articles"]] == ids
    assert page["total"] == (3 if "limit" in given else len(ids))


WRONG = [
    pytest.param({"since": "2025-02-30"}, "'2025-02-30' is no day; give one such as 2025-01-31", id="no such day"),
    pytest.param({"until": "soon"}, "'soon' is no day", id="a word"),
    pytest.param({"since": "2025-12-31", "until": "2025-01-01"}, "lies after until", id="the wrong way round"),
    pytest.param({"language": "fr"}, "language: Input should be 'en' or 'zh'", id="another language"),
    pytest.param({"category": [""]}, "category: an empty name", id="an empty name"),
]


@pytest.mark.parametrize(("given", "says"), WRONG)
@pytest.mark.parametrize("door", ["ask", "search", "query", "articles"])
def test_what_is_no_filter_is_refused_in_one_line(client, services, door, given, says):
    match door:
        case "ask":
            response = client.post("/api/v1/ask", json={"question": QUESTION, "filters": given})
        case "search":
            response = client.post("/api/v1/search", json={"query": QUESTION, "filters": given})
        case "query":
            response = client.get("/api/v1/search", params={"query": QUESTION, **given})
        case _:
            response = client.get("/api/v1/articles", params=given)
    assert response.status_code == 422
    message = response.json()["error"]["message"]
    assert says in message
    assert "\n" not in message
    assert services.assistant.filters == []


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        pytest.param({"colour": "red"}, "filters.colour: Extra inputs", id="unknown"),
        pytest.param({"category": "Finance"}, "filters.category: Input should be a valid list", id="no list"),
        pytest.param({"since": 20250101}, "filters.since", id="a number"),
        pytest.param({"category": ["x"] * 101}, "filters.category", id="too many"),
        pytest.param(None, "filters", id="null"),
    ],
)
def test_the_body_is_taken_strictly(client, filters, says):
    response = client.post("/api/v1/ask", json={"question": QUESTION, "filters": filters})
    assert response.status_code == 422
    assert says in response.json()["error"]["message"]


def test_the_reference_page_tells_of_filters(client):
    page = client.get("/docs").text
    assert "Which articles may be used" in page
    assert "since (query)" in page
