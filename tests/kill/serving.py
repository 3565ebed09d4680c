"""Whoever talks to a server until it is killed: a client that has it ingest, and asks meanwhile."""

import threading
import time
from contextlib import suppress

import httpx

from corpus.ownership import owner_of
from tests.kill.scene import PATIENCE, Process, Scene
from tests.kill.world import ANCHORS, VERSIONS, question, turbines


class Visitor:
    """Asks a server over its API; every answer that it gives before its end is looked at.

    Both its requests go on beside whoever kills the server, so that a question under way puts off no kill.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._http = httpx.Client(timeout=PATIENCE, trust_env=False)
        self._threads = [threading.Thread(target=work) for work in (self._follow, self._ask)]
        self._headers: dict[str, str] = {}
        self._begun = threading.Event()
        self._wrong: list[str] = []
        self.took: float | None = None  # seconds that the ingest took, if it came to its end
        self.answers = 0

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        for thread in self._threads:
            if thread.ident:
                thread.join()
        self._http.close()
        assert not self._wrong, self._wrong[0]

    def ingest(self, server: Process) -> None:
        """Have the server bring in the posts, and ask it until its end; return as soon as it is at both."""
        self._find(server)
        follows, asks = self._threads
        follows.start()
        assert self._begun.wait(PATIENCE), "the server does not begin to ingest"
        asks.start()

    def _ask(self) -> None:
        """Ask one question after the other, and hold each answer against both versions."""
        with suppress(httpx.TransportError):
            while not self._wrong:
                name = self._scene.rng.choice(ANCHORS)
                reply = self._http.post("/api/v1/ask", json={"question": question(name)})
                answer = reply.json() if reply.is_success else {"status": reply.text}
                wanted = {f"{turbines(name, version)} turbines" for version in VERSIONS}
                if answer["status"] != "answered" or not any(number in answer["text"] for number in wanted):
                    self._wrong.append(f"{name} is answered by {answer} while it changes")
                self.answers += 1

    def _find(self, server: Process) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            owner = owner_of(self._scene.data)
            if owner.get("url") and owner.get("pid") == server.pid:
                self._http.base_url = str(owner["url"])
                self._headers = {"X-Insight-Token": str(owner["token"]), "accept": "text/event-stream"}
                return
            assert server.exitcode is None, f"the server ended: {self._scene.said()}"
            time.sleep(0.01)
        raise AssertionError(f"the server does not come up: {self._scene.said()}")

    def _follow(self) -> None:
        body = {"sources": [str(self._scene.posts)], "sync": True}
        try:
            with self._http.stream("POST", "/api/v1/ingest", json=body, headers=self._headers) as response:
                begun = time.perf_counter()
                self._begun.set()
                for line in response.iter_lines():
                    if line in ("event: run", "event: error"):
                        self.took = time.perf_counter() - begun
        except httpx.TransportError:
            self._begun.set()
