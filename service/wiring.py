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
from typing import TYPE_CHECKING

from corpus.encoder import load_encoder
from corpus.errors import BadInput, Unavailable
from corpus.glossary import STARTER, Glossary, load_terms
from corpus.language import Analyzer
from corpus.library import Library
from corpus.records import Run
from ingest.run import Progress, run_ingest
from service.assistant import Assistant
from service.generate import Writer
from service.llm import build_llm
from service.prompts import check_prompts
from service.rerank import load_reranker
from service.retrieve import Retriever
from service.settings import Settings
from service.verify import check

if TYPE_CHECKING:
    from corpus.embedder import Embedder

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
        """Bring in ``sources``, or the configured ones where none is named; raises BadInput where there are none."""
        sources = sources or self.settings.sources
        if not sources:
            raise BadInput("name a source, or set INSIGHT_SOURCES to what is read when none is named")
        return run_ingest(self.library, sources, dry_run=dry_run, on_progress=on_progress)

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
        if settings.starter and _is_new(services.library):
            services.ingest([str(STARTER_ARTICLES)], on_progress=on_progress)
    except BaseException:
        services.close()
        raise
    return services


def _is_new(library: Library) -> bool:
    """Whether nothing was ever brought in; a starter that was stopped half-way doesn't count, one withdrawn does."""
    runs = library.runs()
    unfinished = all(run.source == str(STARTER_ARTICLES) and (run.finished is None or run.error) for run in runs)
    return unfinished if runs else not library.count()


@contextmanager
def open_throwaway(settings: Settings, articles: str, *, on_progress: OnProgress | None = None) -> Iterator[Services]:
    """Open a library of ``articles`` alone, in a folder beside the data that is kept for the next time.

    The folder is named by what it depends on, the source's bytes and the model; it holds nothing else.
    """
    cache = settings.data_dir / "eval"
    folder = cache / _cache_key(settings, articles)
    services = _assemble(settings, folder)
    try:
        services.ingest([articles], on_progress=on_progress)
        yield services
    finally:
        services.close()


def load_embedder(settings: Settings) -> "Embedder":
    """Load the embedding model that the settings name; raises Unavailable."""
    from corpus.embedder import Embedder

    try:
        return Embedder(load_encoder(settings.embed_model, settings.data_dir / "models"))
    except OSError as error:
        reason = error.strerror or error
        raise Unavailable(f"the data folder '{settings.data_dir}' can't be used: {reason}") from error


def _assemble(settings: Settings, folder: Path) -> Services:
    check_prompts()
    analyzer = Analyzer()
    glossary = Glossary(load_terms(settings.glossary or STARTER), analyzer)
    llm = build_llm(settings)
    embedder = load_embedder(settings)
    reranker = load_reranker(settings.reranker)
    library = Library.open(folder, embedder=embedder, analyzer=analyzer, glossary=glossary)
    retriever = Retriever(library, embedder, analyzer, reranker=reranker)
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
