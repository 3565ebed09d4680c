"""Language-model mode: a model writes, and each of its sentences passes only with an exact quote that supports it."""

import re
import secrets
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.article import Language
from service.answer import Citation, Delta, Statement, Turn
from service.cite import CitationBook
from service.evidence import Evidence, RankedPassage
from service.llm import TOO_LONG, ModelFailed, stream_text
from service.prompts import NOT_IN_ARTICLES, defused, source_block, system_prompt, user_prompt
from service.proof import Proof, Verifier, find_proof, is_order
from service.reply import ReplyReader, Said
from service.understand import Understood
from service.verify import Verdict

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

_REPLY_TOKENS = 1024  # room for the reply, at most a quarter of the window
_HISTORY_SHARE = 0.25  # of what the rules and the question leave; the rest is for sources
_MOST_SOURCES = 8
_MARK = re.compile(r"\s*\[\d+\]")
_WIDE = re.compile(r"[^\x00-\u024f]")


@dataclass(frozen=True, slots=True)
class Generated:
    """What came of it; without statements the caller falls back to quotes mode.

    ``refused`` says that the model found no answer in the sources; ``text`` is what the deltas made together.
    """

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    text: str
    refused: bool
    model: str


@dataclass(frozen=True, slots=True)
class Writer:
    """A language model with the check of what it writes; ``context_tokens`` is the size of its window."""

    llm: "LLM"
    verifier: Verifier
    context_tokens: int = 8192

    def write(
        self, question: Understood, evidence: Evidence, history: Sequence[Turn] = ()
    ) -> Generator[Delta, None, Generated]:
        """Do as ``generate`` does, in the question's language."""
        return generate(
            question.asked,
            question.language,
            evidence,
            history,
            llm=self.llm,
            verifier=self.verifier,
            context_tokens=self.context_tokens,
        )


def generate(
    question: str,
    language: Language,
    evidence: Evidence,
    history: Sequence[Turn] = (),
    *,
    llm: "LLM",
    verifier: Verifier,
    context_tokens: int = 8192,
) -> Generator[Delta, None, Generated]:
    """Let ``llm`` answer from ``evidence``; yield a Delta for each sentence that is proved, and return the whole.

    A sentence is dropped where the passages that it cites don't support it; without a known key, where no single quote
    of the evidence fully supports it. Without evidence no model is called.

    Raises:
        ModelFailed: the model gave no usable reply, or broke off after some deltas.

    """
    model = llm.metadata.model_name
    if not evidence.passages:
        return Generated((), (), "", refused=True, model=model)
    sources, messages = _prompt(question, language, evidence, history, context_tokens)
    draft, refused = _Draft(sources, verifier), False
    with closing(stream_text(llm, messages)) as pieces:
        for said in _sentences(pieces):
            if NOT_IN_ARTICLES in said.text:
                refused = not draft.statements
            elif delta := draft.add(said):
                yield delta
            if refused:  # whatever the model adds to its refusal is not from the articles
                break
    return Generated(tuple(draft.statements), draft.book.citations, draft.text, refused=refused, model=model)


def _sentences(pieces: Iterator[str]) -> Iterator[Said]:
    reader = ReplyReader()
    for piece in pieces:
        yield from reader.feed(piece)
    yield from reader.close()


class _Draft:
    """Keeps the sentences that can be proved, with their citations."""

    def __init__(self, sources: Mapping[str, RankedPassage], verifier: Verifier) -> None:
        self._sources = sources
        self._verifier = verifier
        self.book = CitationBook()
        self.statements: list[Statement] = []
        self.text = ""

    def add(self, said: Said) -> Delta | None:
        """Return the sentence's text with its marks, or None where it is dropped."""
        proof = self._proof(said)
        if proof.verdict.support == "unsupported":
            return None
        cited = (self.book.add(ranked.article, ranked.passage, span) for ranked, span in proof.places)
        marks = tuple(dict.fromkeys(cited))
        self.statements.append(Statement(said.text, marks, proof.verdict.support))
        delta = (" " if self.text else "") + said.text + " " + "".join(f"[{mark}]" for mark in marks)
        self.text += delta
        return Delta(delta)

    def _proof(self, said: Said) -> Proof:
        cited = [self._sources[key] for key in said.keys if key in self._sources]
        if cited:
            return find_proof(said.text, cited, self._verifier)
        # The model named no source. One quote that fully supports the sentence proves it all the same.
        for ranked in self._sources.values():
            proof = find_proof(said.text, [ranked], self._verifier)
            if proof.verdict.support == "supported":
                return proof
        return Proof((), Verdict("unsupported", "the sentence names no source", 0.0))


def _prompt(
    question: str, language: Language, evidence: Evidence, history: Sequence[Turn], context_tokens: int
) -> tuple[dict[str, RankedPassage], list["ChatMessage"]]:
    """Return the sources by key, and the messages; raises ModelFailed where not even one source fits."""
    from llama_index.core.llms import ChatMessage, MessageRole

    keys = _keys(min(len(evidence.passages), _MOST_SOURCES))
    rules = system_prompt(language, keys[0])
    reply = min(_REPLY_TOKENS, context_tokens // 4)
    room = context_tokens - reply - estimate_tokens(rules) - estimate_tokens(user_prompt(question, ""))
    turns = _newest(history, int(room * _HISTORY_SHARE))
    room -= sum(estimate_tokens(turn.content) for turn in turns)
    sources: dict[str, RankedPassage] = {}
    blocks: list[str] = []
    for key, ranked in zip(keys, evidence.passages, strict=False):
        block = source_block(key, ranked.article, _shown(ranked))
        if estimate_tokens(block) <= room:
            room -= estimate_tokens(block)
            sources[key] = ranked
            blocks.append(block)
    if not sources:
        raise ModelFailed(TOO_LONG)
    roles = {"user": MessageRole.USER, "assistant": MessageRole.ASSISTANT}
    return sources, [
        ChatMessage(role=MessageRole.SYSTEM, content=rules),
        *(ChatMessage(role=roles[turn.role], content=turn.content) for turn in turns),
        ChatMessage(role=MessageRole.USER, content=user_prompt(question, "\n".join(blocks))),
    ]


def _keys(count: int) -> list[str]:
    """Return distinct keys of one fixed length that no article's text can foresee."""
    keys: dict[str, None] = {}
    while len(keys) < count:
        keys[f"S-{secrets.token_hex(2)}"] = None
    return list(keys)


def _shown(ranked: RankedPassage) -> str:
    """Return the passage with its headings, without lines that give orders to a model."""
    return "\n".join(
        [*ranked.passage.headings, *(line for line in ranked.passage.text.split("\n") if not is_order(line))]
    )


def _newest(history: Sequence[Turn], budget: int) -> list[Turn]:
    """Keep the newest turns that fit, from a user's turn on; citation marks of old answers mean nothing here."""
    kept: list[Turn] = []
    for turn in reversed(history):
        cleaned = Turn(turn.role, defused(_MARK.sub("", turn.content)))
        budget -= estimate_tokens(cleaned.content)
        if budget < 0:
            break
        kept.insert(0, cleaned)
    while kept and kept[0].role != "user":
        kept.pop(0)
    return kept


def estimate_tokens(text: str) -> int:
    """Estimate a text's tokens on the high side: one for each wide character, one for each three others."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide + 2) // 3
