"""Every error that a person can meet, with what to do about it.

InsightError
├── BadInput          the request can't be served as it is        (HTTP 422, exit 1)
│   └── TooLong       the same, because of its size               (HTTP 413)
├── NotFound          no such article, passage or run             (HTTP 404)
└── Unavailable       the library can't be used just now          (HTTP 503)
"""


class InsightError(Exception):
    """Base of all errors whose message is written for a person; ``str(error)`` is one clear line."""

    status = 500
    code = "internal"


class BadInput(InsightError):
    """The request can't be served as it is; the message says what to change."""

    status = 422
    code = "bad_input"


class TooLong(BadInput):
    """The request is larger than the documented limit."""

    status = 413
    code = "too_long"


class NotFound(InsightError):
    """No such article, passage or run."""

    status = 404
    code = "not_found"


class Unavailable(InsightError):
    """The library can't be used just now; the message says why and what to do."""

    status = 503
    code = "unavailable"
