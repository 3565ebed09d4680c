"""A backup is one whole file made at any moment; a restore brings back just that, or nothing and says why."""

import errno
import hashlib
import json
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.backup import MANIFEST, back_up
from corpus.database import CATALOGUE
from corpus.errors import BadInput, InsightError, Unavailable
from corpus.library import Library
from corpus.ownership import Ownership
from corpus.restore import restore
from tests.corpus.examples import RefusingEncoder, holding, make_article, passages_of

ROOT = Path(__file__).parents[2]
Open = Callable[..., Library]
ARTICLES = [
    make_article("a", "The mill has twelve wheels.", "It grinds rye."),
    make_article("b", "实验室研究海水淡化。", title="青岚实验室"),
    make_article("c", "The ferry sails at noon."),
]


def publish(library: Library, *articles: Article) -> None:
    for article in articles:
        library.publish(article, passages_of(article), splitter="s1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def library(folder: Path, open_stub: Open) -> Library:
    library = open_stub(folder)
    publish(library, *ARTICLES)
    return library


@pytest.fixture
def saved(library: Library, folder: Path, tmp_path: Path) -> Path:
    """A backup of three articles."""
    back_up(folder, tmp_path / "saved.zip")
    return tmp_path / "saved.zip"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def members_of(saved: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bytes_of(saved: Path, name: str) -> bytes:
    return members_of(saved)[name]


# Making one


def test_a_backup_beside_its_owner_is_restored_without_embedding(
    library: Library, folder: Path, tmp_path: Path, open_stub: Open
) -> None:
    made = back_up(folder, tmp_path / "saved.zip")
    assert restore(tmp_path / "saved.zip", tmp_path / "new") == made
    restored = open_stub(tmp_path / "new", RefusingEncoder())
    assert restored.articles() == library.articles()
    assert restored.verify() == library.verify()
    assert restored.verify().sound
    assert restored.generation == library.generation
    assert [passage.text for passage in holding(restored, "wheel").values()] == ["The mill has twelve wheels."]


@pytest.mark.parametrize("name", ["what?", "50%20off", "a#b"])
def test_a_folder_may_be_called_anything(library: Library, folder: Path, tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    place.mkdir()
    assert back_up(folder, place / "saved.zip").articles == len(library.articles())
    assert names_in(place) == ["saved.zip"]


def test_the_manifest_tells_what_is_inside(library: Library, folder: Path, saved: Path) -> None:
    told = json.loads(bytes_of(saved, MANIFEST))
    body = bytes_of(saved, CATALOGUE)
    assert told.pop("created") > "2020"
    assert told.pop("version")
    assert told.pop("schema") >= "0001"
    assert told == {
        "format": 1,
        "articles": 3,
        "passages": 4,
        "generation": library.generation,
        "embedder": "words",
        "fingerprint": library.fingerprint,
        "members": {CATALOGUE: {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}},
    }


def test_common_tools_read_it(saved: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(saved), str(tmp_path / "out")], check=True)
    with closing(sqlite3.connect(f"file:{tmp_path / 'out' / CATALOGUE}?mode=ro", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM versions").fetchone() == (3,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_only_this_user_may_read_it_and_nothing_is_left_beside_it(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert names_in(saved.parent) == ["data", "saved.zip"]


def test_withdrawn_and_half_published_articles_are_not_in_it(
    library: Library, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(library, make_article("gone", "The zyxqvut is secret.", title="On qwvutsr"))
    monkeypatch.setattr(library, "_sweep", lambda: None)
    monkeypatch.setattr(library._catalogue, "purge", lambda: None)
    library.withdraw("gone")
    monkeypatch.setattr(library._catalogue, "flip", lambda *_: None)
    publish(library, make_article("half", "The jkvwxyz is not out."))
    present = (folder / CATALOGUE).read_bytes() + (folder / f"{CATALOGUE}-wal").read_bytes()
    made = back_up(folder, tmp_path / "saved.zip")
    body = bytes_of(tmp_path / "saved.zip", CATALOGUE)
    for word in (b"zyxqvut", b"qwvutsr", b"jkvwxyz"):
        assert word in present.lower()
        assert word not in body.lower()
    assert made.articles == 3


def test_a_backup_made_while_articles_change_is_of_one_moment(
    library: Library, folder: Path, tmp_path: Path, open_stub: Open
) -> None:
    """Each round gives a its number and then b; so b is never ahead of a, and never more than one behind."""
    stop = threading.Event()

    def write(number: int) -> None:
        for name in "ab":
            publish(library, make_article(name, *(f"Round {number} of part {part}." for part in range(5))))

    def go_on() -> None:
        for number in range(1, 10_000):
            write(number)
            if stop.is_set():
                return

    write(0)
    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        for turn in range(6):
            time.sleep(0.05)
            back_up(folder, tmp_path / f"{turn}.zip")
            restore(tmp_path / f"{turn}.zip", tmp_path / f"new{turn}")
    finally:
        stop.set()
        writer.join()
    rounds = []
    for turn in range(6):
        restored = open_stub(tmp_path / f"new{turn}", RefusingEncoder())
        assert restored.verify().sound
        texts = {article.id: article.text.split("\n\n") for article in restored.articles()}
        numbers = {name: {int(line.split()[1]) for line in texts[name]} for name in "ab"}
        assert all(len(found) == 1 for found in numbers.values()), "a mixture of two versions"
        rounds.append((min(numbers["a"]), min(numbers["b"])))
    assert all(b in (a, a - 1) for a, b in rounds)
    assert rounds[0] < rounds[-1], "nothing was written meanwhile"


@pytest.mark.parametrize(
    ("prepare", "target", "says"),
    [
        pytest.param(lambda at: at.write_text("mine"), "b.zip", "exists already", id="exists"),
        pytest.param(lambda at: at.symlink_to("nowhere"), "b.zip", "exists already", id="a dangling link"),
        pytest.param(lambda at: at.mkdir(), "b.zip", "is a folder", id="a folder"),
        pytest.param(None, "none/b.zip", "there is no folder", id="no such folder"),
        pytest.param(None, "data/b.zip", "lies in the data folder", id="in the data folder"),
    ],
)
def test_a_target_that_will_not_do(
    saved: Path, folder: Path, tmp_path: Path, prepare: Callable[[Path], Any] | None, target: str, says: str
) -> None:
    if prepare:
        prepare(tmp_path / target)
    before = names_in(tmp_path)
    with pytest.raises(BadInput, match=says) as caught:
        back_up(folder, tmp_path / target)
    assert "\n" not in str(caught.value)
    assert names_in(tmp_path) == before


def test_force_replaces_a_file(saved: Path, library: Library, folder: Path) -> None:
    publish(library, make_article("d"))
    assert back_up(folder, saved, force=True).articles == 4
    assert json.loads(bytes_of(saved, MANIFEST))["articles"] == 4


def test_not_even_by_force_is_a_device_or_a_pipe_replaced(library: Library, folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput, match="is no plain file and is not replaced"):
        back_up(folder, tmp_path / "pipe", force=True)
    assert (tmp_path / "pipe").is_fifo()


def test_a_folder_without_a_library_is_not_backed_up(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no library to back up"):
        back_up(tmp_path / "none", tmp_path / "b.zip")
    assert names_in(tmp_path) == []


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size`` bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_without_room_for_the_copy_leaves_nothing_behind(library: Library, folder: Path, tmp_path: Path) -> None:
    with largest_file(4096), pytest.raises(Unavailable, match="can't be made") as caught:
        back_up(folder, tmp_path / "b.zip")
    assert "\n" not in str(caught.value)
    assert names_in(tmp_path) == ["data"]


def test_a_disk_that_fills_up_at_the_end_leaves_nothing_behind(
    library: Library, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("corpus.backup.os.fsync", full)
    with pytest.raises(Unavailable, match="can't be made: No space left on device"):
        back_up(folder, tmp_path / "b.zip")
    assert names_in(tmp_path) == ["data"]


def test_what_a_killed_backup_left_is_taken_over(library: Library, folder: Path, tmp_path: Path) -> None:
    part = tmp_path / "b.zip.part"
    part.mkdir()
    for name in (CATALOGUE, f"{CATALOGUE}-wal", "backup.zip"):
        (part / name).write_bytes(b"torn")
    back_up(folder, tmp_path / "b.zip")
    assert names_in(tmp_path) == ["b.zip", "data"]


def test_a_folder_of_somebody_elses_is_left_alone(library: Library, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip.part").mkdir()
    (tmp_path / "b.zip.part" / "mine").write_text("mine", encoding="utf-8")
    back_up(folder, tmp_path / "b.zip")
    assert names_in(tmp_path / "b.zip.part") == ["mine"]


# Bringing it back


@pytest.mark.parametrize(
    ("present", "says"),
    [
        pytest.param(CATALOGUE, "holds a library; move its contents away, or name a new folder", id="a library"),
        pytest.param(f"{CATALOGUE}-wal", "is not empty: it holds 'catalogue.sqlite-wal'", id="a rest of one"),
        pytest.param("index", "is not empty: it holds 'index'", id="an index"),
        pytest.param("holiday.jpg", "is not empty: it holds 'holiday.jpg'", id="something else"),
    ],
)
def test_only_an_empty_folder_is_restored_into(saved: Path, tmp_path: Path, present: str, says: str) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / present).write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        restore(saved, tmp_path / "new")
    assert set(names_in(tmp_path / "new")) - {"owner.lock"} == {present}
    assert (tmp_path / "new" / present).read_text(encoding="utf-8") == "mine"


def test_a_folder_with_compiled_models_counts_as_empty(saved: Path, tmp_path: Path, open_stub: Open) -> None:
    (tmp_path / "new" / "models").mkdir(parents=True)
    restore(saved, tmp_path / "new")
    assert open_stub(tmp_path / "new", RefusingEncoder()).count() == 3


def test_a_folder_in_use_is_not_restored_into(saved: Path, tmp_path: Path) -> None:
    owner = Ownership.take(tmp_path / "new")
    with pytest.raises(Unavailable, match="in use by process"):
        restore(saved, tmp_path / "new")
    owner.release()
    assert restore(saved, tmp_path / "new").articles == 3


def rewritten(saved: Path, *, fix_hash: bool = True, **changes: Any) -> None:
    """Write the backup anew with members or fields of the manifest changed."""
    members = members_of(saved)
    manifest = json.loads(members[MANIFEST])
    body = changes.pop("body", members[CATALOGUE])
    if fix_hash:
        manifest["members"][CATALOGUE] = {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    extra = changes.pop("extra", {})
    manifest |= changes
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))
        archive.writestr(CATALOGUE, body)
        for name, content in extra.items():
            archive.writestr(name, content)


def with_sql(saved: Path, *statements: str) -> None:
    """Change the catalogue in a backup, with hashes to match."""
    scratch = saved.with_name("changed.sqlite")
    scratch.write_bytes(bytes_of(saved, CATALOGUE))
    with closing(sqlite3.connect(scratch)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    rewritten(saved, body=scratch.read_bytes())


def with_entry(saved: Path, name: str, kind: int) -> None:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (kind | 0o777) << 16
    rewritten(saved, extra={entry: "/etc/passwd"})


def with_link_for_catalogue(saved: Path) -> None:
    members = members_of(saved)
    entry = zipfile.ZipInfo(CATALOGUE)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr(MANIFEST, members[MANIFEST])
        archive.writestr(entry, members[CATALOGUE])


def with_encryption_flag(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    saved.write_bytes(data)


def understated(saved: Path) -> None:
    """A bomb: manifest and directory say a thousand bytes, and many millions come out."""
    bomb = b"\0" * 50_000_000
    told = {CATALOGUE: {"size": 1000, "sha256": hashlib.sha256(bomb[:1000]).hexdigest()}}
    rewritten(saved, fix_hash=False, body=bomb, members=told)
    saved.write_bytes(saved.read_bytes().replace(len(bomb).to_bytes(4, "little"), (1000).to_bytes(4, "little")))


BROKEN = [
    pytest.param(lambda f: f.unlink(), "there is no file", id="absent"),
    pytest.param(lambda f: f.write_bytes(b""), "is damaged or no backup", id="empty"),
    pytest.param(lambda f: f.write_bytes(b"%PDF-1.7 " * 1000), "is damaged or no backup", id="foreign"),
    pytest.param(lambda f: f.write_bytes(f.read_bytes()[:-1]), "is damaged or no backup", id="one byte short"),
    pytest.param(lambda f: f.write_bytes(f.read_bytes()[:5000]), "is damaged or no backup", id="truncated"),
    pytest.param(lambda f: f.write_bytes(f.read_bytes()[5000:]), "is damaged or no backup", id="without its beginning"),
    pytest.param(
        lambda f: rewritten(f, fix_hash=False, body=b"x" * 999), "not those of its manifest", id="another size"
    ),
    pytest.param(
        lambda f: rewritten(f, fix_hash=False, body=bytes_of(f, CATALOGUE)[:-1] + b"x"),
        "not what the manifest says",
        id="another hash",
    ),
    pytest.param(lambda f: rewritten(f, body=b"no database" * 999), "is damaged or no backup", id="no database"),
    pytest.param(
        lambda f: rewritten(f, body=bytes_of(f, CATALOGUE)[:40960]), "is damaged or no backup", id="a torn database"
    ),
    pytest.param(lambda f: with_sql(f, "DROP TABLE alembic_version"), "no such table", id="another database"),
    pytest.param(
        lambda f: with_sql(f, "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM facts; END"),
        "holds triggers or views",
        id="a trigger",
    ),
    pytest.param(
        lambda f: with_sql(f, "UPDATE alembic_version SET version_num = '9999'"), "has schema 9999", id="schema in it"
    ),
    pytest.param(lambda f: rewritten(f, schema="9999"), "which is newer; install it", id="a newer schema"),
    pytest.param(lambda f: rewritten(f, format=2), "has the format 2, which this version", id="a newer format"),
    pytest.param(lambda f: rewritten(f, articles="many"), "its manifest is wrong in", id="a wrong field"),
    pytest.param(lambda f: rewritten(f, fix_hash=False, members={}), "not those of", id="no members"),
    pytest.param(lambda f: rewritten(f, fix_hash=False, members={"../x": {}}), "is wrong in", id="a wrong member"),
    pytest.param(lambda f: rewritten(f, extra={MANIFEST: "{}"}), "is damaged or no backup", id="two manifests"),
    pytest.param(lambda f: rewritten(f, extra={CATALOGUE: "x"}), "is damaged or no backup", id="two catalogues"),
    pytest.param(lambda f: rewritten(f, extra={"../evil": "x"}), "holds '../evil'", id="a path upwards"),
    pytest.param(lambda f: rewritten(f, extra={"/etc/evil": "x"}), "holds '/etc/evil'", id="an absolute path"),
    pytest.param(lambda f: with_entry(f, "link", stat.S_IFLNK), "holds 'link'", id="a link beside it"),
    pytest.param(lambda f: with_entry(f, "dir/", stat.S_IFDIR), "holds 'dir/'", id="a folder"),
    pytest.param(with_link_for_catalogue, "which is no plain file", id="a link for the catalogue"),
    pytest.param(with_encryption_flag, "encrypted", id="encrypted"),
    pytest.param(understated, "is damaged or no backup", id="a bomb that understates itself"),
    pytest.param(lambda f: rewritten(f, padding="x" * 100_000), "it holds no manifest", id="a manifest of any length"),
]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("harm", "says"), BROKEN)
def test_what_is_no_sound_backup_is_refused_in_one_line(
    saved: Path, tmp_path: Path, harm: Callable[[Path], Any], says: str
) -> None:
    harm(saved)
    with pytest.raises(BadInput, match=says) as caught:
        restore(saved, tmp_path / "new")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "evil").exists()
    assert not (tmp_path / "new").exists() or names_in(tmp_path / "new") in ([], ["owner.lock"])


def test_a_bomb_larger_than_the_disk_is_not_unpacked(saved: Path, tmp_path: Path, monkeypatch) -> None:
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr("corpus.restore.shutil.disk_usage", lambda path: usage)
    with pytest.raises(Unavailable, match="bytes, and the disk has 1,000 left; make room for it"):
        restore(saved, tmp_path / "new")
    assert names_in(tmp_path / "new") in ([], ["owner.lock"])


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_flipped_bits_are_noticed_or_harmless(
    saved: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    scratch = tmp_path_factory.mktemp("flipped")
    whole = saved.read_bytes()
    # the two ends are where the archive's own structure lies; the middle is one stream under one hash
    edge = min(3000, len(whole) // 2)
    places = st.one_of(
        st.integers(0, edge), st.integers(len(whole) - edge, len(whole) - 1), st.integers(0, len(whole) - 1)
    )
    place, mask = data.draw(places), data.draw(st.integers(1, 255))
    flipped = scratch / "flipped.zip"
    flipped.write_bytes(whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :])
    with suppress(InsightError):
        restore(flipped, scratch / "new")
        assert (scratch / "new" / CATALOGUE).read_bytes() == bytes_of(saved, CATALOGUE)
        return
    assert not (scratch / "new" / CATALOGUE).exists()


def test_a_full_disk_while_restoring_leaves_an_empty_folder(saved: Path, tmp_path: Path) -> None:
    with largest_file(4096), pytest.raises(Unavailable, match="can't be restored: File too large"):
        restore(saved, tmp_path / "new")
    assert names_in(tmp_path / "new") in ([], ["owner.lock"])
    assert restore(saved, tmp_path / "new").articles == 3


RESTORES = """
import sys, time
from pathlib import Path
import corpus.restore as there

def stop(*args):
    print("ready", flush=True)
    time.sleep(600)

setattr(there, sys.argv[3], stop)
there.restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("step", ["_unpack", "_check_catalogue", "sync_folder"])
def test_a_killed_restore_is_done_again_or_was_done(saved: Path, tmp_path: Path, open_stub: Open, step: str) -> None:
    new = tmp_path / "new"
    process = subprocess.Popen(
        [sys.executable, "-c", RESTORES, str(saved), str(new), step], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    if not (new / CATALOGUE).exists():
        restore(saved, new)
    assert open_stub(new, RefusingEncoder()).count() == 3
