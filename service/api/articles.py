"""Articles: the list, one article whole, and the search for passages."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query

from corpus.errors import NotFound
from service.api.errors import ERROR_RESPONSES
from service.api.schemas import ArticleDetail, ArticleList, ArticleSummary, SearchRequest, SearchResponse

if TYPE_CHECKING:
    from service.wiring import Services


def article_routes(services: "Services") -> APIRouter:
    """Build the routes that read articles."""
    router = APIRouter(prefix="/api/v1", tags=["articles"], responses=ERROR_RESPONSES)
    library = services.library

    @router.get("/articles")
    def articles(
        limit: Annotated[int, Query(ge=1, le=500)] = 50, offset: Annotated[int, Query(ge=0)] = 0
    ) -> ArticleList:
        """List the articles."""
        page = library.articles(limit=limit, offset=offset)
        return ArticleList(total=library.count(), articles=[ArticleSummary.of(article) for article in page])

    @router.get("/articles/{article_id}")
    def article(article_id: str) -> ArticleDetail:
        """Return one article with its text."""
        found = library.article(article_id)
        if found is None:
            raise NotFound(f"there is no article with the id '{article_id}'")
        return ArticleDetail.of(found)

    def search(wanted: SearchRequest) -> SearchResponse:
        hits = services.assistant.search(wanted.query, k=wanted.k)
        return SearchResponse(query=wanted.query, hits=list(hits))

    @router.post("/search")
    def search_body(body: SearchRequest) -> SearchResponse:
        """Return the passages nearest to a query, best first."""
        return search(body)

    @router.get("/search")
    def search_query(query: str, k: Annotated[int, Query(ge=1, le=100)] = 10) -> SearchResponse:
        """Return the passages nearest to a query, best first."""
        return search(SearchRequest(query=query, k=k))

    return router
