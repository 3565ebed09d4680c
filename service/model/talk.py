"""One question's dealings with the language model: every request is counted against the question's budget."""

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.failures import LASTING, Failure, ModelFailed, cut_off, empty
from service.model.llm import without_temperature
from service.model.prompts import estimate_tokens, token_weight
from service.model.stream import Piece, stream_reply
from service.model.thoughts import THOUGHT_END, Thoughts

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

LONGEST_REPLY = 8000
"""Characters after which a reply is cut off: five sentences need a few hundred, and a model may run on for ever."""

BACKOFF_S = 0.5
"""Pause before an endpoint with an error of its own is asked once more."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one question may cost: requests, tokens sent and received (estimated), and seconds."""

    calls: int = 3
    tokens: int = 16_000
    seconds: float = 60.0


class Talk:
    """Asks the language model, for one question; used by one thread.

    A request that the endpoint puts off (429, with a pause named) or fails at (5xx) is made once more where the pause
    fits into what is left of the seconds, and one whose temperature it refuses is made once more without it, as are all
    after it: ``options``, which go along with each request, may be shared with other questions. What can't get better
    meanwhile (nobody answers, a wrong key) is not tried again for this question. Once ``left`` says that nobody waits
    for the answer, nothing is.
    """

    def __init__(
        self,
        llm: "LLM",
        limits: Limits = Limits(),
        *,
        left: Callable[[], bool] | None = None,
        options: dict[str, Any] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._llm, self._limits, self._left, self._clock, self._sleep = llm, limits, left, clock, sleep
        self._deadline = clock() + limits.seconds
        self._calls, self._tokens = 0, 0.0
        self._options = {} if options is None else options
        self._broken: ModelFailed | None = None

    @property
    def model(self) -> str:
        """The model's name."""
        return model_name(self._llm)

    def ask(self, rules: str, prompt: str) -> str:
        """Return the whole reply to one message, without the thoughts before it; raises ModelFailed."""
        from llama_index.core.llms import ChatMessage, MessageRole

        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=rules),
            ChatMessage(role=MessageRole.USER, content=prompt),
        ]
        return THOUGHT_END.split("".join(self.stream(messages)))[-1]

    def stream(self, messages: Sequence["ChatMessage"]) -> Generator[str, None, None]:
        """Yield the reply's text as it comes; raises ModelFailed, with kind BUDGET where the budget is spent."""
        if self._broken:
            raise self._broken
        try:
            yield from self._twice(messages)
        except ModelFailed as failure:
            self._broken = failure if failure.kind in LASTING else None
            raise

    def _twice(self, messages: Sequence["ChatMessage"]) -> Generator[str, None, None]:
        """Try once more where a failure may pass and nothing of the reply has come yet."""
        begun = False
        try:
            for piece in self._once(messages):
                begun = True
                yield piece
        except ModelFailed as failure:
            pause = None if begun else self._pause(failure)
            if pause is None:
                raise
            if failure.kind is Failure.TEMPERATURE:
                self._options.update(without_temperature(self._llm))
            self._sleep(pause)
            yield from self._once(messages)

    def _pause(self, failure: ModelFailed) -> float | None:
        """Return how long to wait before the one further try, None where there is none."""
        pauses = {Failure.BUSY: failure.retry_after, Failure.SERVER: BACKOFF_S}
        if not self._options:
            pauses[Failure.TEMPERATURE] = 0.0
        pause = pauses.get(failure.kind)
        fits = pause is not None and pause < self._deadline - self._clock() and self._calls < self._limits.calls
        return pause if fits else None

    def _once(self, messages: Sequence["ChatMessage"]) -> Generator[str, None, None]:
        self._begin(messages)
        try:
            seconds = max(self._deadline - self._clock(), 0.001)
            reply = stream_reply(self._llm, messages, seconds=seconds, left=self._left, options=self._options)
            with closing(reply) as pieces:
                yield from self._replied(pieces)
        except ModelFailed as failure:
            if failure.kind is Failure.TIMEOUT and self._clock() >= self._deadline:
                raise self._spent_seconds() from failure
            raise

    def _replied(self, pieces: Iterable[Piece]) -> Generator[str, None, None]:
        """Yield what the model replies, and count what it thinks before as well."""
        thoughts, length = Thoughts(), 0
        for piece in pieces:
            if piece.text or piece.thought:  # what only marks the end of a reply costs nothing
                self._tokens += token_weight(piece.text) + token_weight(piece.thought)
                self._check()
            if reply := thoughts.feed(piece.text):
                length += len(reply)
                yield reply
            if length > LONGEST_REPLY:
                raise cut_off()
        if rest := thoughts.close():
            yield rest
        elif not length:
            raise empty()

    def _begin(self, messages: Sequence["ChatMessage"]) -> None:
        """Count one request; raises ModelFailed where it is one too many."""
        if self._calls >= self._limits.calls:
            raise _spent(self._limits.calls, "call", "INSIGHT_LLM_CALLS")
        prompt = sum(estimate_tokens(message.content or "") for message in messages)
        if self._tokens + prompt > self._limits.tokens:
            raise self._spent_tokens()
        self._check()
        self._calls += 1
        self._tokens += prompt

    def _check(self) -> None:
        if self._tokens > self._limits.tokens:
            raise self._spent_tokens()
        if self._clock() >= self._deadline:
            raise self._spent_seconds()

    def _spent_tokens(self) -> ModelFailed:
        return _spent(self._limits.tokens, "token", "INSIGHT_LLM_TOKENS")

    def _spent_seconds(self) -> ModelFailed:
        return _spent(self._limits.seconds, "second", "INSIGHT_LLM_SECONDS")


def model_name(llm: "LLM") -> str:
    """Return the name that was set; a provider's package may not know a model's metadata."""
    return str(getattr(llm, "model", None) or llm.metadata.model_name)


def _spent(most: float, unit: str, setting: str) -> ModelFailed:
    what = f"{most:g} {unit}{'' if most == 1 else 's'}"
    return ModelFailed(f"the question's budget of {what} is spent; see {setting}", Failure.BUDGET)
