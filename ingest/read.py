"""The first half of a run: every post of every source met, those that changed cleaned and laid by.

All posts are read before the first is published, since only the whole run shows which blocks are boilerplate.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.catalogue import Holding
from corpus.errors import InsightError
from corpus.ledger import Ledger
from corpus.records import Origin, Outcome, RunItem
from ingest.boilerplate import RepeatedBlocks
from ingest.clean import CLEANER, clean
from ingest.journal import Journal
from ingest.post import BadPost, Gone, Item, Post, Refused, Remembered, Source, Unchanged
from ingest.split import SPLITTER
from ingest.spool import CleanedPost, Spool

_STAYS = "the version that is held stays"


@dataclass
class Findings:
    """What the reading of a run's sources has brought up, beside the articles in the spool."""

    spool: Spool
    repeated: RepeatedBlocks = field(default_factory=RepeatedBlocks)
    kept: dict[int, tuple[Source, str, Origin]] = field(default_factory=dict)  # by number, with the post's address
    gone: list[tuple[int, Origin, Gone]] = field(default_factory=list)
    remarked: list[Origin] = field(default_factory=list)  # as they were, but for the source's marker
    broken_off: list[str] = field(default_factory=list)


class Reader:
    """Reads sources one after the other into ``findings``."""

    def __init__(self, ledger: Ledger, holdings: Mapping[str, Holding], journal: Journal, findings: Findings) -> None:
        self._ledger, self._holdings = ledger, holdings
        self._journal, self._findings = journal, findings
        self._met = 0

    def read(self, source: Source) -> None:
        """Meet every post of a source; where it breaks off, what it gave until then stands."""
        origins = self._current(self._ledger.origins(source.name))
        known = {
            key: Remembered(origin.article_id, origin.marker, self._holdings[origin.article_id].identity)
            for key, origin in origins.items()
        }
        left = dict(origins)
        try:
            for item in _told_apart(source.posts(known)):
                self._met += 1
                self._journal.tell("reading", self._met)
                self._meet(source, item, origins, left)
        except InsightError as error:
            self.broke_off(source.name, error)
        for origin in left.values():
            self._findings.repeated.see_again(origin.blocks)

    def broke_off(self, name: str, error: InsightError) -> None:
        """Write down that a source could not be read to its end."""
        told = str(error)
        self._findings.broken_off.append(told if told.startswith(name) else f"{name}: {told}")
        self._journal.refused(name, f"broken off: {error}")

    def settle_kept(self) -> None:
        """Decide on what is as it was, reading again where the whole run has shown other boilerplate in it."""
        again: dict[str, tuple[Source, dict[str, int]]] = {}
        for number, (source, _, origin) in self._findings.kept.items():
            if self._findings.repeated.judged_otherwise(origin.blocks):
                again.setdefault(source.name, (source, {}))[1][origin.key] = number
        for source, numbers in again.values():
            self._look_again(source, numbers)
        for number, (_, address, origin) in self._findings.kept.items():
            title = self._holdings[origin.article_id].title
            self._journal.decide(number, RunItem(address, Outcome.KEPT, article_id=origin.article_id, title=title))

    def _look_again(self, source: Source, numbers: dict[str, int]) -> None:
        try:
            for item in _told_apart(source.posts({})):
                if isinstance(item, Post) and item.key in numbers:
                    number = numbers.pop(item.key)
                    del self._findings.kept[number]
                    self._lay_by(source, item, number, counted=True)
                if not numbers:
                    return
        except InsightError as error:
            self.broke_off(source.name, error)

    def _current(self, origins: Mapping[str, Origin]) -> dict[str, Origin]:
        """Return the origins whose articles are held; those of an older cleaner or splitter count as changed."""
        found = {}
        for key, origin in origins.items():
            holding = self._holdings.get(origin.article_id)
            if holding is not None:
                as_made_now = origin.digest.startswith(f"{CLEANER}:") and holding.splitter == SPLITTER
                marker, digest = (origin.marker, origin.digest) if as_made_now else ("", "")
                found[key] = replace(origin, marker=marker, digest=digest)
        return found

    def _meet(
        self,
        source: Source,
        item: Item,
        origins: Mapping[str, Origin],
        left: dict[str, Origin],
    ) -> None:
        match item:
            case Refused():
                self._refuse(self._journal.number(), item.address, item.reason, origins.get(item.key))
            case Gone():
                if origin := left.pop(item.key, None):
                    self._findings.gone.append((self._journal.number(), origin, item))
            case Unchanged() if item.key in origins:
                self._findings.kept[self._journal.number()] = source, item.address, origins[item.key]
            case Unchanged():  # the first of two of this key is known, this one never was
                self._journal.refused(item.address, "given twice")
            case Post():
                origin = origins.get(item.key)
                if origin is not None and origin.digest == digest_of(item):
                    self._findings.kept[self._journal.number()] = source, item.address, origin
                    if origin.marker != item.marker:
                        self._findings.remarked.append(replace(origin, marker=item.marker))
                    return
                left.pop(item.key, None)
                article = self._lay_by(source, item, self._journal.number(), before=origin)
                if not article and origin is not None:
                    left[item.key] = origin  # it could not be cleaned, so its old version stays

    def _refuse(self, number: int, address: str, reason: str, before: Origin | None) -> None:
        """Write down a refusal, and that the article which the post gave ``before`` serves on."""
        item = RunItem(address, Outcome.REFUSED, reason=reason)
        if before is not None:
            title = self._holdings[before.article_id].title
            item = replace(item, article_id=before.article_id, title=title, note=_STAYS)
        self._journal.decide(number, item)

    def _lay_by(
        self, source: Source, post: Post, number: int, *, before: Origin | None = None, counted: bool = False
    ) -> bool:
        """Clean a post and put it into the spool; False where there is no article in it."""
        try:
            cleaned = clean(post, source=source.name)
        except BadPost as error:
            self._refuse(number, post.address, str(error), before)
            return False
        if not counted:
            self._findings.repeated.see(cleaned.article)
        origin = Origin(source.name, post.key, "", post.marker, digest_of(post), int(source.rank))
        self._findings.spool.add(CleanedPost(number, post.address, cleaned.article, cleaned.flags, origin))
        return True


def _told_apart(items: Iterator[Item]) -> Iterator[Item]:
    """Yield the items with numbers on keys that come more than once, so that each post of a run has one of its own.

    Sources know nothing of these numbers: what one calls gone under a key that was just given to a post is not.
    """
    given, told = Counter[str](), set[str]()
    for item in items:
        match item:
            case Refused():
                given[item.key] += 1
                yield item
            case Gone():
                if item.key not in told:
                    yield item
            case _:
                given[item.key] += 1
                again = given[item.key] > 1
                own = replace(item, key=f"{item.key}~{given[item.key]}") if again else item
                told.add(own.key)
                yield own


def digest_of(post: Post) -> str:
    """Return what stands for a post's bytes and metadata and for the cleaner, which together make the article."""
    told = json.dumps([post.media_type, dict(post.metadata)], sort_keys=True, default=str, ensure_ascii=True)
    digest = hashlib.sha256(told.encode())
    digest.update(post.body)
    return f"{CLEANER}:{digest.hexdigest()}"


def read_all(reader: Reader, sources: Sequence[Source]) -> None:
    """Read sources one after the other, and decide on what is as it was."""
    for source in sources:
        reader.read(source)
    reader.settle_kept()
