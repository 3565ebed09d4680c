"""One small library for the whole run, which tests only read; those that change articles open one of their own."""

from collections.abc import Callable, Iterator

import pytest

from corpus.embedder import Embedder
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from service.assistant import Assistant
from service.retrieve import Found, Retriever
from service.understand import Understood
from tests.service.reading import understand
from tests.service.small_library import publish_all

Look = Callable[..., tuple[Understood, Found]]


@pytest.fixture(scope="session")
def small(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, analyzer: Analyzer, glossary: Glossary
) -> Iterator[Library]:
    """The small library, published once."""
    library = Library.open(tmp_path_factory.mktemp("small"), embedder=embedder, analyzer=analyzer, glossary=glossary)
    publish_all(library)
    yield library
    library.close()


@pytest.fixture(scope="session")
def retriever(small: Library, embedder: Embedder, analyzer: Analyzer) -> Iterator[Retriever]:
    retriever = Retriever(small, analyzer)
    yield retriever
    retriever.close()


@pytest.fixture(scope="session")
def assistant(small: Library, retriever: Retriever, analyzer: Analyzer) -> Assistant:
    """An assistant without a language model."""
    return Assistant(small, retriever, analyzer)


@pytest.fixture(scope="session")
def look(small: Library, retriever: Retriever, analyzer: Analyzer) -> Look:
    """Understand a question and retrieve for it."""

    def look(question: str, **options: frozenset[str]) -> tuple[Understood, Found]:
        asked = understand(question, analyzer=analyzer, glossary=small.glossary)
        return asked, retriever.retrieve(asked, **options)

    return look
