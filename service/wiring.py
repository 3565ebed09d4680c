"""The one place where everything is put together, by hand."""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import structlog

from corpus.dictionary import load_dictionary
from corpus.errors import BadInput, Unavailable
from corpus.glossary import STARTER, Glossary, load_terms
from corpus.language import Analyzer
from corpus.library import Library
from corpus.loading import load_encoder
from corpus.records import OnProgress
from ingest.fetch import WebOptions
from ingest.run import Rules
from service.assistant import Assistant
from service.checks.translate import Translator
from service.curator import Curator
from service.generate import Writer
from service.model.llm import build_llm
from service.model.prompts import check_prompts
from service.model.talk import Limits
from service.nli import load_verifier
from service.proof import Verifier
from service.ranking.rerank import load_reranker
from service.retrieve import Retriever
from service.settings import Settings
from service.threshold import NOTE, note_of
from service.upkeep import Upkeep

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from corpus.embedder import Embedder

log = structlog.get_logger(__name__)

STARTER_ARTICLES = Path(str(resources.files("corpus"))) / "articles"


@dataclass(frozen=True)
class Services:
    """Everything that a door needs; ``owner_token`` proves to a running server that the caller owns its folder."""

    settings: Settings
    library: Library
    assistant: Assistant
    verifier: Verifier
    model_name: str | None
    retriever: Retriever
    curator: Curator
    upkeep: Upkeep
    owner_token: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    @property
    def embedder_name(self) -> str:
        """The name of the embedding model in use."""
        return self.library.embedder.model_name

    def begin(self) -> None:
        """Begin what a server does by itself; raises BadInput where it is to poll and has no sources."""
        if self.settings.poll_minutes and not self.settings.sources:
            raise BadInput("INSIGHT_POLL_MINUTES needs INSIGHT_SOURCES: say what is to be read again")
        self.upkeep.start()

    def announce(self, url: str) -> None:
        """Write down where this process serves, so that a command line beside it hands its work over."""
        self.library.announce({"url": url, "token": self.owner_token})

    def close(self) -> None:
        """Give the data folder back."""
        self.upkeep.stop()
        self.retriever.close()
        self.library.close()


def open_services(settings: Settings, *, beside: bool = False, on_progress: OnProgress | None = None) -> Services:
    """Open the library in the settings' data folder, and bring the starter articles into an empty one.

    What another embedding model or splitter made is renewed first; with ``beside`` it serves on until ``begin`` has
    renewed it. Raises Unavailable where the folder or the embedding model can't be used, BadInput where a setting is
    wrong.
    """
    services = _assemble(settings, settings.data_dir, beside=beside, on_progress=on_progress)
    try:
        if not beside:
            services.curator.renew(on_progress)
        if settings.starter and _is_new(services.library):
            services.curator.ingest([str(STARTER_ARTICLES)], on_progress=on_progress)
        services.assistant.threshold()  # a stale one is told of at start
    except BaseException:
        services.close()
        raise
    return services


def _is_new(library: Library) -> bool:
    """Whether nothing was ever brought in; a starter that was stopped half-way doesn't count, one withdrawn does."""
    runs = library.ledger.runs()
    unfinished = all(run.source == str(STARTER_ARTICLES) and (run.finished is None or run.error) for run in runs)
    return unfinished if runs else not library.count()


@contextmanager
def open_throwaway(
    settings: Settings, articles: str | Sequence[str], *, on_progress: OnProgress | None = None
) -> Iterator[Services]:
    """Open a library of ``articles`` alone, one source or several, in a folder beside the data kept for the next time.

    The folder is named by what it depends on, the sources' bytes and the model; it holds nothing else. Answers are held
    against the threshold of the library in the data folder.
    """
    sources = [articles] if isinstance(articles, str) else list(articles)
    cache = settings.data_dir / "eval"
    folder = cache / _cache_key(settings, sources)
    services = _assemble(settings, folder)
    try:
        services.library.note(NOTE, note_of(settings.data_dir))
        services.curator.ingest(sources, on_progress=on_progress)
        yield services
    finally:
        services.close()


@contextmanager
def open_copy(settings: Settings, *, on_progress: OnProgress | None = None) -> Iterator[Services]:
    """Open a copy of the library in the data folder, to be measured; it can be made beside a running server.

    Raises BadInput where there is no library.
    """
    from corpus.backup import back_up
    from corpus.database import CATALOGUE
    from corpus.restore import restore

    if not (settings.data_dir / CATALOGUE).is_file():
        raise BadInput(f"the data folder '{settings.data_dir}' holds no library: name the articles with --articles")
    with TemporaryDirectory(prefix="insight-") as folder:
        archive, copy = Path(folder) / "library.zip", Path(folder) / "library"
        back_up(settings.data_dir, archive)
        restore(archive, copy)
        services = _assemble(settings, copy, on_progress=on_progress)
        try:
            services.curator.renew(on_progress)
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


def _former_embedder(settings: Settings, name: str) -> "Embedder | None":
    """Load a model that was set before, or tell by None that it can't be had any more."""
    try:
        return load_embedder(settings.model_copy(update={"embed_model": name}))
    except Unavailable as error:
        log.warning("the former embedding model can't be loaded", model=name, reason=str(error))
        return None


def _assemble(
    settings: Settings, folder: Path, *, beside: bool = False, on_progress: OnProgress | None = None
) -> Services:
    check_prompts()
    rules = _rules(settings)  # what is wrong with the settings shows before the folder is taken
    analyzer = Analyzer()
    glossary = Glossary(load_terms(settings.glossary or STARTER), analyzer)
    dictionary = load_dictionary(analyzer)
    llm = build_llm(settings)
    embedder = load_embedder(settings)
    reranker = load_reranker(settings.reranker)
    verifier = load_verifier(settings.nli_model, analyzer, Translator(glossary, dictionary, analyzer), embedder)
    library = Library.open(
        folder,
        embedder=embedder,
        analyzer=analyzer,
        glossary=glossary,
        former=partial(_former_embedder, settings) if beside else None,
        on_progress=on_progress,
    )
    curator = Curator(library, rules=rules, sources=settings.sources)
    retriever = Retriever(library, analyzer, reranker=reranker)
    writer = _writer(settings, llm, verifier) if llm else None
    assistant = Assistant(
        library,
        retriever,
        analyzer,
        dictionary=dictionary,
        writer=writer,
        max_chars=settings.max_question_chars,
    )
    return Services(
        settings,
        library,
        assistant,
        verifier=verifier,
        model_name=settings.llm_model if llm else None,
        retriever=retriever,
        curator=curator,
        upkeep=Upkeep(curator, minutes=settings.poll_minutes),
    )


def _writer(settings: Settings, llm: "LLM", verifier: Verifier) -> Writer:
    return Writer(
        llm,
        verifier,
        settings.llm_context_tokens,
        limits=Limits(settings.llm_calls, settings.llm_tokens, settings.llm_seconds),
        repair=settings.llm_repair,
        judge=settings.llm_verify,
    )


def _rules(settings: Settings) -> Rules:
    password = settings.wordpress_password
    if settings.wordpress_user and not (password and settings.wordpress_site):
        raise BadInput("INSIGHT_WORDPRESS_USER needs INSIGHT_WORDPRESS_PASSWORD and INSIGHT_WORDPRESS_SITE beside it")
    web = WebOptions(
        hosts=settings.web_hosts,
        private_hosts=settings.private_hosts,
        site=settings.wordpress_site,
        user=settings.wordpress_user,
        password=password.get_secret_value() if password else None,
        post_types=settings.wordpress_types,
        post_statuses=settings.wordpress_statuses,
    )
    return Rules(web=web, quarantine=settings.quarantine)


def _cache_key(settings: Settings, sources: Sequence[str]) -> str:
    digest = sha256(json.dumps([*sources, settings.embed_model]).encode())
    for source in map(Path, sources):
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if path.is_file():
                digest.update(str(path).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
