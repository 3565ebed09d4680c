"""Asking the server that owns the data folder, over its API, in place of opening the folder a second time."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter

from corpus.errors import BadInput, InsightError, NotFound, TooLong, Unavailable
from corpus.filters import EVERYTHING, Filter
from corpus.records import OnProgress, Progress, Run
from service.answer import Answer, Delta, Event, Mode, Restart, Turn, Unproved
from service.api.admin import TOKEN_HEADER
from service.evidence import SearchHit
from service.threshold import Fitted

Shape = TypeVar("Shape")

_ERRORS: Mapping[str, type[InsightError]] = {
    kind.code: kind for kind in (BadInput, TooLong, NotFound, Unavailable, InsightError)
}
_SHAPES: Mapping[str, type[Event]] = {"delta": Delta, "restart": Restart, "unproved": Unproved, "answer": Answer}
_EVENT_STREAM = {"accept": "text/event-stream"}


class Remote:
    """A running server, with the same methods as the library opened here."""

    def __init__(self, url: str, token: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self.url = url
        # Answers and runs take as long as they take; a server that died closes its connections.
        timeout = httpx.Timeout(5.0, read=None)
        self._http = httpx.Client(
            base_url=url, headers={TOKEN_HEADER: token}, timeout=timeout, trust_env=False, transport=transport
        )

    @classmethod
    def of(cls, owner: Mapping[str, object]) -> "Remote | None":
        """Return the server that ``owner`` (the contents of owner.json) names; None unless it lives and answers."""
        url, token, pid = owner.get("url"), owner.get("token"), owner.get("pid")
        if not (isinstance(url, str) and isinstance(token, str) and isinstance(pid, int) and alive(pid)):
            return None
        remote = cls(url, token)
        if remote.answers():
            return remote
        remote.close()
        return None

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def answers(self) -> bool:
        """Say whether the server answers at all."""
        try:
            return self._http.get("/healthz", timeout=5.0).is_success
        except httpx.TransportError:
            return False

    def stream(
        self, question: str, *, history: Sequence[Turn], mode: Mode, where: Filter = EVERYTHING
    ) -> Iterator[Event]:
        """Return the server's answer as events, as it comes; raises what the server refused it for."""
        for name, data in self._events("/api/v1/ask", _question(question, history, mode, where)):
            if name == "error":
                raise _error(data)
            if shape := _SHAPES.get(name):
                yield _parsed(shape, data)
                if shape is Answer:
                    return
        raise Unavailable(f"the server at {self.url} broke off in the middle of its answer; ask again")

    def search(self, query: str, *, k: int, where: Filter = EVERYTHING) -> list[SearchHit]:
        """Return the server's ranked passages."""
        body = {"query": query, "k": k, **_filters(where)}
        return _parsed(list[SearchHit], self._sent("/api/v1/search", body)["hits"])

    def ingest(self, sources: Sequence[str], *, dry_run: bool, sync: bool, on_progress: OnProgress) -> Run:
        """Have the server bring in ``sources`` and follow it; paths are given as this process sees them."""
        body = {"sources": [_absolute(source) for source in sources], "dry_run": dry_run, "sync": sync}
        for name, data in self._events("/api/v1/ingest", body):
            match name:
                case "progress":
                    on_progress(_parsed(Progress, data))
                case "run":
                    return _parsed(Run, data)
                case "error":
                    raise _error(data)
        raise Unavailable(f"the server at {self.url} broke off in the middle of the run; `insight runs list` shows it")

    def withdraw(self, article_id: str) -> bool:
        """Have the server withdraw an article; False where there is none of this id."""
        return self._done(article_id, "withdraw")

    def restore(self, article_id: str) -> bool:
        """Have the server let a withdrawn article in again; False where none of this id was withdrawn."""
        return self._done(article_id, "restore")

    def release(self, article_id: str) -> bool:
        """Have the server publish what is held back of an article; False where nothing is."""
        return self._done(article_id, "release")

    def set_threshold(self, fitted: Fitted | None) -> None:
        """Have the server store a threshold of confidence, or go back to the default with None."""
        with self._reaching():
            if fitted is None:
                response = self._http.delete("/api/v1/threshold")
            else:
                response = self._http.put("/api/v1/threshold", json=asdict(fitted))
        if not response.is_success:
            raise _refusal(response)

    def _done(self, article_id: str, what: str) -> bool:
        try:
            self._sent(f"/api/v1/articles/{quote(article_id, safe='')}/{what}", None)
        except NotFound:
            return False
        return True

    def _sent(self, path: str, body: Any) -> Any:
        with self._reaching():
            response = self._http.post(path, json=body)
        if not response.is_success:
            raise _refusal(response)
        return response.json()

    def _events(self, path: str, body: Any) -> Iterator[tuple[str, Any]]:
        with self._reaching(), self._http.stream("POST", path, json=body, headers=_EVENT_STREAM) as response:
            if not response.is_success:
                response.read()
                raise _refusal(response)
            name = ""
            for line in response.iter_lines():
                field, _, value = line.partition(": ")
                if field == "event":
                    name = value
                elif field == "data":
                    yield name, json.loads(value)

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except httpx.TransportError as error:
            raise Unavailable(f"the server at {self.url} does not answer: {error or type(error).__name__}") from error


def alive(pid: int) -> bool:
    """Say whether a process of this number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _question(question: str, history: Sequence[Turn], mode: Mode, where: Filter) -> dict[str, Any]:
    turns = [{"role": turn.role, "content": turn.content} for turn in history]
    return {"question": question, "history": turns, "mode": mode, **_filters(where)}


def _filters(where: Filter) -> dict[str, Any]:
    """Return a filter as the API takes it; nothing for one that admits all, which older servers take as well."""
    if where.empty:
        return {}
    days = {"since": where.since, "until": where.until}
    given: dict[str, Any] = {"category": list(where.categories), "author": list(where.authors)}
    given |= {name: day.isoformat() for name, day in days.items() if day}
    if where.languages:
        given["language"] = where.languages[0]
    return {"filters": given}


def _absolute(source: str) -> str:
    path = Path(source).expanduser()
    return str(path.resolve()) if path.exists() else source


def _parsed(shape: type[Shape], data: Any) -> Shape:
    return TypeAdapter(shape).validate_python(data)


def _error(detail: Mapping[str, str]) -> InsightError:
    return _ERRORS.get(detail.get("code", ""), InsightError)(detail.get("message", "the server gave no reason"))


def _refusal(response: httpx.Response) -> InsightError:
    try:
        return _error(response.json()["error"])
    except (ValueError, KeyError, TypeError):
        return Unavailable(f"the server at {response.url} answered with status {response.status_code}")
