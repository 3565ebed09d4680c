"""A changed embedding model: the old one serves, whole and sound, until the new one is ready."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import dense
from corpus.article import Span
from corpus.embedder import Embedder
from corpus.encoded import Encoded, Vector
from corpus.errors import Unavailable
from corpus.filters import EVERYTHING, Filter
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from corpus.records import Progress
from tests.corpus.examples import WordEncoder, make_article, passages_of
from tests.corpus.looks import encoded, look_up


class SizedEncoder(WordEncoder):
    """Words have directions in a space of its own size; remembers what it was given to embed."""

    def __init__(self, name: str, width: int) -> None:
        super().__init__(name)
        self.width = width
        self.texts: list[str] = []
        self.fails_after: int | None = None
        self.meanwhile: Callable[[], None] | None = None

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        if self.fails_after is not None and len(self.texts) >= self.fails_after:
            raise Unavailable("the model broke")
        if self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        self.texts += texts
        return [
            Encoded(self._vector(text), self._vectors([span.of(text) for span in parts]))
            for text, parts in zip(texts, spans, strict=True)
        ]

    def _vectors(self, texts: Sequence[str]) -> Vector:
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, self.width)

    def _vector(self, text: str) -> Vector:
        words = super()._vector(text)
        return np.asarray(np.resize(words, self.width) / np.linalg.norm(np.resize(words, self.width)), np.float32)


OLD, NEW = "old-model", "new-model"
WIDTHS = {OLD: 32, NEW: 48}
ARTICLES = [
    make_article("a", "The ancient statement about drugs.", "A second paragraph about patents."),
    make_article("b", "Another article about talent."),
    make_article("c", "A third article, about rivers.", author="Okafor"),
]


def encoder(name: str) -> SizedEncoder:
    return SizedEncoder(name, WIDTHS[name])


class World:
    """One data folder, and libraries opened in it one after the other."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        self._folder, self._analyzer = folder, analyzer
        self.library: Library | None = None
        self.loaded: list[str] = []

    def open(self, wanted: SizedEncoder, *, former: bool | Callable[[str], Embedder | None] = True) -> Library:
        """Open the folder; ``former`` tells whether the model of before can be loaded."""
        self.close()

        def load(name: str) -> Embedder | None:
            self.loaded.append(name)
            return Embedder(encoder(name)) if former is True else None

        loader = former if callable(former) else load
        self.library = Library.open(
            self._folder,
            embedder=Embedder(wanted),
            analyzer=self._analyzer,
            glossary=Glossary((), self._analyzer),
            former=loader,
        )
        return self.library

    def close(self) -> None:
        if self.library is not None:
            self.library.close()
            self.library = None


@pytest.fixture
def world(tmp_path: Path, analyzer: Analyzer) -> Iterator[World]:
    """A folder with articles of the old model."""
    world = World(tmp_path / "data", analyzer)
    publish(world.open(encoder(OLD)), *ARTICLES)
    yield world
    world.close()


def publish(library: Library, *articles: Any) -> None:
    library.publish_all([(article, passages_of(article)) for article in articles])


def nearest(library: Library, text: str, where: Filter = EVERYTHING) -> list[str]:
    """The ids of the articles nearest to a text, as the model in use sees it."""
    embedder = library.embedder
    vector = embedder.embed_query(text)
    return [
        hit.passage.article_id for hit in look_up(library, vector, 3, fingerprint=embedder.fingerprint, where=where)
    ]


def model(library: Library) -> str:
    return library.fingerprint.partition("@")[0]


DRUGS = "Title of a Overview The ancient statement about drugs."


def holds(library: Library, name: str, *ids: str) -> None:
    """The library serves these articles with the vectors of this model, and no others are kept."""
    assert model(library) == library.embedder.model_name == name
    assert library.verify().sound
    assert {article.id for article in library.articles()} == set(ids)
    assert nearest(library, DRUGS)[0] == "a"
    keys = [key for article in library.articles() for key, _ in library._catalogue.passages_of(article.id)]
    vectors = encoded(library, keys)
    assert {found.vector.shape for found in vectors.values()} == {(WIDTHS[name],)}
    assert len(vectors) == len(keys) == library.verify().passages


def test_the_old_model_serves_until_the_new_one_is_ready(world: World) -> None:
    new = encoder(NEW)
    library = world.open(new)
    assert world.loaded == [OLD]
    assert library.outdated
    holds(library, OLD, "a", "b", "c")
    assert new.texts == []
    generation = library.generation
    told: list[Progress] = []
    library.renew(told.append)
    assert [(step.done, step.total) for step in told] == [(3, 3)]
    assert not library.outdated
    holds(library, NEW, "a", "b", "c")
    assert library.generation == generation + 1
    assert encoded(library, [1], f"{OLD}@1+titled-1") == {}
    library.renew(told.append)
    assert (len(told), library.generation) == (1, generation + 1)
    reopened = world.open(encoder(NEW))
    assert (world.loaded, reopened.outdated) == ([OLD], False)
    holds(reopened, NEW, "a", "b", "c")


def test_a_vector_of_the_other_model_finds_nothing(world: World) -> None:
    library = world.open(encoder(NEW))
    before = library.embedder
    vector = before.embed_query(DRUGS)
    library.renew()
    assert look_up(library, vector, 3, fingerprint=before.fingerprint) == []
    assert look_up(library, vector, 3, fingerprint=before.fingerprint, where=Filter(authors=("Okafor",))) == []


@pytest.mark.parametrize("author", [None, "Okafor"], ids=["all", "filtered"])
def test_what_comes_and_goes_meanwhile_is_found_before_and_after(world: World, author: str | None) -> None:
    library = world.open(encoder(NEW))
    fresh = make_article("d", "A fresh article about ferries.", author="Okafor")
    publish(library, fresh, make_article("b", "Another article about talent, edited."))
    library.withdraw("c")
    where = Filter(authors=(author,)) if author else EVERYTHING
    query = "Title of d Overview A fresh article about ferries."
    assert nearest(library, query, where)[0] == "d"
    holds(library, OLD, "a", "b", "d")
    library.renew()
    assert nearest(library, query, where)[0] == "d"
    holds(library, NEW, "a", "b", "d")


def test_what_is_published_while_the_others_are_embedded_is_there_after_the_switch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "_TOGETHER", 1)
    library = world.open(encoder(NEW))

    def meanwhile(progress: Progress) -> None:
        if progress.done == 1:
            publish(library, make_article("d", "A fresh article about ferries."))
            publish(library, make_article("a", "The ancient statement about drugs.", "Edited."))
            library.withdraw("b")

    library.renew(meanwhile)
    holds(library, NEW, "a", "c", "d")


def test_what_is_withdrawn_or_edited_while_it_is_embedded_does_not_end_the_renewal(world: World) -> None:
    new = encoder(NEW)
    library = world.open(new)

    def meanwhile() -> None:
        publish(library, make_article("a", "The ancient statement about drugs.", "Edited."))
        library.withdraw("b")
        library._catalogue.sweep()

    new.meanwhile = meanwhile
    library.renew()
    holds(library, NEW, "a", "c")


@pytest.mark.parametrize("way", ["fails", "is broken off"])
def test_a_renewal_that_does_not_end_leaves_the_old_serving_and_goes_on_where_it_stopped(
    world: World, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(dense, "_TOGETHER", 1)

    class BrokenOff(Exception):
        pass

    def stop(progress: Progress) -> None:
        if way == "is broken off":
            raise BrokenOff

    first = encoder(NEW)
    first.fails_after = 1 if way == "fails" else None
    library = world.open(first)
    with pytest.raises(Unavailable if way == "fails" else BrokenOff):
        library.renew(stop)
    assert library.outdated
    holds(library, OLD, "a", "b", "c")
    publish(library, make_article("d", "Published with the old model."))
    second = encoder(NEW)
    library = world.open(second)
    assert library.outdated
    holds(library, OLD, "a", "b", "c", "d")
    library.renew()
    holds(library, NEW, "a", "b", "c", "d")
    embedded = [*first.texts, *second.texts]
    assert len(embedded) == len(set(embedded)) == 5, "no text is embedded twice"


@pytest.mark.parametrize("step", ["build", "put_fact"], ids=["while the index is built", "after the switch"])
def test_a_kill_in_the_middle_of_the_switch(world: World, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    library = world.open(encoder(NEW))

    def killed(*args: Any, **options: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(library._dense._shelf if step == "build" else library._catalogue, step, killed)
        with pytest.raises(KeyboardInterrupt):
            library.renew()
    second = encoder(NEW)
    library = world.open(second)
    library.renew()
    assert second.texts == []
    holds(library, NEW, "a", "b", "c")


def test_a_model_that_can_not_be_loaded_any_more_is_replaced_first(world: World) -> None:
    new = encoder(NEW)
    library = world.open(new, former=False)
    assert not library.outdated
    assert len(new.texts) == 4
    holds(library, NEW, "a", "b", "c")


def test_a_model_that_is_another_under_the_same_name_is_replaced_first(world: World) -> None:
    """A new version of a model can't serve the vectors of the old one."""
    library = world.open(encoder(NEW), former=lambda name: Embedder(SizedEncoder("old-model-2", 40)))
    assert not library.outdated
    holds(library, NEW, "a", "b", "c")


def test_the_model_of_before_may_come_back_before_the_renewal(world: World) -> None:
    world.open(encoder(NEW))
    old = encoder(OLD)
    library = world.open(old)
    assert (library.outdated, old.texts) == (False, [])
    holds(library, OLD, "a", "b", "c")


def test_an_empty_library_just_takes_the_new_model(tmp_path: Path, analyzer: Analyzer) -> None:
    world = World(tmp_path / "empty", analyzer)
    world.open(encoder(OLD))
    library = world.open(encoder(NEW))
    assert (library.outdated, model(library)) == (False, NEW)
    publish(library, *ARTICLES)
    holds(library, NEW, "a", "b", "c")
    world.close()


class Asking:
    """Asks a library without end, from a thread of its own, and writes down what was wrong with the answers."""

    def __init__(self, library: Library, where: Filter) -> None:
        self._library, self._where, self._stop = library, where, threading.Event()
        self.failures: list[str] = []
        self.answered = Counter[str]()
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._stop.is_set() and not self.failures:
            embedder = self._library.embedder
            try:
                found = self._found(embedder)
            except Exception as error:  # noqa: BLE001  whatever it is, the test is to show it
                found = {"error": repr(error)}
            if embedder is self._library.embedder:  # else another came into use meanwhile: whoever asks asks again
                right = {"article": "a", "near": True, "shapes": {(WIDTHS[embedder.model_name],)}}
                self.failures += [] if found == right else [f"{embedder.model_name}: {found}"]
                self.answered[embedder.model_name] += 1

    def _found(self, embedder: Embedder) -> dict[str, Any]:
        vector, fingerprint = embedder.embed_query(DRUGS), embedder.fingerprint
        hits = look_up(self._library, vector, 2, fingerprint=fingerprint, where=self._where)
        vectors = encoded(self._library, [hit.key for hit in hits], fingerprint).values()
        first = hits[0] if hits else None
        return {
            "article": first and first.passage.article_id,
            "near": first is not None and first.score > 0.9,
            "shapes": {item.vector.shape for item in vectors},
        }


def test_questions_during_a_switch_neither_fail_nor_mix_vectors(world: World) -> None:
    """The models have vectors of different lengths, so to mix them is an error and not just a bad answer."""
    library = world.open(encoder(NEW))
    asking = [Asking(library, where) for where in (EVERYTHING, EVERYTHING, Filter(languages=("en",)))]
    try:
        for name in (OLD, NEW, OLD, NEW):  # there and back, in one process
            library._dense._wanted = Embedder(encoder(name)) if name != model(library) else library.embedder
            library.renew()
            publish(library, make_article("d", f"An article of the time of {name}."))
            before = [each.answered[name] for each in asking]
            _wait(lambda: all(a.failures or a.answered[name] > b for a, b in zip(asking, before, strict=True)))  # noqa: B023
    finally:
        for each in asking:
            each.end()
    assert [each.failures for each in asking] == [[], [], []]
    holds(library, NEW, "a", "b", "c", "d")


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.005)
