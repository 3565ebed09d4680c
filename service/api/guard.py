"""What every request and reply passes through: the limit on bodies, the parameters known, the security headers."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import BadInput

MAX_BODY_BYTES = 1_000_000

# Gradio sets up its page with inline scripts and styles; nothing may come from, or go to, another host.
SECURITY_HEADERS: Mapping[str, str] = {
    "content-security-policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


class SecurityHeaders:
    """Adds the security headers to every reply that does not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class HeadAsGet:
    """Answers HEAD as GET without its body, as monitors and link checkers ask it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)


async def known_parameters(request: Request) -> None:  # async, so that FastAPI calls it without a thread of its own
    """Refuse a request with a parameter that its route does not know: a misspelt filter would filter nothing."""
    if not request.query_params:
        return
    fields = get_flat_params(request.scope["route"].dependant)
    known = [field.alias for field in fields if isinstance(field.field_info, Query)]
    for name in request.query_params:
        if name not in known:
            there = f"there are {', '.join(known)}" if known else "there are none"
            raise BadInput(f"there is no parameter '{name}' here; {there}")


class BodyLimit:
    """Refuses bodies of more than ``limit`` bytes with 413, whether or not they tell their length.

    ``larger`` are the limits of paths that take more.
    """

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY_BYTES, *, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._limit = limit
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], self._limit)
        message = f"the body is larger than {limit:,} bytes"
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > limit:
            body = {"error": {"code": "too_long", "message": message}}
            await JSONResponse(body, status_code=413)(scope, receive, send)
            return
        read = 0

        async def receive_counted() -> Message:
            nonlocal read
            received = await receive()
            read += len(received.get("body", b""))
            if read > limit:
                raise HTTPException(413, message)  # the one kind that FastAPI lets through while it reads
            return received

        await self._app(scope, receive_counted, send)
