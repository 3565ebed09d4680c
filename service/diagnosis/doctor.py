"""``insight doctor``: is everything there that answers need, and if not, what to do.

The library is compared with its indexes only where no other process holds the data folder. The embedding model is
loaded, which compiles it into the data folder at the very first use; nothing else is written.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from corpus.database import CATALOGUE
from corpus.errors import InsightError, Unavailable
from corpus.ownership import owner_of
from service.diagnosis.trial import DoctorCheck, try_language_model
from service.settings import Settings

LEAST_FREE_MB = 500
"""Space that a data folder should have left: the index is built anew beside the old one."""


def examine(settings: Settings, *, server: str | None = None) -> Iterator[DoctorCheck]:
    """Yield one finding after the other; ``server`` is the address of the one that holds the data folder, if any."""
    yield DoctorCheck("settings", "ok", "read and valid")
    folder = _data_folder(settings.data_dir)
    yield folder
    embedder = _embedding_model(settings)
    yield embedder
    if "fails" in {folder.state, embedder.state}:
        yield DoctorCheck("library", "skipped", "it needs the data folder and the embedding model")
    else:
        yield _library(settings, server)
    yield from try_language_model(settings)


def _data_folder(folder: Path) -> DoctorCheck:
    what = "data folder"
    place = next((path for path in (folder, *folder.absolute().parents) if path.exists()), folder)
    if not place.is_dir() or not os.access(place, os.R_OK | os.W_OK | os.X_OK):
        return DoctorCheck(
            what, "fails", f"'{place}' can't be written to", "give this user the right, or set INSIGHT_DATA_DIR"
        )
    free = shutil.disk_usage(place).free // 1_000_000
    if free < LEAST_FREE_MB:
        return DoctorCheck(what, "fails", f"only {free} MB are left at '{place}'", "make room, or set INSIGHT_DATA_DIR")
    there = f"'{folder}'" if place == folder else f"'{folder}', which the first start makes"
    return DoctorCheck(what, "ok", f"{there}; {free} MB free")


def _embedding_model(settings: Settings) -> DoctorCheck:
    from service.wiring import load_embedder

    what = "embedding model"
    try:
        embedder = load_embedder(settings)
        vector = embedder.embed_query("a question")
        reads = ", ".join(sorted(embedder.reads())) or "no language well enough to vote"
    except InsightError as error:
        return DoctorCheck(what, "fails", str(error), "set INSIGHT_EMBED_MODEL to a model that lies on this machine")
    return DoctorCheck(what, "ok", f"{embedder.model_name}, {len(vector)} dimensions, reads {reads}")


def _library(settings: Settings, server: str | None) -> DoctorCheck:
    from service.diagnosis.soundness import inspect

    what = "library"
    if server:
        return DoctorCheck(what, "ok", f"served at {server}; stop that server to compare it with its indexes")
    if not (settings.data_dir / CATALOGUE).is_file():
        return DoctorCheck(what, "ok", "empty: the first start makes it")
    try:
        found = inspect(settings)
    except Unavailable as error:
        if owner_of(settings.data_dir):
            return DoctorCheck(what, "skipped", str(error))
        return DoctorCheck(what, "fails", str(error), "restore a backup with `insight restore FILE`")
    held = f"{found.articles} articles, {found.passages} passages"
    if not found.sound:
        return DoctorCheck(what, "fails", f"{held}; the indexes don't agree with it", "run `insight verify --repair`")
    agree = "the indexes agree with it" if found.built else "the next start builds the index"
    return DoctorCheck(what, "ok", f"{held}; {agree}")
