"""One application: the API at once, and the chat page on everything else as soon as it is built."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

import structlog
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from service.api.app import create_app
from service.api.errors import PageRefusals
from ui.chat import build_chat, import_gradio, translations
from ui.theme import CSS, HEAD, build_theme

if TYPE_CHECKING:
    from service.wiring import Services

_FIRST_S = 3  # what the API has to itself

log = structlog.get_logger(__name__)


def build_app(services: "Services") -> FastAPI:
    """Build the whole application on ``services``; the API's routes come before the page.

    The API answers from the start; Gradio takes seconds to load, so the page is built beside it.
    """
    app = create_app(services)
    page = _Later(partial(build_page, services))
    api_lifespan = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with api_lifespan(app), page.opened():
            yield

    app.router.lifespan_context = lifespan
    app.mount("/", PageRefusals(page, app, own="/gradio_api"))
    return app


def build_page(services: "Services") -> FastAPI:
    """Build the chat page as an application of its own; takes some seconds."""
    return import_gradio().mount_gradio_app(  # type: ignore[no-any-return]
        FastAPI(openapi_url=None),
        build_chat(services),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        i18n=translations(),
        theme=build_theme(),
        css=CSS,
        head=HEAD,
    )


class _Later:
    """An application that is built while others serve; who asks for it early waits for it.

    Building begins when it is first asked for, or after a few seconds: at the start it would be in the way of the first
    answers.
    """

    def __init__(self, build: Callable[[], FastAPI]) -> None:
        self._build = build
        self._app: asyncio.Future[FastAPI] | None = None
        self._wanted = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            raise RuntimeError("the application is served outside its lifespan")
        self._wanted.set()
        app = await asyncio.shield(self._app)  # a visitor who leaves early must not take it from the others
        await app(scope, receive, send)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Build the application beside what runs within, and keep its own lifespan until the end."""
        app = self._app = asyncio.get_running_loop().create_future()
        closing = asyncio.Event()
        running = asyncio.create_task(self._run(app, closing))
        try:
            yield
        finally:
            closing.set()
            self._wanted.set()
            await running

    async def _run(self, app: "asyncio.Future[FastAPI]", closing: asyncio.Event) -> None:
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), _FIRST_S)
            if closing.is_set():
                app.cancel()
                return
            built = await run_in_threadpool(self._build)
            async with built.router.lifespan_context(built):
                app.set_result(built)
                await closing.wait()
        except Exception as error:  # whatever is wrong with the page, the API serves on
            if app.done():
                raise
            log.error("the chat page can't be built; the API serves without it", exc_info=error)
            app.set_exception(error)
            app.exception()  # it is told here, also where no visitor ever asks
