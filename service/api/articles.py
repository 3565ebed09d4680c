"""Articles: the list, one article whole, and the search for passages."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query

from corpus.article import Language
from corpus.errors import NotFound
from corpus.filters import Filter, filter_of
from service.api.errors import ERROR_RESPONSES
from service.api.schemas import ArticleDetail, ArticleList, ArticleSummary, SearchRequest, SearchResponse
from service.api.threads import Threads

if TYPE_CHECKING:
    from service.wiring import Services


_Names = Annotated[list[str], Query(max_length=100)]


async def filters_of(  # async, so that FastAPI calls it without a thread of its own
    category: _Names = [],  # noqa: B006  FastAPI copies it
    author: _Names = [],  # noqa: B006  as above
    language: Language | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Filter:
    """Read the filter of a request without a body: the fields of ``Filters`` as parameters."""
    return filter_of(categories=category, authors=author, language=language, since=since, until=until)


Filtered = Annotated[Filter, Depends(filters_of)]


def article_routes(services: "Services", threads: Threads) -> APIRouter:
    """Build the routes that read articles; searches take their turn in ``threads``."""
    router = APIRouter(prefix="/api/v1", tags=["articles"], responses=ERROR_RESPONSES)
    library = services.library

    @router.get("/articles")
    def articles(
        where: Filtered,
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
        offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
    ) -> ArticleList:
        """List the articles, the newest first."""
        page = library.articles(limit=limit, offset=offset, where=where)
        return ArticleList(total=library.count(where), articles=[ArticleSummary.of(article) for article in page])

    @router.get("/articles/{article_id}")
    def article(article_id: str) -> ArticleDetail:
        """Return one article with its text."""
        found = library.article(article_id)
        if found is None:
            raise NotFound(f"there is no article with the id '{article_id}'")
        return ArticleDetail.of(found)

    def search(wanted: SearchRequest, where: Filter) -> SearchResponse:
        hits = services.assistant.search(wanted.query, k=wanted.k, where=where)
        return SearchResponse(query=wanted.query, hits=list(hits))

    @router.post("/search")
    async def search_body(body: SearchRequest) -> SearchResponse:
        """Return the passages nearest to a query, best first."""
        return await threads.short(search, body, body.filters.where())

    @router.get("/search")
    async def search_query(query: str, where: Filtered, k: Annotated[int, Query(ge=1, le=100)] = 10) -> SearchResponse:
        """Return the passages nearest to a query, best first."""
        return await threads.short(search, SearchRequest(query=query, k=k), where)

    return router
