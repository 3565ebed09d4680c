"""Fetching, over real HTTP on loopback: what may be fetched, what is taken, and what is tried again."""

import base64
import gzip
import shutil
import socket
import ssl
import subprocess
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from corpus.errors import Unavailable
from ingest.address import FetchRefused
from ingest.fetch import Fetcher, FetchLimits, WebOptions
from ingest.inflate import BadBody, Inflater, gunzip
from ingest.peer import is_public
from tests.ingest.site import Answer, Site, redirect, running_site

LOOPBACK = WebOptions(private_hosts=("127.0.0.1",))
LIMITS = FetchLimits(body_bytes=100_000, total_s=10.0, step_s=5.0, attempts=3, backoff_s=1.0, longest_wait_s=120.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    """How long the fetcher paused, which no test waits for."""
    return []


Open = Callable[..., Fetcher]


@pytest.fixture
def fetcher(site: Site, waits: list[float]) -> Iterator[Open]:
    opened: list[Fetcher] = []

    def make(
        url: str | None = None,
        options: WebOptions = LOOPBACK,
        *,
        limits: FetchLimits = LIMITS,
        resolve: Callable[[str, int], Sequence[str]] | None = None,
    ) -> Fetcher:
        opened.append(Fetcher(url or site.url, options, limits=limits, sleep=waits.append, resolve=resolve))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def no_such_host(host: str, port: int) -> Sequence[str]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_a_reply_as_it_ended(site: Site, fetcher: Open) -> None:
    site.routes |= {
        "/old": redirect("/new?a=1#part", 301),
        "/new?a=1": Answer("Text.", headers={"ETag": '"1"', "Link": "<a>; rel=x"}),
    }
    reply = fetcher().get(f"{site.url}/old#top", headers={"If-None-Match": '"0"'})
    assert (reply.url, reply.status, reply.body) == (f"{site.url}/new?a=1", 200, b"Text.")
    assert (reply.media_type, reply.headers["etag"]) == ("text/html", '"1"')
    sent = site.requests[-1].headers
    assert sent["if-none-match"] == '"0"'
    assert sent["host"] == f"127.0.0.1:{site.port}"
    assert sent["user-agent"].startswith("insight-assistant/")
    assert "authorization" not in sent
    assert "cookie" not in sent


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 410, 418])
def test_any_status_below_500_is_a_reply(site: Site, fetcher: Open, status: int) -> None:
    site.routes["/"] = Answer(status=status)
    assert fetcher().get(f"{site.url}/").status == status


def test_the_environment_names_no_proxy(site: Site, fetcher: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.routes["/"] = "Text."
    assert fetcher().get(site.url).body == b"Text."


# where a source may not lead


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("http://127.0.0.1/", id="loopback"),
        pytest.param("http://127.1/", id="short form"),
        pytest.param("http://2130706433/", id="decimal"),
        pytest.param("http://0x7f000001/", id="hexadecimal"),
        pytest.param("http://0x7f.0.0.1/", id="hexadecimal byte"),
        pytest.param("http://017700000001/", id="octal"),
        pytest.param("http://127。0。0。1/", id="ideographic full stops"),
        pytest.param("http://[::1]/", id="IPv6 loopback"),
        pytest.param("http://[::ffff:127.0.0.1]/", id="IPv4 in IPv6"),
        pytest.param("http://[::ffff:7f00:1]/", id="IPv4 in IPv6, hexadecimal"),
        pytest.param("http://[64:ff9b::7f00:1]/", id="NAT64"),
        pytest.param("http://[2002:7f00:1::]/", id="6to4"),
        pytest.param("http://[fe80::1]/", id="link-local IPv6"),
        pytest.param("http://[fd00::1]/", id="unique local IPv6"),
        pytest.param("http://169.254.169.254/latest/meta-data/", id="metadata of a cloud"),
        pytest.param("http://10.0.0.1/", id="10/8"),
        pytest.param("http://172.16.0.1/", id="172.16/12"),
        pytest.param("http://192.168.1.1/", id="192.168/16"),
        pytest.param("http://100.64.0.1/", id="carrier's own"),
        pytest.param("http://0.0.0.0/", id="any"),
        pytest.param("http://224.0.0.1/", id="multicast"),
        pytest.param("http://localhost/", id="localhost"),
    ],
)
def test_private_addresses_are_refused(fetcher: Open, waits: list[float], address: str) -> None:
    with pytest.raises(FetchRefused, match=r"lies on a private address \(.+\): .+ set INSIGHT_PRIVATE_HOSTS=\S+$"):
        fetcher(address, WebOptions()).get(address)
    assert waits == []


def test_the_refusal_names_the_setting_and_all_its_hosts(site: Site, fetcher: Open) -> None:
    options = WebOptions(private_hosts=("intranet.example",))
    with pytest.raises(FetchRefused) as refusal:
        fetcher(options=options).get(site.url)
    assert str(refusal.value) == (
        "127.0.0.1 lies on a private address (127.0.0.1): "
        "to fetch from it, set INSIGHT_PRIVATE_HOSTS=intranet.example,127.0.0.1"
    )
    assert site.requests == []


@pytest.mark.parametrize(
    "addresses",
    [
        pytest.param(["10.1.2.3"], id="private"),
        pytest.param(["93.184.216.34", "127.0.0.1"], id="one of several"),
        pytest.param(["::ffff:10.1.2.3"], id="private in IPv6"),
        pytest.param(["fe80::1%eth0"], id="with a zone"),
        pytest.param(["not an address"], id="no address at all"),
    ],
)
def test_a_name_that_resolves_to_a_private_address_is_refused(fetcher: Open, addresses: list[str]) -> None:
    fetch = fetcher("http://public.example/", WebOptions(), resolve=lambda host, port: addresses)
    with pytest.raises(FetchRefused, match=r"set INSIGHT_PRIVATE_HOSTS=public\.example$"):
        fetch.get("http://public.example/")


def test_a_name_is_resolved_once_a_connection(site: Site, fetcher: Open) -> None:
    site.routes["/"] = Answer("Text.", headers={"Connection": "close"})
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.9.9.9"]

    address = f"http://own.example:{site.port}/"
    assert fetcher(address, WebOptions(private_hosts=("own.example",)), resolve=rebinding).get(address).status == 200
    assert asked == ["own.example"]
    assert site.requests[0].headers["host"] == f"own.example:{site.port}"


@pytest.mark.parametrize(
    ("named", "allowed"),
    [
        pytest.param("Own.Example", "own.example", id="capitals"),
        pytest.param("own.example", "OWN.example.", id="full stop in the setting"),
        pytest.param("例子.example", "例子.example", id="Chinese"),
        pytest.param("例子.example", "xn--fsqu00a.example", id="Chinese, encoded"),
    ],
)
def test_hosts_are_compared_as_one_writes_them(site: Site, fetcher: Open, named: str, allowed: str) -> None:
    site.routes["/"] = "Text."
    address = f"http://{named}:{site.port}/"
    options = WebOptions(private_hosts=(allowed,))
    assert fetcher(address, options, resolve=lambda host, port: ["127.0.0.1"]).get(address).body == b"Text."


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        pytest.param("http://169.254.169.254/latest", r"INSIGHT_WEB_HOSTS=169\.254\.169\.254$", id="metadata"),
        pytest.param("http://localhost:{port}/", r"INSIGHT_WEB_HOSTS=localhost$", id="another name of loopback"),
        pytest.param("http://elsewhere.example/", r"INSIGHT_WEB_HOSTS=elsewhere\.example$", id="foreign host"),
        pytest.param("//elsewhere.example/", r"INSIGHT_WEB_HOSTS=elsewhere\.example$", id="without a scheme"),
        pytest.param("http://127.0.0.1.nip.example/", r"INSIGHT_WEB_HOSTS=", id="own host as a part"),
        pytest.param("http://127.0.0.1:22/", "is on port 22", id="odd port"),
        pytest.param("http://127.0.0.1:0/", "not a web address", id="no port"),
        pytest.param("file:///etc/passwd", "only http and https", id="file"),
        pytest.param("ftp://127.0.0.1/x", "only http and https", id="ftp"),
        pytest.param("javascript:alert(1)", "only http and https", id="script"),
        pytest.param("http://u:secret@127.0.0.1:{port}/", "INSIGHT_WORDPRESS_USER", id="credentials"),
        pytest.param("http://[::1", "not a web address", id="broken"),
    ],
)
def test_a_redirect_leads_nowhere_else(site: Site, fetcher: Open, location: str, reason: str) -> None:
    site.routes["/"] = redirect(location.format(port=site.port))
    with pytest.raises(FetchRefused, match=reason) as refusal:
        fetcher().get(f"{site.url}/")
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert site.asked == ["/"]


def test_a_redirect_is_vetted_anew(site: Site, fetcher: Open) -> None:
    site.routes["/"] = redirect(f"http://www.own.example:{site.port}/next")
    addresses = {"own.example": ["127.0.0.1"], "www.own.example": ["127.0.0.1"]}
    address = f"http://own.example:{site.port}/"
    fetch = fetcher(address, WebOptions(private_hosts=("own.example",)), resolve=lambda host, port: addresses[host])
    with pytest.raises(FetchRefused, match=r"INSIGHT_PRIVATE_HOSTS=own\.example,www\.own\.example$"):
        fetch.get(address)
    assert site.asked == ["/"]


@pytest.mark.parametrize("named", ["own.example", "www.own.example"])
@pytest.mark.parametrize("asked", ["own.example", "www.own.example", "cdn.example"])
def test_the_named_host_its_www_and_the_allowed_ones(site: Site, fetcher: Open, named: str, asked: str) -> None:
    site.routes["/"] = "Text."
    options = WebOptions(hosts=("cdn.example",), private_hosts=("own.example", "www.own.example", "cdn.example"))
    fetch = fetcher(f"http://{named}:{site.port}", options, resolve=lambda host, port: ["127.0.0.1"])
    assert fetch.get(f"http://{asked}:{site.port}/").status == 200


@pytest.mark.parametrize(("hops", "whole"), [pytest.param(5, True, id="five"), pytest.param(6, False, id="six")])
def test_redirects_end(site: Site, fetcher: Open, hops: int, whole: bool) -> None:
    site.routes |= {f"/{number}": redirect(f"/{number - 1}") for number in range(1, hops + 1)}
    site.routes["/0"] = "Text."
    if whole:
        assert fetcher().get(f"{site.url}/{hops}").body == b"Text."
    else:
        with pytest.raises(FetchRefused, match="redirects more than 5 times"):
            fetcher().get(f"{site.url}/{hops}")


def test_a_redirect_in_a_circle(site: Site, fetcher: Open) -> None:
    site.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(FetchRefused, match="redirects more than 5 times"):
        fetcher().get(f"{site.url}/a")
    assert len(site.requests) == 6


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        pytest.param("file:///etc/passwd", "only http and https", id="file"),
        pytest.param("https://user:secret@site.example/", "INSIGHT_WORDPRESS_PASSWORD", id="credentials"),
        pytest.param("https://", "not a web address", id="no host"),
        pytest.param("https://site.example:99999/", "not a web address", id="impossible port"),
        pytest.param("https://0177.0.0.1/", "not a web address", id="octal bytes"),
        pytest.param("https://site.example/\x1b[2J", "not a web address", id="control character"),
    ],
)
def test_a_source_that_is_no_web_address(source: str, reason: str) -> None:
    with pytest.raises(FetchRefused, match=reason) as refusal:
        Fetcher(source, WebOptions())
    assert "secret" not in str(refusal.value)
    assert "\x1b" not in str(refusal.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("64:ff9b::5db8:d822", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b:1::5db8:d822", False),
        ("::127.0.0.1", False),
        ("::93.184.216.34", False),
        ("fec0::1", False),
        ("2001:0:53aa:64c:0:0:80ff:fffe", False),
        ("2001:db8::1", False),
        ("ff02::1", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("198.18.0.1", False),
        ("203.0.113.7", False),
        ("", False),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@given(st.ip_addresses(v=4))
def test_an_address_is_as_public_within_ipv6_as_alone(address: object) -> None:
    mapped, nat64 = f"::ffff:{address}", f"64:ff9b::{address}"
    assert is_public(str(address)) == is_public(mapped) == is_public(nat64)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
def test_tls_verifies_the_name_and_not_the_address(
    fetcher: Open, waits: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = str(tmp_path / "certificate.pem"), str(tmp_path / "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
         "-subj", "/CN=own.example", "-addext", "subjectAltName=DNS:own.example"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    options = WebOptions(private_hosts=("own.example", "other.example"))
    with running_site({"/": "Text."}, tls=tls) as site:

        def get(host: str) -> bytes:
            address = f"https://{host}:{site.port}/"
            return fetcher(address, options, resolve=lambda name, port: ["127.0.0.1"]).get(address).body

        with pytest.raises(Unavailable, match=r"certificate is not valid .+ name that in SSL_CERT_FILE$"):
            get("own.example")
        monkeypatch.setenv("SSL_CERT_FILE", certificate)
        assert get("own.example") == b"Text."
        with pytest.raises(Unavailable, match=r"certificate is not valid .+other\.example"):
            get("other.example")
        assert len(site.requests) == 1
    assert waits == []


# user and password


SECRET = WebOptions(private_hosts=("127.0.0.1", "localhost"), hosts=("localhost",), user="ann", password="a b c")


def test_user_and_password_go_where_they_belong(site: Site, fetcher: Open) -> None:
    site.routes["/"] = "Text."
    fetch = fetcher(options=SECRET)
    fetch.get(site.url, private=True)
    fetch.get(site.url)
    sent = [request.headers.get("authorization") for request in site.requests]
    assert sent == ["Basic " + base64.b64encode(b"ann:a b c").decode(), None]
    assert "a b c" not in repr(SECRET)


def test_user_and_password_are_not_sent_over_a_redirect_elsewhere(site: Site, fetcher: Open) -> None:
    site.routes |= {"/": redirect(f"http://localhost:{site.port}/there"), "/there": redirect(f"{site.url}/back")}
    site.routes["/back"] = "Text."
    fetcher(options=SECRET).get(site.url, private=True)
    assert [(request.path, "authorization" in request.headers) for request in site.requests] == [
        ("/", True),
        ("/there", False),
        ("/back", True),
    ]


@pytest.mark.parametrize(
    ("source", "asked", "reason"),
    [
        pytest.param("https://own.example", "https://www.own.example/", "name the source as https://www", id="host"),
        pytest.param("https://own.example", "http://own.example/", "sent to https://own.example alone", id="scheme"),
        pytest.param("https://own.example", "https://own.example:80/", "alone", id="port"),
        pytest.param("http://own.example", "http://own.example/", "not sent unencrypted", id="plain http"),
    ],
)
def test_user_and_password_that_can_not_be_sent(fetcher: Open, source: str, asked: str, reason: str) -> None:
    fetch = fetcher(source, WebOptions(user="ann", password="secret"), resolve=no_such_host)
    with pytest.raises(FetchRefused, match=reason) as refusal:
        fetch.get(asked, private=True)
    assert "secret" not in str(refusal.value)


# what is tried again


def test_what_the_site_asks_to_wait_is_waited(site: Site, fetcher: Open, waits: list[float]) -> None:
    site.routes["/"] = [Answer(status=429, headers={"Retry-After": "7"}), Answer("Text.")]
    with capture_logs() as logs:
        assert fetcher().get(f"{site.url}/?token=1").body == b"Text."
    assert waits == [7.0]
    [said] = logs
    told = said["address"], said["reason"], said["seconds"]
    assert told == (f"{site.url}/", "it answers 429 (Too Many Requests)", 7)


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [
        pytest.param("0", 0, 0, id="at once"),
        pytest.param("86400", 120, 120, id="a day, capped"),
        pytest.param(format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True), 120, 120, id="a date"),
        pytest.param(format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True), 0, 0, id="a date gone by"),
        pytest.param("soon", 0.5, 1, id="neither"),
        pytest.param("-5", 0.5, 1, id="negative"),
        pytest.param("²", 0.5, 1, id="no number"),
    ],
)
def test_retry_after(site: Site, fetcher: Open, waits: list[float], told: str, least: float, most: float) -> None:
    head = f"HTTP/1.1 503 Busy\r\nRetry-After: {told}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    site.routes["/"] = [Answer(wire=head.encode()), Answer("Text.")]
    fetcher().get(site.url)
    assert len(waits) == 1
    assert least <= waits[0] <= most


def test_a_server_error_that_stays(site: Site, fetcher: Open, waits: list[float]) -> None:
    site.routes["/"] = Answer("<h1>Error</h1>", status=500)
    with pytest.raises(Unavailable) as failure:
        fetcher().get(f"{site.url}/?token=1")
    assert str(failure.value) == (
        f"{site.url}/ can't be fetched, after 3 attempts: it answers 500 (Internal Server Error); try again later"
    )
    assert len(site.requests) == 3
    assert 0.5 <= waits[0] <= 1.0 <= waits[1] <= 2.0
    assert len(waits) == 2


SOUND = Answer("Text.")


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(Answer("Text.", cut=2), id="cut off"),
        pytest.param(Answer("Text.", length=500), id="less than announced"),
        pytest.param(Answer(wire=b""), id="no answer"),
        pytest.param(Answer(wire=b"\x16\x03\x01 nonsense\r\n\r\n"), id="not HTTP"),
        pytest.param(Answer(wire=b"HTTP/1.1 200 OK\r\nContent-Length: 3, 5\r\n\r\nabcde"), id="two lengths"),
        pytest.param(Answer(wire=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000), id="endless header"),
        pytest.param(Answer(wire=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), id="broken chunks"),
        pytest.param(Answer("Text.", slow_s=0.8), id="late"),
        pytest.param(Answer("Text." * 20, drip_s=0.05), id="drop by drop"),
    ],
)
def test_a_reply_that_breaks_is_asked_for_again(site: Site, fetcher: Open, waits: list[float], broken: Answer) -> None:
    site.routes["/"] = [broken, SOUND]
    limits = replace(LIMITS, total_s=1.0, step_s=0.5) if broken.slow_s or broken.drip_s else LIMITS
    assert fetcher(limits=limits).get(site.url).body == b"Text."
    assert len(waits) == 1


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer(wire=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200, drip_s=0.05), id="in the head"),
        pytest.param(Answer("x" * 200, drip_s=0.05), id="in the body"),
        pytest.param(Answer(wire=b"HTTP/1.1 103 Early Hints\r\n\r\n" * 9, drip_s=0.01), id="hints and no answer"),
    ],
)
def test_a_reply_drop_by_drop_ends_in_time(site: Site, fetcher: Open, answer: Answer) -> None:
    site.routes["/"] = answer
    start = time.monotonic()
    with pytest.raises(Unavailable, match="it takes too long to answer"):
        fetcher(limits=FetchLimits(total_s=0.5, step_s=0.3, attempts=1)).get(site.url)
    assert time.monotonic() - start < 6


def test_nothing_listens(fetcher: Open, waits: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unavailable, match=r"after 3 attempts: the connection fails \(Connection refused\)"):
        fetcher(f"http://127.0.0.1:{port}").get(f"http://127.0.0.1:{port}")
    assert len(waits) == 2


def test_a_host_that_is_not_there(fetcher: Open, waits: list[float]) -> None:
    fetch = fetcher("https://nowhere.example", WebOptions(), resolve=no_such_host)
    with pytest.raises(Unavailable, match="there is no such host; check the address"):
        fetch.get("https://nowhere.example")
    assert waits == []


def test_the_second_address_of_a_name(site: Site, fetcher: Open) -> None:
    site.routes["/"] = "Text."
    address = f"http://own.example:{site.port}/"
    options = WebOptions(private_hosts=("own.example",))
    assert fetcher(address, options, resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"]).get(address).status == 200


# what is taken


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        pytest.param("gzip", gzip.compress(b"Text. " * 100), id="gzip"),
        pytest.param("x-gzip", gzip.compress(b"Text. " * 50) + gzip.compress(b"Text. " * 50), id="gzip in parts"),
        pytest.param("GZIP", gzip.compress(b"Text. " * 100) + b"\0" * 10, id="gzip, padded"),
        pytest.param("deflate", zlib.compress(b"Text. " * 100), id="deflate"),
        pytest.param("deflate", zlib.compress(b"Text. " * 100, wbits=-15), id="deflate without a head"),
        pytest.param("identity", b"Text. " * 100, id="as it is"),
    ],
)
def test_compressed_replies(site: Site, fetcher: Open, encoding: str, packed: bytes) -> None:
    site.routes["/"] = Answer(packed, headers={"Content-Encoding": encoding})
    assert fetcher().get(site.url).body == b"Text. " * 100
    assert site.requests[0].headers["accept-encoding"] == "gzip, deflate"


BOMB = gzip.compress(b"\0" * 50_000_000, 9)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(Answer(b"x" * 100_001), r"larger than 0\.0953674 MB", id="large"),
        pytest.param(Answer(b"x" * 10_000, length=10**12), "larger than", id="announced as large"),
        pytest.param(Answer(b"x" * 9999, endless=True), "larger than", id="endless"),
        pytest.param(Answer(BOMB, headers={"Content-Encoding": "gzip"}), "when decompressed", id="gzip bomb"),
        pytest.param(
            Answer(gzip.compress(b"a" * 40_000) * 3, headers={"Content-Encoding": "gzip"}),
            "when decompressed",
            id="gzip bomb in parts",
        ),
        pytest.param(
            Answer(gzip.compress(gzip.compress(b"x")), headers={"Content-Encoding": "gzip, gzip"}),
            "compressed as 'gzip, gzip'",
            id="twice compressed",
        ),
        pytest.param(Answer(b"x", headers={"Content-Encoding": "br"}), "compressed as 'br'", id="brotli"),
        pytest.param(Answer(b"<html>", headers={"Content-Encoding": "gzip"}), "compressed and broken", id="not gzip"),
        pytest.param(
            Answer(gzip.compress(b"Text. " * 99)[:-9], headers={"Content-Encoding": "gzip"}),
            "breaks off",
            id="half of it",
        ),
    ],
)
def test_replies_that_are_not_taken(site: Site, fetcher: Open, waits: list[float], answer: Answer, reason: str) -> None:
    site.routes["/"] = answer
    with pytest.raises(FetchRefused, match=reason):
        fetcher().get(site.url)
    assert waits == []
    site.routes["/next"] = "Text."
    assert fetcher().get(f"{site.url}/next").body == b"Text."


def test_a_body_of_just_the_limit(site: Site, fetcher: Open) -> None:
    site.routes["/"] = Answer(b"x" * 100_000)
    site.routes["/packed"] = Answer(gzip.compress(b"x" * 100_000), headers={"Content-Encoding": "gzip"})
    assert len(fetcher().get(site.url).body) == len(fetcher().get(f"{site.url}/packed").body) == 100_000


@given(st.binary(max_size=2000), st.integers(1, 300), st.integers(0, 2500))
def test_inflating_gives_all_or_refuses(content: bytes, step: int, limit: int) -> None:
    packed = gzip.compress(content)
    inflater = Inflater(limit)
    found = b""
    try:
        for start in range(0, len(packed), step):
            found += inflater.feed(packed[start : start + step])
        inflater.end()
    except BadBody:
        assert len(content) > limit
    else:
        assert found == content
        assert len(content) <= limit
    assert len(found) <= limit


def test_a_bomb_is_not_inflated() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(BadBody, match="grows beyond"):
            gunzip(BOMB, limit=1000)
        assert tracemalloc.get_traced_memory()[1] < len(BOMB) + 100_000
    finally:
        tracemalloc.stop()


def test_routes_of_the_scripted_site(site: Site, fetcher: Open) -> None:
    site.routes["/f"] = lambda asked: Answer(asked.path)
    assert fetcher().get(f"{site.url}/f?x=1").body == b"/f?x=1"
    assert site.asked == ["/f?x=1"]
