"""Ingest at the size of a company's whole archive: its speed and its memory, apart from embedding."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED
from tests.scale.posts import write_posts

ROOT = Path(__file__).parents[2]
SMALL, LARGE = 500, 5000


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, Any]]:
    """What two runs over so many posts took, each size in a process of its own."""
    found = {}
    for count in (SMALL, LARGE):
        place = tmp_path_factory.mktemp(f"posts-{count}")
        write_posts(place / "posts", count, sets=SHARED)
        command = [sys.executable, str(ROOT / "tests/scale/measure.py"), str(place / "posts"), str(place / "data")]
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
        )
        found[count] = json.loads(done.stdout)
        print(count, done.stdout)  # noqa: T201  the figures are wanted as well as the verdict
    return found


@pytest.mark.timeout(900)
def test_every_post_is_added_once_and_then_kept(measured: dict[int, dict[str, Any]]) -> None:
    for count, figures in measured.items():
        assert (figures["first"]["added"], figures["second"]["kept"]) == (count, count)


def test_each_post_of_many_costs_what_it_costs_among_few(measured: dict[int, dict[str, Any]]) -> None:
    # How many come to a second is told in docs/ingest.md: it is the machine's as much as the code's. This isn't.
    few, many = (measured[count]["first"]["cpu_seconds"] / count for count in (SMALL, LARGE))
    assert many <= 1.3 * few


def test_it_is_quick(measured: dict[int, dict[str, Any]]) -> None:
    # A bound against work that has gone astray: the slowest machine seen takes 35 in a second of processor time.
    assert LARGE / measured[LARGE]["first"]["cpu_seconds"] >= 15


def test_an_unchanged_archive_costs_little_and_embeds_nothing(measured: dict[int, dict[str, Any]]) -> None:
    first, second = measured[LARGE]["first"], measured[LARGE]["second"]
    assert second["embedded"] == 0
    assert second["seconds"] < 0.05 * first["seconds"]


def test_memory_is_flat(measured: dict[int, dict[str, Any]]) -> None:
    assert measured[LARGE]["memory_mb"] - measured[SMALL]["memory_mb"] < 100
