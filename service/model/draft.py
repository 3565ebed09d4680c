"""A language model's answer on its way: what is proved stands, with its citations; what is not is kept apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.article import Language
from service.answer import Delta, Statement
from service.checks.openings import claim_of
from service.cite import CitationBook
from service.evidence import RankedPassage
from service.model.judge import Judge
from service.model.reply import ReplySentence
from service.phrases import kind_in_words, word_for_word
from service.proof import Proof, Verifier, find_proof
from service.verify import Verdict


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A sentence that was held back, with the keys of known sources that it names and why, in words of ours."""

    text: str
    keys: tuple[str, ...]
    why: str


class ReplyDraft:
    """Keeps the sentences that can be proved, numbered by first use; ``judge``, if any, must agree to each."""

    def __init__(
        self, sources: Mapping[str, RankedPassage], verifier: Verifier, language: Language, judge: Judge | None = None
    ) -> None:
        self._sources, self._verifier, self._language, self._judge = sources, verifier, language, judge
        self.book = CitationBook()
        self.statements: list[Statement] = []
        self.held: list[HeldBack] = []
        self.text = ""

    def add(self, said: ReplySentence) -> Delta | None:
        """Return the sentence's text with its marks; None where it is held back, or was said already."""
        if any(said.text == statement.text for statement in self.statements):
            return None
        proof = self._proof(said)
        if proof.verdict.support == "unsupported":
            self.hold(said, kind_in_words(proof.verdict.kind, self._language))
            return None
        cited = (self.book.add(ranked.article, ranked.passage, span) for ranked, span in proof.places)
        marks = tuple(dict.fromkeys(cited))
        self.statements.append(Statement(said.text, marks, proof.verdict.support, self._why(said, proof)))
        delta = (" " if self.text else "") + said.text + " " + "".join(f"[{mark}]" for mark in marks)
        self.text += delta
        return Delta(delta)

    def hold(self, said: ReplySentence, why: str) -> None:
        """Keep a sentence apart."""
        self.held.append(HeldBack(said.text, tuple(key for key in said.keys if key in self._sources), why))

    def _why(self, said: ReplySentence, proof: Proof) -> str:
        if any(said.text == span.of(ranked.article.text) for ranked, span in proof.places):
            return word_for_word(self._language)
        verdict = proof.verdict
        return verdict.reason if self._language == "en" else kind_in_words(verdict.kind, self._language)

    def _proof(self, said: ReplySentence) -> Proof:
        proof = self._by_code(said)
        if proof.verdict.support == "unsupported" or self._judge is None:
            return proof
        quotes = [span.of(ranked.article.text) for ranked, span in proof.places]
        if self._judge.denies(said.text, quotes):
            return Proof((), Verdict("unsupported", "the language model does not find it in the quotes", 0.0, "model"))
        return proof

    def _by_code(self, said: ReplySentence) -> Proof:
        claim = claim_of(said.text)
        cited = [self._sources[key] for key in said.keys if key in self._sources]
        if cited:
            return find_proof(claim, cited, self._verifier)
        # The model named no source. One quote that fully supports the sentence proves it all the same.
        for ranked in self._sources.values():
            proof = find_proof(claim, [ranked], self._verifier)
            if proof.verdict.support == "supported":
                return proof
        return Proof((), Verdict("unsupported", "the sentence names no source", 0.0))
