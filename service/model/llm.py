"""The language model: built from the settings, and read as a stream of text with one kind of error.

Any LlamaIndex ``LLM`` will do; those built here speak to an OpenAI-compatible endpoint, to Anthropic or to Ollama.
"""

import gc
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from corpus.errors import BadInput
from service.failures import ModelFailed, broke_off, cut_off, empty, translated
from service.settings import Provider, Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

REPLY_TOKENS = 1024
"""Room for the reply; at most a quarter of the model's window is kept for it."""
_CUT_REASONS = frozenset({"length", "max_tokens", "content_filter"})


class End(IntEnum):
    """How far a stream has come: not to its end, to its own, or to one that the model did not choose."""

    OPEN = 0
    WHOLE = 1
    CUT = 2


def build_llm(settings: Settings) -> "LLM | None":
    """Return the model that the settings name, or None where they name none; nothing is sent yet.

    Raises BadInput where the provider's package is not installed, or needs a key and has none.
    """
    if not settings.llm_model or (settings.llm_provider == "openai" and not settings.llm_url):
        return None
    build = _BUILDERS[settings.llm_provider]
    try:
        return build(settings, settings.llm_model)
    except ImportError as error:
        raise BadInput(
            f"INSIGHT_LLM_PROVIDER={settings.llm_provider} needs a package that is not installed; "
            f"install it with: .venv/bin/pip install --editable '.[{settings.llm_provider}]'"
        ) from error


def _openai(settings: Settings, model: str) -> "LLM":
    from llama_index.llms.openai_like import OpenAILike

    llm: LLM = OpenAILike(
        model=model,
        api_base=settings.llm_url,
        api_key=_key(settings) or "none",
        is_chat_model=True,
        context_window=settings.llm_context_tokens,
        temperature=0.0,
        timeout=settings.llm_timeout_s,
        max_retries=0,  # a person waits: ``Talk`` tries once more where that helps, then quotes mode answers
    )
    return llm


def _anthropic(settings: Settings, model: str) -> "LLM":
    from llama_index.llms.anthropic import Anthropic

    key = _key(settings)
    if not key:
        raise BadInput("INSIGHT_LLM_PROVIDER=anthropic needs a key: set INSIGHT_LLM_API_KEY")
    llm: LLM = Anthropic(
        model=model,
        base_url=settings.llm_url,
        api_key=key,
        max_tokens=_reply_tokens(settings),
        temperature=0.0,
        timeout=settings.llm_timeout_s,
        max_retries=0,
    )
    return llm


def _ollama(settings: Settings, model: str) -> "LLM":
    from llama_index.llms.ollama import Ollama

    key = _key(settings)
    llm: LLM = Ollama(
        model=model,
        base_url=settings.llm_url or "http://127.0.0.1:11434",
        headers={"Authorization": f"Bearer {key}"} if key else None,
        context_window=settings.llm_context_tokens,  # sent along: else Ollama cuts long prompts without a word
        temperature=0.0,
        request_timeout=min(settings.llm_timeout_s, settings.llm_seconds),
    )
    return llm


_BUILDERS: Mapping[Provider, Callable[[Settings, str], "LLM"]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "ollama": _ollama,
}


def _key(settings: Settings) -> str | None:
    return settings.llm_api_key.get_secret_value() if settings.llm_api_key else None


def _reply_tokens(settings: Settings) -> int:
    return min(REPLY_TOKENS, settings.llm_context_tokens // 4)


def stream_text(
    llm: "LLM", messages: Sequence["ChatMessage"], *, timeout_s: float | None = None
) -> Generator[str, None, None]:
    """Yield the reply's text as it comes.

    Raises ModelFailed, also after some text: where a stream breaks off, or ends where the model may write no more.
    ``timeout_s`` takes the place of the model's own longest wait.
    """
    begun = False
    last = End.OPEN
    with closing(_pieces(llm, messages, timeout_s)) as pieces:
        for text, end in pieces:
            last = max(last, end)
            if text:
                begun = True
                yield text
    if not begun:
        raise empty()
    if last is End.OPEN:
        raise broke_off()
    if last is End.CUT:
        raise cut_off()


def _pieces(
    llm: "LLM", messages: Sequence["ChatMessage"], timeout_s: float | None
) -> Generator[tuple[str, End], None, None]:
    """Yield each piece of text, and how the stream says that it ends there."""
    options = {} if timeout_s is None else {"timeout": timeout_s}
    try:
        for response in llm.stream_chat(list(messages), **options):
            yield response.delta or "", _ends(response.raw)
    except GeneratorExit:
        # The providers' streams refer to themselves, so one that is left goes when the garbage collector runs next, and
        # closes its connection then. Within another request of the same client that would wait for itself for ever.
        gc.collect()
        raise
    except ModelFailed:
        raise
    except Exception as error:
        # Each provider's client has an error tree of its own, and all of them must end in quotes mode.
        raise translated(error) from error


def _ends(raw: Any) -> End:
    """How the reply ends with a piece, by the provider's own shape of it."""
    if isinstance(raw, Mapping) and "done" in raw:  # Ollama
        return _end(raw["done"], raw.get("done_reason"))
    if isinstance(raw, Mapping) and "type" in raw:  # Anthropic
        return _end(raw["type"] == "content_block_stop", getattr(raw.get("delta"), "stop_reason", None))
    choices = getattr(raw, "choices", None)
    if choices is None:
        return End.WHOLE  # another provider's shape: it doesn't say, so its end is believed
    reason = choices[0].finish_reason if choices else None
    return _end(reason is not None, reason)


def _end(ended: bool, reason: str | None) -> End:
    return End.CUT if reason in _CUT_REASONS else End.WHOLE if ended else End.OPEN
