"""A WordPress of Debian's, on loopback for as long as the tests run; collected only where this folder is named."""

import json
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from corpus.embedder import Embedder
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from tests.corpus.examples import WordEncoder
from tests.wordpress.essays import essays

HERE = Path(__file__).parent
NEEDS = "apt-get install wordpress mariadb-server php-cli php-mysql php-xml php-mbstring curl"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave these tests out of runs that don't name them: they need a database server and half a minute."""
    named = (Path(str(argument).partition("::")[0]).resolve() for argument in config.args)
    return None if any(place.is_relative_to(HERE) for place in named) else True


@dataclass(frozen=True)
class Asked:
    """One request that WordPress answered, and the size of its reply."""

    uri: str
    status: int
    size: int


@dataclass(frozen=True)
class WordPress:
    """The running site; ``ids`` are those of the essays, in their order."""

    url: str
    folder: Path
    ids: tuple[int, ...]

    def apply(self, *changes: dict[str, Any]) -> list[Any]:
        """Change the site as an editor would and return what each change gave."""
        return list(json.loads(self._php("apply.php", json.dumps(changes))))

    def export(self, file: Path) -> Path:
        """Write the export of the whole site."""
        file.write_text(self._php("export.php"), encoding="utf-8")
        return file

    def requests(self) -> list[Asked]:
        """All requests so far."""
        log = self.folder / "requests.jsonl"
        return [Asked(**json.loads(line)) for line in log.read_text(encoding="utf-8").splitlines()]

    def _php(self, script: str, given: str = "") -> str:
        command = ["php", str(HERE / script), str(self.folder / "wp")]
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPress]:
    """A site with 250 essays in it."""
    missing = [tool for tool in ("mariadbd", "php", "curl") if not shutil.which(tool)]
    if missing or not Path("/usr/share/wordpress").is_dir():
        pytest.fail(f"these tests need Debian's packages: {NEEDS}", pytrace=False)
    # not pytest's own folder, which is kept for a while: the site takes 200 MB
    with TemporaryDirectory(prefix="wordpress-") as place, (Path(place) / "site.log").open("w+") as errors:
        folder = Path(place)
        command = ["bash", str(HERE / "site.sh"), place, str(_free_port())]
        site = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True)
        try:
            assert site.stdout is not None
            word, _, url = site.stdout.readline().strip().partition(" ")
            assert word == "ready", (folder / "site.log").read_text()
            empty = WordPress(url, folder, ())
            yield WordPress(url, folder, tuple(empty.apply(*essays())))
        finally:
            _end(site)


def _end(site: "subprocess.Popen[str]") -> None:
    """End the site, its database and its web server; they are a session of their own."""
    site.terminate()
    try:
        site.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(site.pid, signal.SIGKILL)
        site.wait()
    if site.stdout is not None:
        site.stdout.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def open_stub(analyzer: Analyzer, glossary: Glossary) -> Iterator[Callable[[Path], Library]]:
    """Open libraries by folder, whose vectors cost nothing."""
    opened: list[Library] = []

    def opener(folder: Path) -> Library:
        embedder = Embedder(WordEncoder())
        opened.append(Library.open(folder, embedder=embedder, analyzer=analyzer, glossary=glossary))
        return opened[-1]

    yield opener
    for library in opened:
        library.close()


@pytest.fixture
def library(tmp_path: Path, open_stub: Callable[[Path], Library]) -> Library:
    """An empty library."""
    return open_stub(tmp_path / "data")


def sizes(requests: Sequence[Asked]) -> tuple[int, int]:
    """How many requests and how many bytes of replies."""
    return len(requests), sum(asked.size for asked in requests)
