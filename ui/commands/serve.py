"""``insight serve``: the API and the chat page in one process."""

import ctypes
import errno
import socket
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import Unavailable
from service.settings import Settings
from ui.commands.common import prepare
from ui.console import say

if TYPE_CHECKING:
    from service.wiring import Services

_ARENA_MAX = -8  # as malloc.h numbers it


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default=False)] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.", show_default=False)
    ] = None,
) -> None:
    """Serve the chat page and the API until Ctrl-C."""
    settings = prepare()
    chosen_host = settings.host if host is None else host
    # The port comes first: a second server should say so at once and not after loading its model.
    with listen(chosen_host, settings.port if port is None else port) as listener:
        url = address_of(listener, chosen_host)
        try:
            from ui.backend import open_here

            services = open_here(settings, beside=True)
            run(services, listener, url, settings)
        except KeyboardInterrupt:
            return


def run(services: "Services", listener: socket.socket, url: str, settings: Settings) -> None:
    """Serve ``services`` on ``listener`` until a signal ends it; the application closes the services."""
    import uvicorn

    _share_heaps()
    try:
        from ui.server import build_app

        app = build_app(services)
        services.announce(url)
        services.begin()
    except BaseException:
        services.close()
        raise
    for line in start_lines(services, url):
        say(line)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=settings.log_level in {"debug", "info"},
        server_header=False,
        timeout_graceful_shutdown=3,  # an open page keeps a connection for ever
    )
    uvicorn.Server(config).run(sockets=[listener])


def _share_heaps() -> None:
    """Have the threads share two heaps: the GNU C library makes one for each, and each keeps what was freed in it."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, 2)


def start_lines(services: "Services", url: str) -> list[str]:
    """Say where the assistant serves and what it runs on."""
    return [
        f"Insight assistant {version('insight-assistant')} at {url}  (API reference: {url}/docs)",
        f"  articles        {services.library.count()}",
        f"  embedder        {services.embedder_name}",
        f"  language model  {services.model_name or 'none: quotes mode'}",
        "Ctrl-C stops it.",
    ]


def listen(host: str, port: int) -> socket.socket:
    """Take the port; raises Unavailable with the reason where it can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Unavailable(f"port {port} on {host} is in use; choose another with --port") from error
        raise Unavailable(f"can't listen on {host}:{port}: {error.strerror or error}") from error


def address_of(listener: socket.socket, host: str) -> str:
    """Return the address to open in a browser; a server on all addresses is reached on this machine's own."""
    port = listener.getsockname()[1]
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104  compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
