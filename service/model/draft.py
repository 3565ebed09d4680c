"""A language model's answer on its way: what is proved stands, with its citations; what is not is kept apart."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.article import Language
from service.answer import Delta, Statement
from service.checks.openings import claim_of, refers_back, unanswering, unlinked
from service.checks.verdict import Verdict
from service.cite import CitationBook
from service.evidence import RankedPassage
from service.model.bare import is_bare, only_relates
from service.model.judge import Judge
from service.model.layout import Layout, Place, Places
from service.model.reply import ReplySentence
from service.model.titles import Titles
from service.phrases import counts_others, is_fragment, kind_in_words, only_related, refers_to_nothing, word_for_word
from service.proof import Proof, Verifier, context_of, find_proof
from service.text.quantities import numbers
from service.text.wording import name_index, name_words

_COLON = (":", "：")
_COUNTED = range(2, 13)  # items that a list may have
_LABELLED = re.compile(r"^([^:：]{2,60}):\s+(?=[A-Z])")
_ITEM_NAME = re.compile(r"([^:：]{2,40})[:：]\s*\w")
_WORDS_CARRIED = frozenset({"found", "name"})  # kinds of verdict that leave no doubt but where a name stands
_NOTHING_SAID = Proof((), Verdict("unsupported", "it is not a whole sentence", 0.0))


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A sentence that was held back, with the keys of known sources that it names and why, in words of ours."""

    text: str
    keys: tuple[str, ...]
    why: str
    number: int = 0

    @property
    def leads_in(self) -> bool:
        """Whether it leads a list in, so that it says nothing by itself."""
        return self.text.endswith(_COLON)


@dataclass(frozen=True, slots=True)
class _Lead:
    """A sentence that leads a list in ("Three firms are there:"), its proof if any, and where it is to stand."""

    said: ReplySentence
    proof: Proof
    place: Place


@dataclass(slots=True)
class _List:
    """A list that is shown: the place of the statement that leads it in, and how many items are shown so far."""

    lead: int
    items: int = 0


class ReplyDraft:
    """Keeps the sentences that can be proved, numbered by first use; ``judge``, if any, must agree to each."""

    def __init__(
        self, sources: Mapping[str, RankedPassage], verifier: Verifier, language: Language, judge: Judge | None = None
    ) -> None:
        self._sources, self._verifier, self._language, self._judge = sources, verifier, language, judge
        self._titles = Titles(ranked.article.title for ranked in sources.values())
        self.book = CitationBook()
        self.statements: list[Statement] = []
        self.held: list[HeldBack] = []
        self.shown: set[int] = set()
        """The numbers of the sentences that are shown."""
        self.text = ""
        self._list: _List | None = None
        self._places = Places()
        self._lead: _Lead | None = None
        self._lead_waits = False
        self._heading = ""
        self._label: ReplySentence | None = None  # an item that may only head those moved in under it
        self._gap = True  # nothing is shown of what stood right before

    def add(self, said: ReplySentence) -> Delta | None:
        """Return the sentence's text with its marks, as it is laid out.

        None where it is held back, was said already, or is no statement: a heading, or the title of a source. A
        sentence that leads a list in waits for the first item that is shown; one that can't be proved is missed by
        nobody.
        """
        self._settle_label(said.layout)
        self._places.see(said.layout)
        if said.layout.lines and not said.layout.mark and not self._lead_waits:
            self._end_list()
        said = replace(said, text=unanswering(said.text))
        if any(said.text == statement.text for statement in self.statements) or self._titles.is_only(said.text):
            return None
        said = replace(said, text=self._titles.without(said.text))
        if said.layout.heading and not said.keys and not self._states(said):
            self._heading = said.text.rstrip(".。")
            return None
        if said.text.endswith(_COLON):
            self._lead_in(said)
            return None
        said, proof = self._proved(said)
        if not proof.stands:
            fragment = is_bare(said.text)
            if fragment and said.layout.mark and not said.keys:
                self._label = said
                return None
            self.hold(
                said, is_fragment(self._language) if fragment else kind_in_words(proof.verdict.kind, self._language)
            )
            return None
        return self._shown(said, proof)

    def _states(self, heading: ReplySentence) -> bool:
        """Whether bold words are a sentence that the quotes carry, and not only the heading of what follows."""
        return heading.text.endswith((".", "。")) and self.carries(heading)

    def carries(self, said: ReplySentence) -> bool:
        """Whether the quotes fully support a sentence as it stands, before it is given a place."""
        return self._by_code(claim_of(self._titles.unnamed(said.text)), said, ()).verdict.support == "supported"

    def close(self) -> None:
        """Take note that the reply is over."""
        self._settle_label(Layout())
        self._end_list()

    def _end_list(self) -> None:
        """Leave a sentence that counts its items ("There are four risks:") proved in part where not as many follow."""
        self._lead, shown, self._list = None, self._list, None
        if shown is None:
            return
        lead = self.statements[shown.lead]
        counts = {value for number in numbers(lead.text) for value, _ in number.values if value in _COUNTED}
        if counts and shown.items not in counts and lead.support == "supported":
            why = counts_others(self._language)
            self.statements[shown.lead] = replace(lead, support="partial", why=why)

    def _settle_label(self, following: Layout) -> None:
        """Forget an item that heads those under it; hold it back where none are."""
        label, self._label = self._label, None
        if label and not following.is_under(label.layout):
            self.hold(label, is_fragment(self._language))

    def hold(self, said: ReplySentence, why: str) -> None:
        """Keep a sentence apart."""
        keys = said.keys or said.near
        self.held.append(HeldBack(said.text, tuple(key for key in keys if key in self._sources), why, said.number))
        self._gap, self._heading = True, ""

    def _lead_in(self, said: ReplySentence) -> None:
        self._end_list()
        said = self._unlinked(said)
        proof = _NOTHING_SAID if is_bare(said.text.rstrip("：:")) else self._proof(said.text, said)
        self._lead = _Lead(said, proof, self._places.pending)
        self._lead_waits = True
        if self._lead.proof.stands:
            self._places.pending, self._gap = Place(), False

    def _proved(self, said: ReplySentence) -> tuple[ReplySentence, Proof]:
        """Return a sentence as it is to be shown, with its proof: with its heading before it, or without a label."""
        heading, self._heading = self._heading, ""
        said = self._unlinked(said)
        if is_bare(said.text):
            return said, self._item_proof(said)
        if heading and not said.text[:1].isupper() and (labelled := self._with_heading(heading, said)):
            return labelled
        proof = self._proof(said.text, said)
        if (label := _LABELLED.match(said.text)) and self._carried(label[1], proof).support == "unsupported":
            bare = replace(said, text=said.text[label.end() :])
            if not is_bare(bare.text) and (without := self._proof(bare.text, bare)).verdict.support == "supported":
                return bare, without
        if said.layout.mark and proof.verdict.support == "partial" and self._is_of_another_list(said, proof):
            return said, replace(proof, verdict=replace(proof.verdict, support="unsupported"))
        return said, proof

    def _is_of_another_list(self, said: ReplySentence, proof: Proof) -> bool:
        """Whether the quotes have nothing of an item's name: "Fraud" of "- Fraud: customers deceive the lender"."""
        name = _ITEM_NAME.match(said.text)
        return name is not None and self._carried(name[1], proof).support == "unsupported"

    def _with_heading(self, heading: str, said: ReplySentence) -> tuple[ReplySentence, Proof] | None:
        """Put a heading before its first sentence where the quotes carry both: it may say whom that is about."""
        colon = "：" if self._language == "zh" else ": "
        labelled = replace(said, text=f"{heading}{colon}{said.text}")
        proof = self._proof(labelled.text, said)
        if proof.verdict.support == "supported" and self._carried(heading, proof).support == "supported":
            return labelled, proof
        return None

    def _item_proof(self, said: ReplySentence) -> Proof:
        """Prove a bare name in a list together with the sentence that leads in; else what it says can't be told."""
        if not (lead := self._lead) or not said.layout.mark:
            return _NOTHING_SAID
        proof = self._proof(f"{lead.said.text} {said.text}", said, lead.said.keys)
        verdicts = (proof.verdict, self._carried(lead.said.text, proof))  # the name alone may carry the whole
        if not all(verdict.kind in _WORDS_CARRIED and verdict.support != "unsupported" for verdict in verdicts):
            return _NOTHING_SAID
        if name_index((*_quotes(proof), *_context(proof))).missing(said.text):
            return _NOTHING_SAID
        if self._lead_waits and not lead.proof.stands:
            self._lead = replace(lead, proof=proof)  # what carries both carries the one
        return proof

    def _carried(self, text: str, proof: Proof) -> Verdict:
        """Say whether the quotes of a proof carry a part of what it proves by itself."""
        return self._verifier(claim_of(text), _quotes(proof), claim_context=_context(proof))

    def _unlinked(self, said: ReplySentence) -> ReplySentence:
        return replace(said, text=unlinked(said.text)) if self._gap else said

    def _shown(self, said: ReplySentence, proof: Proof) -> Delta:
        """Put a proved sentence in its place, behind the one that leads it in if that has waited for it."""
        pieces = []
        lead = self._leading(said, proof)
        if lead and lead.proof.stands and (self._places.pending.mark or not self._gap):
            self._list = _List(len(self.statements))
            pieces.append(self._places.take(lead.place) + self._stated(lead.said, lead.proof))
        elif lead and (numbers(lead.said.text) or name_words(lead.said.text)):
            kind = lead.proof.verdict.kind
            self.hold(lead.said, kind_in_words("overlap" if kind == "none" else kind, self._language))
        self._lead_waits = False
        if self._list and self._places.pending.mark and not self._places.pending.nested:
            self._list.items += 1
        if self._gap and self.held and refers_back(said.text):
            proof = _doubted(proof, refers_to_nothing(self._language))
        elif not is_bare(said.text) and only_relates(said.text, _quotes(proof)):
            proof = _doubted(proof, only_related(self._language))
        pieces.append(self._places.take() + self._stated(said, proof))
        self._gap = False
        delta = "".join(pieces)
        self.text += delta
        return Delta(delta)

    def _leading(self, said: ReplySentence, item: Proof) -> _Lead | None:
        """Return the sentence that waits to lead in what is shown next, proved by what proves that."""
        if not (lead := self._lead) or not self._lead_waits:
            return None
        proof, ids = lead.proof, {ranked.article.id for ranked, _ in item.places}
        if not (lead.said.keys or ids >= {ranked.article.id for ranked, _ in proof.places}):
            # it tells of its items, so another article can't prove it
            near = tuple(key for key, ranked in self._sources.items() if ranked.article.id in ids)
            proof = self._proof(lead.said.text, replace(lead.said, keys=near))
        if is_bare(said.text) and item.verdict.support == "partial":  # with it, the item was not wholly proved
            proof = _doubted(proof, item.verdict.reason)
        return replace(lead, proof=proof)

    def _stated(self, said: ReplySentence, proof: Proof) -> str:
        cited = (self.book.add(ranked.article, ranked.passage, span) for ranked, span in proof.places)
        marks = tuple(dict.fromkeys(cited))
        self.statements.append(Statement(said.text, marks, proof.verdict.support, self._why(said, proof)))
        self.shown.add(said.number)
        return said.text + " " + "".join(f"[{mark}]" for mark in marks)

    def _why(self, said: ReplySentence, proof: Proof) -> str:
        if any(said.text == span.of(ranked.article.text) for ranked, span in proof.places):
            return word_for_word(self._language)
        verdict = proof.verdict
        ours = self._language == "en" or verdict.reason in {
            refers_to_nothing(self._language),
            only_related(self._language),
        }
        return verdict.reason if ours else kind_in_words(verdict.kind, self._language)

    def _proof(self, text: str, said: ReplySentence, more: Sequence[str] = ()) -> Proof:
        proof = self._by_code(claim_of(self._titles.unnamed(text)), said, more)
        if not proof.stands or self._judge is None:
            return proof
        if self._judge.denies(text, _quotes(proof)):
            return Proof((), Verdict("unsupported", "the language model does not find it in the quotes", 0.0, "model"))
        return proof

    def _by_code(self, claim: str, said: ReplySentence, more: Sequence[str]) -> Proof:
        if cited := self._known(said.keys):
            return find_proof(claim, cited, self._verifier)
        # The model named no source. One quote that fully supports the sentence proves it all the same.
        for ranked in self._sources.values():
            proof = find_proof(claim, [ranked], self._verifier)
            if proof.verdict.support == "supported":
                return proof
        if near := self._known(said.near or more):
            return find_proof(claim, near, self._verifier)
        return Proof((), Verdict("unsupported", "the sentence names no source", 0.0))

    def _known(self, keys: Sequence[str]) -> list[RankedPassage]:
        return [self._sources[key] for key in keys if key in self._sources]


def _quotes(proof: Proof) -> list[str]:
    return [span.of(ranked.article.text) for ranked, span in proof.places]


def _context(proof: Proof) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for ranked, _ in proof.places for line in context_of(ranked)))


def _doubted(proof: Proof, reason: str) -> Proof:
    """Return a proof that stands as one in part at most."""
    if proof.verdict.support != "supported":
        return proof
    return replace(proof, verdict=replace(proof.verdict, support="partial", reason=reason))
