"""The chat page: a question goes to the assistant, its answer comes back piece by piece with its sources."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog

from corpus.errors import InsightError
from corpus.language import detect
from service.answer import Answer, Delta, Restart, Turn
from ui.render import (
    answer_html,
    header_html,
    message_html,
    question_html,
    stopped_html,
    streaming_html,
    welcome_html,
    without_marks,
)
from ui.text import CHINESE, ENGLISH, SUGGESTIONS, Words, words

if TYPE_CHECKING:
    from service.wiring import Services

MAX_TURNS = 12
"""Earlier turns that go with a question: the newest."""

MAX_SHOWN = 200
"""Messages that the page keeps: the newest."""

CONCURRENCY = 4
"""Questions answered at once; the others wait in line."""

log = structlog.get_logger(__name__)

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """One visitor's conversation: what the assistant is told of it, and what the page shows."""

    turns: tuple[Turn, ...] = ()
    shown: tuple[Message, ...] = ()

    def show(self, role: str, content: str) -> "Conversation":
        """Return the conversation with one more message on the page."""
        return replace(self, shown=(*self.shown, {"role": role, "content": content})[-MAX_SHOWN:])

    def remember(self, question: str, answer: str) -> "Conversation":
        """Return the conversation with one more exchange in its memory, the oldest forgotten."""
        return replace(self, turns=(*self.turns, Turn("user", question), Turn("assistant", answer))[-MAX_TURNS:])

    def stopped(self) -> "Conversation":
        """Return the conversation with the answer on its way broken off."""
        shown = tuple(message | {"content": stopped_html(message["content"])} for message in self.shown)
        return replace(self, shown=shown)


def converse(services: "Services", question: str, conversation: Conversation) -> Iterator[Conversation]:
    """Answer ``question``; gives the conversation again and again as the answer grows, the last time whole."""
    if not question.strip():
        line = f"{ENGLISH.empty_question} {CHINESE.empty_question}"
        yield conversation.show("assistant", message_html(line, kind="hint"))
        return
    asked = conversation.show("user", question_html(question))
    yield asked.show("assistant", streaming_html(""))
    try:
        yield from _answered(services, question, asked)
    except InsightError as error:
        yield asked.show("assistant", message_html(str(error), kind="error"))
    except Exception as error:  # the visitor gets one line, the log the rest
        log.error("unexpected error while answering", exc_info=error)
        yield asked.show("assistant", message_html(words(detect(question)).unexpected, kind="error"))


def _answered(services: "Services", question: str, asked: Conversation) -> Iterator[Conversation]:
    text = ""
    for event in services.assistant.stream(question, history=asked.turns):
        match event:
            case Delta(text=piece):
                text += piece
                yield asked.show("assistant", streaming_html(text))
            case Restart():
                text = ""
                yield asked.show("assistant", streaming_html(text))
            case Answer():
                whole = asked.remember(question, without_marks(event.text))
                yield whole.show("assistant", answer_html(event, services.library.passage))


def build_chat(services: "Services") -> Any:
    """Build the chat page on ``services``: a ``gradio.Blocks`` that keeps nothing outside a visitor's session."""
    gr = import_gradio()
    i18n = translations()
    with gr.Blocks(analytics_enabled=False, title=ENGLISH.title, fill_height=True) as page:
        header = gr.Markdown(latex_delimiters=[], container=False)
        chatbot = gr.Chatbot(
            label=i18n("conversation"),
            elem_id="conversation",
            show_label=False,
            buttons=[],
            feedback_options=None,
            latex_delimiters=[],
            allow_file_downloads=False,
            group_consecutive_messages=False,
            placeholder=welcome_html(),
            height="100%",
            scale=1,
        )
        question = gr.Textbox(
            label=i18n("question_label"),
            placeholder=i18n("question_placeholder"),
            elem_id="question",
            show_label=False,
            max_lines=6,
            autofocus=True,
            submit_btn=True,
        )
        with gr.Row(elem_id="suggestions") as suggestions:
            buttons = [gr.Button(text, size="sm") for text in SUGGESTIONS]
        restart = gr.Button(i18n("new_conversation"), size="sm", elem_id="new-conversation", visible=False)
        parts = _Parts(chatbot, gr.State(Conversation()), question, suggestions, restart)
        _wire(gr, services, parts, [(question.submit, question), *((button.click, button) for button in buttons)])

        def fill_header() -> str:
            return header_html(articles=services.library.count(), model=services.model_name)

        page.load(fill_header, None, header, queue=False, api_visibility="private", show_progress="hidden")
    page.queue(default_concurrency_limit=CONCURRENCY, max_size=64, api_open=False)
    return page


class _Parts(NamedTuple):
    """The components of the page that change."""

    chatbot: Any
    conversation: Any
    question: Any
    suggestions: Any
    restart: Any


def _wire(gr: Any, services: "Services", parts: _Parts, triggers: Sequence[tuple[Any, Any]]) -> None:
    """Let each trigger ask the value beside it; Stop and New conversation break off an answer on its way."""

    def reply(question: str, known: Conversation) -> Iterator[tuple[Any, ...]]:
        # The first step takes the question out of its box; what is typed meanwhile stays there.
        busy = gr.Textbox("", submit_btn=False, stop_btn=True)
        boxes: tuple[Any, ...] = (busy, gr.Row(visible=False), gr.Button(visible=True))
        for state in converse(services, question, known):
            yield list(state.shown), state, *boxes
            boxes = (gr.skip(),) * 3

    def rest(known: Conversation) -> tuple[Any, ...]:
        stopped = known.stopped()
        shown = gr.skip() if stopped == known else list(stopped.shown)
        return shown, stopped, gr.Textbox(submit_btn=True, stop_btn=False)

    def clear() -> tuple[Any, ...]:
        return [], Conversation(), gr.Row(visible=True), gr.Button(visible=False)

    private = {"api_visibility": "private", "show_progress": "hidden"}
    limits = {"concurrency_limit": CONCURRENCY, "concurrency_id": "answer"}
    runs = []
    for trigger, value in triggers:
        runs.append(trigger(reply, [value, parts.conversation], list(parts), **limits, **private))
        # It comes after an answer that was broken off, too: only then is the page free for the next question.
        runs[-1].then(rest, parts.conversation, list(parts[:3]), queue=False, **private)
    parts.question.stop(None, None, None, cancels=runs, queue=False, **private)
    emptied = [parts.chatbot, parts.conversation, parts.suggestions, parts.restart]
    broken_off = parts.restart.click(None, None, None, cancels=runs, queue=False, **private)
    broken_off.then(clear, None, emptied, queue=False, **private)


def import_gradio() -> Any:
    """Import Gradio with everything off that would call home."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio

    return gradio


def translations() -> Any:
    """Build the words that Gradio chooses by the browser's language."""
    keys = ("conversation", "question_label", "question_placeholder", "new_conversation")

    def table(said: Words) -> dict[str, str]:
        return {key: getattr(said, key) for key in keys}

    return import_gradio().I18n(en=table(ENGLISH), zh=table(CHINESE), **{"zh-CN": table(CHINESE)})
