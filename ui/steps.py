"""What happens on the page when a visitor does something; only the building of the page imports it, and so Gradio."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import gradio as gr

from ui.conversation import Conversation
from ui.converse import converse
from ui.filters import Chosen
from ui.render import header_html
from ui.visit import Visit

if TYPE_CHECKING:
    from service.wiring import Services


class Steps:
    """The steps of all visitors on ``services``; each gives the new values of components, in the order it names."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._visits = WeakValueDictionary[str | None, Visit]()

    def open(self, visit: Visit, found: object) -> tuple[Any, ...]:
        """Fill a page: head, categories, authors, chat, suggestions, New conversation."""
        library = self._services.library
        choices = [gr.Dropdown(choices=list(names)) for names in (library.categories(), library.authors())]
        if not visit.bring_back(found):  # a question was quicker
            return self._head(), *choices, gr.skip(), gr.skip(), gr.skip()
        known = self._current(visit)
        offered = gr.Row(visible=library.holds_samples() and not known.messages)
        return self._head(), *choices, known.shown, offered, gr.Button(visible=bool(known.messages))

    def reply(
        self, request: gr.Request, question: str, visit: Visit, found: object, *filtered: Any
    ) -> Iterator[tuple[Any, ...]]:
        """Answer a question: chat, question, suggestions, New conversation, what the browser keeps."""
        self._visits[request.session_hash] = visit
        visit.bring_back(found)
        number, known = visit.begin(), self._current(visit)
        # The first step takes the question out of its box; what is typed meanwhile stays there.
        busy = gr.Textbox("", submit_btn=False, stop_btn=True)
        boxes: tuple[Any, ...] = (busy, gr.Row(visible=False), gr.Button(visible=True))
        for state in converse(self._services, question, known, Chosen(*filtered), lambda: not visit.awaits(number)):
            if not visit.take(number, state):
                return
            yield state.shown, *boxes, gr.skip()
            boxes = (gr.skip(),) * 3
        if visit.finish(number):
            yield *(gr.skip(),) * 4, visit.conversation.kept()

    def stop(self, visit: Visit) -> list[dict[str, str]]:
        """Break off the answer on its way: chat."""
        visit.stop()
        return visit.conversation.shown

    def rest(self, visit: Visit, typed: str) -> tuple[Any, ...]:
        """Free the page for the next question: chat, question, head."""
        # A piece of an answer that was broken off may have come after the break.
        shown = gr.skip() if visit.whole else visit.conversation.shown
        refused = visit.conversation.refused
        again: dict[str, Any] = {"value": refused} if refused and not typed else {}
        return shown, gr.Textbox(**again, submit_btn=True, stop_btn=False), self._head()

    def clear(self, visit: Visit) -> tuple[Any, ...]:
        """Begin a new conversation: chat, suggestions, New conversation, what the browser keeps, the filter."""
        visit.clear()
        offered = gr.Row(visible=self._services.library.holds_samples())
        return [], offered, gr.Button(visible=False), visit.conversation.kept(), [], [], "", "", ""

    def leave(self, request: gr.Request) -> None:
        """Break off the answer to a page that was closed."""
        if visit := self._visits.get(request.session_hash):
            visit.stop()

    def _head(self) -> str:
        return header_html(articles=self._services.library.count(), model=self._services.model_name)

    def _current(self, visit: Visit) -> Conversation:
        """Return the conversation as it may be shown now."""
        known = visit.conversation
        return known.without(set(known.articles) - self._services.library.articles_of(known.articles).keys())
