"""What was worked out once and is kept while there is room."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Name, Value]):
    """At most ``most`` values by name; those asked for longest ago go first. Safe to share among threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Name, Value] = OrderedDict()
        self._lock = threading.Lock()

    def some(self, names: Iterable[Name], read: Callable[[list[Name]], Mapping[Name, Value]]) -> dict[Name, Value]:
        """Return the values of ``names``, in their order; ``read`` gives the missing ones that there are."""
        wanted = list(dict.fromkeys(names))
        with self._lock:
            found = {name: self._values[name] for name in wanted if name in self._values}
            for name in found:
                self._values.move_to_end(name)
        missing = [name for name in wanted if name not in found]
        if missing:
            fresh = read(missing)
            found.update(fresh)
            with self._lock:
                self._values.update(fresh)
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
        return {name: found[name] for name in wanted if name in found}

    def one(self, name: Name, read: Callable[[], Value]) -> Value:
        """Return the value of ``name``, from ``read`` where it is missing."""
        return self.some((name,), lambda _: {name: read()})[name]
