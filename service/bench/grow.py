"""A library in a throwaway folder that grows from one size to the next."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.catalogue import Edition
from corpus.encoder import Encoder
from corpus.glossary import STARTER, Glossary, load_terms
from corpus.language import Analyzer
from corpus.records import OnProgress, Progress
from ingest.split import SPLITTER, split
from service.bench.figures import disk_mb
from service.bench.filled import FilledEncoder
from service.bench.texts import SEED, Texts
from service.settings import Settings

if TYPE_CHECKING:
    from corpus.library import Library
    from service.wiring import Services

_TOGETHER = 48  # articles published at a time


@dataclass(slots=True)
class Growing:
    """The library, and how far it is; ``settings`` name its folder."""

    settings: Settings
    encoder: Encoder
    texts: Texts
    articles: int = 0
    passages: int = 0
    _filled: FilledEncoder = field(init=False)

    def __post_init__(self) -> None:
        """Set the encoder up that makes the vectors."""
        self._filled = FilledEncoder(self.encoder, self.texts.sentences, seed=SEED)

    def grow_to(self, size: int, *, handover: Path | None, on_progress: OnProgress) -> dict[str, Any]:
        """Publish articles until there are at least ``size`` passages, and say what the library then is.

        With ``handover`` passages and vectors that were added are written into that folder, for the peer to read.
        """
        from corpus.embedder import Embedder

        begun, before = time.perf_counter(), self.passages
        with self._opened(Embedder(self._filled)) as library:
            while self.passages < size:
                editions = self._next(size)
                library.publish_all(editions, splitter=SPLITTER)
                self.passages += sum(len(passages) for _, passages in editions)
                if handover is not None:
                    self._hand_over(handover, editions)
                self._filled.made.clear()
                on_progress(Progress("building the library", self.passages, size))
        took = time.perf_counter() - begun
        return {
            "passages": self.passages,
            "articles": self.articles,
            "added_per_s": round((self.passages - before) / took, 1),
            "disk_mb": disk_mb(self.settings.data_dir),
        }

    @contextmanager
    def services(self) -> "Iterator[Services]":
        """Open the library with the model itself, as every command does."""
        from service.wiring import open_services

        services = open_services(self.settings)
        try:
            yield services
        finally:
            services.close()

    @contextmanager
    def _opened(self, embedder: Any) -> "Iterator[Library]":
        from corpus.library import Library

        analyzer = Analyzer()
        glossary = Glossary(load_terms(self.settings.glossary or STARTER), analyzer)
        library = Library.open(self.settings.data_dir, embedder=embedder, analyzer=analyzer, glossary=glossary)
        try:
            yield library
        finally:
            library.close()

    def _next(self, size: int) -> list[Edition]:
        """Make some articles, no more than ``size`` passages ask for."""
        editions: list[Edition] = []
        origins: dict[str, int] = {}
        wanted = size - self.passages
        while wanted > 0 and len(editions) < _TOGETHER:
            made = self.texts.article(self.articles)
            passages = split(made.article)
            editions.append((made.article, passages))
            origins.update(made.origins)
            self.articles += 1
            wanted -= len(passages)
        self._filled.expect(origins)
        return editions

    def _hand_over(self, folder: Path, editions: list[Edition]) -> None:
        name = f"{editions[0][0].id}"
        np.save(folder / f"{name}.npy", np.stack(self._filled.made))
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for article, passages in editions:
                for passage in passages:
                    held = {"id": passage.id, "text": passage.text, "article": article.id, "title": article.title}
                    file.write(json.dumps(held, ensure_ascii=False) + "\n")
