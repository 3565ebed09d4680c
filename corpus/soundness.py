"""Whether the stores of a library agree: the catalogue, its full text and the vector index."""

from dataclasses import dataclass

from corpus.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Check:
    """What ``verify`` found: passages without a vector, vectors without a passage, and rows out of step.

    ``built`` is False before the first vector index is built, as after a restore: the next start builds it.
    """

    articles: int
    passages: int
    missing: tuple[str, ...]
    orphans: tuple[str, ...]
    unsearchable: tuple[str, ...]
    built: bool = True

    @classmethod
    def of(cls, catalogue: Catalogue, indexed: set[str] | None) -> "Check":
        """Compare the catalogue and its full text with the ids of the vector index, None where none was built yet."""
        live, searchable = catalogue.live_ids(), catalogue.lexical_keys()
        return cls(
            articles=catalogue.count(),
            passages=len(live),
            missing=() if indexed is None else tuple(sorted(live.keys() - indexed)),
            orphans=() if indexed is None else tuple(sorted(indexed - live.keys())),
            unsearchable=tuple(sorted(name for name, key in live.items() if key not in searchable)),
            built=indexed is not None,
        )

    @property
    def sound(self) -> bool:
        """Whether catalogue, full-text index and vector index agree, as far as they are built."""
        return not (self.missing or self.orphans or self.unsearchable)
