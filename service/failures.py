"""How a language model fails: one error for every provider's, with one clear line for a person.

Each provider's client has an error tree of its own, built on one version of httpx or another; so what counts is an
error's HTTP status, or else the names of the classes in its chain of causes.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any


class Failure(Enum):
    """The kinds of failure that are told apart."""

    UNREACHABLE = "nobody answers at the address"
    KEY = "the key is refused"
    MODEL = "the endpoint doesn't know the model"
    TIMEOUT = "no connection, no first words or no further words in time"
    BUSY = "too many requests just now"
    QUOTA = "nothing is left of what was paid for"
    SERVER = "an error of the endpoint's own"
    TOO_LONG = "the prompt is longer than the model's window"
    CUT = "the stream broke off"
    LENGTH = "the reply reached its longest"
    EMPTY = "no words at all"
    UNREADABLE = "a reply that is not of the protocol"
    LANGUAGE = "not the language asked for"
    BUDGET = "the question's budget is spent"
    LEFT = "nobody waits for the answer any more"
    OTHER = "anything else"


LASTING = frozenset({Failure.UNREACHABLE, Failure.KEY, Failure.MODEL, Failure.TIMEOUT, Failure.QUOTA, Failure.LEFT})
"""Failures after which it makes no sense to ask once more for the same question."""

TOO_LONG = "the question and its sources are too long for the language model; check INSIGHT_LLM_CONTEXT_TOKENS"
_EMPTY = "the language model gave an empty or unreadable reply"
_BROKE_OFF = "the language model broke off in the middle of its answer"
_UNREACHABLE = "the language model can't be reached; check INSIGHT_LLM_URL and that it is running"
_UNREADABLE = "the language model's reply can't be read: it is not what its protocol asks for"
_BY_NAME: tuple[tuple[frozenset[str], tuple[str, Failure]], ...] = (  # classes of httpx and of Python's own
    (
        frozenset({"TimeoutException", "TimeoutError"}),
        ("the language model took too long to answer", Failure.TIMEOUT),
    ),
    (frozenset({"RemoteProtocolError", "ReadError"}), (_BROKE_OFF, Failure.CUT)),
    (frozenset({"TransportError", "ConnectionError"}), (_UNREACHABLE, Failure.UNREACHABLE)),
    (frozenset({"JSONDecodeError", "UnicodeDecodeError"}), (_UNREADABLE, Failure.UNREADABLE)),
)
_CONTEXT = re.compile(
    r"context.{0,20}(?:length|window|size)|maximum context|too many tokens|prompt is too long"
    r"|input.{0,40}exceeds?.{0,30}maximum|longer than.{0,30}maximum",
    re.IGNORECASE,
)


class ModelFailed(Exception):
    """The language model gave no usable reply; ``reason`` is one clear line for a person.

    ``retry_after`` is the pause in seconds that the endpoint asked for, None where it named none.
    """

    def __init__(self, reason: str, kind: Failure = Failure.OTHER, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.kind, self.retry_after = reason, kind, retry_after


def too_long() -> ModelFailed:
    """Return the failure of a prompt that doesn't fit."""
    return ModelFailed(TOO_LONG, Failure.TOO_LONG)


def empty() -> ModelFailed:
    """Return the failure of a reply without words."""
    return ModelFailed(_EMPTY, Failure.EMPTY)


def broke_off() -> ModelFailed:
    """Return the failure of a stream without its end."""
    return ModelFailed(_BROKE_OFF, Failure.CUT)


def cut_off() -> ModelFailed:
    """Return the failure of a reply that was ended before it was done."""
    return ModelFailed("its reply was cut off before its end", Failure.LENGTH)


def translated(error: Exception) -> ModelFailed:
    """Say what a client's error means; the endpoint's own words may hold keys or addresses and are not repeated."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status >= 400:
        return _refused(error, status)
    chain = list(_causes(error))
    said = [str(each) for each in chain]
    if any(map(_CONTEXT.search, said)):
        return too_long()
    if any(text.startswith("Unknown model") for text in said):  # Anthropic's package keeps a list of its own
        return ModelFailed(
            "the provider's package doesn't know this language model; check INSIGHT_LLM_MODEL", Failure.MODEL
        )
    kinds = {kind.__name__ for each in chain for kind in type(each).__mro__}
    failure = next((failure for names, failure in _BY_NAME if not kinds.isdisjoint(names)), None)
    return ModelFailed(*failure) if failure else ModelFailed(f"the language model failed ({type(error).__name__})")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and what it was raised from, to the bottom."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__


def _refused(error: Any, status: int) -> ModelFailed:
    if status in {400, 413, 422, 500} and _CONTEXT.search(str(error)):
        return too_long()  # Ollama says it with a 500
    reasons = {
        401: ("the language model refused the key (401); check INSIGHT_LLM_API_KEY", Failure.KEY),
        403: ("the language model refused the key (403); check INSIGHT_LLM_API_KEY", Failure.KEY),
        404: (
            "the endpoint doesn't know this language model (404); check INSIGHT_LLM_URL and INSIGHT_LLM_MODEL",
            Failure.MODEL,
        ),
        429: ("the language model has too many requests just now (429)", Failure.BUSY),
    }
    if status == 402 or (status == 429 and "insufficient_quota" in str(error)):
        return ModelFailed(f"nothing is left of the language model's quota ({status})", Failure.QUOTA)
    if status in reasons:
        return ModelFailed(*reasons[status], retry_after=_pause(error) if status == 429 else None)
    if status >= 500:
        return ModelFailed(f"the language model has an error of its own ({status})", Failure.SERVER)
    return ModelFailed(f"the language model refused the request ({status})")


def _pause(error: Any) -> float | None:
    """Read a Retry-After in seconds; a calendar date in it counts as too long to wait for."""
    response = getattr(error, "response", None)
    headers = response.headers if response is not None else {}
    for name, part in (("retry-after-ms", 1000), ("retry-after", 1)):
        if name in headers:
            return _seconds(headers[name]) / part
    return None


def _seconds(header: str) -> float:
    try:
        return max(0.0, float(header))
    except ValueError:
        return float("inf")
