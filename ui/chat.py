"""The chat page: a question goes to the assistant, its answer comes back piece by piece with its sources."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import structlog
from pydantic import TypeAdapter, ValidationError

from corpus.errors import BadInput, InsightError
from corpus.filters import Filter
from corpus.language import detect
from service.answer import MAX_TURNS, Answer, Delta, Restart, Turn, Unproved
from service.phrases import conditions
from ui.filters import NOTHING, Chosen, filter_fields
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
from ui.text import CHINESE, ENGLISH, SUGGESTIONS, Words, failure, words

if TYPE_CHECKING:
    from service.wiring import Services

MAX_SHOWN = 200
"""Messages that the page keeps: the newest."""

MAX_KEPT = 40
"""Messages that a browser keeps of a conversation, for when the page is loaded again: the newest."""

KEPT_AS = "conversation"
"""The name under which it keeps them."""

CONCURRENCY = 4
"""Questions answered at once; the others wait in line."""

LOOK_S = 0.02
"""Seconds between two looks whether a visitor asked."""

log = structlog.get_logger(__name__)

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """One visitor's conversation: what the assistant is told of it, and what the page shows.

    ``refused`` is the newest question where something in it or beside it has to be changed first.
    """

    turns: tuple[Turn, ...] = ()
    shown: tuple[Message, ...] = ()
    refused: str = ""

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

    def kept(self) -> dict[str, Any]:
        """Return what the browser keeps of the conversation, as plain data."""
        return {"turns": [asdict(turn) for turn in self.turns], "shown": list(self.shown[-MAX_KEPT:])}

    @classmethod
    def brought_back(cls, kept: object) -> "Conversation":
        """Return the conversation that a browser kept; an empty one where there is none, or nothing that fits."""
        if not kept:
            return cls()
        try:
            messages = TypeAdapter(dict[Literal["turns", "shown"], list[Turn]]).validate_python(kept)
        except ValidationError as error:
            log.info("a browser kept no conversation that can be read", reason=str(error))
            return cls()
        shown = [asdict(message) for message in messages.get("shown", [])]
        return cls(tuple(messages.get("turns", [])[-MAX_TURNS:]), tuple(shown[-MAX_KEPT:]))


def converse(
    services: "Services", question: str, conversation: Conversation, chosen: Chosen = NOTHING
) -> Iterator[Conversation]:
    """Answer ``question``; gives the conversation again and again as the answer grows, the last time whole."""
    conversation = replace(conversation, refused="")
    if not question.strip():
        line = f"{ENGLISH.empty_question} {CHINESE.empty_question}"
        yield conversation.show("assistant", message_html(line, kind="hint"))
        return
    asked = conversation.show("user", question_html(question))
    try:
        where = chosen.where()
        asked = conversation.show("user", question_html(question, conditions(where, detect(question))))
        yield asked.show("assistant", streaming_html(""))
        yield from _answered(services, question, asked, where)
    except InsightError as error:
        log.info("a question was refused", code=error.code, reason=str(error))  # the line on the page may say less
        refused = replace(asked, refused=question) if isinstance(error, BadInput) else asked
        yield refused.show("assistant", message_html(failure(error, detect(question)), kind="error"))
    except Exception as error:  # the visitor gets one line, the log the rest
        log.error("unexpected error while answering", exc_info=error)
        yield asked.show("assistant", message_html(words(detect(question)).unexpected, kind="error"))


def _answered(services: "Services", question: str, asked: Conversation, where: Filter) -> Iterator[Conversation]:
    text = aside = ""
    for event in services.assistant.stream(question, history=asked.turns, where=where):
        match event:
            case Delta(text=piece):
                text += piece
                # an answer that is stopped leaves what it said to the next question
                said = asked.remember(question, without_marks(text))
                yield said.show("assistant", streaming_html(text, aside))
            case Unproved(why=why):
                aside = words(detect(question)).held_back.format(why=why)
                yield asked.show("assistant", streaming_html(text, aside))
            case Restart():
                text = aside = ""
                yield asked.show("assistant", streaming_html(text))
            case Answer():
                whole = asked.remember(question, without_marks(event.text))
                yield whole.show("assistant", answer_html(event, services.library.passage))


def build_chat(services: "Services") -> Any:
    """Build the chat page on ``services``: a ``gradio.Blocks`` that keeps nothing outside a visitor's browser."""
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
            autoscroll=False,
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
        chosen = filter_fields(gr, i18n)
        with gr.Row(elem_id="suggestions") as suggestions:
            buttons = [gr.Button(text, size="sm") for text in SUGGESTIONS]
        restart = gr.Button(i18n("new_conversation"), size="sm", elem_id="new-conversation", visible=False)
        # Gradio would choose other names at each start, and what the browser kept could not be read again.
        kept = gr.BrowserState(storage_key=KEPT_AS, secret=KEPT_AS)
        parts = _Parts(chatbot, gr.State(Conversation()), question, suggestions, restart, header, kept)
        triggers = [(question.submit, question), *((button.click, button) for button in buttons)]
        _wire(gr, services, parts, triggers, chosen)

        def fill(found: object) -> tuple[Any, ...]:
            library, known = services.library, Conversation.brought_back(found)
            choices = gr.Dropdown(choices=list(library.categories()))
            offered = gr.Row(visible=library.holds_samples() and not known.shown)
            return _head(services), choices, offered, list(known.shown), known, gr.Button(visible=bool(known.shown))

        shown = [header, chosen[0], suggestions, chatbot, parts.conversation, restart]
        page.load(fill, kept, shown, queue=False, api_visibility="private", show_progress="hidden")
    page.queue(default_concurrency_limit=CONCURRENCY, max_size=64, api_open=False)
    # Gradio looks a thousand times a second, which takes the processor from the API, and has no setting for it.
    page._queue.sleep_when_free = LOOK_S
    return page


def _head(services: "Services") -> str:
    return header_html(articles=services.library.count(), model=services.model_name)


class _Parts(NamedTuple):
    """The components of the page that change."""

    chatbot: Any
    conversation: Any
    question: Any
    suggestions: Any
    restart: Any
    header: Any
    kept: Any


def _wire(
    gr: Any, services: "Services", parts: _Parts, triggers: Sequence[tuple[Any, Any]], chosen: Sequence[Any]
) -> None:
    """Let each trigger ask the value beside it; Stop and New conversation break off an answer on its way."""

    def reply(question: str, known: Conversation, found: object, *filtered: Any) -> Iterator[tuple[Any, ...]]:
        known = known if known.shown else Conversation.brought_back(found)  # a new start of the server knows of none
        # The first step takes the question out of its box; what is typed meanwhile stays there.
        busy = gr.Textbox("", submit_btn=False, stop_btn=True)
        boxes: tuple[Any, ...] = (busy, gr.Row(visible=False), gr.Button(visible=True))
        for state in converse(services, question, known, Chosen(*filtered)):
            yield list(state.shown), state, *boxes
            boxes = (gr.skip(),) * 3

    def rest(known: Conversation, typed: str) -> tuple[Any, ...]:
        stopped = known.stopped()
        shown = gr.skip() if stopped == known else list(stopped.shown)
        again = {"value": known.refused} if known.refused and not typed else {}
        free = gr.Textbox(**again, submit_btn=True, stop_btn=False)
        return shown, stopped, free, _head(services), stopped.kept()

    def clear() -> tuple[Any, ...]:
        offered = gr.Row(visible=services.library.holds_samples())
        empty = Conversation()
        return [], empty, offered, gr.Button(visible=False), empty.kept(), [], "", "", ""

    private = {"api_visibility": "private", "show_progress": "hidden"}
    limits = {"concurrency_limit": CONCURRENCY, "concurrency_id": "answer"}
    rested = [*parts[:3], parts.header, parts.kept]
    runs = []
    for trigger, value in triggers:
        runs.append(
            trigger(reply, [value, parts.conversation, parts.kept, *chosen], list(parts[:5]), **limits, **private)
        )
        # It comes after an answer that was broken off, too: only then is the page free for the next question.
        runs[-1].then(rest, [parts.conversation, parts.question], rested, queue=False, **private)
    parts.question.stop(None, None, None, cancels=runs, queue=False, **private)
    emptied = [parts.chatbot, parts.conversation, parts.suggestions, parts.restart, parts.kept, *chosen]
    broken_off = parts.restart.click(None, None, None, cancels=runs, queue=False, **private)
    broken_off.then(clear, None, emptied, queue=False, **private)


def import_gradio() -> Any:
    """Import Gradio with everything off that would call home."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio

    return gradio


def translations() -> Any:
    """Build the words that Gradio chooses by the browser's language."""
    keys = (
        *("conversation", "question_label", "question_placeholder", "new_conversation"),
        *("filter", "filter_category", "filter_language", "filter_since", "filter_until"),
        *("any_language", "english", "chinese"),
    )

    def table(said: Words) -> dict[str, str]:
        return {key: getattr(said, key) for key in keys}

    return import_gradio().I18n(en=table(ENGLISH), zh=table(CHINESE), **{"zh-CN": table(CHINESE)})
