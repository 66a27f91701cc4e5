"""No request leads into the network that the server stands in, however its address is written."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from app.services.webhooks.destinations import PRIVATE, Policy, is_public, problem_with
from app.services.webhooks.sending import post
from tests.services.webhooks.receiver import ANYWHERE, Receiver, receiving

STRICT = Policy()
NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "192.0.0.8",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2001:db8::1",
    "2002:a00:1::1",
    "2001:0:a00:1::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["8.8.8.8", "93.184.215.14", "::ffff:8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"]
SPELLINGS = [
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "017700000001",
    "0177.0.0.1",
    "127.0.0.1.",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "db.localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[fe80::1]",
    "0",
    "10.1",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_the_internet(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_the_internet(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("host", SPELLINGS)
def test_every_spelling_is_known(host: str) -> None:
    assert problem_with(f"https://{host}/hook", STRICT) == PRIVATE
    assert problem_with(f"https://{host}:8443/hook", STRICT) == PRIVATE
    assert problem_with(f"https://{host}/hook", ANYWHERE) is None
    assert post(f"https://{host}/", {}, b"", STRICT).error == PRIVATE


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hook",
        "ftp://example.com/",
        "http://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "https://",
        "https:///hook",
        "https://user:password@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com/#part",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://example.com:x/",
        "https://[::1/",
        "https://exa mple.com/",
        "https://example.com/\r\nHost: x",
        "https://b\u00fccher.example/",
        "https://example.com/\ud800",
        "https://example.com/\0",
        "https://example.com/" + "x" * 2_000,
    ],
)
def test_what_is_no_address_for_a_webhook(url: str) -> None:
    assert problem_with(url, STRICT) is not None
    assert post(url, {}, b"", STRICT).error is not None


def test_what_is_one() -> None:
    for url in ("https://example.com", "https://example.com:8443/hook?token=x", "https://8.8.8.8/"):
        assert problem_with(url, STRICT) is None
    assert problem_with("http://example.com/", Policy(http=True)) is None


@pytest.fixture(scope="module")
def receiver() -> Any:
    with receiving() as receiver:
        yield receiver


class Names:
    """A name service of the tests' own, which counts its questions."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
        self.asked: list[str] = []
        self._answers = answers
        self._real = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)

    def look_up(self, host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host != "hooks.example":
            return self._real(host, port, *args, **kwargs)
        self.asked.append(host)
        found = self._answers
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["10.0.0.1", "169.254.169.254"]])
def test_a_name_that_leads_inside(
    answers: list[str], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(monkeypatch, *answers)
    url = receiver.url.replace("127.0.0.1", "hooks.example")
    assert post(url, {}, b"{}", Policy(http=True)).error == PRIVATE
    assert names.asked == ["hooks.example"]
    assert receiver.got == []


def test_the_connection_goes_to_the_address_that_was_looked_at(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that has another address a moment later, as in DNS rebinding, is not asked again."""
    names = Names(monkeypatch, "8.8.8.8", "127.0.0.1")
    connected: list[Any] = []

    def connect(address: Any, *args: Any, **kwargs: Any) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    outcome = post("https://hooks.example/", {}, b"{}", STRICT)
    assert (outcome.status, "refused" in str(outcome.error)) == (None, True)
    assert connected == [("8.8.8.8", 443)], "an address that is not allowed is passed over"
    assert names.asked == ["hooks.example"]
