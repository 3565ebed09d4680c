"""From an understood question to ranked passages: lexical and dense candidates, scored together.

Candidates come from full-text search and, where the embedder reads the question's language, from the vector index.
Each candidate is then scored by a convex combination (Bruch et al., 2023) of two signals that both lie in 0 to 1:
how much of the question it holds (a BM25 whose units are the question's units, each satisfied by any of its names)
and how near its vector lies. Where the embedder votes, the best are then compared with the question word by word.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from math import log as ln

import numpy as np
import numpy.typing as npt
import structlog

from corpus.article import Article, Language, Passage
from corpus.embedder import Embedder
from corpus.encoder import Encoded, Vector
from corpus.filters import EVERYTHING, Filter
from corpus.glossary import Phrase
from corpus.language import Analyzer
from corpus.lexical import IndexedTerms, spaced
from corpus.library import TRIES, Library
from corpus.selection import Matrix
from corpus.view import Card, View
from service.dates import Recency
from service.meaning import nearness
from service.recency import newer_first, newest_articles_first
from service.rerank import RERANKED, Reranker, mixed
from service.understand import Understood, Unit

Scores = npt.NDArray[np.float64]
Among = Matrix | Collection[str] | None

log = structlog.get_logger(__name__)

CANDIDATES = 40
"""Passages that each way of finding brings, where no more are asked for."""
K1, B = 1.2, 0.6
OTHER_NAME = 0.85  # another name of a unit counts a little less than the question's own word
TITLE, HEADING = 0.5, 0.4  # a unit that only the title or a heading holds counts by this much
BIGRAM_SHARE = 0.3  # of the lexical score of Chinese, by neighbouring characters instead of words
DENSE_SHARE = 0.55  # of the whole score, where the embedder reads the language
COMPARED = 12  # of the best so far: half as many again as gathering reads
WORDS_SHARE = 0.45  # of the whole score, where passages are compared word by word
READ = 32
"""Candidates that come back, unless other is asked: gathering reads the best eight, no more than four of an article."""
OF_ONE_ARTICLE = 8
PARTS = 0.7  # a unit of several words whose words stand apart counts by this much
TYPICAL_LENGTH = 150  # words of a passage
IDF_PRIOR = 20  # passages that a small library is thought to lie among, so that its counts don't rule alone


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage found for a question; scores are 0 to 1, ``dense`` None where the embedder does not vote."""

    passage: Passage
    encoded: Encoded
    lexical: float
    dense: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit of the question with its weight in this library: rare units weigh more."""

    unit: Unit
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates best first, the question's units and Chinese character pairs as weighed in this library.

    ``asked`` are the vectors of the question and its words, or None where the embedder does not vote. All was read of
    one ``generation``; ``articles`` holds the candidates' by id.
    """

    candidates: tuple[Candidate, ...]
    weighed: tuple[Weighed, ...]
    bigrams: Mapping[str, float]
    asked: Encoded | None
    language: Language
    articles: Mapping[str, Article] = field(default_factory=dict)
    generation: int = 0


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A candidate before its text is read."""

    card: Card
    lexical: float
    dense: float | None
    score: float


class Retriever:
    """Finds and ranks passages; a ``reranker`` judges the best of them once more."""

    def __init__(self, library: Library, analyzer: Analyzer, *, reranker: Reranker | None = None) -> None:
        self._library, self._analyzer = library, analyzer
        self._reranker = reranker
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="dense")

    def close(self) -> None:
        """Stop the threads."""
        self._pool.shutdown()

    def retrieve(
        self,
        question: Understood,
        *,
        where: Filter = EVERYTHING,
        without: frozenset[str] = frozenset(),
        k: int = READ,
        of_one: int = OF_ONE_ARTICLE,
        sentences: bool = True,
    ) -> Found:
        """Return what was found among the articles that ``where`` admits; those in ``without`` count as withdrawn.

        At most ``k`` candidates come back, and of one article at most ``of_one``; without ``sentences`` their
        sentences' vectors are not read, and ``encoded.parts`` is empty. Another embedding model that comes
        into use meanwhile, or a newer state of the library, makes it look again.
        """
        tries = 0
        while True:
            tries += 1
            embedder = self._library.embedder
            with self._library.view() as view:
                found = self._retrieve(
                    view, question, embedder, where=where, without=without, k=k, of_one=of_one, sentences=sentences
                )
                changed = found.asked is not None and self._library.changed_since(view)
            if embedder is self._library.embedder and (not changed or tries >= TRIES):
                return found
            log.info("the library changed: the question is asked again")

    def _retrieve(
        self,
        view: View,
        question: Understood,
        embedder: Embedder,
        *,
        where: Filter,
        without: frozenset[str],
        k: int,
        of_one: int,
        sentences: bool,
    ) -> Found:
        wide = max(CANDIDATES, k)
        votes = question.language in embedder.reads()
        among = view.among(where, embedder.fingerprint) if votes else None
        nearest = self._pool.submit(self._nearest, question.spelt_out, embedder, wide, among) if votes else None
        weighed = _weighed(question.units, view)
        bigrams = self._analyzer.bigrams(" ".join(unit.surface for unit in question.units))
        pairs = _bigram_weights(bigrams, view)
        keys = [key for key, _ in view.lexical(_queries(question.units), bigrams, wide, where=where)]
        view.cards(keys, embedder.fingerprint)  # read while the model and the index are at work
        asked, near = nearest.result() if nearest else (None, [])
        vector = None if asked is None else asked.vector
        keys += view.keys_of(passage_id for passage_id, _ in near).values()
        cards = view.cards(keys, embedder.fingerprint).values()
        ranked = _ranked([card for card in cards if card.article_id not in without], weighed, pairs, vector)
        if asked is not None:
            ranked = _by_words(asked, ranked, view, embedder.fingerprint)
        if self._reranker:
            ranked = _judged(self._reranker, question.spelt_out, ranked, view)
        ranked = _by_age(question.when.recency, ranked, view)
        best = _first(ranked, k, of_one)
        return Found(
            _candidates(best, view, embedder.fingerprint if sentences else None),
            tuple(weighed),
            pairs,
            asked,
            question.language,
            view.articles_of(item.card.article_id for item in best),
            view.generation,
        )

    def _nearest(self, text: str, embedder: Embedder, k: int, among: Among) -> tuple[Encoded, list[tuple[str, float]]]:
        asked = embedder.embed_question(text)
        return asked, self._library.nearest(asked.vector, k, fingerprint=embedder.fingerprint, among=among)


def _ranked(
    cards: Sequence[Card], weighed: Sequence[Weighed], pairs: Mapping[str, float], vector: Vector | None
) -> list[_Ranked]:
    """Score candidates by words and by meaning; return them best first."""
    held = LexicalScorer(weighed, pairs).scores([card.terms for card in cards]).tolist()
    cosines: list[float | None] = [None] * len(cards)
    if vector is not None and cards:
        cosines = np.maximum(np.stack([card.vector for card in cards]) @ vector, 0.0).tolist()
    ranked = []
    for card, lexical, dense in zip(cards, held, cosines, strict=True):
        score = lexical if dense is None else (1 - DENSE_SHARE) * lexical + DENSE_SHARE * dense
        ranked.append(_Ranked(card, lexical, dense, score))
    return sorted(ranked, key=lambda item: (-item.score, item.card.passage_id))


def _by_words(asked: Encoded, ranked: Sequence[_Ranked], view: View, fingerprint: str) -> list[_Ranked]:
    """Look at the best once more, word by word; the rest count as far from all, so that none rises above them."""
    encoded = view.encoded((item.card.key for item in ranked[:COMPARED]), fingerprint)
    near = [nearness(encoded[item.card.key], asked) for item in ranked[:COMPARED]]
    near += [0.0] * (len(ranked) - len(near))
    compared = [
        _Ranked(item.card, item.lexical, item.dense, (1 - WORDS_SHARE) * item.score + WORDS_SHARE * words)
        for item, words in zip(ranked, near, strict=True)
    ]
    return sorted(compared, key=lambda item: (-item.score, item.card.passage_id))


def _judged(reranker: Reranker, question: str, ranked: Sequence[_Ranked], view: View) -> list[_Ranked]:
    """Mix the scores with the reranker's, which reads the best passages below their titles and headings."""
    best = view.passages(item.card.key for item in ranked[:RERANKED])
    articles = view.articles_of(passage.article_id for passage in best.values())
    texts = [" - ".join((articles[p.article_id].title, *p.headings)) + f"\n{p.text}" for p in best.values()]
    scores = mixed([item.score for item in ranked], reranker.scores(question, texts))
    judged = [replace(item, score=score) for item, score in zip(ranked, scores, strict=True)]
    return sorted(judged, key=lambda item: (-item.score, item.card.passage_id))


def _by_age(recency: Recency, ranked: list[_Ranked], view: View) -> list[_Ranked]:
    """Let newer articles come sooner, as far as the question asks for that."""
    if recency is Recency.NONE:
        return ranked
    aged = newer_first if recency is Recency.PREFERRED else newest_articles_first
    scores = aged([(item.card.article_id, item.score) for item in ranked], view.published())
    changed = (replace(item, score=score) for item, score in zip(ranked, scores, strict=True))
    return sorted(changed, key=lambda item: -item.score)  # the order stays where scores are equal


def _first(ranked: Iterable[_Ranked], k: int, of_one: int) -> list[_Ranked]:
    """Return the first ``k``, with no more than ``of_one`` of each article."""
    taken: list[_Ranked] = []
    counts: Counter[str] = Counter()
    for item in ranked:
        counts[item.card.article_id] += 1
        if counts[item.card.article_id] <= of_one:
            taken.append(item)
        if len(taken) == k:
            break
    return taken


def _candidates(ranked: Sequence[_Ranked], view: View, fingerprint: str | None) -> tuple[Candidate, ...]:
    """Read the texts and, where the model's ``fingerprint`` is given, the sentences' vectors."""
    keys = [item.card.key for item in ranked]
    passages = view.passages(keys)
    if fingerprint is None:
        encoded = {item.card.key: Encoded(item.card.vector, item.card.vector[None][:0]) for item in ranked}
    else:
        encoded = view.encoded(keys, fingerprint)
    return tuple(
        Candidate(passages[item.card.key], encoded[item.card.key], item.lexical, item.dense, item.score)
        for item in ranked
    )


def _weighed(units: Sequence[Unit], view: View) -> list[Weighed]:
    """Weigh each unit by how rare the things it names are among the live passages."""
    counts, total = view.document_counts(
        sorted({term for unit in units for phrase in (unit.own, *unit.others) for term in phrase})
    )
    size = total + IDF_PRIOR
    result = []
    for unit in units:
        counted = [min(counts.get(term, 0) for term in phrase) for phrase in (unit.own, *unit.others)]
        often = max(1, *counted)  # what is unknown is no rarer than what stands in one passage
        rarity = ln(1 + (size - often + 0.5) / (often + 0.5))
        result.append(Weighed(unit, unit.weight * rarity))
    return result


def _bigram_weights(bigrams: Sequence[str], view: View) -> dict[str, float]:
    counts, total = view.document_counts(sorted(set(bigrams)))
    size = total + IDF_PRIOR
    return {pair: ln(1 + (size - counts.get(pair, 0) + 0.5) / (counts.get(pair, 0) + 0.5)) for pair in set(bigrams)}


class LexicalScorer:
    """Scores how much of a question's weight passages hold, with BM25's saturation and length norm."""

    def __init__(self, weighed: Sequence[Weighed], bigrams: Mapping[str, float]) -> None:
        self._weighed, self._bigrams = weighed, bigrams

    def scores(self, passages: Sequence[IndexedTerms]) -> Scores:
        """Return for each passage the share of the question's weight that it holds, 0 to 1; shape (n,)."""
        lengths = np.array([passage.length for passage in passages])
        norms = K1 * (1 - B + B * lengths / TYPICAL_LENGTH)
        words, total = np.zeros(len(passages)), sum(item.weight for item in self._weighed)
        for item in self._weighed:
            words += item.weight / total * _presence(item.unit, passages, norms)
        pairs = sum(self._bigrams.values())
        if not pairs:
            return words
        held = np.zeros(len(passages))
        for pair, weight in self._bigrams.items():
            wanted = spaced([pair])
            held += weight / pairs * np.array([wanted in passage.bigrams for passage in passages])
        return (1 - BIGRAM_SHARE) * words + BIGRAM_SHARE * held


def _presence(unit: Unit, passages: Sequence[IndexedTerms], norms: Scores) -> Scores:
    """Return 0 to 1: how firmly a unit stands in each passage, by any of its names."""
    best = _firmness(unit.own, passages, norms)
    for other in unit.others:
        best = np.maximum(best, OTHER_NAME * _firmness(other, passages, norms))
    if len(unit.own) > 1:
        parts = [_firmness((term,), passages, norms) for term in unit.own]
        best = np.maximum(best, PARTS * np.mean(parts, axis=0))
    return best


def _firmness(phrase: Phrase, passages: Sequence[IndexedTerms], norms: Scores) -> Scores:
    wanted = spaced(phrase)
    counts = np.array([passage.body.count(wanted) for passage in passages])
    above = [TITLE if wanted in p.title else HEADING if wanted in p.headings else 0.0 for p in passages]
    in_body = counts / (counts + norms)
    return np.asarray(in_body + (1 - in_body) * np.array(above))


def occurrences(phrase: Phrase, terms: Sequence[str]) -> int:
    """Count where ``phrase`` stands in ``terms``, its words side by side."""
    if len(phrase) == 1:
        return terms.count(phrase[0])
    first, length = phrase[0], len(phrase)
    return sum(1 for i, term in enumerate(terms) if term == first and tuple(terms[i : i + length]) == phrase)


def holds(phrase: Phrase, terms: Sequence[str]) -> bool:
    """Whether ``phrase`` stands in ``terms``."""
    return occurrences(phrase, terms) > 0


def _queries(units: Sequence[Unit]) -> list[str]:
    """Return what full-text search looks for: every name of every unit as a phrase, and the words of longer ones."""
    own = [" ".join(unit.own) for unit in units]
    words = [term for unit in units if len(unit.own) > 1 for term in unit.own]
    others = [" ".join(other) for unit in units for other in unit.others]
    return list(dict.fromkeys([*own, *words, *others]))
