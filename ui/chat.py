"""The chat page: a question goes to the assistant, its answer comes back piece by piece with its sources."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog

from corpus.errors import BadInput, InsightError
from corpus.filters import Filter
from corpus.language import detect
from service.answer import Answer, Delta, Restart, Turn, Unproved
from service.phrases import conditions
from ui.conversation import Conversation, Message
from ui.filters import NOTHING, Chosen, filter_fields
from ui.render import (
    answer_html,
    header_html,
    message_html,
    question_html,
    streaming_html,
    welcome_html,
    without_marks,
)
from ui.text import CHINESE, ENGLISH, SUGGESTIONS, Words, failure, words
from ui.visit import Visit

if TYPE_CHECKING:
    from service.wiring import Services

KEPT_AS = "conversation"
"""The name under which a browser keeps its conversation."""

CONCURRENCY = 4
"""Questions answered at once; the others wait in line."""

LOOK_S = 0.02
"""Seconds between two looks whether a visitor asked."""

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
        yield asked.add(Message("assistant", streaming_html("")))
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


def _current(services: "Services", visit: Visit) -> Conversation:
    """Return the conversation as it may be shown now."""
    known = visit.conversation
    return known.without(set(known.articles) - services.library.articles_of(known.articles).keys())


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
        with gr.Row(elem_id="below"):
            chosen = filter_fields(gr, i18n)
            restart = gr.Button(i18n("new_conversation"), size="sm", elem_id="new-conversation", visible=False)
        with gr.Row(elem_id="suggestions") as suggestions:
            buttons = [gr.Button(text, size="sm") for text in SUGGESTIONS]
        # Gradio would choose other names at each start, and what the browser kept could not be read again.
        kept = gr.BrowserState(storage_key=KEPT_AS, secret=KEPT_AS)
        parts = _Parts(chatbot, question, suggestions, restart, header, kept, gr.State(Visit()))
        triggers = [(question.submit, question), *((button.click, button) for button in buttons)]
        _wire(gr, services, parts, triggers, chosen)

        def fill(visit: Visit, found: object) -> tuple[Any, ...]:
            names = (services.library.categories(), services.library.authors())
            choices = [gr.Dropdown(choices=list(each)) for each in names]
            if not visit.bring_back(found):  # a question was quicker
                return _head(services), *choices, *(gr.skip(),) * 3
            known = _current(services, visit)
            offered = gr.Row(visible=services.library.holds_samples() and not known.messages)
            return _head(services), *choices, known.shown, offered, gr.Button(visible=bool(known.messages))

        shown = [header, *chosen[:2], chatbot, suggestions, restart]
        page.load(fill, [parts.visit, kept], shown, queue=False, api_visibility="private", show_progress="hidden")
    page.queue(default_concurrency_limit=CONCURRENCY, max_size=64, api_open=False)
    # Gradio looks a thousand times a second, which takes the processor from the API, and has no setting for it.
    page._queue.sleep_when_free = LOOK_S
    return page


def _head(services: "Services") -> str:
    return header_html(articles=services.library.count(), model=services.model_name)


class _Parts(NamedTuple):
    """The components of the page that change, and the visit behind them."""

    chatbot: Any
    question: Any
    suggestions: Any
    restart: Any
    header: Any
    kept: Any
    visit: Any


def _wire(
    gr: Any, services: "Services", parts: _Parts, triggers: Sequence[tuple[Any, Any]], chosen: Sequence[Any]
) -> None:
    """Let each trigger ask the value beside it; Stop and New conversation break off an answer on its way."""

    def reply(question: str, visit: Visit, found: object, *filtered: Any) -> Iterator[tuple[Any, ...]]:
        visit.bring_back(found)
        number, known = visit.begin(), _current(services, visit)
        # The first step takes the question out of its box; what is typed meanwhile stays there.
        busy = gr.Textbox("", submit_btn=False, stop_btn=True)
        boxes: tuple[Any, ...] = (busy, gr.Row(visible=False), gr.Button(visible=True))
        for state in converse(services, question, known, Chosen(*filtered), lambda: not visit.awaits(number)):
            if not visit.take(number, state):
                return
            yield state.shown, *boxes, gr.skip()
            boxes = (gr.skip(),) * 3
        if visit.finish(number):
            yield *(gr.skip(),) * 4, visit.conversation.kept()

    def stop(visit: Visit) -> list[dict[str, str]]:
        visit.stop()
        return visit.conversation.shown

    def rest(visit: Visit, typed: str) -> tuple[Any, ...]:
        # A step of an answer that was broken off may have come after the break.
        shown = visit.conversation.shown if visit.stop() else gr.skip()
        refused = visit.conversation.refused
        again = {"value": refused} if refused and not typed else {}
        return shown, gr.Textbox(**again, submit_btn=True, stop_btn=False), _head(services)

    def clear(visit: Visit) -> tuple[Any, ...]:
        visit.clear()
        offered = gr.Row(visible=services.library.holds_samples())
        return [], offered, gr.Button(visible=False), visit.conversation.kept(), [], [], "", "", ""

    private = {"api_visibility": "private", "show_progress": "hidden"}
    limits = {"concurrency_limit": CONCURRENCY, "concurrency_id": "answer"}
    answered = [parts.chatbot, parts.question, parts.suggestions, parts.restart, parts.kept]
    runs = []
    for trigger, value in triggers:
        runs.append(trigger(reply, [value, parts.visit, parts.kept, *chosen], answered, **limits, **private))
        # It comes after an answer that was broken off, too: only then is the page free for the next question.
        rested = [parts.chatbot, parts.question, parts.header]
        runs[-1].then(rest, [parts.visit, parts.question], rested, queue=False, **private)
    # Both end the answer on its way; Gradio takes a question out of the line in which it waits.
    parts.question.stop(stop, parts.visit, parts.chatbot, cancels=runs, queue=False, **private)
    emptied = [parts.chatbot, parts.suggestions, parts.restart, parts.kept, *chosen]
    parts.restart.click(clear, parts.visit, emptied, cancels=runs, queue=False, **private)


def import_gradio() -> Any:
    """Import Gradio with everything off that would call home."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio

    return gradio


def translations() -> Any:
    """Build the words that Gradio chooses by the browser's language."""
    keys = (
        *("conversation", "question_label", "question_placeholder", "new_conversation"),
        *("filter", "filter_category", "filter_author", "filter_language"),
        *("filter_since", "filter_until", "filter_day"),
        *("any_language", "english", "chinese"),
    )

    def table(said: Words) -> dict[str, str]:
        return {key: getattr(said, key) for key in keys}

    return import_gradio().I18n(en=table(ENGLISH), zh=table(CHINESE), **{"zh-CN": table(CHINESE)})
