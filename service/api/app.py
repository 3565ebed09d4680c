"""The API for other tools, put together from its topics."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from ingest.sources.folder import LARGEST_FILE
from service.api.admin import admin_routes
from service.api.articles import article_routes
from service.api.ask import ask_routes
from service.api.docs import docs_routes
from service.api.errors import ANYWHERE, METHODS, install_error_handlers, not_there
from service.api.guard import BodyLimit, HeadAsGet, SecurityHeaders, known_parameters
from service.api.health import health_routes
from service.api.ingest import ingest_routes
from service.api.threads import Threads
from service.api.threshold import threshold_routes

if TYPE_CHECKING:
    from service.wiring import Services
_DESCRIPTION = (
    "Answers questions from the company's insight articles, in English and Chinese, "
    "and proves every sentence with an exact quote."
)


def create_app(services: "Services") -> FastAPI:
    """Build the API on ``services``, which are closed when the application stops."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(services.close)

    app = FastAPI(
        title="Insight assistant",
        version=version("insight-assistant"),
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # FastAPI's own pages load their scripts from another host
        redoc_url=None,
        openapi_url="/openapi.json",
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(HeadAsGet),
            Middleware(BodyLimit, larger={"/api/v1/upload": LARGEST_FILE}),
        ],
    )
    install_error_handlers(app)
    threads, strict = Threads(), [Depends(known_parameters)]
    for threaded in (ask_routes, article_routes, ingest_routes):
        app.include_router(threaded(services, threads), dependencies=strict)
    for routes in (admin_routes, threshold_routes):
        app.include_router(routes(services), dependencies=strict)
    app.include_router(health_routes(services))  # what asks for these may add a parameter against caches
    app.include_router(docs_routes(app))

    @app.api_route(ANYWHERE, methods=list(METHODS), include_in_schema=False)
    def nowhere(request: Request) -> None:
        raise not_there(app, request.scope)

    return app
