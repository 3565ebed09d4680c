"""One process owns a data folder; whoever comes second is told who."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import Unavailable
from corpus.library import Library
from corpus.ownership import OWNER, Ownership, owner_of
from tests.corpus.examples import RefusingEncoder, holding, make_article, passages_of

ROOT = Path(__file__).parents[2]
NOBODY = 65534

TAKES = """
import sys
from pathlib import Path
from corpus.errors import Unavailable
from corpus.ownership import Ownership
try:
    Ownership.take(Path(sys.argv[1])).release()
except Unavailable as error:
    print(error)
else:
    print("taken")
"""

# Publishes one version, and stops for good when a second one is staged and its vectors are in the index
STOPS_HALF_WAY = """
import sys, time
from pathlib import Path
from corpus.embedder import Embedder
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from tests.corpus.examples import WordEncoder, make_article, passages_of

def stop(*args):
    print("ready", flush=True)
    time.sleep(600)

analyzer = Analyzer()
library = Library.open(
    Path(sys.argv[1]), embedder=Embedder(WordEncoder()), analyzer=analyzer, glossary=Glossary((), analyzer)
)
for text in ("The ancient statement.", "The recent statement."):
    article = make_article("a", text)
    library.publish(article, passages_of(article))
    library._catalogue.flip = stop
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def _in_another_process(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", TAKES, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_second_owner_is_told_who_the_first_is(folder: Path) -> None:
    owner = Ownership.take(folder)
    wanted = f"the data folder '{folder}' is in use by process {os.getpid()}; stop it or ask it over its API"
    with pytest.raises(Unavailable) as caught:
        Ownership.take(folder)
    assert str(caught.value) == wanted
    assert _in_another_process(folder) == wanted
    owner.release()
    assert _in_another_process(folder) == "taken"
    Ownership.take(folder).release()


def test_a_second_library_is_refused_and_the_first_goes_on(folder: Path, open_stub: Callable[..., Library]) -> None:
    first = open_stub(folder)
    with pytest.raises(Unavailable, match="in use by process"):
        open_stub(folder)
    article = make_article()
    first.publish(article, passages_of(article))
    first.close()
    assert open_stub(folder).articles() == [article]


def test_an_owner_killed_half_way_through_a_publish_leaves_the_old_version(
    folder: Path, open_stub: Callable[..., Library]
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", STOPS_HALF_WAY, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        with pytest.raises(Unavailable, match=f"in use by process {process.pid};"):
            open_stub(folder)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    library = open_stub(folder, RefusingEncoder())
    assert library.articles() == [make_article("a", "The ancient statement.")]
    assert [passage.id for passage in holding(library, "statement").values()] == ["a.1.0"]
    assert library.verify().sound
    assert library._dense.index.ids() == {"a.1.0"}
    assert library._catalogue.leftovers() == []


def test_what_an_owner_says_of_itself(folder: Path) -> None:
    owner = Ownership.take(folder)
    this = {"pid": os.getpid(), "folder": folder.stat().st_ino}
    assert owner_of(folder) == this
    owner.announce({"address": "http://127.0.0.1:8000", "token": "secret"})
    assert owner_of(folder) == this | {"address": "http://127.0.0.1:8000", "token": "secret"}
    assert stat.S_IMODE((folder / OWNER).stat().st_mode) == 0o600
    owner.release()
    assert owner_of(folder) == {}


def test_an_open_file_of_another_does_not_get_the_token(folder: Path) -> None:
    """Who had the file open, or left one that all can read, learns nothing of the next owner."""
    folder.mkdir()
    (folder / OWNER).write_text("{}", encoding="utf-8")
    (folder / OWNER).chmod(0o666)
    with (folder / OWNER).open(encoding="utf-8") as left_open:
        owner = Ownership.take(folder)
        owner.announce({"token": "secret"})
        assert left_open.read() == "{}"
    assert stat.S_IMODE((folder / OWNER).stat().st_mode) == 0o600
    owner.release()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="nothing"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe", id="not text"),
        pytest.param(json.dumps([1]).encode(), id="another shape"),
    ],
)
def test_an_unreadable_owner_is_unknown(folder: Path, content: bytes | None) -> None:
    owner = Ownership.take(folder)
    if content is None:
        (folder / OWNER).unlink()
    else:
        (folder / OWNER).write_bytes(content)
    assert owner_of(folder) == {}
    with pytest.raises(Unavailable, match="in use by process unknown"):
        Ownership.take(folder)
    owner.release()


@contextmanager
def _not_root() -> Iterator[None]:
    """Give up the rights of root for a while, which no folder is closed to."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize(
    "within", [pytest.param("", id="the folder itself"), pytest.param("new", id="a new one in it")]
)
def test_a_folder_that_can_not_be_written_is_refused_in_one_line(within: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o555)
        with _not_root(), pytest.raises(Unavailable, match="can't be used: Permission denied") as caught:
            Ownership.take(Path(name) / within)
        Path(name).chmod(0o755)
    assert "\n" not in str(caught.value)


def test_a_copy_of_an_owned_folder_has_no_owner(tmp_path: Path) -> None:
    ownership = Ownership.take(tmp_path / "data")
    try:
        ownership.announce({"url": "http://127.0.0.1:1"})
        shutil.copytree(tmp_path / "data", tmp_path / "copy")
        assert owner_of(tmp_path / "data")["url"] == "http://127.0.0.1:1"
        assert owner_of(tmp_path / "copy") == {}
    finally:
        ownership.release()
