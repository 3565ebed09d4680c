"""Libraries whose vectors cost nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.embedder import Embedder
from corpus.encoder import Encoder
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from tests.corpus.examples import WordEncoder


@pytest.fixture
def open_stub(analyzer: Analyzer, glossary: Glossary) -> Iterator[Callable[..., Library]]:
    """Open libraries by folder, and encoder if not the usual; whatever a test leaves open is closed after it."""
    opened: list[Library] = []

    def opener(folder: Path, encoder: Encoder | None = None) -> Library:
        embedder = Embedder(encoder or WordEncoder())
        opened.append(Library.open(folder, embedder=embedder, analyzer=analyzer, glossary=glossary))
        return opened[-1]

    yield opener
    for library in opened:
        library.close()
