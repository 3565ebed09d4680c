"""The vector index, and the shelf that its folders stand on."""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.encoded import Vector
from corpus.errors import Unavailable
from corpus.vectors import ChromaIndex, IndexShelf

WIDTH = 16


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ChromaIndex]:
    chroma = ChromaIndex(tmp_path / "chroma", "f1")
    yield chroma
    chroma.close()


def _vectors(count: int, seed: int = 0) -> Vector:
    vectors = np.random.default_rng(seed).normal(size=(count, WIDTH))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _names(count: int) -> list[str]:
    return [f"a{i}.1.0" for i in range(count)]


class TestIndex:
    """What the library relies on."""

    def test_an_empty_index_finds_nothing(self, index: ChromaIndex) -> None:
        assert index.ids() == set()
        assert index.query(_vectors(1)[0], 5) == []

    def test_the_nearest_come_first_with_their_cosine(self, index: ChromaIndex) -> None:
        vectors = _vectors(40)
        index.upsert(_names(40), vectors)
        question = _vectors(1, seed=7)[0]
        cosines = vectors @ question
        best = np.argsort(-cosines)[:10]
        found = index.query(question, 10)
        assert [passage_id for passage_id, _ in found] == [f"a{i}.1.0" for i in best]
        np.testing.assert_allclose([score for _, score in found], cosines[best], atol=1e-5)

    def test_more_asked_than_held_gives_all(self, index: ChromaIndex) -> None:
        index.upsert(_names(3), _vectors(3))
        assert {passage_id for passage_id, _ in index.query(_vectors(1)[0], 50)} == set(_names(3))

    def test_upsert_replaces(self, index: ChromaIndex) -> None:
        old, new = _vectors(2)
        index.upsert(["x"], old[None, :])
        index.upsert(["x"], new[None, :])
        [(passage_id, score)] = index.query(new, 5)
        assert passage_id == "x"
        assert score == pytest.approx(1.0, abs=1e-5)

    def test_remove(self, index: ChromaIndex) -> None:
        vectors = _vectors(3)
        index.upsert(_names(3), vectors)
        index.remove(["a1.1.0", "unknown"])
        assert index.ids() == {"a0.1.0", "a2.1.0"}
        assert "a1.1.0" not in {passage_id for passage_id, _ in index.query(vectors[1], 5)}

    def test_remove_of_nothing_or_unknown_is_fine(self, index: ChromaIndex) -> None:
        index.upsert(_names(2), _vectors(2))
        index.remove([])
        index.remove(["unknown"])
        assert index.ids() == set(_names(2))

    def test_nothing_may_be_added(self, index: ChromaIndex) -> None:
        index.upsert([], np.empty((0, WIDTH), np.float32))
        assert index.ids() == set()

    def test_what_was_removed_may_come_back(self, index: ChromaIndex) -> None:
        vectors = _vectors(1)
        for _ in range(3):
            index.upsert(["x"], vectors)
            index.remove(["x"])
        index.upsert(["x"], vectors)
        assert index.query(vectors[0], 1)[0][0] == "x"

    def test_more_than_one_batch(self, index: ChromaIndex) -> None:
        """Chroma takes at most 5461 at once."""
        vectors = _vectors(6000)
        index.upsert(_names(6000), vectors)
        assert len(index.ids()) == 6000
        assert index.query(vectors[5999], 1)[0][0] == "a5999.1.0"
        index.remove(_names(5999))
        assert index.ids() == {"a5999.1.0"}


@pytest.fixture
def shelf(tmp_path: Path) -> IndexShelf:
    return IndexShelf(tmp_path / "index")


@pytest.fixture
def held(shelf: IndexShelf, tmp_path: Path) -> Callable[[str], set[str] | None]:
    """What the index in use holds, as another start would see it."""

    def look(fingerprint: str) -> set[str] | None:
        index = shelf.current(fingerprint)
        if index is None:
            return None
        ids = index.ids()
        index.close()
        return ids

    return look


Look = Callable[[str], set[str] | None]


def _build(shelf: IndexShelf, count: int = 30, fingerprint: str = "f1", seed: int = 0) -> Path:
    index = shelf.build(fingerprint, [(_names(count), _vectors(count, seed))])
    index.close()
    return index.folder


def test_an_empty_shelf_has_no_index(held: Look) -> None:
    assert held("f1") is None


def test_a_built_index_is_the_one_in_use(shelf: IndexShelf, held: Look) -> None:
    _build(shelf)
    assert held("f1") == set(_names(30))


def test_an_index_of_no_passages_may_be_built(shelf: IndexShelf, held: Look) -> None:
    shelf.build("f1", []).close()
    assert held("f1") == set()


def test_an_index_of_another_model_is_not_used(shelf: IndexShelf, held: Look) -> None:
    _build(shelf)
    assert held("f2") is None
    assert held("f1") == set(_names(30)), "looking at it with another model leaves it as it was"


def test_a_new_index_is_switched_in(shelf: IndexShelf, held: Look) -> None:
    _build(shelf)
    _build(shelf, 5, "f2")
    assert held("f2") == set(_names(5))
    assert held("f1") is None


def test_a_build_that_breaks_off_leaves_the_old_index_in_use(shelf: IndexShelf, held: Look, tmp_path: Path) -> None:
    kept = _build(shelf)

    def breaking() -> Iterator[tuple[list[str], Vector]]:
        yield ["new"], _vectors(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shelf.build("f2", breaking())
    assert held("f1") == set(_names(30))
    shelf.tidy(kept)
    assert [path.name for path in (tmp_path / "index").glob("index-*")] == [kept.name]


def test_a_build_that_loses_passages_is_not_switched_in(shelf: IndexShelf, held: Look) -> None:
    _build(shelf)
    twice = [(["x"], _vectors(1)), (["x"], _vectors(1))]
    with pytest.raises(Unavailable, match="holds 1 passages instead of 2"):
        shelf.build("f1", twice)
    assert held("f1") == set(_names(30))


def test_a_build_that_fails_leaves_no_folder(shelf: IndexShelf, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        shelf.build("f1", [(["x"], _vectors(1)), (["x"], _vectors(1))])
    assert not list((tmp_path / "index").glob("index-*"))


def test_many_passages_of_the_same_words_do_not_spoil_an_index(shelf: IndexShelf, held: Look) -> None:
    """They cut the graph apart, so that a search may miss the rest; the index holds every vector all the same."""
    vectors = np.concatenate([_vectors(9), np.repeat(_vectors(1, seed=5), 1200, axis=0)])
    names = _names(len(vectors))
    shelf.build("f1", [(names, vectors)]).close()
    sample = list(zip(names, vectors, strict=True))[:20]
    index = shelf.current("f1", sample)
    assert index is not None
    index.close()
    assert held("f1") == set(names)


def test_tidy_keeps_the_index_in_use_alone(shelf: IndexShelf, tmp_path: Path, held: Look) -> None:
    _build(shelf)
    kept = _build(shelf, 5)
    (tmp_path / "index" / "index-left-over").mkdir()
    shelf.tidy(kept)
    assert [path.name for path in (tmp_path / "index").glob("index-*")] == [kept.name]
    assert held("f1") == set(_names(5))


def _lose_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def _lose_segment(folder: Path) -> None:
    for segment in folder.glob("*/"):
        shutil.rmtree(segment)


def _garble_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"not a database" * 1000)


def _cut_database(folder: Path) -> None:
    database = folder / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[:5000])


def _empty_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"")


def _garble_header(folder: Path) -> None:
    for file in folder.rglob("header.bin"):
        file.write_bytes(b"\xff" * file.stat().st_size)


def _point_to_nothing(folder: Path) -> None:
    (folder.parent / "current").write_text("index-00000000", encoding="ascii")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(_lose_folder, id="folder lost"),
        pytest.param(_lose_segment, id="segment lost"),
        pytest.param(_garble_database, id="database garbled"),
        pytest.param(_cut_database, id="database cut"),
        pytest.param(_empty_database, id="database empty"),
        pytest.param(_garble_header, id="segment garbled"),
        pytest.param(_point_to_nothing, id="pointer to a missing folder"),
    ],
)
def test_a_broken_index_is_not_used(shelf: IndexShelf, held: Look, damage: Callable[[Path], None]) -> None:
    """Large enough that Chroma has written its segment's files."""
    vectors = _vectors(1500)
    folder = _build(shelf, 1500)
    damage(folder)
    assert shelf.current("f1", [(name, vectors[i]) for i, name in enumerate(_names(20))]) is None
    _build(shelf)
    assert held("f1") == set(_names(30))


def test_an_index_that_is_not_sound_is_closed(shelf: IndexShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    _build(shelf)
    closed: list[Path] = []
    monkeypatch.setattr(ChromaIndex, "close", lambda index: closed.append(index.folder))
    assert shelf.current("f1", [("unknown", _vectors(1)[0])]) is None
    assert len(closed) == 1


def test_an_index_that_killed_its_process_is_not_opened_again(shelf: IndexShelf, held: Look, tmp_path: Path) -> None:
    _build(shelf)
    (tmp_path / "index" / "opening").touch()
    assert held("f1") is None
    _build(shelf, 5)
    assert held("f1") == set(_names(5))


def test_an_index_whose_process_was_killed_while_it_changed_is_not_used(shelf: IndexShelf, held: Look) -> None:
    index = shelf.build("f1", [(_names(5), _vectors(5))])
    index.close()
    process = multiprocessing.get_context("spawn").Process(target=_killed_while_it_removes, args=(index.folder,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert held("f1") is None
    _build(shelf, 5)
    assert held("f1") == set(_names(5))


def _killed_while_it_removes(folder: Path) -> None:
    index = ChromaIndex(folder, "f1")
    index._collection.delete = lambda **_: os.kill(os.getpid(), signal.SIGKILL)
    index.remove(_names(1))


def test_an_index_that_failed_to_change_is_not_used(shelf: IndexShelf, held: Look) -> None:
    index = shelf.build("f1", [(_names(5), _vectors(5))])
    with pytest.raises(Exception, match="dimension"):
        index.upsert(_names(1), np.ones((1, WIDTH + 1), dtype=np.float32))
    index.remove(_names(1))
    index.close()
    assert held("f1") is None
