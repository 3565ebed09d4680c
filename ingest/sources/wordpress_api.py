"""Asking a WordPress site's REST API: addresses, pages of records, and what its refusals mean."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from corpus.errors import Unavailable
from ingest.fetch import Fetch

_SIZES = (100, 50, 20, 10)  # records a page; 100 is WordPress's own most, 10 its default
_OPTIONAL = ("_fields", "_embed", "orderby", "order", "modified_after")
_PAST_THE_END = "rest_post_invalid_page_number"
# a PHP notice may stand before the JSON; the colon and quotes keep its own brackets from being taken for it
_JSON_START = re.compile(r'\[\s*\{\s*"|\{\s*"|\[\s*\]')
_MOST_STARTS = 20  # of JSON that are tried in one reply

Record = Mapping[str, Any]


class Unreadable(Unavailable):
    """A reply that is no JSON, or not the JSON that was asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply with its JSON; ``code`` is WordPress's own name of an error, ``total`` and ``pages`` those of a listing.

    ``total`` and ``pages`` are None where the headers are missing.
    """

    status: int
    data: Any
    code: str
    total: int | None
    pages: int | None

    @property
    def closed(self) -> bool:
        """Whether the API is closed to us: what it says of a single private post is "rest_forbidden"."""
        return self.status in (401, 403) and self.code != "rest_forbidden"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing; ``total`` is the length of the whole listing, None where the site does not tell."""

    records: Sequence[Any]
    total: int | None
    last: bool


class WordPressApi:
    """The REST API of one site; it learns by the site's refusals which parameters to do without."""

    def __init__(self, root: str, fetch: Fetch) -> None:
        self._root = urlsplit(root)
        self._fetch = fetch
        self._dropped: set[str] = set()
        self._size = _SIZES[0]

    @property
    def size(self) -> int:
        """How many records the site gives at once."""
        return self._size

    def address(self, route: str, parameters: Mapping[str, str] | None = None) -> str:
        """Return the address of a route such as "wp/v2/posts", below "/wp-json/" or in "?rest_route=/"."""
        pairs = parse_qsl(self._root.query, keep_blank_values=True)
        path = self._root.path
        if any(name == "rest_route" for name, _ in pairs):
            pairs = [(name, f"/{route}" if name == "rest_route" else value) for name, value in pairs]
        else:
            path = f"{path.rstrip('/')}/{route}"
        query = urlencode([*pairs, *(parameters or {}).items()], safe="/,:")
        return urlunsplit((self._root.scheme, self._root.netloc, path, query, ""))

    def get(self, route: str, parameters: Mapping[str, str]) -> Answer:
        """Ask for a route; raises Unreadable where the reply is no JSON, and what fetching raises."""
        asked = {name: value for name, value in parameters.items() if name not in self._dropped}
        reply = self._fetch.get(self.address(route, asked), headers={"Accept": "application/json"}, private=True)
        try:
            data = read_json(reply.body)
        except ValueError as error:
            told = reply.media_type or "something"
            raise Unreadable(
                f"the site's REST API answers {route} with {told} that is no JSON (status {reply.status}): "
                "look for an error of PHP or a firewall there, or name the site's sitemap or feed instead"
            ) from error
        code = str(data.get("code", "")) if isinstance(data, dict) and reply.status >= 400 else ""
        total, pages = (_count(reply.headers.get(name)) for name in ("x-wp-total", "x-wp-totalpages"))
        return Answer(reply.status, data, code, total, pages)

    def page(self, route: str, parameters: Mapping[str, str], number: int = 1) -> Page:
        """Return one page of a listing, empty and last where it lies past the end; raises Unavailable otherwise."""
        while True:
            size = self._size
            answer = self.get(route, {**parameters, "per_page": str(size), "page": str(number)})
            if answer.code != "rest_invalid_param" or not self._adapt(answer, number):
                break
        if answer.code == _PAST_THE_END:
            return Page((), answer.total, last=True)
        if answer.status != 200:
            raise Unavailable(_refusal(route, answer))
        if not isinstance(answer.data, list):
            raise Unreadable(f"the site's REST API gives no list at {route}; name the site's sitemap or feed instead")
        pages = answer.pages
        last = not answer.data if pages is None else number >= pages
        return Page(answer.data, answer.total, last)

    def pages(self, route: str, parameters: Mapping[str, str]) -> Iterator[Page]:
        """Yield a listing's pages to the end, whatever number of records the site puts in each."""
        before: Sequence[Any] = ()
        number, last = 0, False
        while not last:
            number += 1
            page = self.page(route, parameters, number)
            if page.records and page.records == before:  # a site that does not know of pages gives the first for ever
                return
            yield page
            before, last = page.records, page.last

    def _adapt(self, answer: Answer, number: int) -> bool:
        """Do without what the site rejects; False where there is nothing to do without."""
        data = answer.data.get("data")
        rejected = data.get("params") if isinstance(data, dict) else None
        names = set(rejected) if isinstance(rejected, dict) else set()
        optional = names.intersection(_OPTIONAL) - self._dropped
        self._dropped |= optional
        smaller = next((size for size in _SIZES if size < self._size), None)
        if "per_page" in names and smaller and number == 1:  # later on the pages would no longer follow on each other
            self._size = smaller
            return True
        return bool(optional)


def read_json(body: bytes) -> Any:
    """Read JSON, also behind what PHP printed before it; raises ValueError where there is none."""
    text = body.decode("utf-8-sig").strip()
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    except ValueError:
        for start in islice(_JSON_START.finditer(text), _MOST_STARTS):
            try:
                return json.loads(text[start.start() :])
            except (ValueError, RecursionError):
                continue  # a bracket of the notice itself
        raise


def _count(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,9}", text.strip()) else None


def _refusal(route: str, answer: Answer) -> str:
    """Say in one line what a refused listing means and what to do."""
    told = f"{answer.code or 'no reason given'}, status {answer.status}"
    if answer.status in (401, 403):
        return (
            f"the site's REST API does not let us list {route} ({told}): check the user and the application "
            "password in the settings, have the API opened, or name the site's sitemap or feed instead"
        )
    if answer.code == "rest_invalid_param" and "status" in str(answer.data.get("message", "")):
        return (
            f"the site shows posts that are not published only to those who may edit them ({told}): "
            "set a user and an application password, and check the statuses in the settings"
        )
    if answer.status == 404:
        return f"the site's REST API has no {route} ({told}): check the post types in the settings"
    return f"the site's REST API can't list {route} ({told}); try again later"
