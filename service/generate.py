"""Language-model mode: a model writes, and each of its sentences passes only with an exact quote that supports it."""

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from corpus.article import Language
from corpus.language import CHINESE_CHAR
from service import phrases
from service.answer import Citation, Delta, Restart, Statement, Turn, Unproved
from service.checks.orders import is_barred
from service.evidence import Evidence
from service.failures import Failure, ModelFailed
from service.model.chat import declines, is_idle, without_refusal
from service.model.draft import ReplyDraft
from service.model.judge import Judge
from service.model.prompts import defused
from service.model.repair import Heard, lost, matched, put_in_place, read_again
from service.model.reply import ReplySentence, sentences_of
from service.model.request import Request, build_request
from service.model.talk import Limits, Talk
from service.proof import Verifier
from service.understand import Understood

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

_CHARS_A_WORD = 2
_SMALL_WORD = re.compile(r"(?<![A-Za-z])[a-z][a-z'’-]*(?![A-Za-z])")  # names have a capital
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_FEWEST_WORDS = 4  # that make a sentence foreign to a Chinese answer: fewer may be a term
_PARTS = 2  # into which a repaired sentence may fall

Written = Generator[Delta | Restart | Unproved, None, "Generated"]
"""What a model writes, sentence by sentence, and at the end what came of it."""


@dataclass(frozen=True, slots=True)
class Generated:
    """What came of it; without statements the caller falls back to quotes mode.

    ``refused`` says that the model found no answer in the sources; ``text`` is what the deltas made together;
    ``notice`` is one line for the reader where something fell short, else None.
    """

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    text: str
    refused: bool
    model: str
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """A language model with the check of what it writes; ``context_tokens`` is the size of its window.

    ``repair`` has it asked once more for the sentences that failed the check, ``judge`` has it check each of its
    sentences too. ``options`` are what it was found to want of every request.
    """

    llm: "LLM"
    verifier: Verifier
    context_tokens: int = 8192
    limits: Limits = field(default_factory=Limits)
    repair: bool = True
    judge: bool = False
    options: dict[str, Any] = field(default_factory=dict)

    def talk(self, left: Callable[[], bool] | None = None) -> Talk:
        """Begin one question's dealings with the model; its seconds run from now on.

        They end once ``left`` says that nobody waits for the answer any more.
        """
        return Talk(self.llm, self.limits, left=left, options=self.options)

    def write(
        self,
        question: Understood,
        evidence: Evidence,
        history: Sequence[Turn] = (),
        *,
        talk: Talk | None = None,
        differing: Sequence[str] = (),
    ) -> Written:
        """Let the model answer from ``evidence``; yield each sentence as it is proved or held back.

        A sentence is held back where the passages that it cites don't support it; without a known key, where no single
        quote of the evidence fully supports it. Without evidence no model is called.

        Args:
            question: It is put as it was asked where the model sees the conversation, else as it was understood.
            evidence: The passages that it may use.
            history: Earlier turns, oldest first; the newest that fit go along.
            talk: What the question has spent so far; a new budget where it is None.
            differing: Ids of articles that say different things of what is asked.

        Raises:
            ModelFailed: the model gave no usable reply, broke off after some deltas, or spent the budget before
                anything was proved.

        """
        talk = talk or self.talk()
        if not evidence.passages:
            return Generated((), (), "", refused=True, model=talk.model)
        request = build_request(
            question.asked,
            question.language,
            evidence,
            history,
            context_tokens=self.context_tokens,
            differing=differing,
            alone=question.text if question.reworded else question.asked,
        )
        return (yield from _Writing(self, talk, request).run())


class _Writing:
    """One answer, from the request to what came of it."""

    def __init__(self, writer: Writer, talk: Talk, request: Request) -> None:
        self._writer, self._talk, self._request = writer, talk, request
        self._language: Language = request.language
        self._judge = Judge(talk) if writer.judge else None
        self._draft = self._empty()
        self._heard: list[Heard] = []
        self._gave_up = False  # by the word for it
        self._declined = False  # in the model's own words, so that more may follow
        self._notices: list[str] = []

    def _empty(self) -> ReplyDraft:
        return ReplyDraft(self._request.sources, self._writer.verifier, self._language, self._judge)

    def run(self) -> Written:
        try:
            yield from self._first_reply()
            self._gave_up = self._gave_up or self._declined
            if self._draft.held and not self._refused:
                yield from self._without_held()
        except ModelFailed as failure:
            # What is proved stays proved where only a limit ended it; a model that broke off may have meant more.
            limited = failure.kind in {Failure.BUDGET, Failure.LENGTH}
            if not (limited and (self._draft.statements or self._refused)):
                raise
            if not self._refused:
                self._notices.append(phrases.cut_short(failure, self._language))
        if self._judge and self._judge.failure:
            self._notices.append(phrases.not_judged(self._judge.failure, self._language))
        draft = self._draft
        return Generated(
            tuple(draft.statements),
            draft.book.citations,
            draft.text,
            refused=self._refused,
            model=self._talk.model,
            notice=" ".join(self._notices) or None,
        )

    @property
    def _refused(self) -> bool:
        return self._gave_up and not self._draft.statements

    def _without_held(self) -> Iterator[Delta | Restart | Unproved]:
        """Have the sentences that were held back repaired, where that is set, and tell how many are left out."""
        held, told = self._draft.held, len(self._notices)
        if self._writer.repair:
            yield from self._repaired()
        missing = lost(held, self._draft)
        yield from (Unproved(each.why) for each in missing if each not in held)
        if missing and len(self._notices) == told:
            self._notices.append(phrases.left_out(len(missing), self._language))

    def _first_reply(self) -> Iterator[Delta | Restart | Unproved]:
        """Read the reply; ask once again, with fewer sources or a word on the language, where that was the trouble."""
        try:
            yield from self._read(self._request)
        except ModelFailed as failure:
            again = {
                Failure.TOO_LONG: self._request.shorter,
                Failure.LANGUAGE: self._request.insisting,
            }.get(failure.kind, lambda: None)()
            if again is None:
                raise
            yield from self._read(again)

    def _read(self, request: Request) -> Iterator[Delta | Restart | Unproved]:
        with closing(self._talk.stream(request.messages())) as pieces:
            for said in sentences_of(pieces):
                if said is None:
                    yield from self._from_here()
                elif declines(said.text):
                    self._gave_up = self._gave_up or not self._draft.statements
                elif self._gave_up and not (said.keys and self._draft.carries(said)):
                    continue  # what the model adds to its refusal is hardly from the articles
                elif is_foreign(said.text, self._language):
                    if not (self._draft.statements or self._draft.held):
                        raise ModelFailed(
                            "the language model answered in another language than it was asked in", Failure.LANGUAGE
                        )
                    yield self._held_back(said, phrases.other_language(self._language))
                else:
                    yield from self._settled(said)
        held = len(self._draft.held)
        self._draft.close()
        yield from (Unproved(each.why) for each in self._draft.held[held:])

    def _from_here(self) -> Iterator[Restart]:
        """Begin again where it shows that the model was thinking aloud."""
        shown = self._draft.statements or self._draft.held
        self._draft, self._gave_up, self._declined = self._empty(), False, False
        self._heard = []
        if shown:
            yield Restart(phrases.thought_aloud(self._language))

    def _settled(self, said: ReplySentence) -> Iterator[Delta | Unproved]:
        if is_idle(said.text):
            return
        told = without_refusal(said.text)
        if told != said.text and not self._draft.carries(said):
            self._declined = self._declined or not (told or self._draft.statements)
            said = replace(said, text=told)
        if not said.text or is_idle(said.text):
            return
        held = len(self._draft.held)
        delta = self._draft.add(self._heard_as(said))
        yield from (Unproved(each.why) for each in self._draft.held[held:])
        if delta:
            yield delta

    def _held_back(self, said: ReplySentence, why: str) -> Unproved:
        self._draft.hold(self._heard_as(said, why), why)
        return Unproved(why)

    def _heard_as(self, said: ReplySentence, why: str | None = None) -> ReplySentence:
        """Return a sentence with its number, kept for when the answer is put together once more."""
        said = replace(said, number=len(self._heard))
        self._heard.append(Heard(said, why))
        return said

    def _repaired(self) -> Iterator[Delta | Restart]:
        """Ask once more for the sentences that were held back, and put what is proved of them in their places."""
        held = [each for each in self._draft.held if not (is_barred(each.text) or each.leads_in)]
        if not held:
            return
        keys = [key for key in self._request.sources if any(key in sentence.keys for sentence in held)]
        if not all(sentence.keys for sentence in held):
            keys = []  # one of them names no source: any may be meant
        listed = [
            f"{defused(sentence.text)} {''.join(f'[{key}]' for key in sentence.keys)} ({sentence.why})"
            for sentence in held
        ]
        anew = list[ReplySentence]()
        try:
            anew.extend(self._written_anew(self._request.repair(listed, keys), most=_PARTS * len(held)))
        except ModelFailed as failure:
            if not (self._draft.statements or anew):
                raise
            self._notices.append(phrases.not_repaired(failure, self._language))
        if anew:
            yield from self._put_together(put_in_place(self._heard, matched(held, anew)))

    def _written_anew(self, messages: Sequence["ChatMessage"], *, most: int) -> Iterator[ReplySentence]:
        with closing(self._talk.stream(messages)) as pieces:
            for said in filter(None, sentences_of(pieces)):
                if declines(said.text) or not most:
                    return
                plain = replace(said, text=without_refusal(said.text))
                idle = is_idle(said.text) or said.text.endswith((":", "："))
                if plain.text and not (idle or is_foreign(said.text, self._language)):
                    most -= 1
                    yield plain

    def _put_together(self, heard: Sequence[Heard]) -> Iterator[Delta | Restart]:
        """Write the answer once more; what is shown already stays where it begins as that does."""
        shown, self._draft = self._draft.text, self._empty()
        read_again(self._draft, heard)
        if not self._draft.text.startswith(shown):
            yield Restart(phrases.in_their_places(self._language))
            shown = ""
        if rest := self._draft.text[len(shown) :]:
            yield Delta(rest)


def is_foreign(text: str, language: Language) -> bool:
    """Whether a sentence is not in ``language``; names of the other language, and what is in brackets, make none so."""
    bare = _IN_BRACKETS.sub("", text)
    chinese, english = len(CHINESE_CHAR.findall(bare)) / _CHARS_A_WORD, len(_SMALL_WORD.findall(bare))
    return chinese > english if language == "en" else english >= _FEWEST_WORDS and english > chinese
