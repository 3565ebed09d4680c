"""A temporary file of cleaned articles, so that a run of any size needs the memory of one."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from corpus.article import Article, article_from
from corpus.records import Origin


@dataclass(frozen=True, slots=True)
class CleanedPost:
    """A cleaned article under the number that the run gave its post, with its flags and where it came from."""

    number: int
    address: str
    article: Article
    flags: tuple[str, ...]
    origin: Origin


class Spool:
    """Candidates in the order they came."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by close()
        self._count = 0

    def close(self) -> None:
        """Remove the file."""
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def add(self, candidate: CleanedPost) -> None:
        """Append a candidate, whose origin has no notes yet; raises OSError where the disk is full."""
        origin = {name: value for name, value in asdict(candidate.origin).items() if not isinstance(value, bytes)}
        self._file.write(
            json.dumps([candidate.number, candidate.address, asdict(candidate.article), candidate.flags, origin]) + "\n"
        )
        self._count += 1

    def candidates(self) -> Iterator[CleanedPost]:
        """Yield what was added, from the first on."""
        self._file.seek(0)
        for line in self._file:
            number, address, article, flags, origin = json.loads(line)
            yield CleanedPost(number, address, article_from(article), tuple(flags), Origin(**origin))
