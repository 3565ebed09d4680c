"""The command line ``insight``: exit status 0 done, 1 failed, 2 wrong usage, 3 not found in the articles."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import Annotated

import structlog
import typer

from corpus.errors import InsightError
from ui.commands.ask import ask, search
from ui.commands.backup import backup, restore
from ui.commands.bench import bench
from ui.commands.doctor import doctor
from ui.commands.evaluate import evaluate
from ui.commands.library import articles, ingest, runs
from ui.commands.serve import serve
from ui.commands.verify import verify
from ui.console import fail, say
from ui.logs import configure_logging

log = structlog.get_logger(__name__)


def build_app() -> typer.Typer:
    """Put the commands together."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help="Answers questions from the company's insight articles, and proves every sentence with an exact quote.",
    )
    app.callback()(_options)
    for command in (serve, ask, search, ingest, verify, backup, restore, doctor):
        app.command()(command)
    app.add_typer(articles, name="articles")
    app.add_typer(runs, name="runs")
    app.command("eval")(evaluate)
    app.command()(bench)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        say(f"insight {version('insight-assistant')}")
        raise typer.Exit


def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Hold the options that stand before a command."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; what goes wrong is one line on standard error."""
    configure_logging("warning")  # until the settings are read, which may be what goes wrong
    try:
        build_app()(args=list(arguments), prog_name="insight")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except InsightError as error:
        fail(str(error))
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        fail(f"{error.strerror or error}{where}")
    except Exception as error:  # a person gets one line of whatever it is, never a traceback
        log.debug("unexpected error", exc_info=error)
        fail(f"unexpected {type(error).__name__}: {error}; set INSIGHT_LOG_LEVEL=debug to see where")
    return 1


def main() -> None:
    """Run the command line and leave with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # replaced by something that is no text file
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))
