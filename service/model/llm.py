"""The language model, built from the settings.

Any LlamaIndex ``LLM`` will do; those built here speak to an OpenAI-compatible endpoint, to Anthropic or to Ollama.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpus.errors import BadInput
from service.model.stream import watch_events
from service.settings import Provider, Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

REPLY_TOKENS = 1024
"""Room for the reply; at most a quarter of the model's window is kept for it."""


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
    from openai import DefaultAsyncHttpxClient

    llm: LLM = OpenAILike(
        model=model,
        api_base=settings.llm_url,
        api_key=_key(settings) or "none",
        is_chat_model=True,
        context_window=settings.llm_context_tokens,
        temperature=0.0,
        timeout=settings.llm_timeout_s,
        max_retries=0,  # a person waits: ``Talk`` tries once more where that helps, then quotes mode answers
        # the question and its sources go to the address that was set and to no other
        async_http_client=DefaultAsyncHttpxClient(follow_redirects=False, event_hooks={"response": [watch_events]}),
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
    from ollama import AsyncClient

    key, address = _key(settings), settings.llm_url or "http://127.0.0.1:11434"
    headers = {"Authorization": f"Bearer {key}"} if key else None
    llm: LLM = Ollama(
        model=model,
        base_url=address,
        async_client=AsyncClient(address, headers=headers, timeout=settings.llm_timeout_s, follow_redirects=False),
        context_window=settings.llm_context_tokens,  # sent along: else Ollama cuts long prompts without a word
        temperature=0.0,
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


def without_temperature(llm: "LLM") -> Mapping[str, Any]:
    """Return what has a request to ``llm`` leave its temperature to the endpoint; empty where that can't be said."""
    package = {"OpenAILike": "openai", "Anthropic_LLM": "anthropic"}.get(llm.class_name())
    return {"temperature": import_module(package).NOT_GIVEN} if package else {}
