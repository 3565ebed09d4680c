"""Where a connection may lead: names are resolved once, every address is vetted, and the vetted one is connected to.

So a name that resolves to something else a moment later gains nothing, while TLS still verifies the name.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

Resolve = Callable[[str, int], Sequence[str]]
"""From a host's name and a port to its addresses; raises OSError where it has none."""

_NAT64 = IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_MOST_ADDRESSES = 4  # tried of one name
_LAST_32 = 0xFFFFFFFF


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system resolves it, numeric forms such as "0x7f.1" too."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def is_public(address: str) -> bool:
    """Tell whether an IP address lies on the public internet, IPv4 within IPv6 by the IPv4 address it stands for."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = _inner(found)
        if inner is None:
            return found in _GLOBAL_UNICAST and found.is_global
        found = inner
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & _LAST_32)
    return address.ipv4_mapped or address.sixtofour


class Guard(httpcore.NetworkBackend):
    """Connects to vetted addresses alone; what it opens ends at ``deadline``, a time of ``time.monotonic``.

    ``vet`` is told the host and each of its addresses, and raises where the address may not be connected to.
    """

    def __init__(self, vet: Callable[[str, str], None], resolve: Resolve = resolve_host) -> None:
        self._vet = vet
        self._resolve = resolve
        self._sockets = httpcore.SyncBackend()
        self.deadline = 0.0

    def left(self, timeout: float | None, late: type[Exception]) -> float:
        """Return the seconds that one step may take; raises ``late`` where the time is up."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise late
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that takes it, after all of them have been vetted."""
        try:
            addresses = list(self._resolve(host, port))
        except (OSError, UnicodeError) as error:  # a label too long for the resolver is a UnicodeError
            raise httpcore.ConnectError(error) from error
        for address in addresses:
            self._vet(host, address)
        failure: Exception = httpcore.ConnectError("its name has no address")
        for address in addresses[:_MOST_ADDRESSES]:
            left = self.left(timeout, httpcore.ConnectTimeout)
            try:
                return _Stream(self._sockets.connect_tcp(address, port, left, local_address, socket_options), self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class _Stream(httpcore.NetworkStream):
    """A connection that reads and writes until the guard's deadline and no longer."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guard) -> None:
        self._stream = stream
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come, in time."""
        return self._stream.read(max_bytes, self._guard.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it, in time."""
        self._stream.write(buffer, self._guard.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the socket."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on under TLS, which verifies the host's name and not its address."""
        left = self._guard.left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._guard)

    def get_extra_info(self, info: str) -> Any:
        """Tell what httpcore asks about the socket."""
        return self._stream.get_extra_info(info)
