"""``insight doctor``: is everything there that answers need, and does the language model do its part."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from corpus.errors import BadInput
from service.settings import Settings
from ui.commands.common import AsJson, prepare
from ui.console import emit, fail, say, waiting

if TYPE_CHECKING:
    from service.diagnosis.trial import DoctorCheck


def doctor(as_json: AsJson = False) -> None:
    """Check settings, data folder, library and models, and say what to do; exit status 1 says that something fails.

    The language model, where one is set, is sent two requests. Beside a running server the library is left alone.
    """
    findings: list[DoctorCheck] = []
    for finding in _findings():
        findings.append(finding)
        if not as_json:
            _show(finding)
    failed = [finding.what for finding in findings if finding.state == "fails"]
    if as_json:
        emit({"ok": not failed, "checks": [asdict(finding) for finding in findings]})
    if failed:
        fail(f"something is wrong with: {', '.join(failed)}")
        raise typer.Exit(1)


def _findings() -> Iterator["DoctorCheck"]:
    from service.diagnosis.doctor import examine
    from service.diagnosis.trial import DoctorCheck

    try:
        settings = prepare()
    except BadInput as error:
        yield DoctorCheck("settings", "fails", str(error), "correct it; docs/settings.md lists them all")
        return
    found = examine(settings, server=_server(settings))
    while True:
        with waiting("Looking…"):
            finding = next(found, None)
        if finding is None:
            return
        yield finding


def _server(settings: Settings) -> str | None:
    from corpus.ownership import owner_of
    from ui.remote import Remote

    remote = Remote.of(owner_of(settings.data_dir))
    if remote is None:
        return None
    remote.close()
    return remote.url


def _show(finding: "DoctorCheck") -> None:
    state = finding.state.upper() if finding.state == "fails" else finding.state
    say(f"{state:<8} {finding.what:<30} {' '.join(finding.told.split())}")
    if finding.remedy:
        say(f"{'':<8} {'':<30} → {finding.remedy}")
