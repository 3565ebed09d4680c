"""From an understood question to ranked passages: lexical and dense candidates, scored together.

Candidates are the best by words of all passages and, where the embedder reads the question's language, the nearest in
the vector index. Each is then scored by a convex combination (Bruch et al., 2023) of two signals that both lie in 0 to
1: how much of the question it holds (see ``service.ranking.bm25``) and how near its vector lies. Where the embedder
votes, the best are then compared with the question word by word.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import structlog

from corpus.article import Language, Passage
from corpus.embedder import Embedder
from corpus.encoded import Encoded
from corpus.filters import EVERYTHING, Filter
from corpus.language import Analyzer
from corpus.library import Library
from corpus.postings import Keys
from corpus.table import PassageTable, Rows
from corpus.view import Excerpt, View
from service.question.dates import Recency
from service.ranking.bm25 import LexicalScorer, Scores, Weighed
from service.ranking.meaning import nearness
from service.ranking.recency import newer_first, newest_articles_first
from service.ranking.rerank import RERANKED, Reranker, mixed
from service.ranking.whole_article import costs, with_articles
from service.understand import Understood

Result = TypeVar("Result")

log = structlog.get_logger(__name__)

CANDIDATES = 40
"""Passages that each way of finding brings, where no more are asked for."""
TRIES = 5  # as many articles may change during one search
UNREAD = 0.8  # worth of what a passage holds by words, where the embedder reads the question's language and not its own
DENSE_SHARE = 0.55  # of the whole score, where the embedder reads the language
COMPARED = 12  # of the best so far: half as many again as are read
WORDS_SHARE = 0.45  # of the whole score, where passages are compared word by word
READ = 8  # passages of an answer's evidence
PER_ARTICLE = 4  # of them at most, so that one article does not crowd out the rest


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage found for a question; scores are 0 to 1, ``dense`` None where the embedder does not vote."""

    passage: Passage
    encoded: Encoded
    lexical: float
    dense: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates best first, the question's units and Chinese character pairs as weighed in this library.

    ``asked`` are the vectors of the question and its words, or None where the embedder does not vote; ``nearest`` the
    ids of the articles with the best passages, also beyond the candidates.
    """

    candidates: tuple[Candidate, ...]
    weighed: tuple[Weighed, ...]
    bigrams: Mapping[str, float]
    asked: Encoded | None
    language: Language
    nearest: tuple[str, ...] = ()


class _Ranked(NamedTuple):
    """A candidate before its text is read; there are some eighty of a question, so it is cheap to make."""

    key: int
    passage_id: str
    article_id: str
    lexical: float
    dense: float | None
    score: float


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Candidates best first, by which scorer and which model's vectors, and the question's where the embedder votes."""

    ranked: list[_Ranked]
    scorer: LexicalScorer
    fingerprint: str
    asked: Encoded | None


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
    ) -> Found:
        """Return what was found among the articles that ``where`` admits; those in ``without`` count as withdrawn.

        At most ``READ`` candidates come back, and of one article at most ``PER_ARTICLE``. Another embedding model that
        comes into use meanwhile, or a newer state of the library, makes it look again.
        """

        def found(view: View, ranking: _Ranking) -> Found:
            return Found(
                _candidates(_spread(ranking.ranked), view, ranking.fingerprint),
                tuple(ranking.scorer.weighed),
                ranking.scorer.bigrams,
                ranking.asked,
                question.language,
                tuple(dict.fromkeys(item.article_id for item in ranking.ranked)),
            )

        return self._settled(question, where=where, without=without, wide=CANDIDATES, read=found)

    def search(
        self,
        question: Understood,
        *,
        k: int,
        where: Filter = EVERYTHING,
        without: frozenset[str] = frozenset(),
    ) -> list[tuple[Excerpt, float]]:
        """Return the ``k`` best passages with their scores: ranked the same, read no further than shown."""

        def shown(view: View, ranking: _Ranking) -> list[tuple[Excerpt, float]]:
            best = {item.key: item.score for item in ranking.ranked[:k]}
            excerpts = view.excerpts(best)
            return [(excerpts[key], score) for key, score in best.items()]

        return self._settled(question, where=where, without=without, wide=max(CANDIDATES, k), read=shown)

    def _settled(
        self,
        question: Understood,
        *,
        where: Filter,
        without: frozenset[str],
        wide: int,
        read: Callable[[View, _Ranking], Result],
    ) -> Result:
        """Rank and ``read`` in one view of the library, again where it changes meanwhile."""
        tries = 0
        while True:
            tries += 1
            embedder = self._library.embedder
            with self._library.view() as view:
                ranking = self._rank(view, question, embedder, where=where, without=without, wide=wide)
                result = read(view, ranking)
                changed = ranking.asked is not None and self._library.changed_since(view)
            if embedder is self._library.embedder and (not changed or tries >= TRIES):
                return result
            log.info("the library changed: the question is asked again")

    def _rank(
        self,
        view: View,
        question: Understood,
        embedder: Embedder,
        *,
        where: Filter,
        without: frozenset[str],
        wide: int,
    ) -> _Ranking:
        fingerprint = embedder.fingerprint
        votes = question.language in embedder.reads()
        # The model runs on all cores, so nothing is done beside it; then the index is asked beside full text.
        asked = embedder.embed_question(question.spelt_out) if votes else None
        nearest = None
        if asked is not None:
            among = view.among(where, fingerprint)
            nearest = self._pool.submit(self._library.nearest, asked.vector, wide, fingerprint=fingerprint, among=among)
        bigrams = self._analyzer.bigrams(" ".join(unit.surface for unit in question.units))
        table = view.table(fingerprint)
        alone = table.held <= {question.language}
        units = [unit.at_home for unit in question.units] if alone else question.units
        scorer = LexicalScorer.of(units, bigrams, view)
        presences = scorer.presences(table.lengths)
        words = scorer.scores(presences)
        rows = table.rows_of(_best(words, wide, view.selected(where)))
        if nearest:
            rows = np.union1d(rows, table.rows_named(passage_id for passage_id, _ in nearest.result()))
        if without:
            rows = rows[[table.article_ids[row] not in without for row in rows]]

        def encoded(keys: Keys) -> list[Encoded]:
            return list(view.encoded(keys.tolist(), fingerprint).values())

        lexical, held = words[table.keys[rows]], presences[:, table.keys[rows]]
        read = np.isin(table.languages[rows], list(embedder.reads()))
        scores, dense = _scored(table, rows, lexical, asked, read=read, encoded=encoded)
        scores = with_articles(scores, [table.article_ids[row] for row in rows], held, costs(scorer))
        ranked = _ranked(table, rows, lexical, dense, scores)
        if self._reranker:
            ranked = _judged(self._reranker, question.spelt_out, ranked, view)
        return _Ranking(_by_age(question.when.recency, ranked, view), scorer, fingerprint, asked)


def _best(scores: Scores, k: int, selected: Sequence[int] | None) -> Keys:
    """Return the keys of at most ``k`` passages with the greatest scores above 0, of those that are ``selected``."""
    keys = np.flatnonzero(scores)
    if selected is not None:
        keys = np.intersect1d(keys, np.asarray(selected, np.int64), assume_unique=True)
    return keys[np.argpartition(-scores[keys], k - 1)[:k]] if len(keys) > k else keys


def _scored(
    table: PassageTable,
    rows: Rows,
    lexical: Scores,
    asked: Encoded | None,
    *,
    read: npt.NDArray[np.bool_],
    encoded: Callable[[Keys], list[Encoded]],
) -> tuple[Scores, Sequence[float | None]]:
    """Score candidates by words and, with the question's vectors, by meaning; return their cosines too.

    The best are then compared once more, word by word, by what ``encoded`` gives of their keys; the rest count as far
    from all words, so that none rises above them. Those that are not ``read``, in a language that the embedder does not
    know, are scored by words alone.
    """
    if asked is None or not len(rows):
        return lexical, [None] * len(rows)
    cosines: Scores = np.maximum(table.vectors[rows].astype(np.float32) @ asked.vector, 0.0)
    scores = (1 - DENSE_SHARE) * lexical + DENSE_SHARE * cosines
    ids = [table.passage_ids[row] for row in rows]
    best = sorted(np.flatnonzero(read).tolist(), key=lambda place: (-scores[place], ids[place]))[:COMPARED]
    words = np.zeros(len(rows), np.float32)
    words[best] = nearness(encoded(table.keys[rows[best]]), asked)
    scores = np.where(read, (1 - WORDS_SHARE) * scores + WORDS_SHARE * words, UNREAD * lexical)
    return scores, [cosine if known else None for cosine, known in zip(cosines.tolist(), read, strict=True)]


def _ranked(
    table: PassageTable, rows: Rows, lexical: Scores, dense: Sequence[float | None], scores: Scores
) -> list[_Ranked]:
    """Put candidates in order, best first."""
    held = zip(table.keys[rows].tolist(), rows.tolist(), lexical.tolist(), dense, scores.tolist(), strict=True)
    ranked = [_Ranked(key, table.passage_ids[row], table.article_ids[row], *signals) for key, row, *signals in held]
    return sorted(ranked, key=lambda item: (-item.score, item.passage_id))


def _judged(reranker: Reranker, question: str, ranked: Sequence[_Ranked], view: View) -> list[_Ranked]:
    """Mix the scores with the reranker's, which reads the best passages below their titles and headings."""
    best = view.passages(item.key for item in ranked[:RERANKED])
    articles = view.articles_of(passage.article_id for passage in best.values())
    texts = [" - ".join((articles[p.article_id].title, *p.headings)) + f"\n{p.text}" for p in best.values()]
    scores = mixed([item.score for item in ranked], reranker.scores(question, texts))
    judged = [item._replace(score=score) for item, score in zip(ranked, scores, strict=True)]
    return sorted(judged, key=lambda item: (-item.score, item.passage_id))


def _by_age(recency: Recency, ranked: list[_Ranked], view: View) -> list[_Ranked]:
    """Let newer articles come sooner, as far as the question asks for that."""
    if recency is Recency.NONE:
        return ranked
    aged = newer_first if recency is Recency.PREFERRED else newest_articles_first
    scores = aged([(item.article_id, item.score) for item in ranked], view.published())
    changed = (item._replace(score=score) for item, score in zip(ranked, scores, strict=True))
    return sorted(changed, key=lambda item: -item.score)  # the order stays where scores are equal


def _spread(ranked: Iterable[_Ranked]) -> list[_Ranked]:
    """Return the first ``READ``, with no more than ``PER_ARTICLE`` of each article where others have any."""
    taken, crowding = list[_Ranked](), list[_Ranked]()
    counts: Counter[str] = Counter()
    for item in ranked:
        counts[item.article_id] += 1
        (taken if counts[item.article_id] <= PER_ARTICLE else crowding).append(item)
        if len(taken) == READ:
            break
    return [*taken, *crowding[: READ - len(taken)]]


def _candidates(ranked: Sequence[_Ranked], view: View, fingerprint: str) -> tuple[Candidate, ...]:
    """Read the texts and the vectors of their sentences."""
    keys = [item.key for item in ranked]
    passages, encoded = view.passages(keys), view.encoded(keys, fingerprint)
    return tuple(
        Candidate(passages[item.key], encoded[item.key], item.lexical, item.dense, item.score) for item in ranked
    )
