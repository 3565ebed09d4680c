"""What of the server's own lines the log tells."""

import asyncio
import logging

import pytest

from ui.logs import is_worth_telling


@pytest.mark.parametrize(
    ("message", "error", "told"),
    [
        pytest.param(
            "Cancel %s running task(s), timeout graceful shutdown exceeded", None, False, id="a page left open"
        ),
        pytest.param("Exception in ASGI application\n", asyncio.CancelledError(), False, id="and where it was cut"),
        pytest.param("Exception in ASGI application\n", RuntimeError("torn"), True, id="another error"),
        pytest.param("Started server process [%d]", None, True, id="no error"),
    ],
)
def test_a_page_left_open_at_the_end_is_no_error(message: str, error: BaseException | None, told: bool) -> None:
    raised = (type(error), error, None) if error else None
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "server.py", 1, message, (1,), raised)
    assert is_worth_telling(record) is told
