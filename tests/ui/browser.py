"""Helpers to look at the chat page in a real browser, for tests and for taking pictures of it.

``running(app)`` serves an application on a free local port; ``launched()`` starts Debian's Chromium;
``opened(browser, url)`` gives a page; ``send(page, question)`` types a question; ``ask(page, question)`` waits for the
whole answer too; ``wait_until(page, true)`` waits for anything else.
A picture: ``page.screenshot(path=…)``.
"""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import uvicorn

CHROMIUM = "/usr/bin/chromium"
TIMEOUT_MS = 20_000
LOOK_MS = 50


def missing() -> str | None:
    """Say why no browser can be had here, or None where one can."""
    if shutil.which(CHROMIUM) is None:
        return f"{CHROMIUM} is not installed"
    if find_spec("playwright") is None:
        return "playwright is not installed"
    return None


@contextmanager
def running(app: Any, port: int = 0) -> Iterator[str]:
    """Serve ``app`` on a local port, by default a free one, in a thread; gives its address."""
    listener = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, name="insight-test-server", daemon=True
    )
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < deadline, "the server did not start in time"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@contextmanager
def launched() -> Iterator[Any]:
    """Start a browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(
    browser: Any, url: str, *, width: int = 1200, height: int = 900, dark: bool = False, locale: str = "en-GB"
) -> Iterator[tuple[Any, list[str]]]:
    """Open ``url`` as a new visitor; gives the page and the growing list of every address that it asked for."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale=locale
    )
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    try:
        page.goto(url)
        page.locator("#question textarea").wait_for()
        yield page, requests
    finally:
        context.close()


def send(page: Any, question: str) -> None:
    """Ask in the page as soon as it is free for a question."""
    page.locator("#question .submit-button").wait_for()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")


def ask(page: Any, question: str) -> Any:
    """Ask in the page and wait for the whole answer; gives the newest answer's element."""
    answers = page.locator(".ia-answer.ia-done")
    before = answers.count()
    send(page, question)
    answers.nth(before).wait_for()
    return answers.nth(before)


def wait_until(page: Any, true: Callable[[], bool]) -> None:
    """Wait until ``true``, which may look at the page: its policy lets no script of ours wait in it."""
    for _ in range(TIMEOUT_MS // LOOK_MS):
        if true():
            return
        page.wait_for_timeout(LOOK_MS)
    raise AssertionError("it did not come true in time")
