"""The second half of a run: what becomes of each cleaned article, against what the library holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import unified_diff
from typing import Protocol

from corpus.article import Article
from corpus.catalogue import Holding
from corpus.ledger import Ledger
from corpus.records import ADMIN, Held, Origin, Outcome, RunItem, Withdrawal
from ingest.boilerplate import RepeatedBlocks
from ingest.identity import short_hash
from ingest.post import Source
from ingest.similar import Lookalikes, sketch_of
from ingest.split import SPLITTER
from ingest.spool import CleanedPost


class Shelves(Protocol):
    """What is asked of the library about one article."""

    @property
    def ledger(self) -> Ledger:
        """What is remembered of origins, withdrawals, and of what is held back."""
        ...

    def article(self, article_id: str) -> Article | None:
        """Return the live article of this id."""
        ...


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be done about one candidate.

    ``item`` is for the run's record; ``publish`` is the article to publish, ``hold`` what to hold back, ``origin`` what
    to remember of the post, each None where there is nothing; ``left_behind`` is an article that its post is no more.
    """

    item: RunItem
    publish: Article | None = None
    hold: Held | None = None
    origin: Origin | None = None
    left_behind: str | None = None


@dataclass(frozen=True, slots=True)
class _Met:
    """An article of this run, and the post that gave it."""

    article_id: str
    address: str
    source: str


@dataclass(frozen=True, slots=True)
class _Double:
    """An article that is there already, and how that shows."""

    article_id: str
    reason: str
    same_source: bool


def _as_double(candidate: CleanedPost, double: _Double, origin: Origin) -> Settled:
    """Refuse a second post of the same source; the same article through another source is just known by it as well."""
    item = RunItem(candidate.address, Outcome.REFUSED, title=candidate.article.title, reason=double.reason)
    if double.same_source:
        return Settled(item)
    kept = RunItem(item.address, Outcome.KEPT, double.article_id, item.title, note=double.reason)
    return Settled(kept, origin=replace(origin, article_id=double.article_id))


@dataclass(frozen=True, slots=True)
class RunState:
    """What a run knows and was told when it comes to decide.

    ``holdings`` are the live articles by id; ``kept`` the posts that are as they were, by number, each with its source,
    address and origin; ``barred`` what this run withdrew; ``left`` the posts, by source and key, that are in their
    source no more. With ``quarantine`` flagged articles are held back; with ``dry_run`` changes are told in full.
    """

    holdings: Mapping[str, Holding]
    kept: Mapping[int, tuple[Source, str, Origin]]
    barred: Sequence[Withdrawal]
    left: Collection[tuple[str, str]]
    now: datetime
    quarantine: bool = False
    dry_run: bool = False


class Settler:
    """Decides on one candidate after the other; nothing is written here."""

    def __init__(self, library: Shelves, repeated: RepeatedBlocks, run: RunState) -> None:
        self._library, self._repeated, self._run = library, repeated, run
        holdings = run.holdings
        self._by_identity = {holding.identity: article_id for article_id, holding in holdings.items()}
        self._by_text = {holding.text_hash: article_id for article_id, holding in holdings.items()}
        withdrawn = library.ledger.withdrawals()
        self._posts_withdrawn = {post: item for item in withdrawn for post in item.posts}
        self._texts_withdrawn = {item.body_hash: item for item in withdrawn if item.body_hash}
        self._withdrawn = {item.identity: item for item in [*withdrawn, *run.barred]}
        self._reserved = {item.article.id: item.article.identity for item in library.ledger.held()}
        self._reserved |= {article_id: holding.identity for article_id, holding in holdings.items()}
        self._lookalikes = Lookalikes(pair for pair in library.ledger.sketches() if pair[0] in holdings)
        self._kept = {
            (source.name, holdings[origin.article_id].identity): _Met(origin.article_id, address, source.name)
            for source, address, origin in run.kept.values()
            if origin.article_id in holdings
        }  # of this run, by source and identity
        self._identities: dict[str, _Met] = {}  # of this run, but for the kept ones
        self._contents: dict[str, _Met] = {}  # of this run, by text
        self._ids: dict[str, str] = {}  # of this run, to the identity that holds it
        self._held: set[str] = set()  # articles of this run that are held back and never were published

    def settle(self, candidate: CleanedPost, before: Origin | None) -> Settled:
        """Decide on a candidate; ``before`` is what is remembered of its post, None if it is new."""
        article = self._repeated.without(candidate.article)
        if reason := self._kept_out(article, candidate.origin):
            return Settled(RunItem(candidate.address, Outcome.REFUSED, title=article.title, reason=reason))
        known = self._known(article.identity, before)
        article = replace(article, id=known.id if known else self._free_id(article))
        origin = replace(
            candidate.origin,
            article_id=article.id,
            blocks=self._repeated.notes(candidate.article),
            sketch=sketch_of(article.text),
        )
        double = self._double(article, candidate.origin.source)
        if double is not None and double.article_id in self._held:
            reason = f"{double.reason}, which is held back"
            return Settled(RunItem(candidate.address, Outcome.HELD, title=article.title, reason=reason))
        if double is not None:
            settled = _as_double(candidate, double, origin)
        else:
            met = _Met(article.id, candidate.address, candidate.origin.source)
            self._identities[article.identity] = self._contents[article.text_hash] = met
            settled = self._decide(candidate, article, known, origin)
            # where nothing is published, the article stays at its former address
            self._ids[article.id] = known.identity if known and not settled.publish else article.identity
            if settled.hold and known is None:
                self._held.add(article.id)
        if settled.publish and known and self._by_text.get(known.text_hash) == article.id:
            del self._by_text[known.text_hash]  # what it read until now is free for another post
        moved = before is not None and settled.origin is not None and before.article_id != settled.origin.article_id
        return replace(settled, left_behind=before.article_id if before and moved else None)

    def _known(self, identity: str, before: Origin | None) -> Article | None:
        """Return the article of this address, or that of the post where its address has changed.

        One that another post of this run has become, addresses having moved from post to post, is not it.
        """
        for article_id in (self._by_identity.get(identity), before.article_id if before else None):
            if article_id is not None and self._ids.get(article_id, identity) == identity:
                return self._library.article(article_id)
        return None

    def _decide(self, candidate: CleanedPost, article: Article, known: Article | None, origin: Origin) -> Settled:
        item = RunItem(candidate.address, Outcome.KEPT, article_id=article.id, title=article.title)
        if known is not None:
            if self._same(article, known):
                return Settled(item, origin=origin)
            if self._outranked(article, known, origin):
                note = "kept as a source of more weight gives it"
                return Settled(replace(item, title=known.title, note=note), origin=origin)
        if candidate.flags and self._run.quarantine:
            held = Held(article, candidate.flags, self._run.now.isoformat(timespec="seconds"), origin)
            reason = "; ".join(candidate.flags)
            return Settled(replace(item, outcome=Outcome.HELD, reason=reason), hold=held)
        alike = self._lookalikes.nearest(origin.sketch, other_than=article.id)
        self._lookalikes.add(article.id, origin.sketch)
        notes = [*candidate.flags, *([f"reads much like {alike[0]} ({alike[1]:.0%} the same)"] if alike else [])]
        item = replace(
            item,
            outcome=Outcome.CHANGED if known else Outcome.ADDED,
            note="; ".join(notes) or None,
            diff=_diff(known, article) if self._run.dry_run and known else None,
        )
        return Settled(item, publish=article, origin=origin)

    def _same(self, article: Article, known: Article) -> bool:
        same = known.content_hash == article.content_hash and known.identity == article.identity
        holding = self._run.holdings.get(article.id)
        return same and holding is not None and holding.splitter == SPLITTER

    def _outranked(self, article: Article, known: Article, origin: Origin) -> bool:
        """Say whether another source, whose word counts more, gives this article, and this one's is not newer."""
        others = [other.rank for other in self._origins_of(known.id) if other.source != origin.source]
        return max(others, default=0) > origin.rank and not _later(article.modified, known.modified)

    def _kept_out(self, article: Article, origin: Origin) -> str | None:
        """Say why a withdrawn article stays out, or None where nothing stands against it."""
        withdrawal = (
            self._withdrawn.get(article.identity)
            or self._posts_withdrawn.get((origin.source, origin.key))
            or self._texts_withdrawn.get(article.body_hash)
        )
        if withdrawal is None:
            return None
        day = withdrawal.at[:10]
        again = f"`insight articles restore {withdrawal.article_id}` lets it in again"
        if withdrawal.source == ADMIN:
            return f"withdrawn by an admin on {day}; {again}"
        if withdrawal.source == origin.source or _later(article.modified, withdrawal.at):
            return None
        return f"withdrawn on {day} ({withdrawal.reason}); {again}"

    def _double(self, article: Article, source: str) -> "_Double | None":
        """Return the article that this one is, where the run or the library has it already under another post."""
        if met := self._identities.get(article.identity) or self._kept.get((source, article.identity)):
            reason = f"the same article as {met.address}: both give the same address or id"
            return _Double(met.article_id, reason, same_source=met.source == source)
        if met := self._contents.get(article.text_hash):
            return _Double(met.article_id, f"same text as {met.article_id}", same_source=met.source == source)
        other = self._by_text.get(article.text_hash)
        if other is None or other == article.id or self._library.article(other) is None:
            return None
        sources = {origin.source for origin in self._origins_of(other)}
        return _Double(other, f"same text as {other}", same_source=source in sources or not sources)

    def _origins_of(self, article_id: str) -> list[Origin]:
        """Return the posts that an article comes from, whether or not those that left are forgotten already."""
        found = self._library.ledger.origins_of(article_id)
        return [origin for origin in found if (origin.source, origin.key) not in self._run.left]

    def _free_id(self, article: Article) -> str:
        """Return the article's id, with a short hash of its identity where another article holds it."""
        salts = ("", article.identity, *(f"{article.identity} {number}" for number in range(2, 100)))
        names = (f"{article.id}-{short_hash(salt)}" if salt else article.id for salt in salts)
        return next(name for name in names if self._holder(name, article.identity) == article.identity)

    def _holder(self, article_id: str, otherwise: str) -> str:
        """Return the identity of the article that has an id now, ``otherwise`` where none has."""
        return self._ids.get(article_id, self._reserved.get(article_id, otherwise))


def withdrawal_of(article: Article, *, at: datetime, source: str, reason: str) -> Withdrawal:
    """Return the record of an article's withdrawal."""
    return Withdrawal(article.identity, article.id, at.isoformat(timespec="seconds"), source, reason)


def _later(moment: str | None, than: str | None) -> bool:
    """Compare two moments in ISO 8601; those without a zone are taken as UTC, unknown ones as not later."""
    if moment is None or than is None:
        return False
    return _utc(moment) > _utc(than)


def _utc(moment: str) -> datetime:
    found = datetime.fromisoformat(moment)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _diff(old: Article, new: Article) -> str:
    """Return what changes between two versions as they read, in unified form; what is not text first."""
    return "\n".join(unified_diff(_lines(old), _lines(new), "held", "given", lineterm="", n=1))


def _lines(article: Article) -> Sequence[str]:
    facts = {
        "title": article.title,
        "url": article.url,
        "author": article.author,
        "published": article.published,
        "modified": article.modified,
        "categories": ", ".join(article.categories),
        "language": article.language,
    }
    return [*(f"{name}: {value}" for name, value in facts.items() if value), "", *article.text.split("\n")]
