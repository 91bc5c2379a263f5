"""Only outwards, only over TLS, never led on elsewhere; and what each answer means."""

import socket

import pytest

from lawcrm.firm.chat import wire
from lawcrm.firm.chat.formats import Post
from tests.firm.chat.server import chat_server


@pytest.fixture
def chat():
    with chat_server() as server:
        yield server


def send(address):
    return wire.send(Post(address, b"{}"))


@pytest.mark.parametrize(
    "address",
    [
        "http://chat.example/hook",
        "ftp://chat.example/hook",
        "file:///etc/passwd",
        "https://user:secret@chat.example/hook",
        "https:///hook",
        "https://chat.example:99999/hook",
        "http://localhost.chat.example/hook",
        "chat.example/hook",
        "",
    ],
)
def test_addresses_that_are_none(address):
    with pytest.raises(wire.Refused):
        wire.check_address(address)


@pytest.mark.parametrize(
    "ip",
    [
        "10.0.0.8",
        "172.16.3.1",
        "192.168.1.1",
        "169.254.169.254",
        "127.0.0.1",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.8",
        "::ffff:127.0.0.1",
    ],
)
def test_a_name_that_leads_inside_is_not_called(monkeypatch, ip):
    """Also where only one of its addresses does."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("93.184.216.34", ip)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it was called"))
    with pytest.raises(wire.Refused):
        send("https://chat.example/hook")


def test_a_host_the_firm_names_may_be_inside(monkeypatch, settings):
    settings.CHAT_PRIVATE_HOSTS = {"chat.inside"}
    called = []
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.8", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    monkeypatch.setattr(
        socket, "create_connection", lambda to, *_: called.append(to) or (_ for _ in ()).throw(OSError)
    )
    with pytest.raises(wire.NotDelivered):
        send("https://chat.inside/hook")
    assert called == [("10.0.0.8", 443)]


def test_the_address_looked_at_is_the_one_called(monkeypatch):
    """Asked once: a name that answers differently the second time leads nowhere."""
    answers = iter(["93.184.216.34"])
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *_args, **_kwargs: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 443))],
    )
    called = []
    monkeypatch.setattr(
        socket, "create_connection", lambda to, *_: called.append(to) or (_ for _ in ()).throw(OSError)
    )
    with pytest.raises(wire.NotDelivered):
        send("https://chat.example/hook")
    assert called == [("93.184.216.34", 443)]


def test_plain_http_only_to_this_machine_and_never_in_production(chat, settings):
    assert send(chat.address) == b"ok"
    settings.PRODUCTION = True
    with pytest.raises(wire.Refused):
        send(chat.address)


def test_redirects_are_not_followed(chat):
    chat.answers = [(302, b"", {"Location": chat.address})]
    with pytest.raises(wire.NotDelivered) as refused:
        send(chat.address)
    assert refused.value.for_good
    assert len(chat.heard) == 1


@pytest.mark.parametrize(("status", "for_good"), [(500, False), (503, False), (429, False), (404, True)])
def test_a_no_is_a_no(chat, status, for_good):
    chat.answers = [(status, b"", {"Retry-After": "600"})]
    with pytest.raises(wire.NotDelivered) as refused:
        send(chat.address)
    assert refused.value.for_good is for_good
    assert refused.value.wait == (0 if for_good else 600)


def test_nobody_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(wire.NotDelivered):
        send(f"http://127.0.0.1:{port}/hook")


def test_no_answer_leaves_it_unclear(chat, monkeypatch):
    monkeypatch.setattr(wire, "ANSWER_SECONDS", 0.2)
    chat.answers = [1]
    with pytest.raises(wire.Unclear):
        send(chat.address)
    assert len(chat.heard) == 1
