"""One POST to an address somebody typed in: only outwards, only over TLS, never led on elsewhere.

The host is resolved once, every address it has is looked at, and the connection goes to the one that was looked at: a name
that answers differently the second time leads nowhere. Redirects are not followed. A proxy of the environment is not used.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from urllib.parse import urlsplit

from django.conf import settings

from lawcrm.firm.chat.formats import Post

CONNECT_SECONDS = 5
ANSWER_SECONDS = 10
MOST_BYTES = 64 * 1024


class Refused(Exception):
    """An address we do not call. Says why in a few words, without the address."""


class NotDelivered(Exception):
    """The message certainly did not arrive: nobody was reached, or the other side said no."""

    def __init__(self, problem: str, *, for_good: bool = False, wait: float = 0):
        super().__init__(problem)
        self.for_good, self.wait = for_good, wait


class Unclear(Exception):
    """It left, and no answer came: nobody knows whether it arrived."""


def check_address(address: str) -> None:
    """Raises Refused for an address that cannot be called, whatever its host resolves to."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise Refused("not an address") from None
    if not host or parts.username or parts.password or parts.fragment:
        raise Refused("not an address")
    if parts.scheme == "https":
        return
    if parts.scheme == "http" and not settings.PRODUCTION and _is_loopback_name(host):
        return
    raise Refused("not an https address")


def send(post: Post) -> bytes:
    """Sends it and returns the body of a 2xx answer. Raises Refused, NotDelivered or Unclear."""
    check_address(post.address)
    parts = urlsplit(post.address)
    secure = parts.scheme == "https"
    ip, port = _reach(parts.hostname, parts.port or (443 if secure else 80))
    connection = _Pinned(parts.hostname, port, ip=ip, secure=secure)
    try:
        _connect(connection)
        return _exchange(connection, post, parts)
    finally:
        connection.close()


def _connect(connection) -> None:
    try:
        connection.connect()
    except (OSError, ssl.SSLError) as error:
        raise NotDelivered(f"not reached: {type(error).__name__}") from None


def _exchange(connection, post: Post, parts) -> bytes:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "LawCRM", **post.headers}
    try:
        connection.request("POST", target, post.body, headers)
        with connection.getresponse() as answer:
            body = _read(connection, answer)
    except (OSError, http.client.HTTPException) as error:
        raise Unclear(type(error).__name__) from None
    return _judge(answer, body)


def _read(connection, answer) -> bytes:
    """The answer's beginning, within the time: a trickle does not hold the sender for ever."""
    until, read = time.monotonic() + ANSWER_SECONDS, b""
    while len(read) < MOST_BYTES:
        left = until - time.monotonic()
        if left <= 0:
            break
        if connection.sock is not None:
            connection.sock.settimeout(left)
        piece = answer.read1(8192)
        if not piece:
            break
        read += piece
    return read


def _judge(answer, body: bytes) -> bytes:
    if 200 <= answer.status < 300:
        return body
    if answer.status == 429 or answer.status >= 500:
        raise NotDelivered(f"answered {answer.status}", wait=_retry_after(answer))
    raise NotDelivered(f"answered {answer.status}", for_good=True)


def _retry_after(answer) -> float:
    value = answer.headers.get("Retry-After", "")
    return min(float(value), 3600) if value.isdigit() else 0


class _Pinned(http.client.HTTPConnection):
    """A connection to an address already looked at, under the name it was asked for."""

    def __init__(self, host: str, port: int, *, ip: str, secure: bool):
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self.ip, self.secure = ip, secure
        self.default_port = 443 if secure else 80

    def connect(self):
        self.sock = socket.create_connection((self.ip, self.port), CONNECT_SECONDS)
        if self.secure:
            plain, context = self.sock, ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self.host)
        self.sock.settimeout(ANSWER_SECONDS)


def _reach(host: str, port: int) -> tuple[str, int]:
    """An address of the host that may be called. Raises NotDelivered where there is none, Refused where it may not."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotDelivered("no such host") from None
    ips = list(dict.fromkeys(entry[4][0] for entry in found))
    if not all(_may_call(host, ip) for ip in ips):
        raise Refused("a private address")
    return ips[0], port


def _may_call(host: str, ip: str) -> bool:
    if host.lower() in settings.CHAT_PRIVATE_HOSTS:
        return True
    address = ipaddress.ip_address(ip.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    if address.is_loopback:
        return not settings.PRODUCTION and _is_loopback_name(host)
    return address.is_global and not address.is_multicast


def _is_loopback_name(host: str) -> bool:
    return host.lower() in {"localhost", "127.0.0.1", "::1"}
