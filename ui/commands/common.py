"""What every command begins with."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpus.errors import BadInput
from service.settings import Settings, load_settings
from ui.logs import configure_logging

if TYPE_CHECKING:
    from corpus.filters import Filter

AsJson = Annotated[bool, typer.Option("--json", help="Print exactly one JSON document.")]

Categories = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Only articles of this category; may be repeated.")
]
Authors = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Only articles by this author; may be repeated.")
]
Spoken = Annotated[Literal["en", "zh"] | None, typer.Option(help="Only articles in this language.")]
_DAY = "%Y-%m-%d"
Since = Annotated[
    datetime | None, typer.Option(formats=[_DAY], metavar="DAY", help="Only articles published on this day or later.")
]
Until = Annotated[
    datetime | None, typer.Option(formats=[_DAY], metavar="DAY", help="Only articles published on this day or earlier.")
]


def filter_given(
    categories: Sequence[str] | None,
    authors: Sequence[str] | None,
    language: Literal["en", "zh"] | None,
    since: datetime | None,
    until: datetime | None,
) -> "Filter":
    """Build the filter that a command's options name; raises BadParameter where it is none."""
    from corpus.filters import filter_of

    try:
        return filter_of(
            categories=categories or (),
            authors=authors or (),
            language=language,
            since=since.date() if since else None,
            until=until.date() if until else None,
        )
    except BadInput as error:
        raise typer.BadParameter(str(error)) from error


def check_file_to_write(path: Path | None, *, option: str) -> None:
    """Raise BadParameter where the file that ``option`` names can't be written; None is no file, and fine."""
    if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
        raise typer.BadParameter(f"'{path}' can't be a file: name one in a folder that exists", param_hint=option)


def prepare() -> Settings:
    """Read the settings and set up logging as they say; raises BadInput where a setting is wrong."""
    settings = load_settings()
    configure_logging(settings.log_level)
    return settings
