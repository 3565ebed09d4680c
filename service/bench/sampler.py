"""Where the time of a call goes: its stack looked at a thousand times a second.

Each look counts for the innermost function of the assistant's own rooms, so that time spent in a library counts for
what called it; where the caller waits for a thread of ours, for what that thread does. The threads of Python take
turns, so they are made to switch quickly meanwhile.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

_ROOMS = ("corpus.", "ingest.", "service.")
_OWN = "service.bench"
_MADE = "__create_fn__"  # methods that dataclasses write themselves count for their callers
_EVERY_S = 0.001


def where_time_goes(work: Callable[[], object], *, most: int = 12) -> list[dict[str, Any]]:
    """Run ``work`` and return the functions that it spent most time in, each with its share of the whole, 0 to 1."""
    looked: Counter[str] = Counter()
    done = threading.Event()
    watched = threading.get_ident()

    def look() -> None:
        while not done.is_set():
            looked[_busy(sys._current_frames(), watched)] += 1
            time.sleep(_EVERY_S)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(_EVERY_S / 10)
    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
        sys.setswitchinterval(interval)
    looked.pop("", None)
    total = looked.total()
    return [{"where": name, "share": round(count / total, 3)} for name, count in looked.most_common(most)]


def _busy(frames: dict[int, FrameType], watched: int) -> str:
    """Return the function that the watched thread is in, or that it waits for."""
    frame = frames.pop(watched, None)
    if frame is not None and frame.f_globals.get("__name__") == threading.__name__:
        helpers = filter(None, map(_innermost, frames.values()))
        return next(helpers, _innermost(frame))
    return _innermost(frame)


def _innermost(frame: FrameType | None) -> str:
    """Return the innermost function of the rooms in a stack, by its name; empty where there is none."""
    while frame is not None:
        module, function = str(frame.f_globals.get("__name__", "")), frame.f_code.co_qualname
        if module.startswith(_ROOMS) and not module.startswith(_OWN) and not function.startswith(_MADE):
            return f"{module}.{function.partition('.<locals>')[0]}"
        frame = frame.f_back
    return ""
