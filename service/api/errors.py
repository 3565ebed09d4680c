"""Every failure leaves the API in one shape: ``{"error": {"code", "message"}}`` with a fitting status."""

from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from corpus.errors import BadInput, InsightError
from service.api.schemas import ErrorDetail, ErrorResponse

log = structlog.get_logger(__name__)

INTERNAL = ErrorDetail(code="internal", message="something went wrong on the server; its log says what")

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


def _reply(status: int, detail: ErrorDetail, *, headers: Any = None) -> JSONResponse:
    return JSONResponse(ErrorResponse(error=detail).model_dump(), status_code=status, headers=headers)
