"""One visitor's open page: whatever is done on it side by side ends in one conversation."""

from threading import Lock
from typing import Any

from ui.conversation import Conversation


class Visit:
    """One visitor's conversation, and the one answer that may be on its way.

    Gradio runs side by side what a visitor does on the page, and a conversation that one step read before another
    changed it would be written back over the change. So the steps share a visit, and an answer goes into it only as
    long as it is awaited.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._conversation: Conversation | None = None
        self._begun = 0
        self._awaited: int | None = None
        self._whole = True

    @property
    def whole(self) -> bool:
        """Whether the newest answer is whole: neither on its way nor broken off."""
        return self._whole

    def __deepcopy__(self, memo: dict[int, Any]) -> "Visit":
        """Return a visit of its own: Gradio copies the page's one for each visitor."""
        return Visit()

    @property
    def conversation(self) -> Conversation:
        """The conversation as it stands now."""
        return self._conversation or Conversation()

    def bring_back(self, found: object) -> bool:
        """Take up what the browser kept; False where the visit has a conversation already, if only an empty one.

        It has none where the page was just opened, or where the server began anew under the page.
        """
        with self._lock:
            if self._conversation is not None:
                return False
            self._conversation = Conversation.brought_back(found)
            return True

    def begin(self) -> int:
        """Await a new answer, and no other any more; returns its number."""
        with self._lock:
            self._begun += 1
            self._awaited, self._whole = self._begun, False
            return self._begun

    def awaits(self, number: int) -> bool:
        """Say whether that answer is still awaited."""
        return self._awaited == number

    def take(self, number: int, conversation: Conversation) -> bool:
        """Go on with the conversation as that answer makes it; False, with nothing changed, where none awaits it."""
        with self._lock:
            if self._awaited != number:
                return False
            self._conversation = conversation
            return True

    def finish(self, number: int) -> bool:
        """Note that that answer is whole; False, with nothing changed, where none awaits it."""
        with self._lock:
            if self._awaited != number:
                return False
            self._awaited, self._whole = None, True
            return True

    def stop(self) -> None:
        """Break off the answer on its way, if any; what it said stays."""
        with self._lock:
            self._awaited, self._conversation = None, self.conversation.stopped()

    def clear(self) -> None:
        """Begin a new conversation; an answer on its way to the old one comes too late."""
        with self._lock:
            self._awaited, self._conversation = None, Conversation()
