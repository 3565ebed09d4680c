"""What a reasoning model writes before its reply, kept out of it: in tags, or in the channels of the Harmony format."""

import re

_SPANS = (
    *((f"<{tag}>", f"</{tag}>") for tag in ("think", "thinking", "thought", "reasoning")),
    ("[think]", "[/think]"),
    *(
        (f"{start}<|channel|>{channel}", "<|channel|>final<|message|>")
        for start in ("", "<|start|>assistant")
        for channel in ("analysis", "commentary")
    ),
    ("<|channel|>final", "<|message|>"),
)
"""How thoughts begin and end, in small letters; the last one has none."""

THOUGHT_END = re.compile("|".join(re.escape(end) for _, end in _SPANS if "/" in end), re.IGNORECASE)
"""What ends thoughts that began in the prompt, as some models' templates have it."""


class Thoughts:
    """Takes the thoughts that lead a reply in out of its pieces, wherever they were cut."""

    def __init__(self) -> None:
        self._held = ""
        self._over = False

    def feed(self, piece: str) -> str:
        """Take the next piece; return what of the reply is known by now."""
        if self._over:
            return piece
        self._held += piece
        said = self._held.lstrip().lower()
        for begins, ends in _SPANS:
            if begins.startswith(said[: len(begins)]):
                if len(said) >= len(begins) and (end := self._held.lower().find(ends)) >= 0:
                    return self._reply(self._held[end + len(ends) :])
                return ""
        return self._reply(self._held)

    def close(self) -> str:
        """Return what was held back of a reply that is over: nothing where it was all thoughts."""
        said = self._held.lstrip().lower()
        thinks = any(said.startswith(begins) for begins, _ in _SPANS)
        return "" if self._over or thinks else self._reply(self._held)

    def _reply(self, text: str) -> str:
        self._over, self._held = True, ""
        return text
