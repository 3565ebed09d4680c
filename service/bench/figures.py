"""What measured times come to, and what machine they were measured on."""

import os
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

from service.evaluation.metrics import percentile

_PACKAGES = ("insight-assistant", "chromadb", "onnxruntime", "openvino", "torch", "sentence-transformers", "numpy")


def each_ms(work: Callable[[str], object], questions: Iterable[str]) -> list[float]:
    """Return how many milliseconds ``work`` took on each question, one after the other."""
    found = []
    for question in questions:
        begun = time.perf_counter()
        work(question)
        found.append(1000 * (time.perf_counter() - begun))
    return found


def latencies(milliseconds: Iterable[float]) -> dict[str, Any]:
    """Return median, 95th percentile and count of single calls, in milliseconds; None for the first two of no calls."""
    held = list(milliseconds)
    return {"p50_ms": rounded(percentile(held, 0.5)), "p95_ms": rounded(percentile(held, 0.95)), "count": len(held)}


def rates(name: str, rounds: Sequence[float]) -> dict[str, Any]:
    """Return the median of the rounds' rates under ``name``, and the rounds themselves."""
    return {name: rounded(median(rounds)), "rounds": [rounded(rate) for rate in rounds]}


def rounded(value: float | None) -> float | None:
    """Return three decimal places of a figure: more would be noise."""
    return None if value is None else round(value, 3)


def machine() -> dict[str, Any]:
    """Return what the figures depend on; nothing that names the machine.

    ``load`` is how many processes wanted a core in the minute before: where it is not near 0, others slowed the bench.
    """
    memory = _kilobytes(Path("/proc/meminfo"), "MemTotal")
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _processor(),
        "memory_mb": memory and memory // 1024,
        "load": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": versions(_PACKAGES),
    }


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Return the versions of those of ``packages`` that are installed."""
    found = {}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def memory_mb(pid: int) -> tuple[float | None, float | None]:
    """Return a process's resident memory in megabytes, now and at its peak; None where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    now, peak = _kilobytes(status, "VmRSS"), _kilobytes(status, "VmHWM")
    return now and round(now / 1024, 1), peak and round(peak / 1024, 1)


def has_torch(pid: int) -> bool | None:
    """Say whether a process has torch's library mapped into its memory; None where the system does not tell.

    Seen from outside, so nothing that the process says of itself is believed.
    """
    try:
        return "libtorch" in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def disk_mb(folder: Path) -> float:
    """Return what the files under ``folder`` take, in megabytes; what links lead to is not counted."""
    sizes = (path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return round(sum(sizes) / 1024**2, 1)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


def _kilobytes(file: Path, key: str) -> int | None:
    """Return the number behind ``key`` in a file of the kernel's; None where it is not there."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{key}:")), None)
