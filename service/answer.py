"""The one answer shape, for every mode, language and door, and the events of a streamed answer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from corpus.article import Article, Language

Mode = Literal["auto", "quotes", "llm"]
Status = Literal["answered", "not_found"]
Support = Literal["supported", "partial", "unsupported"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier turn of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """What an answer says of an article."""

    id: str
    title: str
    url: str | None
    author: str | None
    published: str | None
    language: Language

    @classmethod
    def of(cls, article: Article) -> "ArticleRef":
        """Build the reference to ``article``; ``published`` is cut to its calendar day."""
        published = article.published[:10] if article.published else None
        return cls(article.id, article.title, article.url, article.author, published, article.language)


@dataclass(frozen=True, slots=True)
class Citation:
    """A statement's proof: ``quote == article.text[start:end]``; ``number`` counts from 1."""

    number: int
    article: ArticleRef
    passage_id: str
    quote: str
    start: int
    end: int
    link: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, with the numbers of the citations that prove it."""

    text: str
    citations: tuple[int, ...]
    support: Support


@dataclass(frozen=True, slots=True)
class Related:
    """An article near the question."""

    id: str
    title: str
    url: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as every door returns it; ``confidence`` is 0 to 1, timings are milliseconds.

    ``notice`` says in one line what a person should know about how the answer came about
    (a language model that failed, for example); None where there is nothing to say.
    """

    id: str
    question: str
    language: Language
    status: Status
    mode: Literal["quotes", "llm"]
    text: str
    confidence: float
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    related: tuple[Related, ...]
    generation: int
    fingerprint: str
    model: str | None = None
    notice: str | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the answer's text, as it comes."""

    text: str


@dataclass(frozen=True, slots=True)
class Restart:
    """What was streamed so far is void: the answer begins again (a language model broke off)."""

    reason: str


Event = Delta | Restart | Answer
"""A streamed answer is any number of ``Delta`` and ``Restart``, then exactly one ``Answer``."""
