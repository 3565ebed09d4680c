"""The language model as a last judge of support, where it is set: what code lets pass, it may still refuse."""

import re
from collections.abc import Sequence

from service.failures import Failure, ModelFailed
from service.model.prompts import JUDGE_RULES, judge_prompt
from service.model.talk import Talk

_YES = re.compile(r"\W*(?:yes\b|是|对)", re.IGNORECASE)
# of a yes: the quotes don't say all of it, then, and that is what was asked
_RESERVED = re.compile(
    r"\b(?:but|however|except|although|though|partly|partially|mostly|and\s+no)\b|但|不过|然而|除了|又不是",
    re.IGNORECASE,
)
_NO = re.compile(r"\W*(?:no\b|not\b|否|不|没)", re.IGNORECASE)


class Judge:
    """Asks the language model, statement by statement, within the question's budget.

    ``failure`` says why it did not judge one of them, None while it judged all: there the verdict of the code stands.
    """

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._denied: dict[tuple[str, ...], bool] = {}  # an answer may be put together twice
        self.failure: ModelFailed | None = None

    def denies(self, statement: str, quotes: Sequence[str]) -> bool:
        """Whether the model says that the quotes don't carry the statement; False where it says nothing usable."""
        asked = (statement, *quotes)
        if asked not in self._denied:
            self._denied[asked] = self._asked(statement, quotes)
        return self._denied[asked]

    def _asked(self, statement: str, quotes: Sequence[str]) -> bool:
        try:
            reply = self._talk.ask(JUDGE_RULES, judge_prompt(statement, quotes))
        except ModelFailed as failure:
            self.failure = self.failure or failure
            return False
        if _NO.match(reply):
            return True
        if not _YES.match(reply):
            self.failure = self.failure or ModelFailed(
                "the language model answered neither yes nor no", Failure.UNREADABLE
            )
            return False
        return bool(_RESERVED.search(reply))
