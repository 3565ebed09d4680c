"""What was found for a question: ranked passages and, in them, scored sentences."""

from dataclasses import dataclass

from corpus.article import Article, Passage, Sentence
from service.answer import ArticleRef


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage found for a question; ``score`` is 0 to 1 and comparable within one search only."""

    article: Article
    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence that may answer; ``score`` is 0 to 1, the likelihood that it belongs to the answer.

    ``holds`` are the places, among the question's units, of those that stand in it by any of their names. ``brings``
    are the sentences that it leads in (the items of "Its residents include:"), also of the next passage.
    """

    article: Article
    passage: Passage
    sentence: Sentence
    text: str
    score: float
    holds: frozenset[int] = frozenset()
    brings: tuple["ScoredSentence", ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Passages best first, sentences best first, and the likelihood (0 to 1) that they answer at all."""

    passages: tuple[RankedPassage, ...]
    sentences: tuple[ScoredSentence, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One ranked passage as ``search`` returns it through every door."""

    rank: int
    score: float
    article: ArticleRef
    passage_id: str
    headings: tuple[str, ...]
    text: str
    start: int
    end: int
