"""``insight verify``: do the catalogue and its two indexes agree."""

from dataclasses import asdict
from typing import Annotated

import typer

from corpus.errors import Unavailable
from service.settings import Settings
from ui.commands.common import AsJson, prepare
from ui.console import aside, emit, fail, say, waiting


def verify(
    repair: Annotated[bool, typer.Option("--repair", help="Build both indexes anew from the catalogue.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check that catalogue, full-text index and vector index agree; exit status 1 says that they don't.

    Where no index was built yet, as after a restore, that is said, and no fault.
    """
    settings = prepare()
    _refuse_beside_a_server(settings)
    from service.diagnosis.soundness import inspect, rebuild

    with waiting("Comparing the indexes…"):
        found = inspect(settings)
        now = rebuild(settings) if repair else found
    if as_json:
        emit({"sound": now.sound, "repaired": repair, "found": asdict(found)})
    else:
        say(f"{found.articles} articles, {found.passages} passages")
        for what, ids in (
            ("not in the vector index", found.missing),
            ("in the vector index alone", found.orphans),
            ("not in the full-text index", found.unsearchable),
        ):
            if ids:
                say(f"{len(ids)} {what}: {', '.join(ids[:5])}{', …' if len(ids) > 5 else ''}")
        if found.sound:
            say("the catalogue and its indexes agree" if now.built else "the next start builds the index")
        if repair:
            aside("both indexes were built anew")
    if not now.sound:
        remedy = "restore the data folder" if repair else "`insight verify --repair` builds them anew"
        fail(f"the indexes don't agree with the catalogue; {remedy}")
        raise typer.Exit(1)


def _refuse_beside_a_server(settings: Settings) -> None:
    from corpus.ownership import owner_of
    from ui.remote import Remote

    if remote := Remote.of(owner_of(settings.data_dir)):
        remote.close()
        raise Unavailable(f"the server at {remote.url} holds the data folder '{settings.data_dir}'; stop it first")
