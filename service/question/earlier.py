"""What was said before a question, as far as it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.answer import Turn
from service.question.kinds import Kind, kind_of

_TURNS_READ = 12


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was said before: the last question, made to stand on its own, and the answers, the newest first.

    ``named`` says whether the question names what it is about, ``subject`` is what was put into it; ``before`` is what
    was said earlier still.
    """

    question: str
    replies: tuple[str, ...]
    named: bool
    subject: str | None = None
    before: "Earlier | None" = None

    @property
    def reply(self) -> str:
        """The newest answer, "" where there is none."""
        return self.replies[0] if self.replies else ""

    @property
    def kind(self) -> Kind:
        """What the last question asks for."""
        return kind_of(self.question)

    @property
    def first(self) -> str:
        """The question that the last one, without a name of its own, goes back to."""
        return self.before.first if self.before and not self.named else self.question

    @property
    def about_somebody(self) -> bool:
        """Whether the last question is about whom the one before it asked for, which is no place."""
        before = self.before
        return bool(self.subject and before and before.kind is Kind.WHO and self.subject not in before.question)


def newest(history: Sequence[Turn]) -> list[Turn]:
    """Return the earlier turns that are read, the oldest first: the newest twelve that say something."""
    return [turn for turn in history if turn.content.strip()][-_TURNS_READ:]
