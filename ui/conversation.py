"""One visitor's conversation: what the page shows of it, what the assistant is told of it, what a browser keeps."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any, Literal

import structlog
from pydantic import TypeAdapter, ValidationError

from corpus.language import detect
from service.answer import MAX_TURNS, Turn
from ui.render import message_html, stopped_html
from ui.text import words

MAX_SHOWN = 200
"""Messages that the page keeps: the newest."""

MAX_KEPT = 40
"""Messages that a browser keeps of a conversation, for when the page is loaded again: the newest."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the page shows it.

    ``said`` is what the assistant is told of it later, nothing where it is only shown; ``articles`` are the ids of
    those that an answer quotes or names, None as long as they are not known.
    """

    role: Literal["user", "assistant"]
    html: str
    said: str = ""
    articles: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """One visitor's conversation.

    ``refused`` is the newest question where something in it or beside it has to be changed first.
    """

    messages: tuple[Message, ...] = ()
    refused: str = ""

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The newest exchanges as the assistant is told of them: the questions that got an answer, and the answers."""
        exchanges = [(asked, told) for asked, told in pairwise(self.messages) if asked.role == "user" and told.said]
        turns = [Turn(message.role, message.said) for exchange in exchanges for message in exchange]
        return tuple(turns[-MAX_TURNS:])

    @property
    def shown(self) -> list[dict[str, str]]:
        """The messages as Gradio's chat takes them."""
        return [{"role": message.role, "content": message.html} for message in self.messages]

    @property
    def articles(self) -> list[str]:
        """The ids of all articles that its answers quote or name."""
        return list(dict.fromkeys(each for message in self.messages for each in message.articles or ()))

    @property
    def _said_before(self) -> tuple[str, ...]:
        """What was said before each message: before an answer, its question."""
        return ("", *(message.said for message in self.messages[:-1]))

    def add(self, message: Message) -> "Conversation":
        """Return the conversation with one more message, the oldest forgotten."""
        return replace(self, messages=(*self.messages, message)[-MAX_SHOWN:])

    def stopped(self) -> "Conversation":
        """Return the conversation with the answer on its way broken off."""

        def stopped(message: Message, question: str) -> Message:
            return replace(message, html=stopped_html(message.html, words(detect(question)).stopped))

        return replace(self, messages=tuple(map(stopped, self.messages, self._said_before)))

    def without(self, withdrawn: Collection[str]) -> "Conversation":
        """Return the conversation with a line of ours for each answer that quotes or names what is withdrawn."""
        gone = frozenset(withdrawn)

        def current(message: Message, question: str) -> Message:
            if gone.isdisjoint(message.articles or ()):
                return message
            return Message("assistant", message_html(words(detect(question)).withdrawn, kind="hint"))

        return replace(self, messages=tuple(map(current, self.messages, self._said_before)))

    def kept(self) -> list[dict[str, Any]]:
        """Return what the browser keeps, as plain data: no answer whose articles are not known, nor its question."""
        newest = self.messages[-MAX_KEPT:]
        unknown = {place for place, message in enumerate(newest) if message.articles is None}
        return [asdict(message) for place, message in enumerate(newest) if not {place, place + 1} & unknown]

    @classmethod
    def brought_back(cls, kept: object) -> "Conversation":
        """Return the conversation that a browser kept; an empty one where there is none, or nothing that fits."""
        if not kept:
            return cls()
        try:
            messages = TypeAdapter(list[Message]).validate_python(kept)
        except ValidationError as error:
            log.info("a browser kept no conversation that can be read", reason=str(error))
            return cls()
        return cls(tuple(messages[-MAX_KEPT:]))
