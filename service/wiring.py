"""The one place where everything is put together, by hand."""

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from importlib import resources
from pathlib import Path

from corpus.encoder import load_encoder
from corpus.glossary import STARTER, Glossary, load_terms
from corpus.language import Analyzer
from corpus.library import Library
from corpus.records import Run
from ingest.run import Progress, run_ingest
from service.assistant import Assistant
from service.generate import Writer
from service.llm import build_llm
from service.prompts import check_prompts
from service.retrieve import Retriever
from service.settings import Settings
from service.verify import check

STARTER_ARTICLES = Path(str(resources.files("corpus"))) / "articles"
OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class Services:
    """Everything that a door needs; ``owner_token`` proves to a running server that the caller owns its folder."""

    settings: Settings
    library: Library
    assistant: Assistant
    embedder_name: str
    model_name: str | None
    retriever: Retriever
    owner_token: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    def ingest(self, sources: Sequence[str], *, dry_run: bool = False, on_progress: OnProgress | None = None) -> Run:
        """Bring in ``sources``; no sources: the configured ones."""
        return run_ingest(self.library, sources or self.settings.sources, dry_run=dry_run, on_progress=on_progress)

    def announce(self, url: str) -> None:
        """Write down where this process serves, so that a command line beside it hands its work over."""
        self.library.announce({"url": url, "token": self.owner_token})

    def close(self) -> None:
        """Give the data folder back."""
        self.retriever.close()
        self.library.close()


def open_services(settings: Settings, *, on_progress: OnProgress | None = None) -> Services:
    """Open the library in the settings' data folder, and bring the starter articles into an empty one.

    Raises Unavailable where the folder or the embedding model can't be used, BadInput where a setting is wrong.
    """
    services = _assemble(settings, settings.data_dir)
    try:
        if settings.starter and not services.library.count() and not services.library.runs(1):
            services.ingest([str(STARTER_ARTICLES)], on_progress=on_progress)
    except BaseException:
        services.close()
        raise
    return services


@contextmanager
def open_throwaway(settings: Settings, articles: str, *, on_progress: OnProgress | None = None) -> Iterator[Services]:
    """Open a library of ``articles`` alone, in a folder beside the data that is kept for the next time.

    The folder is named by what it depends on (the source's bytes, the model, the splitter); it holds nothing else.
    """
    cache = settings.data_dir / "eval"
    folder = cache / _cache_key(settings, articles)
    services = _assemble(settings, folder)
    try:
        services.ingest([articles], on_progress=on_progress)
        yield services
    finally:
        services.close()


def _assemble(settings: Settings, folder: Path) -> Services:
    from corpus.embedder import Embedder

    check_prompts()
    analyzer = Analyzer()
    glossary = Glossary(load_terms(settings.glossary or STARTER), analyzer)
    embedder = Embedder(load_encoder(settings.embed_model, settings.data_dir / "models"))
    library = Library.open(folder, embedder=embedder, analyzer=analyzer, glossary=glossary)
    retriever = Retriever(library, embedder, analyzer)
    llm = build_llm(settings)
    writer = Writer(llm, partial(check, analyzer=analyzer), settings.llm_context_tokens) if llm else None
    assistant = Assistant(library, retriever, analyzer, writer=writer, max_chars=settings.max_question_chars)
    return Services(
        settings,
        library,
        assistant,
        embedder_name=settings.embed_model,
        model_name=settings.llm_model if llm else None,
        retriever=retriever,
    )


def _cache_key(settings: Settings, articles: str) -> str:
    digest = sha256(json.dumps([articles, settings.embed_model]).encode())
    source = Path(articles)
    for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
        if path.is_file():
            digest.update(str(path).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
