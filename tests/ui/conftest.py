"""The fake services that tests of the page and the command line share."""

from collections.abc import Callable, Iterator

import pytest
import structlog

import ui.cli
from tests.service.api_fakes import FakeServices


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture
def insight(monkeypatch, tmp_path, services) -> Iterator[Callable[..., int]]:
    """Run a command in this process on the fake services, in a folder of its own; gives the exit status."""
    monkeypatch.setenv("INSIGHT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("service.wiring.open_services", lambda settings, beside=False, on_progress=None: services)
    yield lambda *arguments: ui.cli.run(arguments)
    structlog.reset_defaults()
