"""One application: the API first, the chat page on everything else."""

from typing import TYPE_CHECKING

from fastapi import FastAPI

from service.api.app import create_app
from ui.chat import build_chat, import_gradio, translations
from ui.theme import CSS, HEAD, build_theme

if TYPE_CHECKING:
    from service.wiring import Services


def build_app(services: "Services") -> FastAPI:
    """Build the whole application on ``services``; the API's routes come before the page."""
    app = create_app(services)
    import_gradio().mount_gradio_app(
        app,
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
    return app
