"""A source that gives what a test tells it to, runs of it, and a look at everything that the catalogue holds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from corpus.library import Library
from corpus.records import Run
from corpus.schema import metadata
from ingest.post import Item, Post, Rank, Remembered, Source, Unchanged
from ingest.run import Rules, run_ingest

NOW = datetime(2025, 11, 20, 8, 30, tzinfo=UTC)
LATER = datetime(2025, 12, 1, tzinfo=UTC)

Known = Mapping[str, Remembered]
Step = Item | Exception | Callable[[Known], Item]


@dataclass
class Script:
    """Gives its steps one after the other; an exception among them breaks it off there."""

    steps: list[Step] = field(default_factory=list)
    name: str = "site"
    rank: Rank = Rank.OWN
    known: Known = field(default_factory=dict)
    readings: int = 0

    def posts(self, known: Known) -> Iterator[Item]:
        self.known, self.readings = dict(known), self.readings + 1
        for step in self.steps:
            if isinstance(step, Exception):
                raise step
            yield step(known) if callable(step) else step


def post(key: str, text: str = "", *, marker: str = "", url: str | None = "", **metadata: Any) -> Post:
    """A post of its own address unless another is given; None for one that has none."""
    told = {"title": f"Essay {key}", "url": f"https://site.example/{key}" if url == "" else url, **metadata}
    body = text or f"This is what essay {key} has to say, and nobody else says it."
    given = {name: value for name, value in told.items() if value is not None}
    return Post(f"site/{key}", body.encode(), "text/plain", given, key, marker)


def by_marker(given: Post) -> Callable[[Known], Item]:
    """A post that is not read where its marker is as it was."""

    def step(known: Known) -> Item:
        before = known.get(given.key)
        same = before is not None and given.marker != "" and before.marker == given.marker
        return Unchanged(given.address, given.key) if same else given

    return step


def run(library: Library, *sources: Source | str, at: datetime = NOW, **rules: Any) -> Run:
    """Ingest from the sources under these rules."""
    return run_ingest(library, sources, rules=Rules(**rules), clock=lambda: at)


def outcomes(done: Run) -> list[tuple[str, str]]:
    """Return what became of each post, by the last part of its address."""
    return [(item.address.rpartition("/")[2], item.outcome.value) for item in done.items]


def ids(library: Library) -> set[str]:
    """Return the ids of the live articles."""
    return {article.id for article in library.articles()}


def dump(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, and the ids in the vector index."""
    with library._catalogue.read() as connection:
        tables = {name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
                  for name, table in metadata.tables.items()}  # fmt: skip
    return tables | {"index": sorted((name,) for name in library._dense.index.ids())}
