"""The face of the room: publish, withdraw, search, read, verify and repair.

One process owns a library's folder, held by a lock file that names it. The catalogue is the truth; the vector index
follows it, and a dense hit counts only if the catalogue says that its passage is live.
"""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import structlog

from corpus.article import Article, Passage
from corpus.catalogue import Catalogue, Edition, Holding
from corpus.dense import DenseSearch, LoadFormer
from corpus.embedder import Embedder
from corpus.encoded import Vector
from corpus.errors import BadInput, Unavailable
from corpus.filters import EVERYTHING, Filter
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.ledger import Ledger
from corpus.lexical import row_of
from corpus.ownership import Ownership
from corpus.records import OnProgress
from corpus.soundness import Check
from corpus.table import Matrix
from corpus.vectors import IndexShelf
from corpus.view import Memory, View

log = structlog.get_logger(__name__)


class Library:
    """Everything that is held, behind one owner."""

    def __init__(
        self,
        catalogue: Catalogue,
        shelf: IndexShelf,
        *,
        embedder: Embedder,
        analyzer: Analyzer,
        glossary: Glossary,
        ownership: Ownership,
    ) -> None:
        self._catalogue, self._shelf, self._ownership = catalogue, shelf, ownership
        self._analyzer, self._base_glossary = analyzer, glossary
        self._ledger = Ledger(catalogue)
        self._memory = Memory(catalogue, -1)
        self._glossary: tuple[int, Glossary] = (-1, glossary)
        self._writing = threading.RLock()  # one writer at a time: a sweep would take another's staged version
        self._dense = DenseSearch(catalogue, shelf, embedder, self._writing)
        self._closed = False

    @classmethod
    def open(
        cls,
        data_dir: Path,
        *,
        embedder: Embedder,
        analyzer: Analyzer,
        glossary: Glossary,
        former: LoadFormer | None = None,
        on_progress: OnProgress | None = None,
    ) -> "Library":
        """Open the library in ``data_dir`` as its owner, mending what a killed run left; raises Unavailable.

        Where its vectors are of another model than ``embedder``, they are made anew first; with ``former``, which loads
        that model, it serves on until ``renew``.
        """
        ownership = Ownership.take(data_dir)
        try:
            catalogue = Catalogue.open(data_dir)
            library = cls(
                catalogue,
                IndexShelf(data_dir / "index"),
                embedder=embedder,
                analyzer=analyzer,
                glossary=glossary,
                ownership=ownership,
            )
            library._mend(former, on_progress)
        except BaseException:
            ownership.release()
            raise
        return library

    def close(self) -> None:
        """Give the folder back."""
        if self._closed:
            return
        self._closed = True
        self._dense.close()
        self._catalogue.close()
        self._ownership.release()

    def announce(self, facts: dict[str, str]) -> None:
        """Tell other processes where this one can be reached."""
        self._ownership.announce(facts)

    def noted(self, name: str) -> str | None:
        """Return what was noted under a name, None where nothing was."""
        return self._catalogue.fact(name)

    def note(self, name: str, value: str | None) -> None:
        """Keep a note with the library, also in its backups; None forgets it."""
        if value is None:
            self._catalogue.drop_fact(name)
        else:
            self._catalogue.put_fact(name, value)

    # Reading

    def article(self, article_id: str) -> Article | None:
        """Return the live version of an article."""
        return self._catalogue.article(article_id)

    def articles_of(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return those of the named articles that are live, by id."""
        with self.view() as view:
            return view.articles_of(ids)

    def holdings(self) -> dict[str, Holding]:
        """Return by which marks each live article is known, by id; no texts are read."""
        return self._catalogue.holdings()

    def articles(self, *, limit: int | None = None, offset: int = 0, where: Filter = EVERYTHING) -> list[Article]:
        """Return live articles that ``where`` admits, the newest first."""
        if where.empty:
            return self._catalogue.articles(limit, offset)
        with self.view() as view:
            return view.page(where, limit, offset)

    def count(self, where: Filter = EVERYTHING) -> int:
        """Return the number of live articles that ``where`` admits."""
        return self._catalogue.count() if where.empty else len(self.matching(where) or ())

    def holds_samples(self) -> bool:
        """Whether one of the articles that come with the package is live."""
        return self._catalogue.holds_samples()

    def passage(self, passage_id: str) -> Passage | None:
        """Return a live passage."""
        with self.view() as view:
            return view.passage(passage_id)

    @property
    def ledger(self) -> Ledger:
        """What is remembered of runs, origins, withdrawals, and of what is held back."""
        return self._ledger

    @property
    def generation(self) -> int:
        """The number of the newest state that questions can see."""
        return self._catalogue.newest

    @property
    def fingerprint(self) -> str:
        """What the vectors in use depend on."""
        return self._dense.fingerprint

    @property
    def embedder(self) -> Embedder:
        """The embedding model in use."""
        return self._dense.embedder

    @property
    def outdated(self) -> bool:
        """Whether a former embedding model serves, until ``renew``."""
        return self._dense.outdated

    def renew(self, on_progress: OnProgress | None = None) -> None:
        """Embed all articles with the model that was asked for, beside the one in use, and switch to it."""
        self._dense.renew(on_progress)

    @property
    def glossary(self) -> Glossary:
        """The glossary with the names that live articles introduce themselves."""
        generation = self.generation
        if self._glossary[0] != generation:
            self._glossary = (generation, self._base_glossary.with_names(self._catalogue.names()))
        return self._glossary[1]

    # Filtering

    def matching(self, where: Filter) -> frozenset[str] | None:
        """Return the ids of the articles that ``where`` admits; None where it admits all."""
        with self.view() as view:
            admitted = view.admitted(where)
        return None if admitted is None else frozenset(admitted)

    def categories(self) -> tuple[str, ...]:
        """Return the categories of the live articles, in order of their names."""
        with self.view() as view:
            return view.categories()

    def authors(self) -> tuple[str, ...]:
        """Return the authors of the live articles, as they are named there, in order of their names."""
        with self.view() as view:
            return view.authors()

    # Searching

    @contextmanager
    def view(self) -> Iterator[View]:
        """See one generation of the library for as long as a search takes; see ``View``."""
        with self._catalogue.read() as connection:
            generation = self._catalogue.generation_in(connection)
            memory = self._memory
            if memory.generation != generation:
                memory = Memory(self._catalogue, generation)
                if generation > self._memory.generation:
                    self._memory = memory
            yield View(self._catalogue, connection, memory)

    def nearest(
        self, vector: Vector, k: int, *, fingerprint: str, among: Matrix | Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return at most ``k`` passages' ids with their cosine, nearest first; for any thread.

        They count only if the view that gave ``among`` holds them and the library has not changed since: see
        ``changed_since``. A matrix is compared whole; of the articles of a collection the index is asked for so many
        that enough pass.
        """
        if isinstance(among, Matrix):
            return among.nearest(vector, k)
        wanted = k
        while True:
            rows = self._dense.query(vector, wanted, fingerprint=fingerprint)
            kept = rows if among is None else [row for row in rows if row[0].rsplit(".", 2)[0] in among]
            if len(kept) >= k or len(rows) < wanted:
                return kept[:k]
            wanted *= 4

    def changed_since(self, view: View) -> bool:
        """Whether there is a newer generation than the view's, so that the index may lack what the view holds.

        It never does otherwise: what a generation holds leaves the index only once the next one has begun.
        """
        return self._catalogue.newest != view.generation

    # Writing

    def publish(self, article: Article, passages: Sequence[Passage], *, splitter: str = "") -> int:
        """Publish one article; return its version's number. See ``publish_all``."""
        return self.publish_all([(article, passages)], splitter=splitter)[0]

    def publish_all(self, editions: Sequence[Edition], *, splitter: str = "") -> list[int]:
        """Make each article the live version of its id; return the versions' numbers.

        A reader sees an article's old version or its new one, and a kill at any moment leaves the one or the other.
        Articles that come together are embedded and written together, which is quicker. Raises Unavailable where they
        can't be written; then the old versions stay. Raises BadInput for one without passages.
        """
        for article, passages in editions:
            if not passages:
                raise BadInput(f"the article '{article.title}' has no text to answer from")
            if "\0" in article.text:  # SQL would cut the text there
                raise BadInput(f"the text of the article '{article.title}' holds NUL characters")
        if not editions:
            return []
        embedder = self.embedder
        encoded = embedder.embed_editions(editions)
        with self._writing:
            if embedder is not self.embedder:  # another model came into use meanwhile
                return self.publish_all(editions, splitter=splitter)
            staged = self._catalogue.stage(editions, encoded, fingerprint=self.fingerprint, splitter=splitter)
            self._dense.index.upsert(
                [passage.id for item in staged for passage in item.passages],
                np.stack([item.vector for of_article in encoded for item in of_article]),
            )
            rows = [
                row_of(key, item.article, passage, self._analyzer)
                for item in staged
                for key, passage in zip(item.keys, item.passages, strict=True)
            ]
            live = {item.article.id: item.version for item in staged}
            self._catalogue.flip(live, rows, {item.article.id: item.article.identity for item in staged})
            try:
                self._sweep()
            except Unavailable as error:
                log.warning("replaced versions are swept the next time", reason=str(error))
        return [item.version for item in staged]

    def withdraw(self, *article_ids: str) -> bool:
        """Take articles out of every answer from now on, and their bytes out of the stores; False if none is known."""
        with self._writing:
            known = self._catalogue.articles_of(article_ids)
            if not known:
                return False
            self._catalogue.flip(dict.fromkeys(known), [])
            self._sweep()
            self._purge()
        return True

    def _purge(self) -> None:
        """Take the bytes of what was withdrawn out of every file; after a kill on the way the next start does it."""
        whole = self._catalogue.purge()
        self._dense.rebuild()  # Chroma keeps ids and vectors of what was removed in its files
        if whole:
            self._catalogue.purged()
        else:
            log.warning("a reader holds on to old pages of the catalogue: the next start clears them")

    def _sweep(self) -> None:
        """Remove what is not live from the index, then from the catalogue: the order that a kill can't spoil."""
        leftovers = self._catalogue.leftovers()
        if leftovers:
            self._dense.index.remove(leftovers)
            self._catalogue.sweep()

    # Soundness

    def verify(self) -> Check:
        """Compare catalogue, full-text index and vector index."""
        return Check.of(self._catalogue, self._dense.index.ids())

    def repair(self) -> None:
        """Build both indexes anew from the catalogue, embedding nothing; the old ones serve until then."""
        self._dense.rebuild()
        self._rebuild_text()

    def _rebuild_text(self) -> None:
        with self._writing:
            self._catalogue.replace_text(
                [
                    row_of(key, article, passage, self._analyzer)
                    for article in self.articles()
                    for key, passage in self._catalogue.passages_of(article.id)
                ]
            )

    def _mend(self, former: LoadFormer | None, on_progress: OnProgress | None) -> None:
        """Bring index and catalogue into step: after a kill, a change of model, or a lost index."""
        if self._dense.open(former, on_progress):
            self._sweep()
        if self._catalogue.purge_due:
            self._purge()
        self._ledger.close_interrupted(datetime.now(UTC).isoformat(timespec="milliseconds"))
        if not self.verify().sound:
            log.warning("the indexes are out of step with the catalogue and are built anew")
            self.repair()
