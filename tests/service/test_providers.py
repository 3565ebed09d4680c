"""The language models of each provider: how they are built, what they send, and how their failures read.

Where a provider's package is not installed (it is an extra), its tests are left out.
"""

import builtins
import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from llama_index.core.llms import ChatMessage, MessageRole

from corpus.errors import BadInput
from corpus.language import Analyzer
from service.failures import Failure, ModelFailed
from service.generate import Writer
from service.model.llm import build_llm
from service.model.talk import Talk
from service.settings import Provider, Settings
from service.verify import check
from tests.service.evidence_samples import HARBOUR
from tests.service.scripted_llm import Reply, ScriptedLLM, scripted_llm
from tests.service.writing import HOUSES, OPENED, assert_proved, written


@dataclass(frozen=True)
class Made:
    """A provider as it is set up for a scripted server."""

    provider: Provider
    model: str
    package: str
    path: str
    address: Callable[[ScriptedLLM], str]
    too_long: Reply

    def settings(self, url: str, **options: Any) -> Settings:
        given: dict[str, Any] = {"llm_timeout_s": 5.0, "llm_api_key": "sk-test"} | options
        return Settings(llm_provider=self.provider, llm_url=url, llm_model=self.model, **given)


def refusal(status: int, words: str, *, plain: bool = False) -> Reply:
    error = words if plain else {"type": "invalid_request_error", "message": words}
    return Reply(status=status, body=json.dumps({"type": "error", "error": error}))


OPENAI = Made(
    "openai", "scripted", "llama_index.llms.openai_like", "/v1/chat/completions", lambda server: server.url,
    refusal(400, "This model's maximum context length is 2048 tokens."),
)  # fmt: skip
ANTHROPIC = Made(
    "anthropic", "claude-sonnet-4-5", "llama_index.llms.anthropic", "/v1/messages", lambda server: server.root,
    refusal(400, "prompt is too long: 215000 tokens > 200000 maximum"),
)  # fmt: skip
OLLAMA = Made(
    "ollama", "scripted", "llama_index.llms.ollama", "/api/chat", lambda server: server.root,
    refusal(500, "the input length exceeds the context length", plain=True),
)  # fmt: skip


@pytest.fixture(params=[OPENAI, ANTHROPIC, OLLAMA], ids=lambda made: made.provider)
def made(request: pytest.FixtureRequest) -> Made:
    made: Made = request.param
    if importlib.util.find_spec(made.package) is None:
        pytest.skip(f"the extra '{made.provider}' is not installed")
    return made


def talk_to(made: Made, url: str, **options: Any) -> Talk:
    llm = build_llm(made.settings(url, **options))
    assert llm is not None
    return Talk(llm, sleep=lambda seconds: None)


def test_an_answer_is_written_and_proved(made: Made, analyzer: Analyzer) -> None:
    with scripted_llm(Reply([f"{OPENED} [{{0}}] {HOUSES} [{{0}}]"], chunk=7)) as server:
        llm = build_llm(made.settings(made.address(server)))
        assert llm is not None
        outcome = written(Writer(llm, partial(check, analyzer=analyzer)))
    assert_proved(outcome, {"harbour": HARBOUR})
    assert outcome.said == [OPENED, HOUSES]
    assert outcome.generated.model == made.model
    (request,) = server.requests
    assert (request["path"], request["model"]) == (made.path, made.model)
    assert "sk-test" in {request["key"], (request["authorization"] or "").removeprefix("Bearer ")}
    assert "from the company's own articles" in json.dumps(request)


def test_a_reply_that_is_left_lets_go_of_its_connection(made: Made) -> None:
    with scripted_llm(Reply(["The mill ", "is old ", "and quiet."], pause_s=20, pause_at=2)) as server:
        llm = build_llm(made.settings(made.address(server)))
        assert llm is not None
        stream = Talk(llm).stream([ChatMessage(role=MessageRole.USER, content="hello")])
        assert next(stream)
        stream.close()
        assert server.left.wait(30)


@pytest.mark.parametrize("made", [OPENAI, OLLAMA], ids=lambda made: made.provider)
@pytest.mark.parametrize("status", [302, 307])
def test_no_request_is_sent_on_to_another_address(made: Made, status: int) -> None:
    pytest.importorskip(made.package, reason=f"the extra '{made.provider}' is not installed")
    with scripted_llm(Reply(["fine"])) as other:
        elsewhere = Reply(status=status, headers={"location": f"{other.root}{made.path}"})
        with scripted_llm(elsewhere) as server, pytest.raises(ModelFailed, match="INSIGHT_LLM_URL") as failure:
            talk_to(made, made.address(server)).ask("rules", "hello")
    assert failure.value.kind is Failure.UNREACHABLE
    assert (len(server.requests), other.requests) == (1, [])


def test_ollama_is_told_how_large_a_window_to_keep(analyzer: Analyzer) -> None:
    pytest.importorskip(OLLAMA.package, reason="the extra 'ollama' is not installed")
    with scripted_llm(Reply(["fine"])) as server:
        talk_to(OLLAMA, server.root, llm_context_tokens=4096).ask("rules", "hello")
    assert server.requests[0]["options"]["num_ctx"] == 4096


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        pytest.param(Reply(status=401), Failure.KEY, id="wrong key"),
        pytest.param(Reply(status=404), Failure.MODEL, id="unknown model"),
        pytest.param(Reply(status=429), Failure.BUSY, id="busy"),
        pytest.param(Reply(status=500), Failure.SERVER, id="server error"),
        pytest.param(Reply(status=529), Failure.SERVER, id="overloaded"),
        pytest.param(Reply(["A"], pause_s=1.5), Failure.TIMEOUT, id="no first word in time"),
        pytest.param(Reply(["A", "B"], pause_s=1.5, pause_at=1), Failure.TIMEOUT, id="a stalled stream"),
        pytest.param(Reply(["The park", " was"], cut=True), Failure.CUT, id="a cut stream"),
        pytest.param(Reply([""]), Failure.EMPTY, id="no words"),
    ],
)
def test_failures_are_told_apart(made: Made, reply: Reply, kind: Failure) -> None:
    with scripted_llm(reply) as server, pytest.raises(ModelFailed) as failure:
        talk_to(made, made.address(server), llm_timeout_s=0.4 if reply.pause_s else 30).ask("rules", "hello")
    assert failure.value.kind is kind
    assert "\n" not in failure.value.reason


def test_a_prompt_that_is_too_long(made: Made) -> None:
    with scripted_llm(made.too_long) as server, pytest.raises(ModelFailed) as failure:
        talk_to(made, made.address(server)).ask("rules", "hello")
    assert failure.value.kind is Failure.TOO_LONG


def test_nobody_listens(made: Made) -> None:
    with scripted_llm(Reply(["fine"])) as server:
        address = made.address(server)
    with pytest.raises(ModelFailed, match="can't be reached") as failure:
        talk_to(made, address).ask("rules", "hello")
    assert failure.value.kind is Failure.UNREACHABLE


def test_a_model_that_anthropics_package_does_not_know() -> None:
    pytest.importorskip(ANTHROPIC.package, reason="the extra 'anthropic' is not installed")
    llm = build_llm(ANTHROPIC.settings("http://127.0.0.1:9").model_copy(update={"llm_model": "claude-unheard-of"}))
    assert llm is not None
    with pytest.raises(ModelFailed, match="INSIGHT_LLM_MODEL") as failure:
        Talk(llm).ask("rules", "hello")
    assert failure.value.kind is Failure.MODEL


@pytest.mark.parametrize("provider", ["anthropic", "ollama"])
def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, provider: Provider) -> None:
    found = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == f"llama_index.llms.{provider}":
            raise ImportError(name)
        return found(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadInput, match=rf"pip install --editable '\.\[{provider}\]'") as refusal:
        build_llm(Settings(llm_provider=provider, llm_model="m", llm_api_key="k"))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("provider", "url", "model", "named"),
    [
        pytest.param("openai", None, "m", False, id="openai needs an address"),
        pytest.param("openai", "http://127.0.0.1:1/v1", None, False, id="and a model"),
        pytest.param("openai", "http://127.0.0.1:1/v1", "m", True, id="openai"),
        pytest.param("ollama", "http://127.0.0.1:1", None, False, id="ollama needs a model"),
        pytest.param("ollama", None, "m", True, id="ollama has an address of its own"),
        pytest.param("anthropic", None, "claude-sonnet-4-5", True, id="anthropic too"),
    ],
)
def test_what_names_a_model(provider: Provider, url: str | None, model: str | None, named: bool) -> None:
    if (
        named
        and importlib.util.find_spec({"openai": OPENAI, "ollama": OLLAMA, "anthropic": ANTHROPIC}[provider].package)
        is None
    ):
        pytest.skip(f"the extra '{provider}' is not installed")
    settings = Settings(llm_provider=provider, llm_url=url, llm_model=model, llm_api_key="k")
    assert (build_llm(settings) is not None) is named


def test_anthropic_needs_a_key() -> None:
    pytest.importorskip(ANTHROPIC.package, reason="the extra 'anthropic' is not installed")
    with pytest.raises(BadInput, match="INSIGHT_LLM_API_KEY"):
        build_llm(Settings(llm_provider="anthropic", llm_model="claude-sonnet-4-5"))
