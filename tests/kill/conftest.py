"""Kills take minutes: this folder is left out unless it is named, as `make test-kill` does."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
TALLIES = pytest.StashKey[list[str]]()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    named = any(Path(argument.split("::")[0]).resolve().is_relative_to(HERE) for argument in config.args)
    return None if named else True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(TALLIES, []):
        terminalreporter.write_line(line)
