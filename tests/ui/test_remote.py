"""A command line beside a running server hands its work over and behaves as if it had done it itself."""

import json
import os
import subprocess
from datetime import date

import pytest

from corpus.errors import BadInput, InsightError, NotFound, TooLong, Unavailable
from corpus.filters import EVERYTHING, Filter
from corpus.ownership import OWNER
from service.answer import Turn
from service.api.app import create_app
from service.settings import load_settings
from service.threshold import Fitted, scores_of
from tests.service.api_fakes import TOKEN, FakeServices
from tests.ui.browser import running
from ui.backend import open_here, set_threshold
from ui.remote import Remote, alive

QUESTION = "Which contract research leaders operate in Jiangbei?"


@pytest.fixture
def owned(insight, tmp_path, monkeypatch):
    """A server that owns the data folder, and a library that can't be opened a second time."""

    def occupied(settings, beside=False, on_progress=None):
        raise Unavailable("the data folder is in use")

    monkeypatch.setattr("service.wiring.open_services", occupied)
    theirs = FakeServices()
    with running(create_app(theirs)) as url:
        own(tmp_path, pid=os.getpid(), url=url, token=TOKEN)
        yield theirs


def own(tmp_path, **owner):
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / OWNER).write_text(json.dumps(owner))


def finished_pid():
    with subprocess.Popen(["true"]) as process:
        process.wait()
    return process.pid


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(["ask", QUESTION], 0, id="ask"),
        pytest.param(["ask", QUESTION, "--json"], 0, id="ask-json"),
        pytest.param(["ask", "What is the price of tea?", "--json"], 3, id="not-found"),
        pytest.param(["ask", "x" * 2001], 1, id="too-long"),
        pytest.param(["search", QUESTION, "--json"], 0, id="search"),
        pytest.param(["search", QUESTION, "--json", "--category", "Life sciences"], 0, id="search-filtered"),
        pytest.param(["ask", QUESTION, "--language", "zh", "--since", "2025-01-01"], 3, id="ask-filtered"),
        pytest.param(["ingest", "posts", "--dry-run", "--json"], 0, id="ingest"),
        pytest.param(["ingest"], 0, id="ingest-configured"),
        pytest.param(["articles", "withdraw", "a1"], 0, id="withdraw"),
        pytest.param(["articles", "withdraw", "none"], 1, id="withdraw-unknown"),
    ],
)
def test_output_and_status_are_the_same(owned, insight, capsys, monkeypatch, tmp_path, arguments, status):
    assert insight(*arguments) == status
    there = capsys.readouterr()
    (tmp_path / "data" / OWNER).unlink()
    monkeypatch.setattr("service.wiring.open_services", lambda settings, beside=False, on_progress=None: FakeServices())
    assert insight(*arguments) == status
    assert capsys.readouterr() == there
    assert there.out + there.err


def test_the_server_does_the_work(owned, insight, services):
    insight("ingest", "posts", "--dry-run")
    insight("articles", "withdraw", "a1")
    assert owned.ingested == [(("posts",), True, False)]
    assert owned.library.article("a1") is None
    assert (services.ingested, services.library.count()) == ([], 3)


def test_the_server_filters_as_asked(owned, insight):
    given = ["--category", "A", "--author", "B", "--language", "en", "--since", "2025-01-01", "--until", "2025-12-31"]
    insight("ask", QUESTION, *given)
    insight("search", QUESTION, *given)
    insight("search", QUESTION)
    meant = Filter(("A",), ("B",), ("en",), date(2025, 1, 1), date(2025, 12, 31))
    assert owned.assistant.filters == [meant, meant, EVERYTHING]


@pytest.mark.parametrize("options", [[], ["--repair"], ["--json"]])
def test_verify_wants_the_server_stopped(owned, insight, capsys, options):
    assert insight("verify", *options) == 1
    said = capsys.readouterr()
    assert said.err.startswith("error: the server at http://127.0.0.1:")
    assert said.err.endswith("; stop it first\n")
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_paths_are_given_as_the_command_line_sees_them(owned, insight, tmp_path):
    (tmp_path / "posts").mkdir()
    insight("ingest", "posts", "https://insights.example/feed")
    assert owned.ingested == [((str(tmp_path / "posts"), "https://insights.example/feed"), False, False)]


def test_a_second_server_hears_that_the_folder_is_served(insight, monkeypatch, tmp_path):
    def occupied(settings, beside=False, on_progress=None):
        raise Unavailable("the data folder is in use")

    monkeypatch.setattr("service.wiring.open_services", occupied)
    with running(create_app(FakeServices())) as url:
        own(tmp_path, pid=os.getpid(), url=url, token=TOKEN)
        with pytest.raises(Unavailable, match=f"{url} .* is served already"):
            open_here(load_settings())


def test_a_failing_ingest_fails_here_too(owned, insight, capsys):
    owned.ingest_error = BadInput("no such folder: posts")
    assert insight("ingest", "posts") == 1
    assert capsys.readouterr().err == "error: no such folder: posts\n"


def test_an_owner_that_does_not_answer_is_named(insight, capsys, tmp_path, monkeypatch):
    def occupied(settings, beside=False, on_progress=None):
        raise Unavailable("the data folder is in use")

    monkeypatch.setattr("service.wiring.open_services", occupied)
    own(tmp_path, pid=os.getpid(), url="http://127.0.0.1:1", token=TOKEN)
    assert insight("ask", QUESTION) == 1
    assert "http://127.0.0.1:1" in (line := capsys.readouterr().err)
    assert "does not answer" in line
    own(tmp_path, pid=os.getpid())
    assert insight("ask", QUESTION) == 1
    assert capsys.readouterr().err == "error: the data folder is in use\n"


@pytest.mark.parametrize("owner", [{}, {"pid": 1}, {"url": "http://127.0.0.1:1"}, {"pid": "1", "url": 2, "token": 3}])
def test_without_a_server_the_work_is_done_here(insight, tmp_path, services, owner):
    own(tmp_path, **owner)
    assert insight("ask", QUESTION) == 0
    assert services.closed


def test_what_a_dead_server_left_is_ignored(insight, tmp_path, services):
    own(tmp_path, pid=finished_pid(), url="http://127.0.0.1:1", token=TOKEN)
    assert insight("ask", QUESTION) == 0
    assert len(services.assistant.heard) == 1


def test_processes_are_told_alive_or_dead():
    assert alive(os.getpid())
    assert not alive(finished_pid())


@pytest.fixture
def remote():
    services = FakeServices()
    with running(create_app(services)) as url:
        client = Remote(url, TOKEN)
        yield client, services
        client.close()


def test_answers_and_hits_come_back_as_they_were(remote):
    client, services = remote
    history = (Turn("user", "one"), Turn("assistant", "two"))
    assert list(client.stream(QUESTION, history=history, mode="quotes"))[-1] == services.assistant.ask(QUESTION)
    assert services.assistant.heard[0] == (QUESTION, history, "quotes")
    assert client.search(QUESTION, k=3) == services.assistant.search(QUESTION, k=3)


def test_a_streamed_answer_comes_back_event_by_event(remote):
    client, services = remote
    services.assistant.restarts, services.assistant.unproved = True, "a number in it is not in the quotes"
    events = list(client.stream(QUESTION, history=(), mode="auto"))
    assert events == list(services.assistant.stream(QUESTION))
    assert {type(event).__name__ for event in events} == {"Delta", "Restart", "Unproved", "Answer"}


def test_a_stream_that_fails_says_so(remote):
    client, services = remote
    with pytest.raises(BadInput, match="the question is empty"):
        list(client.stream(" ", history=(), mode="auto"))
    services.assistant.fails_after = 2
    stream = client.stream(QUESTION, history=(), mode="auto")
    with pytest.raises(InsightError, match="something went wrong on the server"):
        list(stream)


def test_runs_come_back_with_their_progress(remote):
    client, services = remote
    steps = []
    run = client.ingest(["posts"], dry_run=False, sync=False, on_progress=steps.append)
    assert run == services.library.run("run-1")
    assert [(step.done, step.total) for step in steps] == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("question", "kind"), [pytest.param(" ", BadInput, id="empty"), pytest.param("x" * 2001, TooLong, id="long")]
)
def test_refusals_keep_their_kind(remote, question, kind):
    with pytest.raises(kind) as caught:
        list(remote[0].stream(question, history=(), mode="auto"))
    assert type(caught.value) is kind


def test_an_unknown_article_is_no_error(remote):
    assert remote[0].withdraw("none") is False
    assert remote[0].withdraw("a1") is True


def test_a_server_that_went_away_is_said_so():
    with running(create_app(FakeServices())) as url:
        client = Remote(url, TOKEN)
    for work in (
        lambda: list(client.stream(QUESTION, history=(), mode="auto")),
        lambda: client.ingest(["posts"], dry_run=True, sync=False, on_progress=print),
    ):
        with pytest.raises(Unavailable, match="does not answer"):
            work()
    client.close()


def test_a_wrong_token_is_refused_in_one_line():
    with running(create_app(FakeServices())) as url:
        client = Remote(url, "wrong")
        with pytest.raises(Exception, match="only the owner") as caught:
            client.withdraw("a1")
        client.close()
    assert not isinstance(caught.value, NotFound)


def test_a_threshold_is_handed_to_the_server(owned, tmp_path):
    settings = load_settings()
    scores = scores_of(owned.library.fingerprint)
    set_threshold(settings, Fitted(0.61, scores, "q.jsonl", "d", 12, 11, 0.1, 0.2, "2026-03-04"))
    assert owned.assistant.threshold().value == 0.61
    set_threshold(settings, None)
    assert owned.assistant.threshold().source == "default"
    assert not (tmp_path / "data" / "catalogue.sqlite").exists()
