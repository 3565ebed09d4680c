"""A library in a folder of its own, processes that work on it and are killed, and what the next start finds."""

import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from corpus.ownership import owner_of
from tests.kill import tasks
from tests.kill.checks import Wanted
from tests.kill.world import ANCHORS, NAMES, State, another, write_posts

FORKS = multiprocessing.get_context("forkserver")
ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds, after which a process is stuck
_NONE: State = dict.fromkeys(NAMES)


@dataclass
class Tally:
    """What the trials of one kind came to."""

    kind: str
    trials: int = 0
    landed: int = 0
    mended: int = 0
    half_way: int = 0
    interrupted: int = 0
    seconds: float = 0.0

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Count the seconds of the block."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds = time.perf_counter() - begun

    def __str__(self) -> str:
        return (
            f"{self.kind}: {self.trials} kills, {self.landed} inside the work, {self.half_way} with articles of both "
            f"states, {self.mended} starts that mended, {self.interrupted} interrupted runs, {self.seconds:.0f} s"
        )


@dataclass
class Scene:
    """One library; ``state`` is what the last look found in it."""

    root: Path
    rng: random.Random
    stub: bool = True
    model: str = "words-0"
    splitter: str | None = None
    state: State = field(default_factory=lambda: dict(_NONE))
    wanted: State = field(default_factory=lambda: dict(_NONE))
    running: "list[ForkServerProcess | Command]" = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def posts(self) -> Path:
        return self.root / "posts"

    @property
    def log(self) -> Path:
        return self.root / "log"

    def variables(self) -> dict[str, str]:
        chosen = {"INSIGHT_DATA_DIR": str(self.data), "INSIGHT_STARTER": "false"}
        return chosen | ({"INSIGHT_EMBED_MODEL": self.model} if self.stub else {})

    def setup(self, **fields: Any) -> tasks.Setup:
        return tasks.Setup(self.variables(), self.log, self.splitter, self.stub, **fields)

    def write_another(self) -> None:
        """Choose the next state, and make the folder of posts hold it."""
        self.wanted = another(self.state, self.rng)
        write_posts(self.posts, self.wanted)

    def start(self, *arguments: str) -> "ForkServerProcess | Command":
        """Start a command in a process of its own: a fork with a stub for the model, or the command as installed."""
        process: ForkServerProcess | Command
        if self.stub:
            process = FORKS.Process(target=tasks.command, args=(self.setup(), list(arguments)))
            process.start()
        else:
            process = Command(arguments, self.variables(), self.log)
        self.running.append(process)
        return process

    def finish(self, *arguments: str) -> float:
        """Run a command to its end; return how long it took in seconds. Raises AssertionError where it fails."""
        begun = time.perf_counter()
        process = self.start(*arguments)
        process.join(PATIENCE)
        assert process.exitcode == 0, f"insight {' '.join(arguments)} ended with {process.exitcode}: {self.said()}"
        return time.perf_counter() - begun

    def said(self, lines: int = 15) -> str:
        """Return the last lines of what the processes wrote."""
        written = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(written.splitlines()[-lines:])

    def look(self, *, either: bool = True) -> dict[str, Any]:
        """Start the library again and check all of it; return the report and keep the state.

        Each article is in its state of before or, with ``either``, in the one that was wanted.
        """
        now = self.wanted if either else self.state
        asked = [self.rng.choice(ANCHORS), *self.rng.sample(NAMES, 4)]
        wanted = Wanted({name: (self.state[name], now[name]) for name in NAMES}, asked)
        hears, tells = FORKS.Pipe(duplex=False)
        process = FORKS.Process(target=tasks.check, args=(self.setup(wanted=wanted), tells))
        process.start()
        tells.close()
        with hears:
            assert hears.poll(PATIENCE), f"the start is stuck: {self.said()}"
            try:
                report = hears.recv()
            except EOFError:
                process.join()
                raise AssertionError(f"the start ended with {process.exitcode}: {self.said()}") from None
        process.join()
        assert "wrong" not in report, f"{report['wrong']}\n{self.said()}"
        report["half_way"] = any(report["state"][n] == self.state[n] != self.wanted[n] for n in NAMES) and any(
            report["state"][n] == self.wanted[n] != self.state[n] for n in NAMES
        )
        self.state = report["state"]
        return dict(report)

    def out_of_step(self) -> list[str]:
        """Say what the next start has to mend, from a copy of the files: looking must not mend anything itself."""
        copy = self.root / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for path in self.data.glob("catalogue.sqlite*"):
            shutil.copy2(path, copy)
        found = []
        questions = {
            "versions that are not live": "SELECT count(*) FROM versions WHERE state != 'live'",
            "runs that go on": "SELECT count(*) FROM runs WHERE finished IS NULL",
        }
        with closing(sqlite3.connect(copy / "catalogue.sqlite")) as connection:
            found = [what for what, ask in questions.items() if connection.execute(ask).fetchone()[0]]
        index = self.data / "index"
        names = [path.name for path in index.iterdir()] if index.is_dir() else []
        found += ["several indexes"] * (sum(name.startswith("index-") for name in names) > 1)
        found += [f"the file '{name}'" for name in ("opening", "current.new") if name in names]
        found += ["an index in the middle of a change"] * any(index.glob("index-*/changing"))
        found += ["no index"] * ("current" not in names)
        return found

    def end(self) -> None:
        """End what still runs of this scene."""
        for process in self.running:
            process.kill()
            process.join()


class Command:
    """``insight`` in a new interpreter, with the methods of a forked process that are needed here."""

    def __init__(self, arguments: Sequence[str], variables: Mapping[str, str], log: Path) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("INSIGHT_")}
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from ui.cli import main; main()", *arguments],
                env={**inherited, **variables, "PYTHONPATH": str(ROOT)},
                cwd=log.parent,
                stdout=output,
                stderr=output,
            )
        self.pid = self._process.pid

    @property
    def exitcode(self) -> int | None:
        return self._process.poll()

    def join(self, timeout: float | None = None) -> None:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout)

    def kill(self) -> None:
        self._process.kill()

    def owns(self, data: Path) -> bool:
        """Wait until the process has loaded what it needs and holds the folder; False where it ended before."""
        while self.exitcode is None:
            if owner_of(data).get("pid") == self.pid:
                return True
            time.sleep(0.005)
        return False


Process = ForkServerProcess | Command


def kill(process: Process) -> bool:
    """Kill a process; return whether it was still at work."""
    process.kill()
    process.join()
    return process.exitcode != 0


def kill_after(process: Process, seconds: float) -> bool:
    """Kill a process some time from now; return whether it was still at work."""
    process.join(seconds)
    return kill(process)


class Usual:
    """How long a piece of work takes: learnt from those that came to their end before they were killed."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def moment(self, rng: random.Random) -> float:
        """Draw a moment of the work, in seconds from its beginning."""
        return rng.uniform(0, self._seconds)

    def ended(self, seconds: float) -> None:
        """Learn from work that took so long at most."""
        self._seconds = min(self._seconds, seconds)

    def kill(self, process: Process, rng: random.Random) -> bool:
        """Kill a process at any moment of its work; return whether it was still at it."""
        begun = time.perf_counter()
        if kill_after(process, self.moment(rng)):
            return True
        self.ended(time.perf_counter() - begun)
        return False


class Watch:
    """Tells the moments of a switch from one index to the next, by the folder's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = self._names()

    def _names(self) -> dict[str, int]:
        try:
            return {entry.name: entry.inode() for entry in os.scandir(self._folder)}
        except FileNotFoundError:
            return {}

    def wait_for(self, moment: str, process: Process) -> bool:
        """Wait for one of MOMENTS; False where the process ended first."""
        arrived = MOMENTS[moment]
        while process.exitcode is None:
            if arrived(self._seen, self._names()):
                return True
        return False


def wait_for_commits(catalogue: Path, count: int, process: Process) -> None:
    """Wait until a process has written to the catalogue so often, or has ended."""
    log, seen = catalogue.with_name(f"{catalogue.name}-wal"), None
    while count and process.exitcode is None:
        with suppress(FileNotFoundError):
            status = log.stat()
            now = (status.st_size, status.st_mtime_ns)
            count -= now != seen
            seen = now


Moment = Callable[[dict[str, int], dict[str, int]], bool]
MOMENTS: dict[str, Moment] = {
    "a new index is begun": lambda old, new: any(name.startswith("index-") for name in new.keys() - old.keys()),
    "a new pointer is written": lambda old, new: "current.new" in new or old.get("current") != new.get("current"),
    "the pointer is replaced": lambda old, new: old.get("current") != new.get("current"),
    "the old index is removed": lambda old, new: any(name.startswith("index-") for name in old.keys() - new.keys()),
}
