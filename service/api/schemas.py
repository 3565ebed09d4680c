"""What the API takes and gives where no dataclass of the service says it already.

An answer, a search hit and a run go out as the service's own dataclasses (``Answer``, ``SearchHit``, ``Run``), so there
is one definition of each shape and nothing to keep in step.
"""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from corpus.article import Article, Language
from service.answer import Mode, Turn
from service.evidence import SearchHit

MAX_TURNS = 100
"""Most earlier turns that a request may carry."""

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Day = Annotated[str, AfterValidator(lambda moment: moment[:10])]


class Request(BaseModel):
    """Base of all request bodies: keys that nobody knows are refused, nothing is converted on the quiet."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TurnIn(Request):
    """One earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: str

    def turn(self) -> Turn:
        """Return the turn as the service knows it."""
        return Turn(self.role, self.content)


class AskRequest(Request):
    """A question; ``stream`` asks for server-sent events, as ``Accept: text/event-stream`` does."""

    question: Text
    history: list[TurnIn] = Field([], max_length=MAX_TURNS, description="Earlier turns, oldest first")
    mode: Mode = Field("auto", description="`auto` uses the language model where one is set up, else quotes mode")
    stream: bool = False


class SearchRequest(Request):
    """A search for passages; ``k`` is how many at most."""

    query: Text
    k: int = Field(10, ge=1, le=100)


class IngestRequest(Request):
    """What to bring in: folders, files or addresses; none for the configured ones."""

    sources: list[Text] = Field([], max_length=100)
    dry_run: bool = False


class SearchResponse(BaseModel):
    """Ranked passages, best first."""

    query: str
    hits: list[SearchHit]


class ArticleSummary(BaseModel):
    """An article without its text; ``published`` is a calendar day, ``modified`` as the source gave it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    url: str | None
    author: str | None
    published: Day | None
    modified: str | None
    language: Language
    categories: list[str]
    sample: bool

    @classmethod
    def of(cls, article: Article) -> Self:
        """Build this view of ``article``."""
        return cls.model_validate(article)


class ArticleDetail(ArticleSummary):
    """A whole article; the offsets of citations and hits count code points of ``text``."""

    text: str


class ArticleList(BaseModel):
    """One page of articles; ``total`` counts all of them."""

    total: int
    articles: list[ArticleSummary]


class Withdrawn(BaseModel):
    """Which article was withdrawn."""

    id: str
    withdrawn: Literal[True] = True


class Health(BaseModel):
    """The process is alive."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """What answers are made from; ``model`` is null in quotes mode."""

    status: Literal["ready"] = "ready"
    articles: int
    generation: int
    fingerprint: str
    embedder: str
    model: str | None


class ErrorDetail(BaseModel):
    """What went wrong: a word for programs and one clear line for people; also the data of an ``error`` event."""

    code: str
    message: str


class ErrorResponse(BaseModel):
    """The body of every reply that is not a success."""

    error: ErrorDetail
