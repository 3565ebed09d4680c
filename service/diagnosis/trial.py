"""Trying the language model as an answer would use it: with two small sources, then with as many as should fit."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.article import Article, Block, BlockKind, Passage, Sentence, Span
from corpus.errors import BadInput
from service.evidence import Evidence, RankedPassage
from service.failures import Failure, ModelFailed
from service.model.chat import declines
from service.model.llm import build_llm
from service.model.prompts import estimate_tokens
from service.model.reply import ReplySentence, sentences_of
from service.model.request import MOST_SOURCES, Request, build_request
from service.model.talk import Limits, Talk
from service.settings import Settings

WHAT = "language model"
LONGEST_TRIED = 16_384
"""Most tokens of a prompt that is tried: real ones are seldom longer, whatever the window."""

_QUESTION = "When was the lantern house on Vessel Quay opened, and how many rooms does it have?"
_ANSWER = "The lantern house on Vessel Quay was opened in 1987. It has 41 rooms, most of them workshops."
_FACT = "1987"
_FILLER = "Shed {number} on the northern quay is let to a rope maker, who keeps {more} coils of hemp in it. "

_STEPS: tuple[tuple[str, frozenset[Failure], str], ...] = (
    ("reachable", frozenset({Failure.UNREACHABLE}), "start the endpoint, or correct INSIGHT_LLM_URL"),
    ("key", frozenset({Failure.KEY}), "set INSIGHT_LLM_API_KEY to a key of this endpoint"),
    (
        "model",
        frozenset({Failure.MODEL}),
        "set INSIGHT_LLM_MODEL to a model that the endpoint has, or mend INSIGHT_LLM_URL: it may lack `/v1`",
    ),
)
# How many of them are good when a request fails so; else only that something was reached.
_GOOD = {
    **dict.fromkeys((Failure.UNREACHABLE, Failure.TIMEOUT, Failure.BUDGET), 0),
    Failure.MODEL: 2,
    **dict.fromkeys((Failure.CUT, Failure.EMPTY, Failure.TOO_LONG), 3),
}
_REMEDIES = {
    Failure.TIMEOUT: "use a faster model, or raise INSIGHT_LLM_TIMEOUT_S",
    Failure.BUDGET: "use a faster model, or raise the budget that is named",
    Failure.BUSY: "try again later, or ask the provider for more",
    Failure.REFUSED: "mend what the endpoint names, or choose another model",
    Failure.QUOTA: "ask the provider for more, or set another key",
    Failure.LENGTH: "choose a model that thinks less before it answers, or one with a larger window",
    Failure.SERVER: "look into the endpoint's own log",
    Failure.CUT: "look into the endpoint's own log, and whether a proxy before it ends long replies",
    Failure.TOO_LONG: "set INSIGHT_LLM_CONTEXT_TOKENS to the window that the endpoint really gives the model",
}
_OTHERWISE = "check that INSIGHT_LLM_URL is the base address of an endpoint of INSIGHT_LLM_PROVIDER's kind"


@dataclass(frozen=True, slots=True)
class DoctorCheck:
    """One line of the report; ``remedy`` says what to do where something fails, else it is empty."""

    what: str
    state: Literal["ok", "fails", "skipped"]
    told: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply as it came: its pieces, its sentences, and the seconds that it took."""

    pieces: tuple[str, ...]
    sentences: tuple[ReplySentence, ...]
    seconds: float

    def keyed(self, request: Request) -> int:
        """Return how many sentences name a source of the request."""
        return sum(any(key in request.sources for key in said.keys) for said in self.sentences)


def try_language_model(settings: Settings) -> Iterator[DoctorCheck]:
    """Yield what can be said of the language model that the settings name; makes two requests at most."""
    try:
        llm = build_llm(settings)
    except BadInput as error:
        yield DoctorCheck(WHAT, "fails", str(error), "do as it says, or unset INSIGHT_LLM_PROVIDER")
        return
    if llm is None:
        yield _unnamed(settings)
        return
    yield DoctorCheck(WHAT, "ok", f"{settings.llm_model} by {settings.llm_provider}")
    # no more seconds than a question has, but as many tokens as it takes
    limits = Limits(calls=2, tokens=10 * LONGEST_TRIED, seconds=settings.llm_seconds)
    short = _request(settings, filled=False)
    try:
        reply = _asked(Talk(llm, limits), short)
    except ModelFailed as failure:
        yield from _failed(failure)
        return
    key = "accepted" if settings.llm_api_key else "none is set, and none was asked for"
    for (step, _, _), told in zip(_STEPS, (f"answered in {reply.seconds:.1f} s", key, "known"), strict=True):
        yield DoctorCheck(f"{WHAT}: {step}", "ok", told)
    yield _streams(reply)
    yield _keeps_to_keys(reply, short)
    yield _window(Talk(llm, limits), _request(settings, filled=True))


def _unnamed(settings: Settings) -> DoctorCheck:
    missing = "INSIGHT_LLM_URL" if settings.llm_model else "INSIGHT_LLM_MODEL"
    if settings.llm_model or settings.llm_url or settings.llm_provider != "openai":
        return DoctorCheck(WHAT, "fails", f"{missing} is not set, so answers stay in quotes mode", f"set {missing}")
    return DoctorCheck(WHAT, "ok", "none is set: quotes mode")


def _failed(failure: ModelFailed) -> Iterator[DoctorCheck]:
    """Say how far the first request came: which steps are good by then, and which can't be told."""
    failed = next((place for place, (_, kinds, _) in enumerate(_STEPS) if failure.kind in kinds), len(_STEPS))
    good = _GOOD.get(failure.kind, min(failed, 1))
    for place, (step, _, remedy) in enumerate(_STEPS):
        if place == failed:
            yield DoctorCheck(f"{WHAT}: {step}", "fails", failure.in_full, remedy)
        else:
            known = place < good
            yield DoctorCheck(
                f"{WHAT}: {step}", "ok" if known else "skipped", "no trouble with it" if known else "not known"
            )
    if failed == len(_STEPS):
        yield DoctorCheck(f"{WHAT}: reply", "fails", failure.in_full, _REMEDIES.get(failure.kind, _OTHERWISE))


def _streams(reply: _Reply) -> DoctorCheck:
    what = f"{WHAT}: streams"
    if len(reply.pieces) > 1:
        return DoctorCheck(what, "ok", f"{len(reply.pieces)} pieces")
    return DoctorCheck(
        what, "fails", "the reply came in one piece", "look for a proxy before the endpoint that holds replies back"
    )


def _keeps_to_keys(reply: _Reply, request: Request) -> DoctorCheck:
    what = f"{WHAT}: citation keys"
    whole, keyed = len(reply.sentences), reply.keyed(request)
    if whole and keyed == whole:
        return DoctorCheck(what, "ok", f"all of {whole} sentences name their source")
    told = "it did not find the answer in its sources" if _refused(reply) else f"{keyed} of {whole} sentences name one"
    return DoctorCheck(
        what, "fails", told, "choose a model that follows instructions better; quotes take its place else"
    )


def _window(talk: Talk, request: Request) -> DoctorCheck:
    """Ask with a prompt that should just fit: an endpoint that cuts it off loses the rules and the answer first."""
    what = f"{WHAT}: context"
    size = sum(estimate_tokens(message.content or "") for message in request.messages())
    try:
        reply = _asked(talk, request)
    except ModelFailed as failure:
        remedy = _REMEDIES.get(failure.kind, _OTHERWISE)
        return DoctorCheck(what, "fails", f"with a prompt of about {size} tokens: {failure.in_full}", remedy)
    if any(_FACT in said.text for said in reply.sentences):
        return DoctorCheck(what, "ok", f"a prompt of about {size} tokens is read from its beginning")
    told = f"of a prompt of about {size} tokens it missed the beginning"
    return DoctorCheck(what, "fails", told, _REMEDIES[Failure.TOO_LONG])


def _refused(reply: _Reply) -> bool:
    return any(declines(said.text) for said in reply.sentences)


def _asked(talk: Talk, request: Request) -> _Reply:
    begun = time.monotonic()
    pieces = tuple(talk.stream(request.messages()))
    sentences: list[ReplySentence] = []
    for said in sentences_of(pieces):
        sentences = [*sentences, said] if said else []
    return _Reply(pieces, tuple(sentences), time.monotonic() - begun)


def _request(settings: Settings, *, filled: bool) -> Request:
    """Return the question with its source first, behind it one more source, or as many as the window holds."""
    tokens = min(settings.llm_context_tokens, LONGEST_TRIED)
    count = MOST_SOURCES if filled else 2
    # a little is left, since titles and fences take some room too
    size = int(0.8 * (tokens - tokens // 4) / MOST_SOURCES) if filled else 100
    texts = [_ANSWER, *(_filler(number, tokens=size) for number in range(1, count))]
    passages = tuple(RankedPassage(*_source(number, text), 1.0 / (number + 1)) for number, text in enumerate(texts))
    return build_request(_QUESTION, "en", Evidence(passages, (), 1.0), (), context_tokens=settings.llm_context_tokens)


def _filler(source: int, *, tokens: int) -> str:
    text = ""
    while estimate_tokens(text) < tokens:
        number = 1000 * source + len(text)
        text += _FILLER.format(number=number, more=number % 97 + 3)
    return text.rstrip()


def _source(number: int, text: str) -> tuple[Article, Passage]:
    whole = Span(0, len(text))
    title = "Vessel Quay" if number == 0 else f"The northern quay, part {number}"
    name = f"trial-{number}"
    article = Article(name, name, title, text, (Block(BlockKind.PARAGRAPH, whole),), "en", published="2026-01-01")
    sentence = Sentence(whole, BlockKind.PARAGRAPH)
    return article, Passage(f"{name}.1.0", name, 1, 0, whole, text, (), (sentence,))
