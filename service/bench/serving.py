"""``insight serve`` in a process of its own, and clients that ask it over HTTP."""

import http.client
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from corpus.errors import Unavailable
from corpus.ownership import owner_of
from service.bench.peer import end, last_line
from service.settings import PREFIX, Settings

CLIENTS = 32
FOUND = 10  # passages of a search
_PATIENCE_S = 300.0
_KEPT = ("embed_model", "glossary", "reranker")  # settings that the figures depend on


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, its process, and the seconds from its start to its first answer."""

    host: str
    pid: int
    first_answer_s: float


@contextmanager
def serving(command: Sequence[str], settings: Settings, scratch: Path, *, question: str) -> Iterator[Server]:
    """Start the server on the settings' data folder, have it answer ``question``, and stop it after the block.

    Raises Unavailable where it does not come up or does not answer.
    """
    errors = scratch / "server.log"
    with errors.open("w", encoding="utf-8") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  our own command
            [*command, "--host", "127.0.0.1", "--port", "0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env=_environment(settings),
        )
    try:
        host = _address(process, settings.data_dir, errors)
        body = json.dumps({"question": question, "mode": "quotes"})
        with closing(http.client.HTTPConnection(host, timeout=_PATIENCE_S)) as connection:
            _reply(connection, "POST", "/api/v1/ask", body)
        yield Server(host, process.pid, time.perf_counter() - begun)
    finally:
        end(process)


def searches_per_second(server: Server, queries: Sequence[str], *, clients: int = CLIENTS) -> float:
    """Return how many searches a second ``clients`` get done together, each on a connection that stays open."""
    barrier = threading.Barrier(clients + 1)
    failures: list[BaseException] = []

    def client(own: Sequence[str]) -> None:
        connection = http.client.HTTPConnection(server.host, timeout=_PATIENCE_S)
        try:
            _reply(connection, "GET", "/healthz")
            barrier.wait()
            for query in own:
                _reply(connection, "GET", f"/api/v1/search?k={FOUND}&query={quote(query)}")
        except (Unavailable, OSError, http.client.HTTPException) as error:
            failures.append(error)
            barrier.abort()
        except threading.BrokenBarrierError:
            return  # another client failed, and says why
        finally:
            connection.close()

    threads = [threading.Thread(target=client, args=(queries[place::clients],)) for place in range(clients)]
    for thread in threads:
        thread.start()
    with suppress(threading.BrokenBarrierError):  # a client failed before the start: its reason is raised below
        barrier.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    if failures:
        raise Unavailable(f"the server did not serve {clients} clients: {failures[0]}") from failures[0]
    return len(queries) / took


def _reply(connection: http.client.HTTPConnection, method: str, path: str, body: str | None = None) -> bytes:
    """Return the body of a reply; raises Unavailable where its status is not 200."""
    headers = {"content-type": "application/json"} if body else {}
    connection.request(method, path, body.encode() if body else None, headers)
    reply = connection.getresponse()
    content = reply.read()
    if reply.status != http.client.OK:
        raise Unavailable(f"status {reply.status} for {path.partition('?')[0]}: {content[:200].decode()}")
    return content


def _environment(settings: Settings) -> dict[str, str]:
    """Return this process's environment with the bench's settings, which come before those of the user's file."""
    kept = {name: str(value) for name in _KEPT if (value := getattr(settings, name)) is not None}
    chosen = {"data_dir": str(settings.data_dir), "starter": "false", "poll_minutes": "0", **kept}
    return os.environ | {PREFIX + name.upper(): value for name, value in chosen.items()}


def _address(process: "subprocess.Popen[bytes]", data_dir: Path, errors: Path) -> str:
    """Wait until the server has announced where it serves; it takes connections from then on."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        owner = owner_of(data_dir)
        if owner.get("pid") == process.pid and isinstance(url := owner.get("url"), str):
            return urlsplit(url).netloc
        if process.poll() is not None:
            raise Unavailable(f"the server did not start: {last_line(errors)}")
        time.sleep(0.005)
    raise Unavailable(f"the server did not come up within {_PATIENCE_S:.0f} seconds")
