"""From an understood question to ranked passages: lexical and dense candidates, scored together.

Candidates come from full-text search and, where the embedder reads the question's language, from the vector index.
Each candidate is then scored by a convex combination (Bruch et al., 2023) of two signals that both lie in 0 to 1:
how much of the question it holds (a BM25 whose units are the question's units, each satisfied by any of its names)
and how near its vector lies.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import log as ln

import structlog

from corpus.article import Language, Passage
from corpus.embedder import Embedder
from corpus.encoder import Encoded, Vector
from corpus.filters import EVERYTHING, Filter
from corpus.glossary import Phrase
from corpus.language import Analyzer
from corpus.lexical import IndexedTerms
from corpus.library import Hit, Library
from service.dates import Recency
from service.recency import newer_first, newest_articles_first
from service.rerank import RERANKED, Reranker, mixed
from service.understand import Understood, Unit

log = structlog.get_logger(__name__)

CANDIDATES = 60
K1, B = 1.2, 0.6
OTHER_NAME = 0.85  # another name of a unit counts a little less than the question's own word
TITLE, HEADING = 0.5, 0.4  # a unit that only the title or a heading holds counts by this much
BIGRAM_SHARE = 0.3  # of the lexical score of Chinese, by neighbouring characters instead of words
DENSE_SHARE = 0.5  # of the whole score, where the embedder reads the language
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

    ``vector`` is the question's, of shape (d,), or None where the embedder does not vote.
    """

    candidates: tuple[Candidate, ...]
    weighed: tuple[Weighed, ...]
    bigrams: Mapping[str, float]
    vector: Vector | None
    language: Language


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
        self, question: Understood, *, where: Filter = EVERYTHING, without: frozenset[str] = frozenset()
    ) -> Found:
        """Return what was found among the articles that ``where`` admits; those in ``without`` count as withdrawn."""
        while True:
            embedder = self._library.embedder
            found = self._retrieve(question, embedder, where, without)
            if embedder is self._library.embedder:
                return found
            log.info("another embedding model came into use: the question is asked again")

    def _retrieve(self, question: Understood, embedder: Embedder, where: Filter, without: frozenset[str]) -> Found:
        votes = question.language in embedder.reads()
        nearest = self._pool.submit(self._dense, question.spelt_out, embedder, where) if votes else None
        weighed = self.weigh(question.units)
        bigrams = self._analyzer.bigrams(" ".join(unit.surface for unit in question.units))
        hits = self._library.lexical(_queries(question.units), bigrams, CANDIDATES, where=where)
        vector, near = nearest.result() if nearest else (None, [])
        found = {hit.key: hit.passage for hit in [*hits, *near] if hit.passage.article_id not in without}
        encoded = self._library.encoded(list(found), embedder.fingerprint)
        indexed = self._library.indexed_terms(list(found))
        bigram_weights = self._bigram_weights(bigrams)
        candidates = []
        for key in found.keys() & encoded.keys() & indexed.keys():  # an ingest may have replaced the others meanwhile
            passage = found[key]
            lexical = lexical_score(indexed[key], weighed, bigram_weights)
            dense = None if vector is None else max(0.0, float(encoded[key].vector @ vector))
            score = lexical if dense is None else (1 - DENSE_SHARE) * lexical + DENSE_SHARE * dense
            candidates.append(Candidate(passage, encoded[key], lexical, dense, score))
        candidates.sort(key=lambda c: (-c.score, c.passage.id))
        if self._reranker:
            candidates = self._judged(self._reranker, question.spelt_out, candidates)
        candidates = self._by_age(question.when.recency, candidates)
        return Found(tuple(candidates), tuple(weighed), bigram_weights, vector, question.language)

    def weigh(self, units: Sequence[Unit]) -> list[Weighed]:
        """Weigh each unit by how rare the things it names are among the live passages."""
        terms = sorted({term for unit in units for phrase in (unit.own, *unit.others) for term in phrase})
        counts, total = self._library.document_counts(terms)
        size = total + IDF_PRIOR
        result = []
        for unit in units:
            counted = [min(counts.get(term, 0) for term in phrase) for phrase in (unit.own, *unit.others)]
            often = max(1, *counted)  # what is unknown is no rarer than what stands in one passage
            rarity = ln(1 + (size - often + 0.5) / (often + 0.5))
            result.append(Weighed(unit, unit.weight * rarity))
        return result

    def _dense(self, text: str, embedder: Embedder, where: Filter) -> tuple[Vector, Sequence[Hit]]:
        vector = embedder.embed_query(text)
        return vector, self._library.dense(vector, CANDIDATES, fingerprint=embedder.fingerprint, where=where)

    def _by_age(self, recency: Recency, candidates: list[Candidate]) -> list[Candidate]:
        """Let newer articles come sooner, as far as the question asks for that."""
        if recency is Recency.NONE:
            return candidates
        aged = newer_first if recency is Recency.PREFERRED else newest_articles_first
        ranked = [(candidate.passage.article_id, candidate.score) for candidate in candidates]
        scores = aged(ranked, self._library.published())
        changed = (replace(candidate, score=score) for candidate, score in zip(candidates, scores, strict=True))
        return sorted(changed, key=lambda c: -c.score)  # the order stays where scores are equal

    def _judged(self, reranker: Reranker, question: str, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Mix the scores with the reranker's, which reads the best passages below their titles and headings."""
        best = [candidate.passage for candidate in candidates[:RERANKED]]
        articles = self._library.articles_of(list({passage.article_id for passage in best}))
        titles = {name: (article.title,) for name, article in articles.items()}
        texts = [" - ".join((*titles.get(p.article_id, ()), *p.headings)) + f"\n{p.text}" for p in best]
        scores = mixed([candidate.score for candidate in candidates], reranker.scores(question, texts))
        judged = [replace(candidate, score=score) for candidate, score in zip(candidates, scores, strict=True)]
        return sorted(judged, key=lambda c: (-c.score, c.passage.id))

    def _bigram_weights(self, bigrams: Sequence[str]) -> dict[str, float]:
        counts, total = self._library.document_counts(sorted(set(bigrams)))
        size = total + IDF_PRIOR
        return {pair: ln(1 + (size - counts.get(pair, 0) + 0.5) / (counts.get(pair, 0) + 0.5)) for pair in set(bigrams)}


def lexical_score(indexed: IndexedTerms, weighed: Sequence[Weighed], bigrams: Mapping[str, float]) -> float:
    """Return how much of the question's weight a passage holds, 0 to 1, with BM25's saturation and length norm."""
    total = sum(item.weight for item in weighed)
    words = sum(item.weight * _presence(item.unit, indexed) for item in weighed) / total if total else 0.0
    pairs = sum(bigrams.values())
    if not pairs:
        return words
    held = set(indexed.bigrams)
    share = sum(weight for pair, weight in bigrams.items() if pair in held) / pairs
    return (1 - BIGRAM_SHARE) * words + BIGRAM_SHARE * share


def _presence(unit: Unit, indexed: IndexedTerms) -> float:
    """Return 0 to 1: how firmly a unit stands in a passage, by any of its names."""
    norm = K1 * (1 - B + B * len(indexed.body) / TYPICAL_LENGTH)
    best = 0.0
    for phrase, worth in ((unit.own, 1.0), *((other, OTHER_NAME) for other in unit.others)):
        count = occurrences(phrase, indexed.body)
        in_body = count * (K1 + 1) / (count + norm) / (K1 + 1)
        above = max(TITLE * holds(phrase, indexed.title), HEADING * holds(phrase, indexed.headings))
        best = max(best, worth * (in_body + (1 - in_body) * above))
    if len(unit.own) > 1:
        parts = [_presence(Unit(unit.surface, (term,), (), 1.0, unit.name), indexed) for term in unit.own]
        best = max(best, PARTS * sum(parts) / len(parts))
    return best


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
