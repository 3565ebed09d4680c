"""How a language model fails: one error for every provider's, with one clear line for a person.

Each provider's client has an error tree of its own, built on one version of httpx or another; so what counts is an
error's HTTP status, or else the names of the classes in its chain of causes.
"""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any


class Failure(Enum):
    """The kinds of failure that are told apart."""

    UNREACHABLE = "nobody answers at the address"
    KEY = "the key is refused"
    MODEL = "the endpoint doesn't know the model"
    TIMEOUT = "no connection, no first words or no further words in time"
    BUSY = "too many requests just now"
    REFUSED = "the endpoint refuses the request as it is"
    TEMPERATURE = "the endpoint refuses the temperature"
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
_OWN_ERROR = "the language model has an error of its own"
# by classes of httpx, of the providers' clients and of Python's own
_BY_NAME: tuple[tuple[frozenset[str], tuple[str, Failure]], ...] = (
    (
        frozenset({"TimeoutException", "TimeoutError"}),
        ("the language model took too long to answer", Failure.TIMEOUT),
    ),
    (frozenset({"RemoteProtocolError", "ReadError"}), (_BROKE_OFF, Failure.CUT)),
    (frozenset({"TransportError", "ConnectionError"}), (_UNREACHABLE, Failure.UNREACHABLE)),
    (frozenset({"APIConnectionError"}), (_UNREACHABLE, Failure.UNREACHABLE)),
    (frozenset({"APIError", "ResponseError"}), (_OWN_ERROR, Failure.SERVER)),  # in place of a piece of the reply
    (frozenset({"ValueError", "TypeError", "AttributeError", "LookupError"}), (_UNREADABLE, Failure.UNREADABLE)),
)
_BY_STATUS: Mapping[int, tuple[str, Failure]] = {
    401: ("the language model refused the key (401); check INSIGHT_LLM_API_KEY", Failure.KEY),
    403: ("the language model refused the key (403); check INSIGHT_LLM_API_KEY", Failure.KEY),
    404: (
        "the endpoint doesn't know this language model (404); check INSIGHT_LLM_URL and INSIGHT_LLM_MODEL",
        Failure.MODEL,
    ),
    429: ("the language model has too many requests just now (429)", Failure.BUSY),
}
_NUMBER = re.compile(r"\s*-?\d+(?:\.\d+)?\s*")
_CONTEXT = re.compile(
    r"context.{0,20}(?:length|window|size)|maximum context|too many tokens|prompt is too long"
    r"|input.{0,40}exceeds?.{0,30}maximum|longer than.{0,30}maximum",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"https?://\S+|\bBearer\s+\S+|\b(?:sk|pk|rk|gsk|xai|hf)[-_]\S+|[A-Za-z0-9_+/=]{28,}", re.IGNORECASE
)
_LONGEST_WORDS = 200


class ModelFailed(Exception):
    """The language model gave no usable reply; ``reason`` is one clear line for a person.

    ``retry_after`` is the pause in seconds that the endpoint asked for, None where it named none. ``said`` is what the
    endpoint or its client said of it, shortened: for the log and for whoever sets the model up, not for a reader.
    """

    def __init__(
        self, reason: str, kind: Failure = Failure.OTHER, *, retry_after: float | None = None, said: str = ""
    ) -> None:
        super().__init__(reason)
        self.reason, self.kind, self.retry_after, self.said = reason, kind, retry_after, said

    @property
    def in_full(self) -> str:
        """The reason, with what was said of it."""
        return f"{self.reason}: “{self.said}”" if self.said else self.reason


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
    """Say what a client's error means; the endpoint's own words may hold keys or addresses and are no reason."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status >= 300:
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
    if failure:
        return ModelFailed(*failure, said=_words(error) if failure[1] is Failure.SERVER else "")
    return ModelFailed("the language model failed; the log says how", said=type(error).__name__)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and what it was raised from, to the bottom."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__


def _refused(error: Any, status: int) -> ModelFailed:
    if status in {400, 413, 422, 500} and _CONTEXT.search(str(error)):
        return too_long()  # Ollama says it with a 500
    if status == 402 or (status == 429 and "insufficient_quota" in str(error)):
        return ModelFailed(f"nothing is left of the language model's quota ({status})", Failure.QUOTA)
    if status in _BY_STATUS:
        return ModelFailed(*_BY_STATUS[status], retry_after=_pause(error) if status == 429 else None)
    if status >= 500:
        return ModelFailed(f"{_OWN_ERROR} ({status})", Failure.SERVER)
    if status < 400:
        return ModelFailed(
            f"the endpoint sends requests on to another address ({status}), where none is sent; check INSIGHT_LLM_URL",
            Failure.UNREACHABLE,
        )
    said = _words(error)
    kind = Failure.TEMPERATURE if "temperature" in said.lower() else Failure.REFUSED
    return ModelFailed(f"the language model refused the request ({status})", kind, said=said)


def _words(error: Any) -> str:
    """Return the endpoint's own words in one short line, without what looks like a key or an address."""
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, Mapping) else body
    message = inner.get("message") if isinstance(inner, Mapping) else inner
    text = message if isinstance(message, str) else str(error)
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    line = _SECRET.sub("…", line)
    return line if len(line) <= _LONGEST_WORDS else line[:_LONGEST_WORDS].rstrip() + " …"


def _pause(error: Any) -> float | None:
    """Read a Retry-After, in seconds or as the moment that it names."""
    response = getattr(error, "response", None)
    headers = response.headers if response is not None else {}
    for name, part in (("retry-after-ms", 1000), ("retry-after", 1)):
        if name in headers:
            return _seconds(headers[name]) / part
    return None


def _seconds(header: str) -> float:
    """Return the seconds until then; what can't be read counts as too long to wait for."""
    try:
        seconds = float(header) if _NUMBER.fullmatch(header) else _until(header)
    except ValueError:
        return math.inf
    return max(0.0, seconds)


def _until(moment: str) -> float:
    named = parsedate_to_datetime(moment)
    return ((named if named.tzinfo else named.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds()
