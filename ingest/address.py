"""Web addresses as fetching compares, refuses and shows them."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.errors import BadInput

if TYPE_CHECKING:
    import httpx

_USUAL_PORTS = {"http": 80, "https": 443}


class FetchRefused(BadInput):
    """An address that may not be fetched, or a reply that is not taken; the message says why and what to do."""


def parsed(url: str, *, base: "httpx.URL | None" = None) -> "httpx.URL":
    """Return an http or https address, that of a redirect relative to its ``base``; raises FetchRefused."""
    import httpx

    try:
        found = base.join(url) if base else httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused(f"not a web address: {url[:80]!r} ({error})") from error
    whence = f"{shown(base)} redirects to " if base else ""
    if found.scheme not in _USUAL_PORTS:
        raise FetchRefused(f"{whence}{url[:80]!r}: only http and https addresses are fetched")
    host = host_of(found)
    if not host or "%" in host or not 0 < port_of(found) < 65536:
        raise FetchRefused(f"{whence}{url[:80]!r}, which is not a web address")
    return found


def host_of(url: "httpx.URL") -> str:
    """Return an address's host as it is compared: in lower case, encoded, without a dot at its end."""
    return url.raw_host.decode("ascii").lower().rstrip(".")


def place_of(address: str) -> str:
    """Return the host and port of an address, or of a host by itself, without its "www."; of what is none, itself."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    except ValueError:  # its fetching will be refused, saying why
        return address
    return (parts.hostname or "").lower().rstrip(".").removeprefix("www.") + port


def plain_host(name: str) -> str:
    """Return a host as a setting names it in the form that addresses are compared in."""
    import httpx

    bare = name.strip().strip("[]").rstrip(".")
    try:
        return host_of(httpx.URL(scheme="http", host=bare))
    except httpx.InvalidURL:
        return bare.lower()


def port_of(url: "httpx.URL") -> int:
    """Return an address's port, the usual one of its scheme where it names none."""
    return url.port if url.port is not None else _USUAL_PORTS[url.scheme]


def origin_of(url: "httpx.URL") -> str:
    """Return an address's scheme, host and port, as in "https://insights.example"."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def shown(url: "httpx.URL") -> str:
    """Return an address for a message: without user, password and query, and not too long."""
    return f"{origin_of(url)}{url.raw_path.partition(b'?')[0].decode('ascii')}"[:120]
