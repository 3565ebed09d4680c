"""What the language model is sent for an answer: the rules, the newest turns and the sources that fit its window."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from corpus.article import Language
from service.answer import Turn
from service.checks.orders import is_barred, shown
from service.evidence import Evidence, RankedPassage
from service.failures import too_long
from service.model.llm import REPLY_TOKENS
from service.model.prompts import (
    differ_note,
    estimate_tokens,
    insist_note,
    newest_turns,
    repair_prompt,
    source_block,
    system_prompt,
    user_prompt,
)

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage

_HISTORY_SHARE = 0.25  # of what the rules and the question leave; the rest is for sources
MOST_SOURCES = 8
"""Passages that a model is shown at most."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request for an answer: ``sources`` by the keys under which the model is shown them.

    ``alone`` is the question as it is put where no ``turns`` go along.
    """

    question: str
    alone: str
    language: Language
    sources: Mapping[str, RankedPassage]
    turns: tuple[Turn, ...]
    notes: tuple[str, ...] = ()

    def messages(self) -> list["ChatMessage"]:
        """Return the messages to send."""
        asked = self.question if self.turns else self.alone
        return self._messages(user_prompt(asked, _blocks(self.sources), self.notes))

    def repair(self, sentences: Sequence[str], keys: Sequence[str]) -> list["ChatMessage"]:
        """Ask for ``sentences`` anew, with the sources of ``keys`` or, where there are none, all of them."""
        shown_again = {key: self.sources[key] for key in keys} or self.sources
        return replace(self, turns=())._messages(repair_prompt(self.alone, _blocks(shown_again), sentences))

    def shorter(self) -> "Request | None":
        """Return the request with the better half of its sources and no history; None where it can't be shorter."""
        if len(self.sources) < 2 and not self.turns:
            return None
        kept = list(self.sources)[: max(1, len(self.sources) // 2)]
        return replace(self, sources={key: self.sources[key] for key in kept}, turns=(), notes=())

    def insisting(self) -> "Request":
        """Return the request with a word on the language to answer in."""
        return replace(self, notes=(*self.notes, insist_note(self.language)))

    def _messages(self, prompt: str) -> list["ChatMessage"]:
        from llama_index.core.llms import ChatMessage, MessageRole

        roles = {"user": MessageRole.USER, "assistant": MessageRole.ASSISTANT}
        return [
            ChatMessage(role=MessageRole.SYSTEM, content=system_prompt(self.language, next(iter(self.sources)))),
            *(ChatMessage(role=roles[turn.role], content=turn.content) for turn in self.turns),
            ChatMessage(role=MessageRole.USER, content=prompt),
        ]


def build_request(
    question: str,
    language: Language,
    evidence: Evidence,
    history: Sequence[Turn],
    *,
    context_tokens: int,
    differing: Sequence[str] = (),
    alone: str | None = None,
) -> Request:
    """Return the request; raises ModelFailed where not even one source fits.

    ``alone`` is the question as it stands without ``history``, which goes along as far as it fits.
    ``differing`` are the ids of articles that say different things of what is asked; the model is told.
    """
    keys = _keys(min(len(evidence.passages), MOST_SOURCES))
    reply = min(REPLY_TOKENS, context_tokens // 4)
    rules = system_prompt(language, keys[0])
    room = (
        context_tokens
        - reply
        - estimate_tokens(rules)
        - max(estimate_tokens(user_prompt(said, "")) for said in (question, alone or question))
    )
    turns = newest_turns(history, int(room * _HISTORY_SHARE))
    room -= sum(estimate_tokens(turn.content) for turn in turns)
    sources: dict[str, RankedPassage] = {}
    for key, ranked in zip(keys, evidence.passages, strict=False):
        size = estimate_tokens(_block(key, ranked))
        if size <= room:
            room -= size
            sources[key] = ranked
    if not sources:
        raise too_long()
    return Request(question, alone or question, language, sources, tuple(turns), _differ_notes(sources, differing))


def _differ_notes(sources: Mapping[str, RankedPassage], differing: Sequence[str]) -> tuple[str, ...]:
    """Name the sources that disagree by their keys, as far as they are shown: the best passage of each article."""
    best: dict[str, tuple[str, RankedPassage]] = {}
    for key, ranked in sources.items():
        if ranked.article.id in differing:
            best.setdefault(ranked.article.id, (key, ranked))
    return tuple(
        differ_note((one[0], one[1].article), (two[0], two[1].article)) for one, two in combinations(best.values(), 2)
    )


def _keys(count: int) -> list[str]:
    """Return distinct keys of one fixed length that no article's text can foresee."""
    keys: dict[str, None] = {}
    while len(keys) < count:
        keys[f"S-{secrets.token_hex(2)}"] = None
    return list(keys)


def _blocks(sources: Mapping[str, RankedPassage]) -> str:
    return "\n".join(_block(key, ranked) for key, ranked in sources.items())


def _block(key: str, ranked: RankedPassage) -> str:
    """Fence a passage with the headings that it doesn't begin with, without lines that give orders to a model."""
    headings, text = ranked.passage.headings, shown(ranked.passage.text)
    opening = text.split("\n", len(headings))[: len(headings)]
    above = [heading for heading in headings if heading not in opening and not is_barred(heading)]
    return source_block(key, ranked.article, "\n".join([*above, text]))
