"""The face of the room: publish, withdraw, search, read, verify and repair.

One process owns a library's folder, held by a lock file that names it. The catalogue is the truth; the vector index
follows it, and a dense hit counts only if the catalogue says that its passage is live.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import structlog

from corpus.article import Article, Passage
from corpus.catalogue import Catalogue
from corpus.embedder import Embedder
from corpus.encoder import Encoded, Vector
from corpus.errors import BadInput, Unavailable
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.lexical import IndexedTerms, LexicalRow
from corpus.ownership import Ownership
from corpus.records import Run
from corpus.vectors import SAMPLE, ChromaIndex, IndexShelf

_TRIES = 5  # as many articles may change during one search
OnProgress = Callable[[int, int, str], None]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A live passage with its score, its sentences' vectors and its key in the catalogue."""

    key: int
    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Check:
    """What ``verify`` found: passages without a vector, vectors without a passage, and rows out of step."""

    articles: int
    passages: int
    missing: tuple[str, ...]
    orphans: tuple[str, ...]
    unsearchable: tuple[str, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, indexed: set[str]) -> "Check":
        """Compare the catalogue and its full text with the ids of the vector index."""
        live, searchable = catalogue.live_ids(), catalogue.lexical_keys()
        return cls(
            articles=catalogue.count(),
            passages=len(live),
            missing=tuple(sorted(live.keys() - indexed)),
            orphans=tuple(sorted(indexed - live.keys())),
            unsearchable=tuple(sorted(name for name, key in live.items() if key not in searchable)),
        )

    @property
    def sound(self) -> bool:
        """Whether catalogue, full-text index and vector index agree."""
        return not (self.missing or self.orphans or self.unsearchable)


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
        self._embedder, self._analyzer, self._base_glossary = embedder, analyzer, glossary
        self._index: ChromaIndex | None = None
        self._glossary: tuple[int, Glossary] = (-1, glossary)
        self._writing = threading.RLock()  # one writer at a time: a sweep would take another's staged version

    @classmethod
    def open(
        cls,
        data_dir: Path,
        *,
        embedder: Embedder,
        analyzer: Analyzer,
        glossary: Glossary,
        on_progress: OnProgress | None = None,
    ) -> "Library":
        """Open the library in ``data_dir`` as its owner, mending what a killed run left; raises Unavailable."""
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
            library._mend(on_progress)
        except BaseException:
            ownership.release()
            raise
        return library

    def close(self) -> None:
        """Give the folder back."""
        if self._index is None:
            return
        self._index.close()
        self._index = None
        self._catalogue.close()
        self._ownership.release()

    def announce(self, facts: dict[str, str]) -> None:
        """Tell other processes where this one can be reached."""
        self._ownership.announce(facts)

    # Reading

    def article(self, article_id: str) -> Article | None:
        """Return the live version of an article."""
        return self._catalogue.article(article_id)

    def articles_of(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return those of the named articles that are live, by id."""
        return self._catalogue.articles_of(ids)

    def find(self, identity: str) -> Article | None:
        """Return the live article of this identity."""
        return self._catalogue.find(identity)

    def find_content(self, content_hash: str) -> Article | None:
        """Return a live article of this content."""
        return self._catalogue.find_content(content_hash)

    def articles(self, *, limit: int | None = None, offset: int = 0) -> list[Article]:
        """Return live articles, the newest first."""
        return self._catalogue.articles(limit, offset)

    def count(self) -> int:
        """Return the number of live articles."""
        return self._catalogue.count()

    def passage(self, passage_id: str) -> Passage | None:
        """Return a live passage."""
        found = self._catalogue.live_passages(ids=[passage_id]).get(passage_id)
        return found[1] if found else None

    def splitter_of(self, article_id: str) -> str | None:
        """Return the version of the splitter that made the article's passages."""
        return self._catalogue.splitter_of(article_id)

    @property
    def generation(self) -> int:
        """The number of the newest state that questions can see."""
        return self._catalogue.generation

    @property
    def fingerprint(self) -> str:
        """What the vectors in use depend on."""
        return self._embedder.fingerprint

    @property
    def glossary(self) -> Glossary:
        """The glossary with the names that live articles introduce themselves."""
        generation = self.generation
        if self._glossary[0] != generation:
            self._glossary = (generation, self._base_glossary.with_names(self._catalogue.names()))
        return self._glossary[1]

    # Searching

    def lexical(self, terms: Sequence[str], bigrams: Sequence[str], k: int) -> list[Hit]:
        """Return at most ``k`` live passages by BM25, best first; terms may be phrases of index terms."""

        def search() -> list[Hit]:
            rows = self._catalogue.search_text(terms, bigrams, k)
            found = dict(self._catalogue.live_passages(keys=[key for key, _ in rows]).values())
            return [Hit(key, found[key], score) for key, score in rows if key in found]

        return self._settled(search)

    def dense(self, vector: Vector, k: int) -> list[Hit]:
        """Return at most ``k`` live passages by cosine, nearest first."""

        def search() -> list[Hit]:
            rows = self._require_index().query(vector, k)
            found = self._catalogue.live_passages(ids=[passage_id for passage_id, _ in rows])
            return [Hit(*found[passage_id], score) for passage_id, score in rows if passage_id in found]

        return self._settled(search)

    def _settled(self, search: Callable[[], list[Hit]]) -> list[Hit]:
        """Search again where an article changed meanwhile, so that its old or its new passages are found."""
        hits: list[Hit] = []
        for _ in range(_TRIES):
            before = self.generation
            hits = search()
            if self.generation == before:
                break
        return hits

    def encoded(self, keys: Sequence[int]) -> dict[int, Encoded]:
        """Return passages' vectors and those of their sentences, by key."""
        return self._catalogue.encoded(keys, self.fingerprint)

    def indexed_terms(self, keys: Sequence[int]) -> dict[int, IndexedTerms]:
        """Return the index terms of live passages, by key."""
        return self._catalogue.indexed_terms(keys)

    def document_counts(self, terms: Sequence[str]) -> tuple[dict[str, int], int]:
        """Return in how many live passages each term stands, and how many passages there are."""
        return self._catalogue.document_counts(terms)

    # Writing

    def publish(self, article: Article, passages: Sequence[Passage], *, splitter: str = "") -> int:
        """Make ``article`` the live version of its id; return the version's number.

        A reader sees the old version or the new one, and a kill at any moment leaves the one or the other.
        Raises Unavailable where it can't be written; then the old version stays. Raises BadInput without passages.
        """
        if not passages:
            raise BadInput(f"the article '{article.title}' has no text to answer from")
        if "\0" in article.text:  # SQL would cut the text there
            raise BadInput(f"the text of the article '{article.title}' holds NUL characters")
        encoded = self._embedder.embed_passages(article, passages)
        with self._writing:
            staged = self._catalogue.stage(article, passages, encoded, fingerprint=self.fingerprint, splitter=splitter)
            version = staged[0].version
            self._require_index().upsert([passage.id for passage in staged], _stacked(encoded))
            keys = self._catalogue.keys_of(article.id, version)
            self._catalogue.flip(
                article.id, [self._row(key, article, p) for key, p in zip(keys, staged, strict=True)], version
            )
            try:
                self._sweep()
            except Unavailable as error:
                log.warning("the replaced version is swept the next time", article=article.id, reason=str(error))
        return version

    def withdraw(self, article_id: str) -> bool:
        """Take an article out of every answer from this moment, and its bytes out of the stores; False if unknown."""
        with self._writing:
            if self._catalogue.article(article_id) is None:
                return False
            self._catalogue.flip(article_id, [], None)
            self._sweep()
            self._catalogue.purge()
            self._rebuild_index()  # Chroma keeps ids and vectors of what was removed in its files
        return True

    def _row(self, key: int, article: Article, passage: Passage) -> LexicalRow:
        terms = self._analyzer.terms
        lead = " ".join((article.title, *passage.headings))
        return LexicalRow(
            key,
            terms(article.title),
            terms(" ".join(passage.headings)),
            terms(passage.text),
            self._analyzer.bigrams(f"{lead} {passage.text}"),
        )

    def _sweep(self) -> None:
        """Remove what is not live from the index, then from the catalogue: the order that a kill can't spoil."""
        self._require_index().remove(self._catalogue.leftovers())
        self._catalogue.sweep()

    # Runs

    def record_run(self, run: Run) -> None:
        """Write a run, in place of what was known of it."""
        self._catalogue.record_run(run)

    def runs(self, limit: int = 50) -> list[Run]:
        """Return the newest runs."""
        return self._catalogue.runs(limit)

    def run(self, run_id: str) -> Run | None:
        """Return one run."""
        return self._catalogue.run(run_id)

    # Soundness

    def verify(self) -> Check:
        """Compare catalogue, full-text index and vector index."""
        return Check.of(self._catalogue, self._require_index().ids())

    def repair(self) -> None:
        """Build both indexes anew from the catalogue, embedding nothing; the old ones serve until then."""
        self._rebuild_index()
        self._rebuild_text()

    def _rebuild_text(self) -> None:
        with self._writing:
            self._catalogue.replace_text(
                [
                    self._row(key, article, passage)
                    for article in self.articles()
                    for key, passage in self._catalogue.passages_of(article.id)
                ]
            )

    def _rebuild_index(self) -> None:
        with self._writing:
            old = self._index
            self._index = self._shelf.build(self.fingerprint, self._catalogue.all_vectors(self.fingerprint))
            if old is not None:
                old.close()
            self._shelf.tidy(self._index.folder)

    def _mend(self, on_progress: OnProgress | None) -> None:
        """Bring index and catalogue into step: after a kill, a change of model, or a lost index."""
        self._index = self._shelf.current(self.fingerprint, self._catalogue.sample_vectors(self.fingerprint, SAMPLE))
        self._embed_missing(on_progress)
        if self._index is None:
            self._catalogue.sweep()
            self._rebuild_index()
        else:
            self._shelf.tidy(self._index.folder)
            self._sweep()
        if not self.verify().sound:
            log.warning("the indexes are out of step with the catalogue and are built anew")
            self.repair()

    def _embed_missing(self, on_progress: OnProgress | None) -> None:
        """Embed what has no vectors of this model yet: all of it after a change of model."""
        lacking = self._catalogue.without_vectors(self.fingerprint)
        if lacking:
            log.warning(
                "the embedding model changed: articles are embedded again",
                articles=len(lacking),
                fingerprint=self.fingerprint,
            )
        for done, article_id in enumerate(lacking, 1):
            article = self._catalogue.article(article_id)
            pairs = self._catalogue.passages_of(article_id)
            if article is not None:
                encoded = self._embedder.embed_passages(article, [passage for _, passage in pairs])
                self._catalogue.put_vectors([key for key, _ in pairs], encoded, self.fingerprint)
                if on_progress:
                    on_progress(done, len(lacking), article.title)

    def _require_index(self) -> ChromaIndex:
        if self._index is None:
            raise Unavailable("the library is not open")
        return self._index


def _stacked(encoded: Sequence[Encoded]) -> Vector:
    return np.stack([item.vector for item in encoded])
