"""``insight backup`` and ``insight restore``: the whole library in one file, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.records import Progress
from ui.commands.common import AsJson, prepare
from ui.console import aside, emit, progress, say, waiting

if TYPE_CHECKING:
    from corpus.backup import Manifest

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


def backup(
    file: BackupFile,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE where it exists.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the whole library to one file; it can be done beside a running server."""
    settings = prepare()
    from corpus.backup import back_up

    with progress("Copying") as tell:
        manifest = back_up(
            settings.data_dir,
            file,
            force=force,
            on_pages=lambda done, total: tell(Progress("copying", done, total, "pages")),
        )
    size = file.stat().st_size
    if as_json:
        emit({"file": str(file), "bytes": size, "manifest": manifest.to_dict()})
    else:
        say(f"{file}: {_holds(manifest)}, {size:,} bytes")


def restore(file: BackupFile, as_json: AsJson = False) -> None:
    """Bring a backup into an empty data folder; the index is built at the next start, embedding nothing again."""
    settings = prepare()
    from corpus.restore import restore as bring_back

    with waiting("Restoring…"):
        manifest = bring_back(file, settings.data_dir)
    if as_json:
        emit({"file": str(file), "data_dir": str(settings.data_dir), "manifest": manifest.to_dict()})
    else:
        say(f"restored into {settings.data_dir}: {_holds(manifest)}")
        aside("the index is built at the next start; `insight verify --repair` builds it now")


def _holds(manifest: "Manifest") -> str:
    return f"{manifest.articles:,} articles, {manifest.passages:,} passages, as of {manifest.created}"
