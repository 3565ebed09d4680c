"""Where the sentences of a second reply belong: each in the place of the one that it was written for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.model.draft import HeldBack, ReplyDraft
from service.model.layout import Layout
from service.model.reply import ReplySentence
from service.windows import grams


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence of the first reply as it was read; ``why`` says for what it was held back unchecked, if it was."""

    said: ReplySentence
    why: str | None = None


def matched(held: Sequence[HeldBack], written: Sequence[ReplySentence]) -> Mapping[int, list[ReplySentence]]:
    """Return, by the number of a sentence that was held back, what was written anew for it: what is most like it."""
    found: dict[int, list[ReplySentence]] = {each.number: [] for each in held}
    for said in written:
        words = grams(said.text)
        nearest = max(held, key=lambda each: (len(words & grams(each.text)), not found[each.number]))
        found[nearest.number].append(said)
    return found


def put_in_place(heard: Sequence[Heard], anew: Mapping[int, Sequence[ReplySentence]]) -> list[Heard]:
    """Return the sentences of a reply, those that were written anew in the place and the layout of the old ones."""
    told = list[Heard]()
    for each in heard:
        layout = each.said.layout
        for said in anew.get(each.said.number, ()):
            told.append(Heard(replace(said, number=each.said.number, layout=layout)))
            layout = Layout()
        if not anew.get(each.said.number):
            told.append(each)
    return told


def read_again(draft: ReplyDraft, heard: Sequence[Heard]) -> None:
    """Write a draft of sentences that were heard before."""
    for each in heard:
        if each.why is None:
            draft.add(each.said)
        else:
            draft.hold(each.said, each.why)
    draft.close()


def lost(held: Sequence[HeldBack], draft: ReplyDraft) -> list[HeldBack]:
    """Return what ``draft`` leaves out of the sentences that were ``held`` before, and of those written anew for them.

    One that is shown anew in part counts once for each part that is not.
    """
    left = [each for each in draft.held if each.number in draft.shown]
    return left + [each for each in held if each.number not in draft.shown]
