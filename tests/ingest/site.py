"""A web site on a loopback port that answers as a test scripts it, well or badly."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    """A request as it came in: ``path`` with its query, ``headers`` by lower-case name."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """One answer.

    ``length`` overrules the Content-Length; ``cut`` ends the connection after so many bytes of the body. ``slow_s`` is
    the pause before anything is said, ``drip_s`` the one before each byte after the head. ``endless`` repeats the body
    until the reader has enough. ``wire`` is sent as it stands, in the place of head and body.
    """

    body: bytes | str = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    cut: int | None = None
    drip_s: float = 0.0
    slow_s: float = 0.0
    endless: bool = False
    wire: bytes | None = None

    @property
    def content(self) -> bytes:
        """The body as bytes."""
        return self.body.encode() if isinstance(self.body, str) else self.body


def redirect(to: str, status: int = 302) -> Answer:
    """Answer with another address."""
    return Answer(status=status, headers={"Location": to})


Route = str | bytes | Answer | list[Answer] | Callable[[Asked], Answer]


@dataclass
class Site:
    """The running site: ``url`` without a slash at its end, ``routes`` by path, ``requests`` that came in.

    A route is a page, an answer, answers in turn (the last one again and again), or a function of the request. It is
    looked up by path and query first, then by the path alone; what is not there is answered with 404.
    """

    url: str
    routes: dict[str, Route] = field(default_factory=dict)
    requests: list[Asked] = field(default_factory=list)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rpartition(":")[2])

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [request.path for request in self.requests]

    def answer(self, asked: Asked) -> Answer:
        """Choose what to say, and note that it was asked."""
        self.requests.append(asked)
        place = asked.path if asked.path in self.routes else asked.path.partition("?")[0]
        route = self.routes.get(place, Answer("Not here.", status=404))
        if isinstance(route, list):
            before = sum(request.path == asked.path for request in self.requests) - 1
            return route[min(before, len(route) - 1)]
        if isinstance(route, str | bytes):
            return Answer(route)
        return route if isinstance(route, Answer) else route(asked)


@contextmanager
def running_site(routes: Mapping[str, Route] | None = None, *, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve on 127.0.0.1 while the block lasts, with ``tls`` over https."""
    server = _Server(("127.0.0.1", 0), _Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.site = Site(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}", dict(routes or {}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that hangs up early is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each reply waits for the reader's acknowledgement of its head
    timeout = 10
    server: _Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.site.answer(Asked(self.path, headers))
        time.sleep(answer.slow_s)
        if answer.wire is not None:
            self._send(answer.wire, answer.drip_s)
            self.close_connection = True
            return
        self._head(answer)
        while answer.endless:
            self.wfile.write(answer.content)
        self._send(answer.content[: answer.cut], answer.drip_s)
        self.close_connection |= answer.cut is not None or answer.length is not None

    def _send(self, data: bytes, drip_s: float) -> None:
        size = 1 if drip_s else max(len(data), 1)
        for start in range(0, len(data), size):
            time.sleep(drip_s)
            self.wfile.write(data[start : start + size])

    def _head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.type:
            self.send_header("Content-Type", answer.type)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.endless:
            self.send_header("Connection", "close")
            self.close_connection = True
        elif answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(answer.content) if answer.length is None else answer.length))
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""
