"""A question goes to the assistant, and its answer comes back piece by piece as the page shows it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from corpus.errors import BadInput, InsightError
from corpus.filters import Filter
from corpus.language import detect
from service.answer import Answer, Delta, Restart, Turn, Unproved
from service.phrases import conditions
from ui.conversation import Conversation, Message
from ui.filters import NOTHING, Chosen
from ui.render import (
    answer_html,
    message_html,
    question_html,
    streaming_html,
    waiting_html,
    without_marks,
)
from ui.text import CHINESE, ENGLISH, failure, words

if TYPE_CHECKING:
    from service.wiring import Services

log = structlog.get_logger(__name__)


def converse(
    services: "Services",
    question: str,
    conversation: Conversation,
    chosen: Chosen = NOTHING,
    left: Callable[[], bool] | None = None,
) -> Iterator[Conversation]:
    """Answer ``question``; gives the conversation again and again as the answer grows, the last time whole.

    Once ``left`` says that nobody waits for the answer, a language model is asked no more.
    """
    conversation = replace(conversation, refused="")
    language = detect(question)
    if not question.strip():
        line = f"{ENGLISH.empty_question} {CHINESE.empty_question}"
        yield conversation.add(_line(line, kind="hint"))
        return
    asked = conversation.add(Message("user", question_html(question), question))
    try:
        where = chosen.where()
        asked = conversation.add(Message("user", question_html(question, conditions(where, language)), question))
        yield asked.add(Message("assistant", waiting_html(words(language).looking)))
        for message in _answered(services, question, conversation.turns, where, left):
            yield asked.add(message)
    except InsightError as error:
        log.info("a question was refused", code=error.code, reason=str(error))  # the line on the page may say less
        refused = replace(asked, refused=question) if isinstance(error, BadInput) else asked
        yield refused.add(_line(failure(error, language), kind="error"))
    except Exception as error:  # the visitor gets one line, the log the rest
        log.error("unexpected error while answering", exc_info=error)
        yield asked.add(_line(words(language).unexpected, kind="error"))


def _line(line: str, *, kind: str) -> Message:
    return Message("assistant", message_html(line, kind=kind))


def _answered(
    services: "Services", question: str, turns: Sequence[Turn], where: Filter, left: Callable[[], bool] | None
) -> Iterator[Message]:
    """Give the answer as it grows; one that is stopped leaves what it said to the next question."""
    text = aside = ""
    for event in services.assistant.stream(question, history=turns, where=where, left=left):
        match event:
            case Delta(text=piece):
                text += piece
            case Unproved(why=why):
                aside = words(detect(question)).held_back.format(why=why)
            case Restart():
                text = aside = ""
            case Answer():
                html = answer_html(event, services.library.passage)
                yield Message("assistant", html, without_marks(event.text), _articles_of(event))
                return
        yield Message("assistant", streaming_html(text, aside), without_marks(text), None)


def _articles_of(answer: Answer) -> tuple[str, ...]:
    return (*(citation.article.id for citation in answer.citations), *(article.id for article in answer.related))
