"""Fetching over the web, for an admin's sources alone: named hosts, public addresses, bounded in size and time."""

import base64
import random
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol

import structlog

from corpus.errors import Unavailable
from ingest.address import FetchRefused, host_of, origin_of, parsed, place_of, plain_host, port_of, shown
from ingest.inflate import BadBody, read_body

if TYPE_CHECKING:
    import httpx

    from ingest.peer import Resolve

_REDIRECTS = (301, 302, 303, 307, 308)
_TOLD_S = 5.0  # a pause that somebody in front of the screen would wonder about

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WebOptions:
    """What an admin allows and chooses for sources on the web.

    ``hosts`` may be fetched from beside the host that a source names; ``private_hosts`` may lie on private or loopback
    addresses. ``user`` and ``password`` (an application password) are sent to the host of ``site`` alone, whose posts
    are read in all ``post_statuses``; of other sites only what is public.
    """

    hosts: tuple[str, ...] = ()
    private_hosts: tuple[str, ...] = ()
    site: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    post_types: tuple[str, ...] = ("posts",)
    post_statuses: tuple[str, ...] = ("publish",)

    def at(self, address: str) -> "WebOptions":
        """Return the options for one source: without user and password unless it lies on their site."""
        if self.site is None or place_of(address) == place_of(self.site):
            return self
        return replace(self, user=None, password=None, post_statuses=("publish",))


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it ended, after redirects; ``headers`` by lower-case name, ``body`` decompressed."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type, in lower case and without its parameters; empty where none is told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Fetch(Protocol):
    """What a source needs of the web."""

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, private: bool = False) -> Reply:
        """Fetch an address and return the reply, whatever its status below 500 (429 aside).

        ``private`` sends the site's user and password along, where they are set. Timeouts, 429 and 5xx are tried again
        with back-off, as ``Retry-After`` says; raises Unavailable where that doesn't help, FetchRefused where the
        address may not be fetched or the reply is too large.
        """
        ...


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much of the web one fetch may cost: bytes, seconds, attempts.

    ``body_bytes`` bounds a reply both as it is sent and decompressed. ``total_s`` bounds one request with its reply;
    it is tried ``attempts`` times, with pauses that double from ``backoff_s`` or last as long as the site asks,
    ``longest_wait_s`` at most.
    """

    body_bytes: int = 20 * 1024 * 1024
    total_s: float = 60.0
    step_s: float = 20.0
    attempts: int = 4
    backoff_s: float = 1.0
    longest_wait_s: float = 120.0
    redirects: int = 5


class _Broken(Exception):
    """A request that came to nothing and may be tried again; the message says what happened."""


class Fetcher:
    """Fetches for one source: from the host that it names, with or without "www.", and those that an admin allows.

    Addresses are vetted before anything is sent, anew for each redirect; proxies and other settings of the environment
    are not used. One thread at a time. ``sleep`` and ``resolve`` stand for the clock and the name service.
    """

    def __init__(
        self,
        source_url: str,
        options: WebOptions,
        *,
        limits: FetchLimits = FetchLimits(),
        sleep: Callable[[float], None] = time.sleep,
        resolve: "Resolve | None" = None,
    ) -> None:
        import httpcore

        from ingest.peer import Guard, resolve_host

        self._options = options
        self._limits = limits
        self._sleep = sleep
        self._named = parsed(source_url)
        self._private = {plain_host(host) for host in options.private_hosts}
        own = host_of(self._named).removeprefix("www.")
        self._hosts = {own, f"www.{own}", *map(plain_host, options.hosts)}
        self._ports = {80, 443, port_of(self._named)}
        self._agent = f"insight-assistant/{version('insight-assistant')}"
        self._guard = Guard(self._vet, resolve or resolve_host)
        self._pool = httpcore.ConnectionPool(network_backend=self._guard, max_connections=4, keepalive_expiry=10.0)
        self._check(self._named)

    def close(self) -> None:
        """Close the connections; the next fetch opens new ones."""
        self._pool.close()

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, private: bool = False) -> Reply:
        """Fetch as ``Fetch.get`` says.

        User and password go to the named source's own scheme, host and port alone, and over plain http only where the
        host is one of the private ones; where they are set and can't be sent, the fetch is refused.
        """
        target = parsed(url)
        secret = self._credentials(target) if private else {}
        for _ in range(self._limits.redirects + 1):
            self._check(target)
            reply = self._tried(target, {**(headers or {}), **(secret if self._at_home(target) else {})})
            location = reply.headers.get("location")
            if reply.status not in _REDIRECTS or not location:
                return reply
            target = parsed(location, base=target)
        raise FetchRefused(f"{shown(parsed(url))} redirects more than {self._limits.redirects} times")

    def _check(self, target: "httpx.URL") -> None:
        host = host_of(target)
        if target.userinfo:
            raise FetchRefused(
                f"an address on {host} holds a user or a password: leave them out, and set INSIGHT_WORDPRESS_SITE, "
                "INSIGHT_WORDPRESS_USER and INSIGHT_WORDPRESS_PASSWORD where the site needs them"
            )
        if host not in self._hosts:
            wanted = ",".join([*self._options.hosts, host])
            raise FetchRefused(
                f"{shown(target)} lies on another host than the source {host_of(self._named)}: "
                f"to fetch from it, set INSIGHT_WEB_HOSTS={wanted}"
            )
        if port_of(target) not in self._ports:
            raise FetchRefused(
                f"{shown(target)} is on port {port_of(target)}: "
                "other ports than 80 and 443 are fetched from only where the source itself is named with them"
            )

    def _vet(self, host: str, address: str) -> None:
        from ingest.peer import is_public

        if plain_host(host) not in self._private and not is_public(address):
            wanted = ",".join([*self._options.private_hosts, host])
            raise FetchRefused(
                f"{host} lies on a private address ({address}): to fetch from it, set INSIGHT_PRIVATE_HOSTS={wanted}"
            )

    def _at_home(self, target: "httpx.URL") -> bool:
        return (target.scheme, host_of(target), port_of(target)) == (
            self._named.scheme,
            host_of(self._named),
            port_of(self._named),
        )

    def _credentials(self, target: "httpx.URL") -> dict[str, str]:
        user, password = self._options.user, self._options.password
        if not user or not password:
            return {}
        if not self._at_home(target):
            raise FetchRefused(
                f"user and password are sent to {origin_of(self._named)} alone: "
                f"name the source as {origin_of(target)} where they are meant for it"
            )
        if target.scheme != "https" and host_of(target) not in self._private:
            raise FetchRefused(f"user and password are not sent unencrypted: name the source as https://{target.host}")
        token = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        return {"Authorization": f"Basic {token}"}

    def _tried(self, target: "httpx.URL", headers: Mapping[str, str]) -> Reply:
        """Request until there is a reply to go by; raises Unavailable where none comes."""
        for attempt in range(self._limits.attempts):
            asked_to_wait: float | None = None
            try:
                reply = self._exchange(target, headers)
            except _Broken as error:
                failure = str(error)
            else:
                if not _may_pass(reply.status):
                    return reply
                failure = f"it answers {status_words(reply.status)}"
                asked_to_wait = _retry_after(reply.headers.get("retry-after", ""))
            if attempt + 1 < self._limits.attempts:
                backoff = self._limits.backoff_s * 2**attempt * random.uniform(0.5, 1.0)  # noqa: S311 (no secret)
                pause = min(backoff if asked_to_wait is None else asked_to_wait, self._limits.longest_wait_s)
                if pause >= _TOLD_S:
                    log.warning("a site asks to wait", address=shown(target), reason=failure, seconds=round(pause))
                self._sleep(pause)
        raise Unavailable(
            f"{shown(target)} can't be fetched, after {self._limits.attempts} attempts: {failure}; try again later"
        )

    def _exchange(self, target: "httpx.URL", headers: Mapping[str, str]) -> Reply:
        """Send one request and read its reply."""
        import httpcore

        step = self._limits.step_s
        address = httpcore.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)
        own = {"Host": target.netloc.decode("ascii"), "User-Agent": self._agent, "Accept-Encoding": "gzip, deflate"}
        waits = {"timeout": {"connect": step, "read": step, "write": step, "pool": step}}
        self._guard.deadline = time.monotonic() + self._limits.total_s
        try:
            with self._pool.stream(
                "GET", address, headers=[*own.items(), *headers.items()], extensions=waits
            ) as response:
                told = _told(response.headers)
                passing = _may_pass(response.status)
                body = b"" if passing else read_body(response.iter_stream(), told, limit=self._limits.body_bytes)
        except httpcore.TimeoutException as error:
            raise _Broken("it takes too long to answer") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            cause = _cause(error)
            if hopeless := _hopeless(cause):
                raise Unavailable(f"{shown(target)} can't be fetched: {hopeless}") from error
            raise _Broken(f"the connection fails ({_reason(cause)})") from error
        except BadBody as error:
            raise FetchRefused(f"{shown(target)} is not taken: it {error}") from error
        return Reply(str(target.copy_with(fragment=None)), response.status, told, body)


def status_words(status: int) -> str:
    """Return a status with its name, such as "404 (Not Found)"."""
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _may_pass(status: int) -> bool:
    """Tell whether a status is one of those that may be another a moment later."""
    return status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _told(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by lower-case name; those that come several times are joined, as HTTP allows."""
    told: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        told[key] = f"{told[key]}, {text}" if key in told else text
    return told


def _retry_after(value: str) -> float | None:
    """Return the seconds to wait, given in seconds or as a date; None where it is neither."""
    if value.strip().isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _hopeless(cause: Exception) -> str | None:
    """Return what is wrong and what to do where trying again would not help."""
    if isinstance(cause, ssl.SSLCertVerificationError):
        return (
            f"its certificate is not valid ({cause.verify_message}); "
            "where a certificate authority of your own made it, name that in SSL_CERT_FILE"
        )
    if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME:
        return "there is no such host; check the address"
    return None


def _cause(error: Exception) -> Exception:
    """Return what the socket or the parser said; httpcore wraps it and cuts the chain of causes."""
    inner = error.args[0] if error.args else None
    return inner if isinstance(inner, Exception) else error


def _reason(cause: Exception) -> str:
    text = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return text.splitlines()[0][:120] if text else type(cause).__name__
