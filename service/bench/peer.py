"""The peer's process as the bench sees it: where it can run, and what it is asked."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from corpus.errors import Unavailable

PACKAGES = ("llama-index-vector-stores-chroma", "llama-index-embeddings-huggingface")
THREADS = 8
_SCRIPT = Path(__file__).with_name("peer_process.py")
_LOOK = """import json, sys
from importlib.metadata import PackageNotFoundError, version
found = {}
for name in sys.argv[1:]:
    try:
        found[name] = version(name)
    except PackageNotFoundError:
        pass
print(json.dumps(found))"""


class PeerProcess:
    """A running peer; ``loaded_s`` is how long it took to import its packages and load its model, in seconds."""

    def __init__(self, process: "subprocess.Popen[str]", errors: Path) -> None:
        self._process, self._errors = process, errors
        self.loaded_s = float(self._answer()["loaded_s"])

    def ask(self, do: str, **what: Any) -> dict[str, Any]:
        """Have the peer do something, and return what it says; raises Unavailable where it ended."""
        if self._process.stdin is None:
            raise TypeError("the peer was started without a standard input")
        try:
            self._process.stdin.write(json.dumps({"do": do, **what}) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return self._answer()  # which says how it ended
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        try:
            found: dict[str, Any] = json.loads(line)
        except json.JSONDecodeError as error:
            raise Unavailable(f"the peer stopped: {last_line(self._errors)}") from error
        return found


def find_peer(python: Path | None) -> tuple[Path | None, dict[str, str], str | None]:
    """Return the interpreter that can run the peer, the versions of its packages, and a line that says why none can.

    None for ``python`` tries the one that runs this. Raises Unavailable where a named one can't be run or lacks the
    packages.
    """
    chosen = python or Path(sys.executable)
    try:
        done = subprocess.run(  # noqa: S603  the user names the interpreter
            [str(chosen), "-c", _LOOK, *PACKAGES], capture_output=True, text=True, check=True, timeout=60
        )
        found: dict[str, str] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, json.JSONDecodeError) as error:
        raise Unavailable(f"'{chosen}' can't be run as a Python interpreter; name another with --peer") from error
    if lacking := [name for name in PACKAGES if name not in found]:
        if python is not None:
            raise Unavailable(f"'{chosen}' lacks {' and '.join(lacking)}, which the peer needs")
        return None, {}, f"measured without the peer: {' and '.join(lacking)} not installed here (--peer names another)"
    return chosen, found, None


@contextmanager
def peer_process(python: Path, model: str, scratch: Path) -> Iterator[PeerProcess]:
    """Run the peer on the model in the folder ``model`` while the block runs; raises Unavailable."""
    errors = scratch / "peer.log"
    settings = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}
    with errors.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(  # noqa: S603  our own script, by the interpreter that the user names
            [str(python), "-P", str(_SCRIPT), model],  # -P: its own folder's modules must not stand in for others
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
            env=os.environ | settings | {"TMPDIR": str(scratch)},
        )
    try:
        yield PeerProcess(process, errors)
    finally:
        end(process)


def end(process: "subprocess.Popen[Any]", *, patience_s: float = 10.0) -> None:
    """End a process: by closing what it reads or by asking, and where that does not help by force."""
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.close()
    else:
        process.terminate()
    try:
        process.wait(patience_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def last_line(log: Path) -> str:
    """Return the last line that a process wrote into its log."""
    lines: Sequence[str] = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
