"""The library: what is published can be read and found, what is withdrawn is gone, and the rest is mended at open."""

import resource
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import dense, lexical
from corpus.article import Article, Block, BlockKind, Passage, Span
from corpus.catalogue import Holding
from corpus.encoded import Encoded
from corpus.errors import BadInput, Unavailable
from corpus.library import Library
from corpus.records import Outcome, Run, RunItem
from corpus.schema import runs
from tests.corpus.examples import RefusingEncoder, WordEncoder, embedded, holding, make_article, passages_of
from tests.corpus.looks import encoded, look_up, of_identity

Open = Callable[..., Library]
OLD = make_article("a", "The ancient statement about drugs.", "A second paragraph about drugs.")
NEW = make_article("a", "The recent statement about drugs.", title="New title")
OTHER = make_article("b", "Another article about talent.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def stub(folder: Path, open_stub: Open) -> Library:
    return open_stub(folder)


def _publish(library: Library, *articles: Article) -> None:
    for article in articles:
        library.publish(article, passages_of(article))


def _lexical(library: Library, *terms: str) -> list[str]:
    return [passage.id for passage in holding(library, *terms).values()]


def _dense(library: Library, text: str, k: int = 50) -> list[str]:
    return [hit.passage.id for hit in look_up(library, WordEncoder().encode_query(text), k)]


def _holds(library: Library, *articles: Article) -> None:
    """The library holds these articles and no more, sound and searchable both ways."""
    passages = sum(len(article.blocks) for article in articles)
    assert {article.id: article for article in library.articles()} == {article.id: article for article in articles}
    check = library.verify()
    assert (check.sound, check.articles, check.passages) == (True, len(articles), passages)
    assert library._catalogue.leftovers() == []
    assert len(library._dense.index.ids()) == len(_dense(library, "drugs")) == passages
    assert library._catalogue.lexical_keys() == set(library._catalogue.live_ids().values())


# Reading what was written


FULL = Article(
    id="full",
    identity="wordpress:7",
    title="标题 🧬 \"quoted\" 'title'",
    text="标题 🧬\n\n第一段𠮷。\n\nCafe\u0301; DROP TABLE articles;--",
    blocks=(
        Block(BlockKind.HEADING, Span(0, 4), 2),
        Block(BlockKind.PARAGRAPH, Span(6, 11)),
        Block(BlockKind.CODE, Span(13, 41)),
    ),
    language="zh",
    url="https://example.org/full?x=1&y=2#z",
    author="A. Writer",
    published="2025-11-20T10:00:00+08:00",
    modified="2025-11-21",
    categories=("Health", "人才"),
    source="feed https://example.org/feed",
    sample=True,
    names={"CRO": "contract research organisation", "江北": "江北新区"},
)


@pytest.mark.parametrize("article", [pytest.param(FULL, id="every field"), pytest.param(OLD, id="few fields")])
def test_an_article_comes_back_field_by_field(folder: Path, open_stub: Open, article: Article) -> None:
    library = open_stub(folder)
    assert library.publish(article, passages_of(article), splitter="s1") == 1
    library.close()
    library = open_stub(folder)
    found = library.article(article.id)
    assert found is not None
    assert asdict(found) == asdict(article)
    assert found == of_identity(library, article.identity)
    assert library.holdings()[article.id] == Holding(
        article.identity, article.title, article.content_hash, article.text_hash, "s1"
    )


def test_passages_come_back_with_their_ids_filled_in(stub: Library) -> None:
    _publish(stub, FULL)
    for passage in passages_of(FULL):
        kept = replace(passage, id=f"full.1.{passage.ordinal}", version=1)
        assert stub.passage(kept.id) == kept
        assert kept.text == kept.span.of(FULL.text)


PRINTED = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(text=PRINTED.filter(str.strip), lead=PRINTED)
def test_a_passage_is_the_articles_text_whatever_it_holds(any_text: Library, text: str, lead: str) -> None:
    whole = f"{lead}{text}"
    article = make_article("any", whole, blocks=(Block(BlockKind.PARAGRAPH, Span(len(lead), len(whole))),))
    version = any_text.publish(article, passages_of(article))
    passage = any_text.passage(f"any.{version}.0")
    assert passage is not None
    assert passage.text == text
    assert any_text.article("any") == article


@pytest.fixture(scope="module")
def any_text(tmp_path_factory: pytest.TempPathFactory, analyzer: Any, glossary: Any) -> Iterator[Library]:
    from corpus.embedder import Embedder

    folder = tmp_path_factory.mktemp("any")
    library = Library.open(folder, embedder=Embedder(WordEncoder()), analyzer=analyzer, glossary=glossary)
    yield library
    library.close()


def test_vectors_come_back_by_key(stub: Library) -> None:
    _publish(stub, OLD)
    [(key, passage)] = holding(stub, "ancient").items()
    vectors = encoded(stub, [key])[key]
    np.testing.assert_allclose(vectors.parts[0], WordEncoder().encode_query(passage.text), atol=0.005)
    assert encoded(stub, [12345]) == {}


def test_what_is_unknown_is_none(stub: Library) -> None:
    unknown = (stub.article("x"), of_identity(stub, "x"), stub.passage("x"))
    assert unknown == (None,) * 3
    assert stub.ledger.run("x") is None


def test_articles_come_newest_first_and_undated_last(stub: Library) -> None:
    days = {"old": "2024-01-01", "none": None, "new": "2025-11-20T08:00:00Z", "same": "2024-01-01"}
    _publish(stub, *(make_article(name, published=day) for name, day in days.items()))
    assert [article.id for article in stub.articles()] == ["new", "old", "same", "none"]
    assert [article.id for article in stub.articles(limit=2, offset=1)] == ["old", "same"]
    assert stub.count() == 4


# Searching


def test_samples_are_told_from_own_articles(stub: Library) -> None:
    own, sample = make_article("own", "It is our own."), replace(make_article("sample", "It came along."), sample=True)
    stub.publish(own, passages_of(own))
    assert stub.holds_samples() is False
    stub.publish(sample, passages_of(sample))
    assert stub.holds_samples() is True
    stub.withdraw("sample")
    assert stub.holds_samples() is False


def test_dense_search_gives_the_nearest_first(stub: Library) -> None:
    _publish(stub, OLD, OTHER)
    question = WordEncoder().encode_query("Title of b Overview Another article about talent")
    hits = look_up(stub, question, 2)
    assert hits[0].passage.article_id == "b"
    assert hits[0].score == pytest.approx(1.0, abs=0.01)
    assert hits[0].score > hits[1].score
    assert hits[0].key in encoded(stub, [hits[0].key])


@pytest.mark.parametrize(
    ("search", "found"),
    [
        pytest.param(_lexical, ["a.1.0", "a.1.1"], id="by words: both are read in one view, as they were"),
        pytest.param(_dense, ["a.2.0"], id="by meaning: the index has lost the old one, so it is asked again"),
    ],
)
def test_an_article_replaced_during_a_search_is_found_old_or_new(
    stub: Library, monkeypatch: pytest.MonkeyPatch, search: Callable[[Library, str], list[str]], found: list[str]
) -> None:
    """Both searches look in an index first and in the catalogue then: an article may be replaced between the two."""
    _publish(stub, OLD)
    place, name = (lexical, "places") if search is _lexical else (stub._dense.index, "query")
    real, replaced = getattr(place, name), []

    def interrupted(*args: Any, **options: Any) -> Any:
        rows = real(*args, **options)
        if not replaced:
            replaced.append(True)
            _publish(stub, NEW)
        return rows

    monkeypatch.setattr(place, name, interrupted)
    assert search(stub, "drug") == found
    assert search(stub, "drug") == ["a.2.0"]


def test_a_reader_beside_a_writer_always_finds_the_article(stub: Library) -> None:
    _publish(stub, OLD)
    stop, missed, seen = threading.Event(), [], 0

    def read() -> None:
        nonlocal seen
        while not stop.is_set():
            found = [_lexical(stub, "drug"), _dense(stub, "drugs"), [a.title for a in stub.articles()]]
            missed.extend(result for result in found if not result)
            seen += 1

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(8):
        _publish(stub, NEW, OLD)
    stop.set()
    reader.join()
    assert seen > 3
    assert missed == []


def test_counts_and_lengths_are_of_live_passages(stub: Library) -> None:
    _publish(stub, OLD, OTHER)
    [key] = holding(stub, "ancient")
    with stub.view() as view:
        assert view.document_counts(["drug", "talent", "absent"]) == ({"drug": 2, "talent": 1, "absent": 0}, 3)
        assert view.table(stub.fingerprint).lengths[key] == 5


def test_the_glossary_knows_the_names_of_live_articles(stub: Library) -> None:
    _publish(stub, replace(OLD, names={"ZQX": "zebra quality exchange"}))
    assert len(stub.glossary.mentions("the ZQX")) == 1
    assert stub.glossary is stub.glossary, "made once for a generation"
    stub.withdraw("a")
    assert stub.glossary.mentions("the ZQX") == []


# Publishing


def test_the_generation_counts_what_questions_can_see(stub: Library) -> None:
    assert stub.generation == 0
    _publish(stub, OLD, NEW, OTHER)
    stub.withdraw("a")
    stub.withdraw("unknown")
    assert stub.generation == 4


def test_a_new_version_replaces_the_old_everywhere(stub: Library) -> None:
    _publish(stub, OLD, OTHER)
    assert stub.publish(NEW, passages_of(NEW)) == 2
    _holds(stub, NEW, OTHER)
    assert _lexical(stub, "ancient") == []
    assert stub.passage("a.1.0") is None
    assert _lexical(stub, "recent") == ["a.2.0"]


def test_an_article_without_passages_is_refused_and_the_old_one_stays(stub: Library) -> None:
    _publish(stub, OLD)
    with pytest.raises(BadInput, match="'New title' has no text"):
        stub.publish(NEW, [])
    _holds(stub, OLD)


def test_a_text_that_sql_would_cut_is_refused(stub: Library) -> None:
    article = make_article("a", "One\0two.")
    with pytest.raises(BadInput, match="NUL"):
        stub.publish(article, passages_of(article))
    _holds(stub)


def test_writers_at_the_same_time_do_not_sweep_each_others_work(stub: Library) -> None:
    """A sweep takes everything that is not live, so it must not run while another thread has a version staged."""
    articles = [make_article(f"t{i}", f"Text number {i} about drugs.") for i in range(4)]
    failures: list[BaseException] = []

    def work(article: Article) -> None:
        try:
            for _ in range(3):
                _publish(stub, article)
                stub.withdraw(article.id)
            _publish(stub, article)
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=work, args=(article,)) for article in articles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    _holds(stub, *articles)


def test_writers_queue_instead_of_failing_half_way(stub: Library) -> None:
    """A transaction that reads first and then writes would fail if another had written in between."""
    other = threading.Thread(target=stub.ledger.record_run, args=(Run("r1", "feed", "2025-01-01T00:00:00Z"),))
    with stub._catalogue.write() as connection:
        connection.execute(runs.select()).all()
        other.start()
        other.join(timeout=0.2)
        connection.execute(runs.delete())
    other.join()
    assert [run.id for run in stub.ledger.runs()] == ["r1"]


# Withdrawing


def test_a_withdrawn_article_is_in_no_search(stub: Library) -> None:
    _publish(stub, OLD, OTHER)
    assert stub.withdraw("a") is True
    _holds(stub, OTHER)
    assert stub.withdraw("a") is False
    assert (stub.article("a"), of_identity(stub, OLD.identity), _lexical(stub, "drug")) == (None, None, [])
    assert _dense(stub, "The ancient statement about drugs") == ["b.1.0"]


def test_a_withdrawn_article_may_come_back(stub: Library) -> None:
    _publish(stub, OLD)
    stub.withdraw("a")
    _publish(stub, NEW)
    _holds(stub, NEW)


def test_a_withdrawn_articles_bytes_are_gone(folder: Path, open_stub: Open) -> None:
    """From the files themselves, at once: what another tool could still dig out of them is not gone."""
    article = make_article(
        "gonezyx",
        "The zyxqvut is 龘靐.",
        title="On qwvutsr",
        names={"JKVWXYZ": "something"},
        author="pqvwzzz",
    )
    words = ["gonezyx", "zyxqvut", "龘靐", "qwvutsr", "jkvwxyz", "pqvwzzz"]
    library = open_stub(folder)
    _publish(library, article, *(make_article(f"n{i}", f"Neighbour {i} zyxq.") for i in range(20)))
    [passage] = holding(library, "zyxqvut").values()
    [found] = embedded(library.embedder, article, [passage])
    vectors = {"in Chroma": found.vector.tobytes(), "in the catalogue": found.vector.astype(np.float16).tobytes()}

    def held() -> list[str]:
        data = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        found = [word for word in words if word.encode() in data.lower()]
        return found + [place for place, vector in vectors.items() if vector in data]

    assert held() == [*words, *vectors]
    library.withdraw("gonezyx")
    assert held() == []
    library.close()
    assert held() == []


# Runs


def test_runs_come_back_the_newest_first(stub: Library) -> None:
    items = (
        RunItem("https://example.org/1", Outcome.ADDED, "a", "Title"),
        RunItem("https://example.org/2", Outcome.REFUSED, reason="it has no text"),
    )
    first = Run("r1", "feed", "2025-01-01T00:00:00Z")
    second = Run("r2", "folder", "2025-01-02T00:00:00Z", "2025-01-02T00:01:00Z", "it broke off", items)
    stub.ledger.record_run(first)
    stub.ledger.record_run(second)
    assert [(run.id, run.counts, run.items) for run in stub.ledger.runs()] == [
        ("r2", second.counts, ()),
        ("r1", first.counts, ()),
    ]
    assert [run.id for run in stub.ledger.runs(limit=1)] == ["r2"]
    assert stub.ledger.run("r2") == second
    finished = replace(first, finished="2025-01-01T00:01:00Z", items=items)
    stub.ledger.record_run(finished)
    assert stub.ledger.run("r1") == finished
    assert len(stub.ledger.runs()) == 2
    assert finished.to_dict()["counts"] == {
        "seen": 2,
        "added": 1,
        "changed": 0,
        "kept": 0,
        "withdrawn": 0,
        "held": 0,
        "refused": 1,
    }


# Breaking off


STEPS = [
    pytest.param("_catalogue", "stage", "before", OLD, id="before staging"),
    pytest.param("_catalogue", "stage", "after", OLD, id="after staging"),
    pytest.param("_dense.index", "upsert", "after", OLD, id="between vectors and flip"),
    pytest.param("_catalogue", "flip", "after", NEW, id="after the flip"),
    pytest.param("_dense.index", "remove", "after", NEW, id="between the two sweeps"),
]


@pytest.mark.parametrize(("part", "step", "when", "live"), STEPS)
def test_a_publish_that_breaks_off_leaves_the_old_or_the_new_and_open_mends(
    folder: Path,
    open_stub: Open,
    monkeypatch: pytest.MonkeyPatch,
    part: str,
    step: str,
    when: str,
    live: Article,
) -> None:
    library = open_stub(folder)
    _publish(library, OLD, OTHER)
    real = getattr(attrgetter(part)(library), step)

    def broken(*args: Any, **options: Any) -> Any:
        if when == "after":
            real(*args, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(attrgetter(part)(library), step, broken)
        with pytest.raises(KeyboardInterrupt):
            _publish(library, NEW)
    word, other = ("ancient", "recent") if live is OLD else ("recent", "ancient")
    assert library.article("a") == live
    assert len(_lexical(library, word)) == 1
    assert _lexical(library, other) == []
    assert len([found for found in _dense(library, "drugs") if found.startswith("a.")]) == len(live.blocks)
    library.close()
    library = open_stub(folder, RefusingEncoder())
    _holds(library, live, OTHER)


def test_the_next_publish_mends_too(stub: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(stub._dense.index, "upsert", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            _publish(stub, OLD)
    _publish(stub, OTHER)
    _holds(stub, OTHER)


def test_what_was_only_staged_is_swept_at_open(folder: Path, open_stub: Open) -> None:
    library = open_stub(folder)
    _publish(library, OTHER)
    vectors = embedded(library.embedder, OLD, passages_of(OLD))
    library._catalogue.stage([(OLD, passages_of(OLD))], [vectors], fingerprint=library.fingerprint, splitter="")
    assert (library.article("a"), of_identity(library, OLD.identity), library.count()) == (None, None, 1)
    assert len(library._catalogue.leftovers()) == 2
    library.close()
    _holds(open_stub(folder), OTHER)


def test_an_encoder_that_fails_leaves_the_old_version(stub: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    _publish(stub, OLD)
    monkeypatch.setattr(stub.embedder, "_encoder", RefusingEncoder())
    with pytest.raises(AssertionError):
        _publish(stub, NEW)
    _holds(stub, OLD)


# Verify and repair


def _lose_vector(library: Library) -> None:
    library._dense.index.remove(["a.1.0"])


def _leave_orphan(library: Library) -> None:
    library._dense.index.upsert(["ghost.1.0"], WordEncoder().encode_query("ghost")[None, :])


def _lose_text(library: Library) -> None:
    with library._catalogue.write() as connection:
        lexical.delete(connection, [library._catalogue.live_ids()["a.1.1"]])


DAMAGES = [
    pytest.param(_lose_vector, {"missing": ("a.1.0",)}, id="a vector lost"),
    pytest.param(_leave_orphan, {"orphans": ("ghost.1.0",)}, id="a vector without a passage"),
    pytest.param(_lose_text, {"unsearchable": ("a.1.1",)}, id="a passage without text"),
]


@pytest.mark.parametrize("way", ["repair", "open"])
@pytest.mark.parametrize(("damage", "found"), DAMAGES)
def test_damage_is_found_and_mended_without_embedding(
    folder: Path, open_stub: Open, damage: Callable[[Library], None], found: dict[str, Any], way: str
) -> None:
    library = open_stub(folder)
    _publish(library, OLD, OTHER)
    damage(library)
    check = library.verify()
    assert not check.sound
    clean = {"missing": (), "orphans": (), "unsearchable": ()}
    assert {name: getattr(check, name) for name in clean} == clean | found
    if way == "repair":
        library.embedder._encoder = RefusingEncoder()
        library.repair()
    else:
        library.close()
        library = open_stub(folder, RefusingEncoder())
    _holds(library, OLD, OTHER)
    assert len(_lexical(library, "drug")) == 2


def test_an_orphan_is_never_an_answer(stub: Library) -> None:
    _publish(stub, OLD)
    _leave_orphan(stub)
    assert _dense(stub, "ghost", k=1) == []


def _lose_index(index: Path) -> None:
    shutil.rmtree(index)


def _garble_index(index: Path) -> None:
    for database in index.rglob("chroma.sqlite3"):
        database.write_bytes(b"\xff" * 100_000)


def _lose_pointer(index: Path) -> None:
    (index / "current").unlink()


def _garble_pointer(index: Path) -> None:
    (index / "current").write_bytes(b"\xff\xfe ../../elsewhere")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(_lose_index, id="folder lost"),
        pytest.param(_garble_index, id="database garbled"),
        pytest.param(_lose_pointer, id="pointer lost"),
        pytest.param(_garble_pointer, id="pointer garbled"),
    ],
)
def test_a_lost_or_broken_index_is_built_anew_at_open(
    folder: Path, open_stub: Open, damage: Callable[[Path], None]
) -> None:
    library = open_stub(folder)
    _publish(library, OLD, OTHER)
    library.close()
    damage(folder / "index")
    _holds(open_stub(folder, RefusingEncoder()), OLD, OTHER)
    assert len(list((folder / "index").glob("index-*"))) == 1


# Another model


def test_another_model_embeds_everything_again_and_switches(folder: Path, open_stub: Open) -> None:
    library = open_stub(folder)
    _publish(library, OLD, OTHER)
    library.close()
    [before] = (folder / "index").glob("index-*")
    other = WordEncoder("other")
    library = open_stub(folder, other)
    assert other.encoded == 3
    [after] = (folder / "index").glob("index-*")
    assert after != before
    assert library.verify().sound
    question = other.encode_query("Title of b Overview Another article about talent")
    best = look_up(library, question, 1)
    assert [hit.passage.id for hit in best] == ["b.1.0"]
    assert encoded(library, [best[0].key]).keys() == {best[0].key}


def test_a_change_of_model_that_breaks_off_leaves_the_old_one_usable(
    folder: Path, open_stub: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "_TOGETHER", 1)

    class Breaking(WordEncoder):
        def encode_passages(self, texts: Any, spans: Any) -> list[Encoded]:
            if self.encoded:
                raise KeyboardInterrupt
            return super().encode_passages(texts, spans)

    library = open_stub(folder)
    _publish(library, OLD, OTHER)
    library.close()
    with pytest.raises(KeyboardInterrupt):
        open_stub(folder, Breaking("other"))
    library = open_stub(folder, RefusingEncoder())
    _holds(library, OLD, OTHER)
    library.close()
    other = WordEncoder("other")
    assert open_stub(folder, other).verify().sound
    assert other.encoded < 3, "what was embedded before it broke off is kept"


# A full disk


@contextmanager
def _full_disk() -> Iterator[None]:
    """Let no file grow beyond a page, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("part", "step", "live"),
    [
        pytest.param("_catalogue", "stage", OLD, id="staging"),
        pytest.param("_dense.index", "upsert", OLD, id="vectors"),
        pytest.param("_catalogue", "flip", OLD, id="flip"),
        pytest.param("_catalogue", "sweep", NEW, id="sweep"),
    ],
)
def test_on_a_full_disk_the_old_or_the_new_version_answers(
    folder: Path, open_stub: Open, monkeypatch: pytest.MonkeyPatch, part: str, step: str, live: Article
) -> None:
    library = open_stub(folder)
    _publish(library, OLD, OTHER)
    real = getattr(attrgetter(part)(library), step)

    def full(*args: Any, **options: Any) -> Any:
        with _full_disk():
            return real(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(attrgetter(part)(library), step, full)
        if live is OLD:
            with pytest.raises(Unavailable) as caught:
                _publish(library, NEW)
            assert "\n" not in str(caught.value)
        else:
            _publish(library, NEW)
    assert library.article("a") == live
    assert len(_lexical(library, "drug")) == len(live.blocks)
    assert len([found for found in _dense(library, "drugs") if found.startswith("a.")]) == len(live.blocks)
    library.close()
    library = open_stub(folder)
    _holds(library, live, OTHER)
    _publish(library, NEW)
    _holds(library, NEW, OTHER)


# The folder


def test_a_folder_is_made_where_there_is_none(tmp_path: Path, open_stub: Open) -> None:
    assert open_stub(tmp_path / "deep" / "er").count() == 0


def _is_a_file(folder: Path) -> None:
    folder.write_text("a file", encoding="utf-8")


def _garbled_catalogue(folder: Path) -> None:
    folder.mkdir()
    (folder / "catalogue.sqlite").write_bytes(b"no database" * 1000)


def _newer_catalogue(folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        pytest.param(_is_a_file, "can't be used", id="a file"),
        pytest.param(_garbled_catalogue, "can't be opened: file is not a database", id="a garbled catalogue"),
        pytest.param(_newer_catalogue, "newer version", id="a catalogue of a newer version"),
    ],
)
def test_a_folder_that_can_not_be_used_is_refused_in_one_line(
    folder: Path, open_stub: Open, prepare: Callable[[Path], None], reason: str
) -> None:
    prepare(folder)
    for _ in range(2):  # a refused open leaves no lock behind
        with pytest.raises(Unavailable, match=reason) as caught:
            open_stub(folder)
        assert str(folder) in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_closed_library_says_so(stub: Library) -> None:
    stub.close()
    stub.close()
    with pytest.raises(Unavailable, match="not open"):
        _publish(stub, OLD)


def test_with_the_real_model_a_question_finds_its_passage(library: Library) -> None:
    def published(article: Article) -> list[Passage]:
        passages = passages_of(article)
        library.publish(article, passages)
        return passages

    published(make_article("lab", "The laboratory tests new medicines against cancer.", title="Medicine"))
    published(make_article("sport", "The football club won the cup.", title="Sport"))
    hits = look_up(library, library.embedder.embed_query("Who develops drugs for tumours?"), 2)
    assert [hit.passage.article_id for hit in hits] == ["lab", "sport"]


# The bytes of what was withdrawn


def _bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_withdrawal_that_breaks_off_is_brought_to_its_end(
    folder: Path, open_stub: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_stub(folder)
    _publish(library, OLD, OTHER)
    with monkeypatch.context() as patch:
        patch.setattr(library._catalogue, "purge", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            library.withdraw("a")
    library.close()
    library = open_stub(folder)
    _holds(library, OTHER)
    assert not library._catalogue.purge_due
    library.close()
    assert b"ancient statement" not in _bytes_of(folder)


def test_a_reader_that_holds_on_to_old_pages_has_them_cleared_at_the_next_start(folder: Path, open_stub: Open) -> None:
    library = open_stub(folder)
    _publish(library, OLD, OTHER)
    with library._catalogue.read() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM versions").scalar()
        assert library.withdraw("a")
        assert library._catalogue.purge_due
    library.close()
    library = open_stub(folder)
    assert not library._catalogue.purge_due
    library.close()
    assert b"ancient statement" not in _bytes_of(folder)


def test_articles_may_change_places(stub: Library) -> None:
    _publish(stub, OLD, OTHER)
    swapped = [replace(OLD, identity=OTHER.identity), replace(OTHER, identity=OLD.identity)]
    stub.publish_all([(article, passages_of(article)) for article in swapped])
    assert [of_identity(stub, article.identity) for article in swapped] == swapped


def test_an_address_changes_with_the_version_and_not_before(stub: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    _publish(stub, OLD)
    moved = replace(NEW, identity="https://example.org/elsewhere")
    with monkeypatch.context() as patch:
        patch.setattr(stub._dense.index, "upsert", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            _publish(stub, moved)
    assert (of_identity(stub, OLD.identity), of_identity(stub, moved.identity)) == (OLD, None)


@pytest.mark.parametrize("name", ["what?", "a#b", "100%", "空 格"])
def test_a_folder_may_have_any_name(tmp_path: Path, open_stub: Open, name: str) -> None:
    library = open_stub(tmp_path / name)
    _publish(library, OLD)
    _holds(library, OLD)
    assert (tmp_path / name / "catalogue.sqlite").is_file()
