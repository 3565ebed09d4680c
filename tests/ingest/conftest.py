"""A library in memory, and folders to ingest from."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus.article import Article, Passage
from corpus.records import Run


class MemoryLibrary:
    """Keeps what it is given; the same face as the real library's."""

    def __init__(self) -> None:
        self.held: dict[str, Article] = {}
        self.passages: dict[str, tuple[Passage, ...]] = {}
        self.splitters: dict[str, str] = {}
        self.runs: dict[str, Run] = {}
        self.published: list[str] = []
        self.fail_on: str | None = None
        self.failure: Exception = OSError(28, "No space left on device")

    def find(self, identity: str) -> Article | None:
        return next((article for article in self.held.values() if article.identity == identity), None)

    def find_content(self, content_hash: str) -> Article | None:
        return next((article for article in self.held.values() if article.content_hash == content_hash), None)

    def article(self, article_id: str) -> Article | None:
        return self.held.get(article_id)

    def splitter_of(self, article_id: str) -> str | None:
        return self.splitters.get(article_id)

    def publish(self, article: Article, passages: Sequence[Passage], *, splitter: str = "") -> int:
        if article.title == self.fail_on:
            raise self.failure
        self.held[article.id] = article
        self.passages[article.id] = tuple(passages)
        self.splitters[article.id] = splitter
        self.published.append(article.id)
        return len(self.published)

    def record_run(self, run: Run) -> None:
        self.runs[run.id] = run


@pytest.fixture
def library() -> MemoryLibrary:
    return MemoryLibrary()


@pytest.fixture(scope="session")
def make_library() -> type[MemoryLibrary]:
    """For tests that need a fresh library for every example."""
    return MemoryLibrary


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write files into a new folder: text as UTF-8, bytes as they are."""

    def write(files: dict[str, str | bytes], name: str = "posts") -> Path:
        place = tmp_path / name
        place.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            target = place / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        return place

    return write
