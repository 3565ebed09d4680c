"""Writing to the terminal: results on standard output, progress and everything else on standard error."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer

Tell = Callable[[int, int, str], None]
"""Told of progress: how many are done, of how many, and what the last one was."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """Take out the control characters by which text of an article could steer a terminal."""
    return _CONTROL.sub("", text)


def say(text: str = "") -> None:
    """Write one line of a result."""
    typer.echo(plain(text))


def aside(text: str) -> None:
    """Write one line that is no part of the result."""
    typer.echo(plain(text), err=True)


def fail(message: str) -> None:
    """Write the one line of a failure."""
    aside(f"error: {' '.join(message.split())}")


def emit(document: Any) -> None:
    """Write a result as one JSON document."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as a table; the last column takes what room is left."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        drawn.add_column(heading, overflow="fold", no_wrap=heading == headings[0])
    for row in rows:
        drawn.add_row(*(Text(plain(cell)) for cell in row))
    width = None if sys.stdout.isatty() else 240  # a pipe has no edge to fold at
    Console(file=sys.stdout, highlight=False, width=width).print(drawn)


@contextmanager
def progress(title: str) -> Iterator[Tell]:
    """Show a bar on standard error while the block runs, where that is a terminal; gives what moves it."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[what]}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None, what="")

        def tell(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, what=escape(plain(what))[:60])

        yield tell


@contextmanager
def waiting(title: str) -> Iterator[None]:
    """Show that something is under way on standard error, where that is a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(title):
        yield
