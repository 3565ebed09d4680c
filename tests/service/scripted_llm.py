"""A server on a loopback port that says what a test tells it to, for one request after the other.

It speaks as OpenAI-compatible endpoints do, as Ollama does and as Anthropic does, by the path that it is asked at.
"""

import json
import re
import select
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SOURCE_KEY = re.compile(r'<source key="(S-[0-9a-f]{4})" title="([^"]*)"')


@dataclass(frozen=True)
class Reply:
    """One scripted reply: streamed ``pieces``, or a plain ``body`` where that is given.

    ``{0}``, ``{1}`` in the pieces stand for the keys of the prompt's first and second source.
    ``chunk`` cuts the text anew every so many characters, wherever that falls.
    ``pause_s`` comes before the piece with index ``pause_at``; ``cut`` ends the stream without an end mark, ``finish``
    with another reason than the usual one, ``end`` with these very words. ``hang_s`` leaves the connection open behind
    it. ``lead`` is sent before the pieces as it is, ``lead_s`` apart; ``bare`` leaves out the head of the reply.
    """

    pieces: Sequence[str] = ()
    status: int = 200
    body: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    chunk: int = 0
    pause_s: float = 0.0
    pause_at: int = 0
    cut: bool = False
    finish: str = ""
    end: str | None = None
    hang_s: float = 0.0
    lead: Sequence[str] = ()
    lead_s: float = 0.0
    bare: bool = False


@dataclass
class ScriptedLLM:
    """The running server: ``url`` to give to a client, ``requests`` that came in, ``script`` of what is left to say.

    ``left`` is set when a client closes its connection while the server takes its time.
    ``url`` is for OpenAI's clients; those of the others add their paths to ``root``.
    """

    url: str
    script: list[Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)

    @property
    def root(self) -> str:
        """The address without a path."""
        return self.url.removesuffix("/v1")

    @property
    def prompt(self) -> str:
        """The last message of the last request."""
        content = self.requests[-1]["messages"][-1]["content"]
        return content if isinstance(content, str) else "".join(block["text"] for block in content)


@contextmanager
def scripted_llm(*replies: Reply) -> Iterator[ScriptedLLM]:
    """Serve ``replies`` in turn, the last one again and again."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    llm = ScriptedLLM(f"http://127.0.0.1:{server.server_port}/v1", list(replies))
    server.llm = llm  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield llm
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class OpenAI:
    """Server-sent events, each with a choice; the end is marked twice."""

    media_type = "text/event-stream"

    @staticmethod
    def begin() -> str:
        return ""

    @staticmethod
    def piece(text: str) -> str:
        return OpenAI._event({"delta": {"content": text}, "index": 0, "finish_reason": None})

    @staticmethod
    def thought(text: str) -> str:
        delta = {"content": "", "reasoning_content": text}
        return OpenAI._event({"delta": delta, "index": 0, "finish_reason": None})

    @staticmethod
    def end(finish: str) -> str:
        return OpenAI._event({"delta": {}, "index": 0, "finish_reason": finish or "stop"}) + "data: [DONE]\n\n"

    @staticmethod
    def _event(choice: dict[str, Any]) -> str:
        chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
        return f"data: {json.dumps(chunk)}\n\n"


class Ollama:
    """One JSON document a line; the last says that it is done."""

    media_type = "application/x-ndjson"

    @staticmethod
    def begin() -> str:
        return ""

    @staticmethod
    def piece(text: str) -> str:
        return Ollama._line(text)

    @staticmethod
    def end(finish: str) -> str:
        return Ollama._line("", finish or "stop")

    @staticmethod
    def _line(text: str, finish: str = "") -> str:
        message = {"role": "assistant", "content": text}
        counts = {"done_reason": finish, "prompt_eval_count": 1, "eval_count": 1} if finish else {}
        line = {"model": "scripted", "created_at": "2026-01-01T00:00:00Z", "message": message, "done": bool(finish)}
        return json.dumps(line | counts) + "\n"


class Anthropic:
    """Named server-sent events: a message begins, its one block of text begins, grows and ends, and it is over."""

    media_type = "text/event-stream"

    @staticmethod
    def begin() -> str:
        message = {
            "id": "m1", "type": "message", "role": "assistant", "model": "scripted", "content": [],
            "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1},
        }  # fmt: skip
        block = {"index": 0, "content_block": {"type": "text", "text": ""}}
        return Anthropic._event("message_start", message=message) + Anthropic._event("content_block_start", **block)

    @staticmethod
    def piece(text: str) -> str:
        return Anthropic._event("content_block_delta", index=0, delta={"type": "text_delta", "text": text})

    @staticmethod
    def end(finish: str) -> str:
        over = {"delta": {"stop_reason": finish or "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 1}}
        return (
            Anthropic._event("content_block_stop", index=0)
            + Anthropic._event("message_delta", **over)
            + Anthropic._event("message_stop")
        )

    @staticmethod
    def _event(kind: str, **data: Any) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind} | data)}\n\n"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        llm: ScriptedLLM = self.server.llm  # type: ignore[attr-defined]
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        seen = {"path": self.path, "authorization": self.headers["authorization"], "key": self.headers["x-api-key"]}
        llm.requests.append(request | seen)
        reply = llm.script.pop(0) if len(llm.script) > 1 else llm.script[0]
        try:
            if reply.body is not None or reply.status != 200:
                self._plain(reply)
            else:
                keys = [key for key, _ in SOURCE_KEY.findall(llm.prompt)]
                self._stream(reply, _filled(reply, keys))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client has had enough, as tests of time-outs intend

    def _plain(self, reply: Reply) -> None:
        body = (reply.body if reply.body is not None else json.dumps({"error": {"message": "scripted"}})).encode()
        self.send_response(reply.status)
        for name, value in ({"content-type": "application/json"} | reply.headers).items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, reply: Reply, pieces: Sequence[str]) -> None:
        wire = {"/api/chat": Ollama, "/v1/messages": Anthropic}.get(self.path, OpenAI)
        if not reply.bare:
            self.send_response(200)
            self.send_header("content-type", wire.media_type)
            self.end_headers()
            self.wfile.write(wire.begin().encode())
        for words in reply.lead:
            self.wfile.write(words.encode())
            self.wfile.flush()
            self._pause(reply.lead_s)
        for place, piece in enumerate(pieces):
            if reply.pause_s and place == reply.pause_at:
                self._pause(reply.pause_s)
            self.wfile.write(wire.piece(piece).encode())
            self.wfile.flush()
        if not reply.cut:
            self.wfile.write((wire.end(reply.finish) if reply.end is None else reply.end).encode())
        self._pause(reply.hang_s)

    def _pause(self, seconds: float) -> None:
        """Wait, but for a client that leaves meanwhile."""
        if seconds and select.select([self.connection], [], [], seconds)[0]:
            self.server.llm.left.set()  # type: ignore[attr-defined]
            raise ConnectionResetError

    def log_message(self, *args: Any) -> None:
        """Keep the test's output quiet."""


def _filled(reply: Reply, keys: Sequence[str]) -> list[str]:
    pieces = list(reply.pieces)
    for place, key in enumerate(keys):
        pieces = [piece.replace(f"{{{place}}}", key) for piece in pieces]
    if not reply.chunk:
        return pieces
    whole = "".join(pieces)
    return [whole[i : i + reply.chunk] for i in range(0, len(whole), reply.chunk)]
