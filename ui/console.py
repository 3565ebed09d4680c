"""Writing to the terminal: results on standard output, progress and everything else on standard error."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from corpus.records import Progress

Tell = Callable[[Progress], None]

# Controls steer a terminal, also those above 0x7f; the others turn text round or have no shape. Letters that need a
# joiner keep it.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


def plain(text: str) -> str:
    """Take out the characters by which text of an article could steer a terminal or show other than it says."""
    return _CONTROL.sub("", text)


def say(text: str = "") -> None:
    """Write one line of a result."""
    typer.echo(plain(text))


def say_marked(before: str, strong: str, after: str) -> None:
    """Write one line of a result whose middle part is bold on a terminal."""
    bold = typer.style(plain(strong), bold=True) if strong else ""
    typer.echo(plain(before) + bold + plain(after))


def aside(text: str) -> None:
    """Write one line that is no part of the result."""
    typer.echo(plain(text), err=True)


def fail(message: str) -> None:
    """Write the one line of a failure."""
    aside(f"error: {' '.join(message.split())}")


def emit(document: Any) -> None:
    """Write a result as one JSON document."""
    written = json.dumps(document, ensure_ascii=False, indent=2)
    typer.echo(_CONTROL.sub(_json_escape, written))


def _json_escape(found: re.Match[str]) -> str:
    """Write a character as JSON's escape, which reads back as the same character."""
    return json.dumps(found.group())[1:-1]


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
    """Show a bar with rate and time left on standard error while the block runs, where that is a terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    texts = (TextColumn("{task.fields[pace]}"), TextColumn("{task.fields[title]}"))
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=20), MofNCompleteColumn(), *texts)
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None, pace="", title="")

        def tell(step: Progress) -> None:
            shown = escape(plain(step.title))[:50]
            bar.update(
                task, description=step.phase, completed=step.done, total=step.total, pace=pace(step), title=shown
            )

        yield tell


def pace(step: Progress) -> str:
    """Say how quickly a run goes and what time is left, as far as that is known."""
    rate = "" if step.per_second is None else f"{step.per_second:.1f}/s"
    if step.seconds_left is None:
        return rate
    minutes, seconds = divmod(round(step.seconds_left), 60)
    return f"{rate}, {minutes}:{seconds:02} left"


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
