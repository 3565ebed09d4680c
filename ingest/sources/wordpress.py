"""Posts and pages of a WordPress site, by its REST API.

A first run reads everything. A later one reads what was modified lately, then a light listing of all that there is,
and of that only what it does not know yet. What the library knows and the listing no longer shows is asked for one by
one, so that nothing but the site's own word on that post withdraws it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from corpus.errors import Unavailable
from ingest.address import FetchRefused
from ingest.fetch import Fetch, WebOptions
from ingest.metadata import canonical_url
from ingest.post import Gone, Item, Rank, Refused, Remembered, Unchanged
from ingest.sources.wordpress_api import Answer, WordPressApi
from ingest.sources.wordpress_post import (
    FIELDS,
    LIGHT_FIELDS,
    id_of,
    is_protected,
    link_of,
    marker_of,
    post_of,
    read_time,
)

_NAMES = {"posts": "post", "pages": "page"}  # in keys; any other type goes by its REST base
_PUBLIC = ("publish",)
_FULL = {"_embed": "author,wp:term", "_fields": FIELDS}
_LIGHT = {"_fields": LIGHT_FIELDS}
_BY_ID = {"orderby": "id", "order": "asc"}
_BY_CHANGE = {"orderby": "modified", "order": "asc"}
# modified_after compares with the site's own time, which lies up to 14 hours from the UTC of what we remember
_OVERLAP = timedelta(days=1)
_NOW = {
    "draft": "now a draft",
    "pending": "now awaits review",
    "future": "now scheduled for later",
    "private": "now private",
    "trash": "in the trash",
}


class WordPressSource:
    """The posts of one site; ``site`` is its home address and ``api`` the root of its REST API.

    Keys are "post:12" and "page:7", with the REST base for any other type; markers are the times of modification.
    """

    rank = Rank.OWN

    def __init__(self, site: str, api: str, fetch: Fetch, options: WebOptions) -> None:
        self._site = canonical_url(site) or site
        self.name = f"wordpress:{self._site}"
        self._api = WordPressApi(api, fetch)
        self._options = options

    def posts(self, known: Mapping[str, Remembered]) -> Iterator[Item]:
        """Yield what became of every post of the types and statuses asked for.

        Raises Unavailable where the site can't be reached or does not open its API; a post that it can't show, a page
        broken by one post's error among them, is a ``Refused`` of its own.
        """
        for base in self._options.post_types:
            yield from _PostType(self._api, self._site, base, self._options.post_statuses, known).items()


@dataclass(frozen=True, slots=True)
class _Listing:
    """Every record of a type, light, by its number; ``complete`` where as many came as the site says that it has."""

    records: Mapping[int, Mapping[str, Any]]
    complete: bool


class _PostType:
    """One type of post of a site in one run."""

    def __init__(
        self, api: WordPressApi, site: str, base: str, statuses: Sequence[str], known: Mapping[str, Remembered]
    ) -> None:
        self._api, self._site, self._base = api, site, base
        self._route = f"wp/v2/{quote(base, safe='')}"
        self._statuses = statuses
        # asked for by name, other posts than published ones need a user, and published ones then too
        self._only = {} if tuple(statuses) == _PUBLIC else {"status": ",".join(statuses)}
        self._known = dict(self._own(known))
        self._single_posts_are_open: bool | None = None

    def items(self) -> Iterator[Item]:
        """Yield what became of every post."""
        if not self._known:
            yield from map(self._item, self._all(_BY_ID))
            return
        told = set()
        for record in self._lately():
            item = self._item(record)
            told.add(item.key)
            yield item
        listing = self._listing()
        unknown = []
        for number, record in listing.records.items():
            if self._key(number) in told:
                continue
            if is_protected(record) or self._is_as_it_was(number, record):
                yield self._item(record)
            else:
                unknown.append(number)
        yield from map(self._item, self._by_number(unknown))
        missing = [number for number in self._known if number not in listing.records and self._key(number) not in told]
        if missing and not listing.complete:
            yield Refused(
                f"{self._site} ({self._base})",
                f"the site's listing was cut short: {len(missing)} posts that it did not show stay as they are",
            )
            return
        for number in missing:
            yield self._ask(number, listing)

    def _own(self, known: Mapping[str, Remembered]) -> Iterator[tuple[int, Remembered]]:
        for key, remembered in known.items():
            name, _, number = key.rpartition(":")
            if f"{name}:" == self._key("") and number.isdecimal():
                yield int(number), remembered

    def _key(self, number: object) -> str:
        return f"{_NAMES.get(self._base, self._base)}:{number}"

    def _is_as_it_was(self, number: int, record: Mapping[str, Any]) -> bool:
        before = self._known.get(number)
        if before is None or before.marker == "" or before.marker != marker_of(record):
            return False
        # other permalinks, or another domain, move every post without a word in its time of modification
        link = link_of(record)
        return link is None or canonical_url(before.identity) in (None, canonical_url(link))

    def _item(self, record: Any) -> Item:
        """Say what a record is, full or light; a light one must be of a post that is no more, or is as it was."""
        if isinstance(record, Refused):
            return record
        number = id_of(record)
        if number is None:
            return Refused(f"{self._site} ({self._base})", "the site gives a record that has no id")
        key, address = self._key(number), link_of(record) or self._address(number)
        status = str(record.get("status", "publish"))
        reason = "" if status in self._statuses else _NOW.get(status, f"now has the status '{status}'")
        if not reason and is_protected(record):
            reason = "protected by a password"
        if reason:
            return Gone(address, key, reason) if number in self._known else Refused(address, reason, key)
        if self._is_as_it_was(number, record):
            return Unchanged(address, key)
        post = post_of(record, site=self._site, address=address, key=key)
        return post or Refused(address, "the site's REST API gives no text for it", key)

    def _address(self, number: int) -> str:
        return f"{self._site}/?p={number}"

    def _lately(self) -> Iterator[Any]:
        """Yield what was modified since a day before the last change that is known.

        After a bulk edit or an import that day would bring everything again; the listing then tells more cheaply.
        """
        times = [time for before in self._known.values() if (time := read_time(before.marker))]
        since = max(times, default=None)
        if since is None:
            return
        since -= _OVERLAP
        if sum(time >= since for time in times) > self._api.size:
            return
        for record in self._all({**_BY_CHANGE, "modified_after": since.isoformat()}):
            modified = read_time(record.get("modified_gmt")) if isinstance(record, dict) else None
            if modified and modified < since - _OVERLAP:  # a WordPress before 5.7, which does not know the parameter
                return
            yield record

    def _all(self, parameters: Mapping[str, str]) -> Iterator[Any]:
        """Yield all full records; those of a page that the site can't give are asked for in smaller parts."""
        seen: set[int] = set()
        number, last = 0, False
        while not last:
            number += 1
            try:
                page = self._api.page(self._route, {**_FULL, **self._only, **parameters}, number)
                records = page.records
            except (Unavailable, FetchRefused):
                page = self._api.page(self._route, {**_LIGHT, **self._only, **parameters}, number)
                records = list(self._by_number([found for record in page.records if (found := id_of(record))]))
            shown = {found for record in page.records if (found := id_of(record))}
            yield from (record for record in records if id_of(record) not in seen)
            # a site that does not count its pages may give the last one for ever
            last = page.last or (page.total is None and shown <= seen)
            seen |= shown

    def _listing(self) -> _Listing:
        """List all there is, once more where the number of posts changed meanwhile."""
        listing = self._list()
        return listing if listing.complete else self._list()

    def _list(self) -> _Listing:
        records: dict[int, Mapping[str, Any]] = {}
        totals: set[int | None] = set()
        for page in self._api.pages(self._route, {**_LIGHT, **self._only, **_BY_ID}):
            records.update((number, record) for record in page.records if (number := id_of(record)))
            totals.add(page.total)
        return _Listing(records, complete=totals <= {None, len(records)})

    def _by_number(self, numbers: Sequence[int]) -> Iterator[Any]:
        """Yield the full records of these numbers, and a refusal for each that the site can't give."""
        size = self._api.size
        for start in range(0, len(numbers), size):
            yield from self._part(numbers[start : start + size])

    def _part(self, numbers: Sequence[int]) -> Iterator[Any]:
        wanted = {**self._only, **_BY_ID, "include": ",".join(map(str, numbers))}
        try:
            pages = list(self._api.pages(self._route, {**_FULL, **wanted}))
        except (Unavailable, FetchRefused) as error:
            self._api.page(self._route, {**_LIGHT, **wanted})  # raises where it is the site that fails and no post
            if len(numbers) == 1:
                yield Refused(self._address(numbers[0]), f"the site can't give it: {error}", self._key(numbers[0]))
                return
            step = max(1, len(numbers) // 10)
            for start in range(0, len(numbers), step):
                yield from self._part(numbers[start : start + step])
        else:
            yield from (record for page in pages for record in page.records)

    def _ask(self, number: int, listing: _Listing) -> Item:
        """Ask what became of a post that the listing does not show."""
        key, address = self._key(number), self._address(number)
        try:
            answer = self._api.get(f"{self._route}/{number}", _FULL)
        except (Unavailable, FetchRefused) as error:
            self._api.page(self._route, {**_LIGHT, **self._only})  # raises where it is the site that fails and no post
            return Refused(address, f"the site can't say what became of it: {error}", key)
        if answer.status == 200 and id_of(answer.data) == number:
            return self._item(answer.data)
        # "rest_no_route" is of the API and not of this post; without a code it is not WordPress that speaks
        if answer.status in (404, 410) and answer.code not in ("", "rest_no_route"):
            return Gone(address, key, "deleted from the site")
        if answer.status in (401, 403):
            if answer.closed or not self._opens_single_posts(listing):
                raise Unavailable(self._closed(answer))
            return Gone(address, key, "no longer public: trashed, private or a draft")
        told = f"status {answer.status}, {answer.code or 'no reason given'}"
        return Refused(address, f"the site can't say what became of it ({told})", key)

    def _opens_single_posts(self, listing: _Listing) -> bool:
        """Say whether a post that the listing does show can be read, so that a refused one is indeed hidden."""
        if self._single_posts_are_open is None:
            shown = next(iter(listing.records), None)
            self._single_posts_are_open = (
                shown is not None and self._api.get(f"{self._route}/{shown}", _LIGHT).status == 200
            )
        return self._single_posts_are_open

    def _closed(self, answer: Answer) -> str:
        return (
            f"the site's REST API does not let us read single {self._base} ({answer.code or 'no reason given'}, status "
            f"{answer.status}), so it can't be told what was removed and nothing is withdrawn: have the API opened, "
            "set a user and an application password, or withdraw by hand"
        )
