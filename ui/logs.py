"""Logging, for the whole process: to standard error, quiet until the settings say otherwise."""

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
