"""What was worked out once and is kept while there is room."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Name, Value]):
    """Values by name, of which those asked for longest ago go first; safe to share among threads.

    Their sizes come to ``most`` together at most; by default each has the size 1.
    """

    def __init__(self, most: int, size: Callable[[Value], int] = lambda _: 1) -> None:
        self._most, self._size, self._held = most, size, 0
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
            self.keep(fresh)
        return {name: found[name] for name in wanted if name in found}

    def one(self, name: Name, read: Callable[[], Value]) -> Value:
        """Return the value of ``name``, from ``read`` where it is missing."""
        return self.some((name,), lambda _: {name: read()})[name]

    def keep(self, fresh: Mapping[Name, Value]) -> None:
        """Keep values that were read otherwise."""
        with self._lock:
            for name, value in fresh.items():
                if name not in self._values:
                    self._held += self._size(value)
                    self._values[name] = value
            while self._held > self._most:
                _, value = self._values.popitem(last=False)
                self._held -= self._size(value)
