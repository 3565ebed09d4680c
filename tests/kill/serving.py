"""Whoever talks to a server until it is killed: a client that has it ingest, and asks meanwhile."""

import threading
import time

import httpx

from corpus.ownership import owner_of
from tests.kill.scene import PATIENCE, Process, Scene
from tests.kill.world import ANCHORS, VERSIONS, question, turbines


class Visitor:
    """Asks a server over its API; every answer that it gives before its end is looked at."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._http = httpx.Client(timeout=PATIENCE, trust_env=False)
        self._thread = threading.Thread(target=self._follow)
        self._headers: dict[str, str] = {}
        self._begun = threading.Event()
        self.took: float | None = None  # seconds that the ingest took, if it came to its end

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread.ident:
            self._thread.join()
        self._http.close()

    def ingest(self, server: Process) -> None:
        """Have the server bring in the posts; return as soon as it is at it."""
        self._find(server)
        self._thread.start()
        assert self._begun.wait(PATIENCE), "the server does not begin to ingest"

    def ask_for(self, seconds: float) -> None:
        """Ask one question after the other for a while, and hold each answer against both versions."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            name = self._scene.rng.choice(ANCHORS)
            answer = self._http.post("/api/v1/ask", json={"question": question(name)}).json()
            assert answer["status"] == "answered", f"{name} is not answered while it changes: {answer}"
            wanted = {f"{turbines(name, version)} turbines" for version in VERSIONS}
            assert any(number in answer["text"] for number in wanted), f"{name}: {answer['text']}"
            time.sleep(min(0.01, max(0.0, left)))

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
