"""A WordPress REST API over real HTTP on loopback, that a script can fill, change and break."""

import base64
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Record = dict[str, Any]


@dataclass
class Asked:
    """One request as the site saw it, and the size of its reply."""

    route: str
    parameters: dict[str, str]
    user: str | None
    status: int
    size: int


@dataclass
class Site:
    """What the site holds and how it behaves; change it between runs."""

    url: str = ""
    types: dict[str, dict[int, Record]] = field(default_factory=lambda: {"posts": {}, "pages": {}})
    log: list[Asked] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)
    zone: timedelta = timedelta(0)
    most: int = 100  # records a page, else 400
    silent_most: int = 100  # records a page, whatever is asked for
    rejected: set[str] = field(default_factory=set)  # parameters
    ignored: set[str] = field(default_factory=set)  # parameters
    counts_pages: bool = True
    before_json: str = ""
    page: str = ""  # instead of every reply
    fatal: set[int] = field(default_factory=set)  # posts whose text breaks the reply
    fatal_status: int = 200
    closed: tuple[int, str] | None = None  # status and code of every reply
    closed_singles: tuple[int, str] | None = None  # the same, of single posts alone
    single: dict[int, tuple[int, str]] = field(default_factory=dict)  # status and body of single posts
    hidden: set[int] = field(default_factory=set)  # left out of listings
    extra: list[Any] = field(default_factory=list)  # records at the end of every listing
    totals: list[int] = field(default_factory=list)  # told instead of the true one, one listing request after the other

    @property
    def pretty(self) -> str:
        return f"{self.url}/wp-json/"

    @property
    def plain(self) -> str:
        return f"{self.url}/?rest_route=/"

    def add(self, number: int, text: str = "", *, kind: str = "posts", **fields: Any) -> Record:
        """Add or replace a post; its dates follow from its number unless given."""
        moment = datetime(2024, 1, 1, 9, 30) + timedelta(days=3 * number)
        record = {
            "id": number,
            "status": "publish",
            "date": stamp(moment + self.zone),
            "date_gmt": stamp(moment),
            "modified": stamp(moment + self.zone),
            "modified_gmt": stamp(moment),
            "link": f"{self.url}/essay-{number}/",
            "title": {"rendered": f"Essay {number}"},
            "content": {"rendered": text or f"<p>What essay {number} says of number {number}.</p>", "protected": False},
            "_embedded": {"author": [{"id": 1, "name": "Jane Roe"}], "wp:term": [[], []]},
        } | fields
        self.types[kind][number] = record
        return record

    def edit(self, number: int, text: str, modified: str, *, kind: str = "posts", **fields: Any) -> None:
        content = {"rendered": text, "protected": False}
        self.types[kind][number] |= {"content": content, "modified": modified, "modified_gmt": modified} | fields

    def sent(self) -> int:
        """Bytes of all replies."""
        return sum(asked.size for asked in self.log)


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


@contextmanager
def running(site: Site) -> Iterator[Site]:
    """Serve the site on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _reply(site, self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _reply(site: Site, handler: BaseHTTPRequestHandler) -> None:
    parts = urlsplit(handler.path)
    parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
    route = parameters.pop("rest_route", None) or parts.path.removeprefix("/wp-json")
    route = route.removeprefix("/wp/v2/")
    user = _user(handler.headers.get("Authorization"))
    status, headers, body = _answer(site, route, parameters, site.users.get(user[0]) == user[1] if user else False)
    site.log.append(Asked(route, parameters, user[0] if user else None, status, len(body)))
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json; charset=UTF-8", **headers}.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _user(header: str | None) -> tuple[str, str] | None:
    if header is None:
        return None
    name, _, password = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    return name, password


def _error(status: int, code: str, **data: Any) -> tuple[int, dict[str, str], bytes]:
    return status, {}, json.dumps({"code": code, "message": code, "data": {"status": status, **data}}).encode()


def _answer(site: Site, route: str, parameters: Mapping[str, str], editor: bool) -> tuple[int, dict[str, str], bytes]:
    base, _, number = route.partition("/")
    if site.page:
        return 200, {"Content-Type": "text/html; charset=UTF-8"}, site.page.encode()
    if site.closed:
        return _error(*site.closed)
    if base not in site.types:
        return _error(404, "rest_no_route")
    rejected = site.rejected.intersection(parameters)
    if int(parameters.get("per_page", "10")) > site.most:
        rejected.add("per_page")
    if "status" in parameters and not editor:
        rejected.add("status")
    if rejected:
        named = dict.fromkeys(sorted(rejected), "Invalid.")
        return _error(400, "rest_invalid_param", params=named) if "status" not in named else _status_forbidden()
    asked = {name: value for name, value in parameters.items() if name not in site.ignored}
    return _single(site, base, int(number), asked, editor) if number else _list(site, base, asked)


def _status_forbidden() -> tuple[int, dict[str, str], bytes]:
    body = {"code": "rest_invalid_param", "message": "Invalid parameter(s): status"}
    return 400, {}, json.dumps({**body, "data": {"status": 400, "params": {"status": "forbidden"}}}).encode()


def _single(
    site: Site, base: str, number: int, asked: Mapping[str, str], editor: bool
) -> tuple[int, dict[str, str], bytes]:
    if site.closed_singles:
        return _error(*site.closed_singles)
    if number in site.single:
        status, body = site.single[number]
        return status, {}, body.encode()
    record = site.types[base].get(number)
    if record is None:
        return _error(404, "rest_post_invalid_id")
    if record["status"] != "publish" and not editor:
        return _error(401, "rest_forbidden")
    return _json(site, _shown(record, asked), [record], asked)


def _list(site: Site, base: str, asked: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
    statuses = asked.get("status", "publish").split(",")
    found = [
        record
        for record in site.types[base].values()
        if record["status"] in statuses and record["id"] not in site.hidden
    ]
    if "include" in asked:
        wanted = {int(number) for number in asked["include"].split(",")}
        found = [record for record in found if record["id"] in wanted]
    if "modified_after" in asked:
        found = [record for record in found if record["modified"] > asked["modified_after"]]
    order = {"id": "id", "modified": "modified"}.get(asked.get("orderby", ""), "date")
    found.sort(key=lambda record: (record[order], record["id"]), reverse=asked.get("order", "desc") == "desc")
    found += site.extra
    size = min(int(asked.get("per_page", "10")), site.silent_most)
    number = int(asked.get("page", "1"))
    shown = found[(number - 1) * size : number * size]
    if number > 1 and not shown:
        return _error(400, "rest_post_invalid_page_number")
    status, headers, body = _json(site, [_shown(record, asked) for record in shown], shown, asked)
    if site.counts_pages:
        total = site.totals.pop(0) if site.totals else len(found)
        headers |= {"X-WP-Total": str(total), "X-WP-TotalPages": str(-(-len(found) // size))}
    return status, headers, body


def _json(site: Site, shown: Any, records: list[Record], asked: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
    rendered = "content" in asked.get("_fields", "content").split(",")
    if rendered and any(isinstance(record, dict) and record.get("id") in site.fatal for record in records):
        page = "<p>There has been a critical error on this website.</p>"
        return site.fatal_status, {"Content-Type": "text/html; charset=UTF-8"}, page.encode()
    return 200, {}, (site.before_json + json.dumps(shown)).encode()


def _shown(record: Record, asked: Mapping[str, str]) -> Any:
    if not isinstance(record, dict):
        return record
    names = [name for name in asked.get("_fields", "").split(",") if name] or list(record)
    shown: Record = {}
    for name in names:
        outer, _, inner = name.partition(".")
        if outer == "_links":
            continue
        if outer == "_embedded" and "_embed" not in asked:
            continue
        if outer in record:
            shown[outer] = {inner: record[outer].get(inner)} if inner else record[outer]
    return shown
