"""Quotes mode: the answer is made of the articles' own sentences, chosen and ordered, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.article import Article, BlockKind, Language, Passage, Span
from corpus.language import Analyzer
from service.answer import Direct, Statement
from service.cite import CitationBook
from service.evidence import Evidence, ScoredSentence
from service.phrases import articles_differ, lead, quoted, word_for_word
from service.question.kinds import FACTS, Kind
from service.quotes.bounds import with_bounds
from service.quotes.direct import point_at
from service.quotes.disagree import differing
from service.quotes.leadin import name_for
from service.understand import Understood

MOST_OF_A_FACT, MOST_TOLD, MOST_OF_A_LIST = 3, 4, 5
JOINED_LEAST = 0.05  # likelihood of a sentence for a further name, which shares the question with the best one
# A further sentence must be this likely, as a share of the best one's likelihood; the first where a fact is asked for.
BESIDE_FACT, BESIDE_TOLD = 0.33, 0.25
BESIDE_WHOLE = 0.6  # the same, where the best sentence holds all that the question names
ADDING = 0.7  # of that, for a sentence that holds something the question names and no chosen one holds
_LISTS = frozenset({Kind.LIST, Kind.COMPARISON})
_BOUNDED = frozenset({Kind.WHEN, Kind.QUANTITY})


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer's parts: its pieces of text in order, its statements, the book of its citations.

    ``direct`` is what the first piece gives, where a few words of a quote answer.
    """

    pieces: tuple[str, ...]
    statements: tuple[Statement, ...]
    book: CitationBook
    direct: Direct | None = None


def choose(evidence: Evidence, question: Understood) -> list[ScoredSentence]:
    """Return the sentences that answer, best first; none twice, also not the same words of another article.

    A question that joins several names ("when were A and B founded?") gets a sentence for each, and a line that leads
    a list in ("Its residents include:") brings the list's items along, see ``neighbours``.
    """
    if not evidence.sentences:
        return []
    if question.of_articles:
        return _one_of_each(evidence, question)
    best = evidence.sentences[0]
    named = {place for place, unit in enumerate(question.units) if unit.heavy}
    beside = BESIDE_FACT if question.kind in FACTS else BESIDE_TOLD
    whole = bool(named and named <= best.holds) or bool(best.brings)  # a list that it leads in tells the rest
    least = best.score * (BESIDE_WHOLE if whole else beside)
    most = MOST_OF_A_FACT if question.kind in FACTS else MOST_OF_A_LIST if question.kind in _LISTS else MOST_TOLD
    if question.kind is Kind.LIST and not question.joins_names:
        named = {place for place in named if question.units[place].telling}
    told = _told_by_each(evidence, question, named & best.holds, least)
    chosen: list[ScoredSentence] = []
    held: set[int] = set()
    seen: set[str] = set()
    for sentence in evidence.sentences:
        words = _words(sentence)
        adds = bool(named & sentence.holds - held)
        likely = sentence.score >= least * (ADDING if adds else 1.0)
        if likely and words not in seen and len(chosen) < most and (not told or told & sentence.holds):
            seen.add(words)
            held |= sentence.holds
            chosen.append(sentence)
    chosen += _for_other_names(chosen, evidence, question)
    for lead_in in list(chosen):
        chosen += [item for item in lead_in.brings if _words(item) not in {_words(c) for c in chosen}]
    return chosen


def _told_by_each(evidence: Evidence, question: Understood, listed: set[int], least: float) -> set[int]:
    """Return the units of which each sentence must hold one: of what is ``listed``, or of what is compared.

    None where nothing is listed, or not all that is compared is told of.
    """
    if question.kind is Kind.LIST and not question.joins_names:
        return listed
    compared = _joined(question) if question.kind is Kind.COMPARISON else set()
    likely = [sentence for sentence in evidence.sentences if sentence.score >= least]
    return compared if compared <= {place for sentence in likely for place in sentence.holds} else set()


def _joined(question: Understood) -> set[int]:
    """Return the places of the names that a question joins; what it compares may also be terms ("a CRO and a CDMO")."""
    compares = question.kind is Kind.COMPARISON
    return {place for place, unit in enumerate(question.units) if unit.name or (compares and unit.others)}


def _one_of_each(evidence: Evidence, question: Understood) -> list[ScoredSentence]:
    """Return a sentence of each article on the topic that articles are asked for: the first likely one, no list's item.

    An article that comes back to it goes before one that names it once.
    """
    named = {place for place, unit in enumerate(question.units) if unit.heavy}
    least = evidence.sentences[0].score * BESIDE_TOLD
    of_article: dict[str, list[ScoredSentence]] = {}
    for sentence in evidence.sentences:
        if named <= sentence.holds and sentence.score >= least:
            of_article.setdefault(sentence.article.id, []).append(sentence)
    groups = sorted(of_article.values(), key=len, reverse=True)[:MOST_OF_A_LIST]
    return [_opening_of(group) for group in groups] or [evidence.sentences[0]]


def _opening_of(group: Sequence[ScoredSentence]) -> ScoredSentence:
    """Return what says best what an article is about, of its sentences on a topic, the best first."""
    told = [sentence for sentence in group if sentence.sentence.kind is BlockKind.PARAGRAPH] or group
    likely = [sentence for sentence in told if sentence.score >= told[0].score * BESIDE_WHOLE]
    return min(likely, key=lambda sentence: sentence.sentence.span.start)


def _words(sentence: ScoredSentence) -> str:
    """Return what makes two sentences the same to a reader."""
    return "".join(filter(str.isalnum, sentence.text)).casefold()


def _for_other_names(
    chosen: Sequence[ScoredSentence], evidence: Evidence, question: Understood
) -> list[ScoredSentence]:
    """Return the best sentence for each name that the question joins to others and that no chosen one holds."""
    names = _joined(question)
    added: list[ScoredSentence] = []
    if len(names) > 1 and question.joins_names:
        for place in sorted(names - {p for sentence in chosen for p in sentence.holds}):
            likely = (s for s in evidence.sentences if place in s.holds and s.score >= JOINED_LEAST)
            added += [s for s in islice(likely, 1) if s not in added]
    return added


class Quoting:
    """An answer of quotes in the making: its pieces in order, its statements, the book of its citations."""

    def __init__(self) -> None:
        self.book = CitationBook()
        self.pieces: list[str] = []
        self.statements: list[Statement] = []
        self.quoted: str | None = None
        """The id of the article whose quote the last piece is; None where that is a line of ours."""

    def line(self, text: str) -> None:
        """Begin a paragraph with a line of ours."""
        self.pieces.append(("\n\n" if self.pieces else "") + text)
        self.quoted = None

    def quote(
        self, article: Article, passage: Passage, span: Span, language: Language, *, name: str | None = None
    ) -> None:
        """Quote ``article.text[span]`` in the marks of ``language``; ``name`` is what its "it" stands for."""
        number, text = self.book.add(article, passage, span), span.of(article.text)
        self.pieces.append(f" {quoted(text, language, name=name)} [{number}]")
        self.statements.append(Statement(text, (number,), "supported", word_for_word(language)))
        self.quoted = article.id

    def composed(self, direct: Direct | None = None) -> Composed:
        """Return what was made, and the few words that answer it, if any."""
        return Composed(tuple(self.pieces), tuple(self.statements), self.book, direct)


def compose(parts: Sequence[tuple[Evidence, Understood]], analyzer: Analyzer, *, points: bool = True) -> Composed:
    """Write the answer from the evidence: article by article, each led by its title, its sentences in their order.

    The few words that answer come first, where there are any, then a line where two articles differ. A sentence that
    begins with "it" has the name in brackets before it. Several questions are answered one after the other, no sentence
    twice; the few words are those of the first, where it ``points`` at any.
    """
    written, direct = Quoting(), None
    for evidence, question in parts:
        chosen = choose(evidence, question)
        differing_ones = differing(evidence, question, chosen, analyzer)
        ordered = [*differing_ones, *(sentence for sentence in chosen if sentence not in differing_ones)]
        new = [sentence for sentence in ordered if not written.book.holds(sentence.article, sentence.sentence.span)]
        if new and points and not written.pieces and (direct := _direct(new[0], question, analyzer, written.book)):
            written.line(f"{direct.text} [{direct.citation}]")
        if differing_ones:
            dated = len({sentence.article.published for sentence in differing_ones} | {None}) > 2
            written.line(articles_differ(question.language, dated=dated))
        _quote(new, written, question.language, analyzer)
    return written.composed(direct)


def _quote(sentences: Sequence[ScoredSentence], written: Quoting, language: Language, analyzer: Analyzer) -> None:
    """Go on with sentences by article, each led by its title but where its quotes go on."""
    for article, told in _by_article(sentences):
        if article.id != written.quoted:
            written.line(lead(article, language))
        for place, sentence in enumerate(told):
            name = name_for(sentence, analyzer, shown=told[:place])
            written.quote(article, sentence.passage, sentence.sentence.span, language, name=name)


def _direct(best: ScoredSentence, question: Understood, analyzer: Analyzer, book: CitationBook) -> Direct | None:
    """Return the few words of the best sentence that answer; its citation is the first."""
    place = point_at(question, best, analyzer)
    if place is None:
        return None
    if question.kind in _BOUNDED:
        start = best.sentence.span.start
        said = with_bounds(Span(place.start - start, place.end - start), best.text)
        place = Span(said.start + start, said.end + start)
    number = book.add(best.article, best.passage, best.sentence.span)
    return Direct(place.of(best.article.text), number, place.start, place.end)


def _by_article(chosen: Sequence[ScoredSentence]) -> list[tuple[Article, list[ScoredSentence]]]:
    """Group by article, that of the best sentence first; within one, in the order of its text."""
    groups: dict[str, list[ScoredSentence]] = {}
    for sentence in chosen:
        groups.setdefault(sentence.article.id, []).append(sentence)
    return [(group[0].article, sorted(group, key=lambda s: s.sentence.span.start)) for group in groups.values()]
