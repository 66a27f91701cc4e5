"""What a WSGI application may count on behind the bridge, byte by byte over a socket."""

from __future__ import annotations

import json
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from typing import Any

import pytest

from app.gateway.environ import UNREADABLE
from tests.gateway.conftest import Echo
from tests.gateway.echo import LONGEST, SPOOL, THREADS, piece

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

CLOSE = b"Host: h.example\r\nConnection: close\r\n"


def said(answer: bytes) -> dict[str, Any]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), answer[:200]
    return dict(json.loads(body))


def get(echo: Echo, target: str, headers: str = "") -> dict[str, Any]:
    return said(echo.ask(f"GET {target} HTTP/1.1\r\n".encode() + headers.encode() + CLOSE + b"\r\n"))


def test_the_environment_is_that_of_the_request(echo: Echo) -> None:
    environ = get(echo, "/a/b?q=%20x&q=2", "X-Two: 1\r\nX-Two: 2\r\nCookie: a=1\r\nCookie: b=2\r\n")
    expected = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/a/b",
        "QUERY_STRING": "q=%20x&q=2",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(echo.port),
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "h.example",
        "HTTP_X_TWO": "1,2",
        "HTTP_COOKIE": "a=1; b=2",
        "wsgi.url_scheme": "http",
        "wsgi.input_terminated": True,
    }
    assert environ | expected == environ


@pytest.mark.parametrize(
    ("target", "path"),
    [("/%C3%A9", "/é"), ("/a%2Fb", "/a/b"), ("/%00", "/\0"), ("/%FF", "/\ufffd"), ("/%25", "/%")],
)
def test_a_path_is_bytes_as_characters(echo: Echo, target: str, path: str) -> None:
    assert get(echo, target)["PATH_INFO"].encode("latin-1").decode() == path


def test_a_header_with_an_underscore_cannot_pass_for_a_proxys(echo: Echo) -> None:
    headers = "X_Forwarded_For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2\r\n"
    assert get(echo, "/", headers)["HTTP_X_FORWARDED_FOR"] == "192.0.2.2"


def test_a_header_that_is_not_ascii_is_still_there(echo: Echo) -> None:
    headers = "X-Two: 1\r\nX-Two: 2\r\nIf-Match: \u00e9\r\nX-One: 1\r\nX-Empty:\r\n"
    environ = get(echo, "/", headers)
    assert (environ["HTTP_IF_MATCH"], environ["HTTP_X_TWO"]) == (UNREADABLE, "1,2")
    assert (environ["HTTP_X_ONE"], environ["HTTP_X_EMPTY"]) == ("1", "")


def test_headers_of_one_name_stay_several_in_an_answer(echo: Echo) -> None:
    answer = echo.ask(b"GET / HTTP/1.1\r\n" + CLOSE + b"\r\n").lower()
    assert b"x-same: 1\r\nx-same: 2\r\n" in answer


def test_head_has_no_body(echo: Echo) -> None:
    for path in (b"/", b"/long?100"):
        answer = echo.ask(b"HEAD " + path + b" HTTP/1.1\r\n" + CLOSE + b"\r\n")
        assert answer.startswith(b"HTTP/1.1 200")
        assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("length", [0, 5, 65_536, 65_537, 300_000, LONGEST])
def test_a_body_arrives_whole_however_it_is_sent(echo: Echo, length: int) -> None:
    body = b"y" * length
    plain = f"POST / HTTP/1.1\r\nContent-Length: {length}\r\n".encode() + CLOSE + b"\r\n" + body
    environ = said(echo.ask(plain))
    assert (environ["length"], environ["CONTENT_LENGTH"]) == (length, str(length))
    chunk = f"{length:x}\r\n".encode() + body + b"\r\n0\r\n\r\n" if length else b"0\r\n\r\n"
    chunked = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + CLOSE + b"\r\n" + chunk
    assert said(echo.ask(chunked))["length"] == length


def test_whoever_waits_to_be_asked_for_the_body_is_asked(echo: Echo) -> None:
    head = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n" + CLOSE + b"\r\n"
    with echo.connect(head) as connection, connection.makefile("rb") as answer:
        assert answer.readline() == b"HTTP/1.1 100 Continue\r\n"
        answer.readline()
        connection.sendall(b"hello")
        assert said(answer.read())["length"] == 5


def test_of_too_long_a_body_only_so_much_is_read_that_the_application_can_tell(echo: Echo) -> None:
    declared = f"POST / HTTP/1.1\r\nContent-Length: {LONGEST + 1}\r\n".encode() + CLOSE + b"\r\n"
    with echo.connect(declared) as connection, connection.makefile("rb") as answer:
        environ = said(answer.read())
    assert (environ["length"], environ["CONTENT_LENGTH"]) == (0, str(LONGEST + 1))
    head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + CLOSE + b"\r\n"
    with echo.connect(head) as connection, connection.makefile("rb") as answer:
        connection.sendall(b"%x\r\n" % (LONGEST + 1) + b"y" * (LONGEST + 1) + b"\r\n")  # and it does not end
        assert said(answer.read())["length"] > LONGEST


@pytest.mark.parametrize(
    "begun",
    [b"Content-Length: 50\r\n\r\nhello", b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"],
    ids=["length", "chunked"],
)
def test_half_a_body_is_no_request(echo: Echo, begun: bytes) -> None:
    connection = echo.connect(b"POST /half HTTP/1.1\r\nHost: h\r\n" + begun)
    connection.shutdown(socket.SHUT_WR)
    with connection, connection.makefile("rb") as answer:
        assert b"/half" not in answer.read()


def test_slow_senders_hold_no_thread(echo: Echo) -> None:
    slow = [echo.connect(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\n\r\nx") for _ in range(20)]
    slow += [echo.connect(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99\r\n\r\nx") for _ in range(20)]
    before = time.monotonic()
    assert get(echo, "/")["length"] == 0
    assert time.monotonic() - before < 5
    for connection in slow:
        connection.close()


def test_no_more_than_so_many_requests_are_worked_on_at_once(echo: Echo) -> None:
    waiting = [echo.connect(b"GET /slow HTTP/1.1\r\n" + CLOSE + b"\r\n") for _ in range(6)]
    counts = set()
    for connection in waiting:
        with connection, connection.makefile("rb") as answer:
            counts.add(said(answer.read())["threads"])
    assert len(counts) == 1


def test_a_long_answer_waits_for_its_reader(echo: Echo) -> None:
    pieces = 500
    before = echo.memory()
    with echo.connect(b"GET /long?%d HTTP/1.1\r\n" % pieces + CLOSE + b"\r\n") as connection:
        time.sleep(0.2)
        assert echo.memory() - before < 20_000_000
        with connection.makefile("rb") as answer:
            body = answer.read().partition(b"\r\n\r\n")[2]
    assert len(body) > pieces * len(piece(1))
    assert get(echo, "/")["closed"][-1] == pieces


def test_a_reader_who_leaves_ends_a_long_answer(echo: Echo) -> None:
    pieces = 5_000
    for wait in (0.2, 0.0):
        connection = echo.connect(b"GET /long?%d HTTP/1.1\r\nHost: h\r\n\r\n" % pieces)
        if wait:
            connection.recv(1000)
            time.sleep(wait)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    until = time.monotonic() + 10
    while len([taken for taken in get(echo, "/")["closed"] if taken < pieces]) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_failures_are_answered_while_they_can_be(echo: Echo) -> None:
    answer = echo.ask(b"GET /fails HTTP/1.1\r\n" + CLOSE + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 500")


@contextmanager
def long_answer(echo: Echo, target: str) -> Iterator[HTTPResponse]:
    """An answer that has begun, and that nobody reads yet."""
    with closing(HTTPConnection("127.0.0.1", echo.port, timeout=20)) as connection:
        connection.request("GET", target)
        yield connection.getresponse()


@contextmanager
def unread(echo: Echo, how_many: int, pieces: int) -> Iterator[list[HTTPResponse]]:
    """Clients that have asked for long answers and do not read them."""
    with ExitStack() as stack:
        yield [stack.enter_context(long_answer(echo, f"/long?{pieces}")) for _ in range(how_many)]


def test_clients_that_do_not_read_keep_nobody_waiting(echo: Echo) -> None:
    pieces = 80
    with unread(echo, THREADS + 4, pieces) as answers:
        for _ in range(5):
            before = time.monotonic()
            get(echo, "/")
            assert time.monotonic() - before < 1
        whole = b"".join(map(piece, range(1, pieces + 1)))
        for answer in answers:
            assert answer.read() == whole


def test_when_too_much_waits_to_be_read_who_reads_slowest_is_let_go(echo: Echo) -> None:
    pieces = SPOOL // 200_000
    whole = b"".join(map(piece, range(1, pieces + 1)))
    with unread(echo, THREADS + 4, pieces) as answers:
        before = time.monotonic()
        for _ in range(5):
            get(echo, "/")
        with long_answer(echo, f"/long?{pieces}") as reading:
            assert reading.read() == whole
        assert time.monotonic() - before < 8
        received = {read_to_the_end(answer) for answer in answers}
        assert received == {whole, b""}


def read_to_the_end(answer: HTTPResponse) -> bytes:
    """The answer, or nothing where the client notices that it is not complete."""
    try:
        return answer.read()
    except IncompleteRead:
        return b""


@pytest.mark.parametrize("target", ["/breaks?length", "/breaks"])
@pytest.mark.parametrize("reads", ["at once", "late"])
def test_a_client_notices_that_an_answer_is_broken_off(echo: Echo, target: str, reads: str) -> None:
    with long_answer(echo, target) as answer:
        if reads == "late":
            time.sleep(0.2)
        with pytest.raises(IncompleteRead):
            answer.read()


def test_the_hub_has_its_paths(echo: Echo) -> None:
    assert echo.ask(b"GET /Hubs/x HTTP/1.1\r\n" + CLOSE + b"\r\n").endswith(b"hub")
    assert get(echo, "/hubs")["PATH_INFO"] == "/hubs"
