"""Search by meaning: an embedding model and the index of its vectors, replaced together.

Where the settings name another model than the one whose vectors are held, the old one can go on serving while the new
one's vectors are made beside them; then both are switched in one step.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from corpus.catalogue import Catalogue
from corpus.embedder import Embedder
from corpus.encoded import Vector
from corpus.errors import Unavailable
from corpus.records import OnProgress, Progress
from corpus.vectors import SAMPLE, ChromaIndex, IndexShelf

LoadFormer = Callable[[str], Embedder | None]
"""Loads the model of a name, or tells by None that it can't be had any more."""

_TOGETHER = 16  # articles embedded at a time

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Serving:
    """The model in use and the index of its vectors, None before it is opened and after it is closed."""

    embedder: Embedder
    index: ChromaIndex | None


class DenseSearch:
    """The dense side of one library; ``writing`` is held by whoever changes the catalogue or the index."""

    def __init__(
        self,
        catalogue: Catalogue,
        shelf: IndexShelf,
        embedder: Embedder,
        writing: threading.RLock,
    ) -> None:
        self._catalogue, self._shelf, self._writing = catalogue, shelf, writing
        self._serving = _Serving(embedder, None)
        self._wanted = embedder

    @property
    def embedder(self) -> Embedder:
        """The model in use."""
        return self._serving.embedder

    @property
    def fingerprint(self) -> str:
        """What the vectors in use depend on."""
        return self.embedder.fingerprint

    @property
    def index(self) -> ChromaIndex:
        """The index in use; raises Unavailable where the library is not open."""
        if self._serving.index is None:
            raise Unavailable("the library is not open")
        return self._serving.index

    @property
    def outdated(self) -> bool:
        """Whether an older model than the one asked for is in use, until ``renew``."""
        return self._serving.embedder is not self._wanted

    def open(self, former: LoadFormer | None, on_progress: OnProgress | None) -> bool:
        """Open the index of the wanted model, or of the former one where that can serve; False where it was built anew.

        Where neither is there, all that lacks vectors is embedded first.
        """
        serving = self._former(former) or self._wanted
        self._serving = _Serving(serving, None)
        if serving is self._wanted:
            self._embed_missing(serving, on_progress)
            self._settle_on(serving)
        index = self._shelf.current(self.fingerprint, self._catalogue.sample_vectors(self.fingerprint, SAMPLE))
        if index is None:
            self._catalogue.sweep()
            self.rebuild()
            return False
        self._serving = _Serving(serving, index)
        self._shelf.tidy(index.folder)
        return True

    def close(self) -> None:
        """Release the index."""
        if self._serving.index is not None:
            self._serving.index.close()
            self._serving = _Serving(self._serving.embedder, None)

    def query(self, vector: Vector, k: int, *, fingerprint: str) -> list[tuple[str, float]]:
        """Return at most ``k`` passages' ids with their cosine, nearest first.

        Nothing where ``fingerprint``, the vector's, is no longer the one in use: then the question is to be embedded
        again.
        """
        serving = self._serving
        if serving.index is None or serving.embedder.fingerprint != fingerprint:
            return []
        try:
            return serving.index.query(vector, k)
        except Unavailable:
            if self._serving is serving:
                raise
            return self.query(vector, k, fingerprint=fingerprint)

    def rebuild(self) -> None:
        """Build the index anew from the catalogue's vectors; the old one serves until then."""
        with self._writing:
            self._switch(self.embedder)

    def renew(self, on_progress: OnProgress | None = None) -> None:
        """Make the wanted model's vectors beside those in use, then switch to them in one step."""
        if not self.outdated:
            return
        log.info("the articles are embedded with another model", old=self.fingerprint, new=self._wanted.fingerprint)
        self._embed_missing(self._wanted, on_progress)
        with self._writing:
            self._embed_missing(self._wanted, None)  # what was published meanwhile
            self._switch(self._wanted)
            self._catalogue.bump()
            self._settle_on(self._wanted)
        log.info("the other model is in use", fingerprint=self.fingerprint)

    def _switch(self, embedder: Embedder) -> None:
        old = self._serving.index
        index = self._shelf.build(embedder.fingerprint, self._catalogue.all_vectors(embedder.fingerprint))
        self._serving = _Serving(embedder, index)
        if old is not None:
            old.close()
        self._shelf.tidy(index.folder)

    def _settle_on(self, embedder: Embedder) -> None:
        """Note which model is in use; the vectors of the one before it are not needed any more."""
        if self._catalogue.fact("fingerprint") != embedder.fingerprint:
            self._catalogue.drop_vectors(keep=embedder.fingerprint)
            self._catalogue.put_fact("embedder", embedder.model_name)
            self._catalogue.put_fact("fingerprint", embedder.fingerprint)

    def _former(self, load: LoadFormer | None) -> Embedder | None:
        """Return the model whose vectors are held, where it is another than the wanted one and can still be loaded."""
        name = self._catalogue.fact("embedder")
        if load is None or name is None or not self._catalogue.without_vectors(self._wanted.fingerprint):
            return None
        former = load(name)
        if former is None or self._catalogue.without_vectors(former.fingerprint):
            log.warning("the former embedding model can't serve meanwhile", former=name)
            return None
        return former

    def _embed_missing(self, embedder: Embedder, on_progress: OnProgress | None) -> None:
        """Embed what has no vectors of this model yet: all of it after a change of model."""
        lacking = self._catalogue.without_vectors(embedder.fingerprint)
        if lacking and embedder is self.embedder:
            log.warning("the embedding model changed: articles are embedded again", articles=len(lacking))
        for first in range(0, len(lacking), _TOGETHER):
            articles = self._catalogue.articles_of(lacking[first : first + _TOGETHER])
            parts = {article_id: self._catalogue.passages_of(article_id) for article_id in articles}
            encoded = embedder.embed_editions(
                [(article, [passage for _, passage in parts[article.id]]) for article in articles.values()]
            )
            for article_id, found in zip(articles, encoded, strict=True):
                keys: Sequence[int] = [key for key, _ in parts[article_id]]
                self._catalogue.put_vectors(keys, found, embedder.fingerprint)
            if on_progress:
                done = min(first + _TOGETHER, len(lacking))
                title = next((article.title for article in articles.values()), "")
                on_progress(Progress("renewing", done, len(lacking), title))
