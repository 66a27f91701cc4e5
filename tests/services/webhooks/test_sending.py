"""One request: certificates count, time is limited, and nothing of the environment is used."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.services.webhooks.destinations import Policy
from app.services.webhooks.sending import LATE, MOST_KEPT, post
from tests.services.webhooks.receiver import ANYWHERE, receiving
from tests.services.webhooks.test_destinations import Names

BODY = b"{}"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def answering(act: Callable[[socket.socket], None], context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server that takes one connection; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def run() -> None:
            try:
                connection, _ = server.accept()
                with context.wrap_socket(connection, server_side=True) if context else connection as peer:
                    act(peer)
            except OSError:
                pass

        thread = Thread(target=run, daemon=True)
        thread.start()
        yield server.getsockname()[1]
    thread.join(timeout=5)


def answers(data: bytes) -> Callable[[socket.socket], None]:
    def act(peer: socket.socket) -> None:
        # The body may come by itself; what is closed with some of it unread is reset, and the answer lost.
        while (piece := peer.recv(65_536)) and not piece.endswith(BODY):
            pass
        peer.sendall(data)

    return act


def drips(peer: socket.socket) -> None:
    """A byte now and then, for as long as somebody listens."""
    peer.settimeout(0.05)
    for _ in range(200):
        peer.sendall(b"H")
        try:
            if not peer.recv(65_536):
                return
        except TimeoutError:
            continue


def is_silent(peer: socket.socket) -> None:
    while peer.recv(65_536):
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for hooks.example, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hooks.example")])
    day, now = dt.timedelta(days=1), dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "hooks.pem"
    pem, none = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, none) + built.public_bytes(pem)
    )
    return path


def test_the_certificate_is_checked_against_the_name(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Names(monkeypatch, "127.0.0.1")
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))
    for host, context, is_right in (
        ("hooks.example", trusting, True),
        ("127.0.0.1", trusting, False),
        ("hooks.example", None, False),
    ):
        with answering(answers(OK), serving) as port:
            url = f"https://{host}:{port}/"
            outcome = post(url, {}, BODY, Policy(private_addresses=True), context=context, seconds=2)
        assert outcome.succeeded == is_right, outcome
        if not is_right:
            assert "certificate verify failed" in str(outcome.error)


@pytest.mark.parametrize("act", [drips, is_silent])
def test_who_is_slow_is_not_waited_for(act: Callable[[socket.socket], None]) -> None:
    with answering(act) as port:
        outcome = post(f"http://127.0.0.1:{port}/", {}, BODY, ANYWHERE, seconds=0.3)
    assert outcome.error == LATE
    assert 250 <= outcome.milliseconds < 2_000


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", None),
        (b"nonsense\r\n\r\n", None),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000, None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", 200),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"\xff\0" * 5_000, 200),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404),
    ],
    ids=["nothing", "nonsense", "endless headers", "broken off", "no text", "not found"],
)
def test_whatever_is_answered_is_noted(data: bytes, status: int | None) -> None:
    with answering(answers(data)) as port:
        outcome = post(f"http://127.0.0.1:{port}/", {}, BODY, ANYWHERE, seconds=2)
    assert outcome.status == status
    assert bool(outcome.error) == (status is None)
    assert len(outcome.answer) <= MOST_KEPT
    assert "\0" not in outcome.answer


def test_nobody_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "The connection failed" in str(post(f"http://127.0.0.1:{port}/", {}, b"", ANYWHERE).error)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with receiving() as receiver:
        assert post(receiver.url, {"x-own": "1"}, b"{}", ANYWHERE).succeeded
        ((headers, body),) = receiver.got
    assert (headers["x-own"], headers["host"], body) == ("1", receiver.url.split("/")[2], b"{}")


def test_a_host_that_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise UnicodeError("label too long")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    assert "label too long" in str(post(f"https://{'x' * 70}.example/", {}, b"", ANYWHERE).error)
