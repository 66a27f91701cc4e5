"""What the server hands on of the header: granian leaves out values that are not ASCII, and may see several."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.config import Settings
from tests.firms import Workplace
from tests.idempotency.steps import ACCOUNT, accounts
from tests.serving import Server, serving

DOORS = {
    "v2": ("/api/v2/accounts", ACCOUNT),
    "odata": ("/odata/v4/Accounts", {"company_name": "Acme"}),
    "praxis": ("/api/contacts", {"type": "company", "companyName": "Acme"}),
}
REFUSED: dict[str, list[bytes]] = {
    "not ASCII": ["schlüssel".encode()],
    "Latin-1": [b"schl\xfcssel"],
    "empty": [b""],
    "too long": [b"k" * 256],
    "two": [b"one", b"two"],
    "the same twice": [b"one", b"one"],
    "two of which none is ASCII": [b"\xfc", b"\xfc"],
}
TAKEN = """
    Accept Accept-Encoding Accept-Language Content-Type Cookie Forwarded Host If-Match If-Modified-Since
    If-None-Match If-Range If-Unmodified-Since Isolation OData-Isolation OData-MaxVersion OData-Version Origin
    Prefer Range Referer User-Agent X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto
"""


@pytest.fixture(scope="module")
def server(app: Flask, settings: Settings) -> Iterator[Server]:
    with serving(settings) as server:
        yield server


def send(
    server: Server, place: Workplace, method: str, path: str, body: bytes, headers: list[tuple[str, bytes]]
) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    names = {name.lower() for name, _ in headers}
    connection.putrequest(method, path, skip_host="host" in names, skip_accept_encoding=True)
    connection.putheader("Authorization", f"Bearer {place.token}")
    connection.putheader("Content-Length", str(len(body)))
    if "content-type" not in names:
        connection.putheader("Content-Type", "application/json")
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def test_what_is_no_key(server: Server, workplace: Workplace, session: Session) -> None:
    for door, (path, body) in DOORS.items():
        for case, keys in REFUSED.items():
            headers = [("Idempotency-Key", key) for key in keys]
            status, text = send(server, workplace, "POST", path, json.dumps(body).encode(), headers)
            assert status == 400, (door, case, text)
            assert {word for word in (b"Idempotency-Key", b"Must be one key") if word not in text} == set(), (
                text
            )
    assert accounts(workplace, session) == 0


def test_a_condition_that_cannot_be_read_is_not_met(server: Server, workplace: Workplace) -> None:
    made = workplace.request("POST", "/odata/v4/Accounts", json={"company_name": "Acme"}).get_json()
    path = f"/odata/v4/Accounts({made['id']})"
    status, text = send(server, workplace, "PATCH", path, b'{"notes": "x"}', [("If-Match", b"\xfc")])
    assert status == 412, text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_header_that_is_not_ascii_is_a_500(server: Server, workplace: Workplace, method: str) -> None:
    paths = ["/api/v2/accounts", "/odata/v4/Accounts", "/api/cases", "/", "/oauth/token"]
    for name in TAKEN.split():
        for path in paths:
            status, text = send(
                server, workplace, method, path, b"{}" * (method == "POST"), [(name, b"\xfc")]
            )
            assert status < 500, (name, path, text)
