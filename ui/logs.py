"""Logging, for the whole process: to standard error, quiet until the settings say otherwise."""

import asyncio
import logging
import sys

import structlog


def configure_logging(level: str) -> None:
    """Send every log line of ``level`` or above to standard error; tracebacks show no values of variables."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger().setLevel(threshold)
    logging.getLogger("uvicorn.access").setLevel(max(threshold, logging.INFO))
    logging.getLogger("pypdf").setLevel(max(threshold, logging.ERROR))  # it remarks on every oddity that it mends
    logging.getLogger("uvicorn.error").addFilter(is_worth_telling)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )


def is_worth_telling(record: logging.LogRecord) -> bool:
    """Whether a line of the server is anything but this: at its end it cut the connection of a page in a browser."""
    cut = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not cut and not str(record.msg).startswith("Cancel %s running task(s)")
