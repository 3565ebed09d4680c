"""What tests of every room share: one analyzer and one embedder, and a library in a folder of its own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from corpus.dictionary import Dictionary, load_dictionary
from corpus.embedder import Embedder
from corpus.encoder import PACKAGED_MODEL
from corpus.glossary import STARTER, Glossary, load_terms
from corpus.language import Analyzer
from corpus.library import Library
from corpus.loading import load_encoder
from service.settings import Settings

# The machine may be busy, and a run of continuous integration judges the change alone: the same examples each time.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("same")

SHARED = Path(os.environ.get("SHARED_SETS", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of question sets beside the repository; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared question sets are not beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the compiled model lies; compiled once in a test run."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture(scope="session")
def embedder(models_dir: Path) -> Embedder:
    return Embedder(load_encoder(PACKAGED_MODEL, models_dir))


@pytest.fixture(scope="session")
def settings_for(embedder: Embedder, models_dir: Path) -> Callable[..., Settings]:
    """Make settings for a data folder in which the compiled model lies already; other fields as keywords."""

    def make(data_dir: Path, **fields: Any) -> Settings:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not (data_dir / "models").exists():
            (data_dir / "models").symlink_to(models_dir, target_is_directory=True)
        return Settings(data_dir=data_dir, **fields)

    return make


@pytest.fixture(scope="session")
def glossary(analyzer: Analyzer) -> Glossary:
    return Glossary(load_terms(STARTER), analyzer)


@pytest.fixture(scope="session")
def dictionary(analyzer: Analyzer) -> Dictionary:
    return load_dictionary(analyzer)


@pytest.fixture
def open_library(embedder: Embedder, analyzer: Analyzer, glossary: Glossary) -> Iterator[Callable[[Path], Library]]:
    """Open libraries by folder; whatever a test leaves open is closed after it."""
    opened: list[Library] = []

    def opener(folder: Path) -> Library:
        opened.append(Library.open(folder, embedder=embedder, analyzer=analyzer, glossary=glossary))
        return opened[-1]

    yield opener
    for library in opened:
        library.close()


@pytest.fixture
def library(tmp_path: Path, open_library: Callable[[Path], Library]) -> Library:
    """An empty library with the real embedder."""
    return open_library(tmp_path / "data")
