"""What the API takes and gives where no dataclass of the service says it already.

An answer, a search hit and a run go out as the service's own dataclasses (``Answer``, ``SearchHit``, ``Run``), so there
is one definition of each shape and nothing to keep in step.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from corpus.article import Article, Language
from corpus.errors import BadInput
from corpus.filters import Filter, calendar_day, filter_of
from corpus.records import Held, Run, Withdrawal
from service.answer import Mode, Turn
from service.evidence import SearchHit

MAX_TURNS = 100
"""Most earlier turns that are read, the newest ones; how long all of them may be, the limit on bodies says."""

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Day = Annotated[str, AfterValidator(lambda moment: moment[:10])]


class RequestBody(BaseModel):
    """Base of all request bodies: keys that nobody knows are refused, nothing is converted on the quiet."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _day(given: object) -> object:
    """Read a day from its text, which strict validation alone would refuse."""
    try:
        return calendar_day(given, "it") if isinstance(given, str) else given
    except BadInput as error:
        raise ValueError(str(error)) from error


class Filters(RequestBody):
    """Which articles may be used: one of each that is given, published between two days, both included."""

    category: list[Text] = Field([], max_length=100)
    author: list[Text] = Field([], max_length=100)
    language: Language | None = None
    since: Annotated[date | None, BeforeValidator(_day)] = None
    until: Annotated[date | None, BeforeValidator(_day)] = None

    @model_validator(mode="after")
    def _possible(self) -> Self:
        try:
            self.where()
        except BadInput as error:
            raise ValueError(str(error)) from error
        return self

    def where(self) -> Filter:
        """Return the filter as the library knows it; raises BadInput where it is none."""
        return filter_of(
            categories=self.category,
            authors=self.author,
            language=self.language,
            since=self.since,
            until=self.until,
        )


_FILTERS = Field(
    default_factory=Filters,
    description="Which articles may be used: `category` and `author` (lists), `language` (`en` or `zh`), `since` and "
    "`until` (days of publication such as `2025-01-31`)",
)


class TurnIn(RequestBody):
    """One earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: str

    def turn(self) -> Turn:
        """Return the turn as the service knows it."""
        return Turn(self.role, self.content)


class AskRequest(RequestBody):
    """A question; ``stream`` asks for server-sent events, as ``Accept: text/event-stream`` does."""

    question: Text
    history: Annotated[list[TurnIn], AfterValidator(lambda turns: turns[-MAX_TURNS:])] = Field(
        [], description=f"Earlier turns, oldest first; the newest {MAX_TURNS} are read"
    )
    mode: Mode = Field("auto", description="`auto` uses the language model where one is set up, else quotes mode")
    stream: bool = False
    filters: Filters = _FILTERS


class SearchRequest(RequestBody):
    """A search for passages; ``k`` is how many at most."""

    query: Text
    k: int = Field(10, ge=1, le=100)
    filters: Filters = _FILTERS


class IngestRequest(RequestBody):
    """What to bring in: folders, files or addresses; none for the configured ones."""

    sources: list[Text] = Field([], max_length=100)
    dry_run: bool = False
    sync: bool = Field(False, description="Withdraw what left the folders among the sources")


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


class Restored(BaseModel):
    """Which article may come in again."""

    id: str
    restored: Literal[True] = True


class Released(BaseModel):
    """Which held article was published."""

    id: str
    released: Literal[True] = True


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


def without_items(run: Run) -> dict[str, Any]:
    """Return a run as plain data without its items, of which there may be thousands."""
    found = run.to_dict()
    del found["items"]
    return found


def held_view(item: Held) -> dict[str, Any]:
    """Return what a person needs to decide about a held article."""
    article = item.article
    return {"id": article.id, "title": article.title, "url": article.url, "at": item.at, "flags": list(item.flags)}


def withdrawal_view(item: Withdrawal) -> dict[str, Any]:
    """Return what a person needs to know of a withdrawal."""
    return {name: getattr(item, name) for name in ("identity", "article_id", "at", "source", "reason")}
