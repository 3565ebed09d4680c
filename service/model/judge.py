"""The language model as a last judge of support, where it is set: what code lets pass, it may still refuse."""

import re
from collections.abc import Sequence

from service.failures import Failure, ModelFailed
from service.model.prompts import JUDGE_RULES, judge_prompt
from service.model.talk import Talk

_YES = re.compile(r"\W*(?:yes\b|是|对)", re.IGNORECASE)
_NO = re.compile(r"\W*(?:no\b|not\b|否|不|没)", re.IGNORECASE)


class Judge:
    """Asks the language model, statement by statement, within the question's budget.

    ``failure`` says why it fell silent, None while it judges: from then on the verdicts of the code stand.
    """

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self.failure: ModelFailed | None = None

    def denies(self, statement: str, quotes: Sequence[str]) -> bool:
        """Whether the model says that the quotes don't carry the statement; False where it says nothing usable."""
        if self.failure is not None:
            return False
        try:
            reply = self._talk.ask(JUDGE_RULES, judge_prompt(statement, quotes))
        except ModelFailed as failure:
            self.failure = failure
            return False
        if _NO.match(reply):
            return True
        if not _YES.match(reply):
            self.failure = ModelFailed("the language model answered neither yes nor no", Failure.UNREADABLE)
        return False
