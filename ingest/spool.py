"""A temporary file of cleaned articles, so that a run of any size needs the memory of one."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from corpus.article import Article, Block, BlockKind, Span


class Spool:
    """Articles in the order they came, each with the number under which the run remembers it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by close()
        self._count = 0

    def close(self) -> None:
        """Remove the file."""
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def add(self, number: int, article: Article) -> None:
        """Append an article; raises OSError where the disk is full."""
        self._file.write(json.dumps([number, asdict(article)]) + "\n")
        self._count += 1

    def items(self) -> Iterator[tuple[int, Article]]:
        """Yield what was added, from the first on."""
        self._file.seek(0)
        for line in self._file:
            number, values = json.loads(line)
            yield number, _article(values)


def _article(values: dict[str, Any]) -> Article:
    blocks = tuple(Block(BlockKind(item["kind"]), Span(**item["span"]), item["level"]) for item in values["blocks"])
    return Article(**(values | {"blocks": blocks, "categories": tuple(values["categories"])}))
