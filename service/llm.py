"""The language model: built from the settings, and read as a stream of text with one kind of error.

Any LlamaIndex ``LLM`` will do; the one built here speaks to an OpenAI-compatible endpoint.
"""

import json
import re
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from service.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

LONGEST_WAIT_S = 3.0
"""Longest pause that an endpoint may ask for ("Retry-After") before the answer falls back to quotes."""

LONGEST_REPLY = 8000
"""Characters after which a reply is cut off: five sentences need a few hundred, and a model may run on for ever."""

TOO_LONG = "the question and its sources are too long for the language model; check INSIGHT_LLM_CONTEXT_TOKENS"
_BROKE_OFF = "the language model broke off in the middle of its answer"
_UNREACHABLE = "the language model can't be reached; check INSIGHT_LLM_URL and that it is running"
_CONTEXT = re.compile(
    r"context.{0,20}(?:length|window|size)|maximum context|too many tokens|prompt is too long", re.IGNORECASE
)


class ModelFailed(Exception):
    """The language model gave no usable reply; ``reason`` is one clear line for a person.

    ``retry_after`` is the pause in seconds that the endpoint asked for, None where it named none.
    """

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


def build_llm(settings: Settings) -> "LLM | None":
    """Return the model that the settings name, or None where they name none; nothing is sent yet."""
    if not settings.llm_url or not settings.llm_model:
        return None
    from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]  # it has no py.typed

    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
    llm: LLM = OpenAILike(
        model=settings.llm_model,
        api_base=settings.llm_url,
        api_key=key,
        is_chat_model=True,
        context_window=settings.llm_context_tokens,
        temperature=0.0,
        timeout=settings.llm_timeout_s,
        max_retries=0,  # a person waits: one short retry is made below, then quotes mode answers
    )
    return llm


def stream_text(
    llm: "LLM", messages: Sequence["ChatMessage"], *, sleep: Callable[[float], None] = time.sleep
) -> Generator[str, None, None]:
    """Yield the reply's text as it comes; raises ModelFailed, also after some text (a stream that breaks off)."""
    try:
        yield from _stream_once(llm, messages)
    except ModelFailed as failure:
        # ``retry_after`` is set on a refusal only, so nothing has been yielded yet
        if failure.retry_after is None or failure.retry_after > LONGEST_WAIT_S:
            raise
        sleep(failure.retry_after)
        yield from _stream_once(llm, messages)


def _stream_once(llm: "LLM", messages: Sequence["ChatMessage"]) -> Generator[str, None, None]:
    length = 0
    finished: str | None = None
    with closing(_pieces(llm, messages)) as pieces:
        for text, reason in pieces:
            length, finished = length + len(text), finished or reason
            if text:
                yield text
            if length > LONGEST_REPLY:
                return
    if not length:
        raise ModelFailed("the language model gave an empty or unreadable reply")
    if finished is None:
        raise ModelFailed(_BROKE_OFF)


def _pieces(llm: "LLM", messages: Sequence["ChatMessage"]) -> Generator[tuple[str, str | None], None, None]:
    """Yield each piece of text with the reason for which the stream ends there, None while it goes on."""
    try:
        for response in llm.stream_chat(list(messages)):
            yield response.delta or "", _finish_reason(response.raw)
    except Exception as error:
        # Each provider's client has an error tree of its own, and all of them must end in quotes mode.
        raise _translated(error) from error


def _finish_reason(raw: Any) -> str | None:
    choices = getattr(raw, "choices", None)
    if choices is None:
        return "unknown"  # another provider's shape: it doesn't say, so its end is believed
    return choices[0].finish_reason if choices else None


def _translated(error: Exception) -> ModelFailed:
    import httpx
    import openai

    if isinstance(error, openai.APIStatusError):
        return _refused(error)
    if _CONTEXT.search(str(error)):
        return ModelFailed(TOO_LONG)
    unreadable = (json.JSONDecodeError, UnicodeDecodeError, openai.APIResponseValidationError)
    reasons: tuple[tuple[tuple[type[Exception], ...], str], ...] = (  # the most specific first
        ((openai.APITimeoutError, httpx.TimeoutException, TimeoutError), "the language model took too long to answer"),
        ((httpx.RemoteProtocolError, httpx.ReadError), _BROKE_OFF),
        ((openai.APIConnectionError, httpx.TransportError, ConnectionError), _UNREACHABLE),
        (unreadable, "the language model's reply can't be read: it is not what the OpenAI protocol asks for"),
    )
    found = (reason for kinds, reason in reasons if isinstance(error, kinds))
    return ModelFailed(next(found, f"the language model failed ({type(error).__name__})"))


def _refused(error: Any) -> ModelFailed:
    """Say what an HTTP status means; the endpoint's own words may hold keys or addresses and are not repeated."""
    status = error.status_code
    if status in {400, 413, 422} and _CONTEXT.search(str(error)):
        return ModelFailed(TOO_LONG)
    wait = _seconds(error.response.headers.get("retry-after")) if status == 429 else None
    reasons = {
        401: "the language model refused the key (401); check INSIGHT_LLM_API_KEY",
        403: "the language model refused the key (403); check INSIGHT_LLM_API_KEY",
        404: "the endpoint doesn't know this language model (404); check INSIGHT_LLM_URL and INSIGHT_LLM_MODEL",
        429: "the language model has too many requests just now (429)",
    }
    kind = "has an error of its own" if status >= 500 else "refused the request"
    return ModelFailed(reasons.get(status, f"the language model {kind} ({status})"), wait)


def _seconds(header: str | None) -> float | None:
    """Read a Retry-After in seconds; a calendar date in it counts as too long to wait for."""
    if header is None:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        return float("inf")
