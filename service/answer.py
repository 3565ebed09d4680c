"""The one answer shape, for every mode, language and door, and the events of a streamed answer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from corpus.article import Article, Language
from corpus.view import Excerpt

Mode = Literal["auto", "quotes", "llm"]
Status = Literal["answered", "not_found"]
Support = Literal["supported", "partial", "unsupported"]
SupportKind = Literal[
    "found", "number", "date", "name", "term", "elsewhere", "negation", "opposite", "overlap", "word", "apart",
    "language", "model", "none",
]  # fmt: skip
"""What a verdict on a statement rests on; ``service.phrases.kind_in_words`` says it."""


MAX_TURNS = 12
"""Earlier turns that go with a question of a conversation: the newest."""


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
        return cls(article.id, article.title, article.url, article.author, _day(article.published), article.language)

    @classmethod
    def of_excerpt(cls, of: Excerpt) -> "ArticleRef":
        """Build the same from what a search reads of an article."""
        return cls(of.article_id, of.title, of.url, of.author, _day(of.published), of.language)


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
    """One sentence of an answer, with the numbers of the citations that prove it.

    ``why`` says in one short line, for a person, what ``support`` rests on.
    """

    text: str
    citations: tuple[int, ...]
    support: Support
    why: str = ""


@dataclass(frozen=True, slots=True)
class Direct:
    """What answers in a few words: a date, a number, names; ``text`` stands at ``article.text[start:end]``.

    ``citation`` is the number of the citation whose quote it stands in.
    """

    text: str
    citation: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Related:
    """An article near the question.

    ``known`` is one exact sentence of it that speaks of what was asked about, where nothing answers; it proves nothing.
    """

    id: str
    title: str
    url: str | None
    published: str | None
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as every door returns it; ``confidence`` is 0 to 1, timings are milliseconds.

    ``notice`` says in one line what a person should know about how the answer came about
    (a language model that failed, for example); None where there is nothing to say. ``understood`` is the question as
    it was understood, where that is not as it was asked: a follow-up. ``direct`` is None where no few words answer.
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
    understood: str | None = None
    direct: Direct | None = None
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


@dataclass(frozen=True, slots=True)
class Unproved:
    """A sentence of the language model was held back; ``why`` is in words of ours, none of the model's."""

    why: str


Event = Delta | Restart | Unproved | Answer
"""A streamed answer is any number of ``Delta``, ``Restart`` and ``Unproved``, then exactly one ``Answer``."""


def _day(moment: str | None) -> str | None:
    """Cut an ISO 8601 moment to its calendar day."""
    return moment[:10] if moment else None
