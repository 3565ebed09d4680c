"""The chat page: its parts, and which of a visitor's steps changes which."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ui.filters import filter_fields
from ui.render import welcome_html
from ui.text import CHINESE, ENGLISH, SUGGESTIONS, Words
from ui.visit import Visit

if TYPE_CHECKING:
    from service.wiring import Services
    from ui.steps import Steps

KEPT_AS = "conversation"
"""The name under which a browser keeps its conversation."""

AT_ONCE, AT_ONCE_WITH_MODEL = 4, 16
"""Questions answered at once, the others wait in line: quotes want the processor, answers wait for a model."""

LOOK_S = 0.02
"""Seconds between two looks whether a visitor asked."""


def build_chat(services: "Services") -> Any:
    """Build the chat page on ``services``: a ``gradio.Blocks`` that keeps nothing outside a visitor's browser."""
    gr = import_gradio()
    from ui.steps import Steps

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
        at_once = AT_ONCE_WITH_MODEL if services.model_name else AT_ONCE
        _wire(page, Steps(services), parts, triggers, chosen, at_once=at_once)
    page.queue(max_size=64, api_open=False)
    # Gradio looks a thousand times a second, which takes the processor from the API, and has no setting for it.
    page._queue.sleep_when_free = LOOK_S
    return page


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
    page: Any,
    steps: "Steps",
    parts: _Parts,
    triggers: Sequence[tuple[Any, Any]],
    chosen: Sequence[Any],
    *,
    at_once: int,
) -> None:
    """Let each trigger ask the value beside it; Stop, New conversation and leaving break off an answer on its way."""
    private = {"api_visibility": "private", "show_progress": "hidden"}
    limits = {"concurrency_limit": at_once, "concurrency_id": "answer"}
    chatbot, question, suggestions, restart, header, kept, visit = parts
    opened = [header, *chosen[:2], chatbot, suggestions, restart]
    page.load(steps.open, [visit, kept], opened, queue=False, **private)
    answered = [chatbot, question, suggestions, restart, kept]
    runs = []
    for trigger, value in triggers:
        runs.append(trigger(steps.reply, [value, visit, kept, *chosen], answered, **limits, **private))
        # It comes after an answer that was broken off, too: only then is the page free for the next question.
        runs[-1].then(steps.rest, [visit, question], [chatbot, question, header], queue=False, **private)
    # What is cancelled besides is a question that still waits in line.
    question.stop(steps.stop, visit, chatbot, cancels=runs, queue=False, **private)
    emptied = [chatbot, suggestions, restart, kept, *chosen]
    restart.click(steps.clear, visit, emptied, cancels=runs, queue=False, **private)
    page.unload(steps.leave)


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
