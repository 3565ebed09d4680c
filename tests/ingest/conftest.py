"""A library in memory, and folders to ingest from."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from corpus.article import Article, Passage
from corpus.catalogue import Catalogue, Edition, Holding
from corpus.embedder import Embedder
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.ledger import Ledger
from corpus.library import Library
from tests.corpus.examples import WordEncoder


class MemoryLibrary:
    """Keeps articles as they are given, with a real ledger; the same face as the real library's."""

    def __init__(self) -> None:
        catalogue = Catalogue("sqlite://")
        catalogue.migrate()
        self.ledger = Ledger(catalogue)
        self.held: dict[str, Article] = {}
        self.passages: dict[str, tuple[Passage, ...]] = {}
        self.splitters: dict[str, str] = {}
        self.published: list[str] = []
        self.fail_on: str | None = None
        self.failure: Exception = OSError(28, "No space left on device")

    def find_text(self, text_hash: str) -> Article | None:
        return next((article for article in self.held.values() if article.text_hash == text_hash), None)

    def article(self, article_id: str) -> Article | None:
        return self.held.get(article_id)

    def articles_of(self, ids: Sequence[str]) -> dict[str, Article]:
        return {name: self.held[name] for name in ids if name in self.held}

    def holdings(self) -> dict[str, Holding]:
        return {
            article.id: Holding(
                article.identity, article.title, article.content_hash, article.text_hash, self.splitters[article.id]
            )
            for article in self.held.values()
        }

    def publish_all(self, editions: Sequence[Edition], *, splitter: str = "") -> list[int]:
        for article, passages in editions:
            if article.title == self.fail_on:
                raise self.failure
            self.held[article.id] = article
            self.passages[article.id] = tuple(passages)
            self.splitters[article.id] = splitter
            self.published.append(article.id)
        return [len(self.published)] * len(editions)

    def withdraw(self, *article_ids: str) -> bool:
        known = [name for name in article_ids if self.held.pop(name, None)]
        return bool(known)


@pytest.fixture
def library() -> MemoryLibrary:
    return MemoryLibrary()


@pytest.fixture
def real_library(tmp_path: Path, analyzer: Analyzer) -> Iterator[Library]:
    """A real library, empty, whose vectors cost nothing."""
    embedder = Embedder(WordEncoder())
    library = Library.open(tmp_path / "data", embedder=embedder, analyzer=analyzer, glossary=Glossary((), analyzer))
    yield library
    library.close()


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
