"""Every failure leaves the API in one shape: ``{"error": {"code", "message"}}`` with a fitting status."""

from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import BadInput, InsightError
from service.api.schemas import ErrorDetail, ErrorResponse

log = structlog.get_logger(__name__)

INTERNAL = ErrorDetail(code="internal", message="something went wrong on the server; its log says what")

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

ANYWHERE = "/api/{rest:path}"
"""The route that takes what no other one of the API does."""

ERROR_RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorResponse, "description": "The request can't be served; `message` says what to change"},
    "5XX": {"model": ErrorResponse, "description": "The library can't be used just now, or something went wrong"},
}


def describe(error: Exception) -> ErrorDetail:
    """Say what went wrong; an unexpected error is logged with its traceback and described in general words only."""
    if isinstance(error, InsightError):
        return ErrorDetail(code=error.code, message=str(error))
    log.error("unexpected error", exc_info=error)
    return INTERNAL


def validation_line(error: RequestValidationError) -> str:
    """Put the first thing that is wrong with a request in one line, such as ``question: Field required``."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return f"the body is not valid JSON: {first['ctx']['error']}"
    if first["type"] == "model_attributes_type" and first["loc"] == ("body",):
        return "the body must be a JSON object, sent with the header content-type: application/json"
    place, *parts = map(str, first["loc"])
    return f"{'.'.join(parts) or place}: {first['msg'].removeprefix('Value error, ')}"


def install_error_handlers(app: FastAPI) -> None:
    """Make ``app`` answer every failure in the one shape."""

    @app.exception_handler(InsightError)
    def known(_request: Request, error: InsightError) -> JSONResponse:
        return _reply(error.status, describe(error))

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return _reply(BadInput.status, ErrorDetail(code=BadInput.code, message=validation_line(error)))

    @app.exception_handler(HTTPException)
    def refused(_request: Request, error: HTTPException) -> JSONResponse:
        code = HTTPStatus(error.status_code).name.lower()
        return _reply(error.status_code, ErrorDetail(code=code, message=str(error.detail)), headers=error.headers)

    @app.exception_handler(Exception)
    def unexpected(_request: Request, error: Exception) -> JSONResponse:
        return _reply(InsightError.status, describe(error))


def not_there(app: FastAPI, scope: Scope) -> HTTPException:
    """Return the refusal of a request that no route of ``app`` takes: 405 where one takes its address, else 404."""
    known = [route for route in app.routes if not isinstance(route, Mount) and getattr(route, "path", "") != ANYWHERE]
    taken = [name for name in METHODS if any(r.matches({**scope, "method": name})[0] is Match.FULL for r in known)]
    if taken:
        return _wrong_method(scope, ", ".join(taken))
    return HTTPException(404, f"there is no {scope['method']} {scope['path']}; /docs lists what there is")


def _wrong_method(scope: Scope, allow: str) -> HTTPException:
    return HTTPException(405, f"{scope['path']} takes {allow}, not {scope['method']}", headers={"allow": allow})


class PageRefusals:
    """Serves ``page`` on the addresses that ``app`` leaves it, and puts what it refuses in the one shape.

    What the page's own script asks, under ``own``, is left as that script expects it.
    """

    def __init__(self, page: ASGIApp, app: FastAPI, *, own: str) -> None:
        self._page, self._app, self._own = page, app, own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; raises HTTPException, which the handlers of ``app`` put in the one shape."""
        if scope["type"] != "http" or scope["path"].startswith(self._own):
            await self._page(scope, receive, send)
            return
        refusal: HTTPException | None = None

        async def send_unless_refused(message: Message) -> None:
            nonlocal refusal
            if message["type"] == "http.response.start":
                if message["status"] == HTTPStatus.METHOD_NOT_ALLOWED:
                    refusal = _wrong_method(scope, Headers(raw=message["headers"]).get("allow", "GET"))
                elif message["status"] == HTTPStatus.NOT_FOUND:
                    refusal = not_there(self._app, scope)
            if refusal is None:
                await send(message)

        await self._page(scope, receive, send_unless_refused)
        if refusal:
            raise refusal


def _reply(status: int, detail: ErrorDetail, *, headers: Any = None) -> JSONResponse:
    return JSONResponse(ErrorResponse(error=detail).model_dump(), status_code=status, headers=headers)
