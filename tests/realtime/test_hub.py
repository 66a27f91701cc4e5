"""The hub over the wire: who is let in, what is told, and what ends a connection."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.models import HubConnection, OAuthAccessToken, OAuthClient, OAuthGrant, User
from app.services import apps
from oauth.credentials import digest
from tests.firms import Workplace, issue_token
from tests.realtime.clients import SYNC, Polling, connect, negotiate
from tests.realtime.raw import BINARY, HANDSHAKE, RS, Raw, Refused
from tests.serving import Server


@pytest.fixture
def token_for(session: Session, workplace: Workplace) -> Any:
    """Makes a token of the workplace's administrator."""

    def make(scope: str) -> str:
        user = session.get(User, (workplace.firm_id, workplace.user_id))
        assert user is not None
        assert workplace.client_id is not None
        token = issue_token(session, user, workplace.client_id, scope)
        session.commit()
        return token

    return make


@pytest.fixture
def make(workplace: Workplace) -> Any:
    def one(path: str = "items", **body: Any) -> str:
        answer = workplace.request("POST", f"/api/v2/{path}", json=body or {"name": "Copies", "rate": 1})
        assert answer.status_code == 200, answer.text
        return str(answer.get_json()["id"])

    return one


# Negotiating


def test_what_is_offered(server: Server, workplace: Workplace) -> None:
    found = negotiate(server, workplace.token).json()
    assert found["negotiateVersion"] == 1
    assert found["connectionToken"] != found["connectionId"]
    offered = [(each["transport"], each["transferFormats"]) for each in found["availableTransports"]]
    assert offered == [("WebSockets", ["Text"]), ("LongPolling", ["Text"])]
    assert negotiate(server, workplace.token, "7").json()["negotiateVersion"] == 1
    oldest = negotiate(server, workplace.token, "0").json()
    assert (oldest["negotiateVersion"], "connectionToken" in oldest) == (0, False)


def test_who_is_not_let_in(server: Server, token_for: Any) -> None:
    for token in (None, "nonsense", "\xe9"):
        answer = negotiate(server, token and token)
        assert answer.status_code == 401, token
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["error"]
    assert negotiate(server, token_for("matters:write")).status_code == 403
    for target, status in (
        (SYNC, 401),
        (f"{SYNC}?access_token=nonsense", 401),
        (f"{SYNC}?access_token={token_for('items:write')}", 403),
        (f"{SYNC}?access_token={token_for('full')}&id=nonsense", 404),
        (f"/hubs/other?access_token={token_for('full')}", 404),
        ("/api/v2/items", 404),
    ):
        with pytest.raises(Refused) as refused:
            Raw(server.port, target)
        assert refused.value.args == (status,), target


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/negotiate", 405),
        ("POST", "/negotiate?negotiateVersion=x", 400),
        ("POST", "/negotiate?negotiateVersion=99999999999999999999", 400),
        ("GET", "", 400),
        ("PUT", "?id=x", 405),
        ("GET", "?id=x", 404),
        ("POST", "?id=%00%FF", 404),
        ("DELETE", "?id=x", 404),
        ("GET", "?" + "a=1&" * 2_000, 400),
        ("GET", "/else", 404),
    ],
)
def test_what_cannot_be_asked(
    server: Server, workplace: Workplace, method: str, path: str, status: int
) -> None:
    headers = {"Authorization": f"Bearer {workplace.token}"}
    answer = requests.request(method, f"{server.url}{SYNC}{path}", headers=headers, timeout=20)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_events_are_refused(server: Server, workplace: Workplace) -> None:
    token = negotiate(server, workplace.token).json()["connectionToken"]
    headers = {"Authorization": f"Bearer {workplace.token}", "Accept": "text/event-stream"}
    assert requests.get(f"{server.url}{SYNC}?id={token}", headers=headers, timeout=20).status_code == 400


def test_pages_of_registered_origins_may_connect(server: Server, workplace: Workplace, app: Any) -> None:
    with app.extensions["database"].session() as session:
        back = ["https://live.example/back"]
        apps.register(session, firm_id=workplace.firm_id, name="Page", redirect_uris=back, confidential=False)
        session.commit()
    for origin, allowed in (("https://live.example", "https://live.example"), ("https://else.example", None)):
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        before = requests.options(f"{server.url}{SYNC}/negotiate", headers=headers, timeout=20)
        assert before.status_code == 204
        assert "X-SignalR-User-Agent" in before.headers["Access-Control-Allow-Headers"]
        after = negotiate(server, workplace.token, headers={"Origin": origin})
        for answer in (before, after):
            assert answer.headers.get("Access-Control-Allow-Origin") == allowed
            assert answer.headers.get("Access-Control-Allow-Credentials") == (allowed and "true")


@pytest.fixture
def limit(session: Session, workplace: Workplace) -> Any:
    """Lets the workplace's app ask only so many times a minute."""

    def to(requests_per_minute: int) -> None:
        this = OAuthClient.client_id == workplace.client_id
        session.execute(update(OAuthClient).where(this).values(requests_per_minute=requests_per_minute))
        session.commit()

    return to


def test_connecting_counts_as_a_request_however_it_is_done(
    server: Server, workplace: Workplace, limit: Any
) -> None:
    limit(4)
    directly = f"{SYNC}?access_token={workplace.token}"
    with (
        Raw(server.port, directly),
        connect(server, workplace.token),
    ):  # whose negotiating counts, and nothing else
        for target in (f"{directly}&id=nonsense", directly):
            with suppress(Refused):
                Raw(server.port, target).close()
    for target in (directly, f"{directly}&id=nonsense"):
        with pytest.raises(Refused, match="429"):
            Raw(server.port, target)
    for method, address in (
        ("POST", f"{SYNC}/negotiate"),
        ("GET", f"{SYNC}?id=x"),
        ("DELETE", f"{SYNC}?id=x"),
    ):
        headers = {"Authorization": f"Bearer {workplace.token}"}
        answer = requests.request(method, server.url + address, headers=headers, timeout=20)
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 60
        assert answer.json()["error"].startswith("Too Many Requests: wait ")


# What is told


def test_changes_are_told_by_header_or_parameter(server: Server, workplace: Workplace, make: Any) -> None:
    header = {"Authorization": f"Bearer {workplace.token}"}
    with Raw(server.port, SYNC, header).shake_hands() as one, connect(server, workplace.token) as other:
        item = make()
        workplace.ok("PUT", f"/api/v2/items?id={item}", json={"name": "More", "rate": 2})
        workplace.request("DELETE", f"/api/v2/items?id={item}")
        for each in (one, other):
            assert each.told(3) == [
                ["Item", item, "created"],
                ["Item", item, "updated"],
                ["Item", item, "deleted"],
            ]


def test_another_firms_changes_are_not(
    server: Server, workplace: Workplace, other_workplace: Workplace, make: Any
) -> None:
    with connect(server, other_workplace.token) as other, connect(server, workplace.token) as own:
        item = make()
        assert own.told(1) == [["Item", item, "created"]]
        theirs = other_workplace.request("POST", "/api/v2/items", json={"name": "Theirs", "rate": 1})
        assert other.told(1) == [["Item", theirs.get_json()["id"], "created"]]


def test_a_token_is_told_of_what_it_may_read(server: Server, token_for: Any, make: Any) -> None:
    with connect(server, token_for("expensecategories:read items:write")) as some:
        make()
        category = make("expensecategories", name="Travel")
        assert some.told(1) == [["ExpenseCategory", category, "created"]]


def test_parts_of_records_are_not_told(server: Server, workplace: Workplace, make: Any) -> None:
    with connect(server, workplace.token) as socket:
        email = make("emails", subject="Hello", body_text="Hello", emails_to=["a@example.com"])
        item = make()
        assert socket.told(2) == [["Activity", email, "created"], ["Item", item, "created"]]


# What ends a connection


def end_grant(session: Session, token: str) -> None:
    grant = session.get(OAuthAccessToken, digest(token))
    assert grant is not None
    this = (OAuthGrant.firm_id == grant.firm_id, OAuthGrant.id == grant.grant_id)
    session.execute(update(OAuthGrant).where(*this).values(revoked_at=dt.datetime.now(dt.UTC)))
    session.commit()


def expire(session: Session, token: str) -> None:
    token_row = OAuthAccessToken.hash == digest(token)
    past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    session.execute(update(OAuthAccessToken).where(token_row).values(expires_at=past))
    session.commit()


@pytest.mark.parametrize("finish", [end_grant, expire])
def test_a_token_that_has_ended_ends_its_connection(
    server: Server, session: Session, token_for: Any, finish: Any
) -> None:
    token = token_for("full")
    with connect(server, token) as socket:
        finish(session, token)
        before = time.monotonic()
        last = socket.rest()[-1]
        assert time.monotonic() - before < 5
        assert (last["type"], "revoked" in last["error"], "allowReconnect" in last) == (7, True, False)
    assert negotiate(server, token).status_code == 401


@pytest.mark.parametrize(
    "frames",
    [
        [b"garbage" + RS.encode()],
        [b'{"type":6}' + RS.encode()],
        [b"x" * 100_000],
        [b"\xff\xfe"],
        [b"\0" + RS.encode()],
        [b'{"protocol":"messagepack","version":1}' + RS.encode()],
        [HANDSHAKE.encode(), b"garbage" + RS.encode()],
        [HANDSHAKE.encode() + b'{"type":99}' + RS.encode()],
        [HANDSHAKE.encode() + b'{"type":7}' + RS.encode()],
    ],
    ids=["garbage", "no-handshake", "long", "no-utf-8", "nul", "protocol", "later", "type", "goodbye"],
)
def test_nonsense_ends_only_its_own_connection(
    server: Server, workplace: Workplace, frames: list[bytes]
) -> None:
    worker = server.worker
    with Raw(server.port, f"{SYNC}?access_token={workplace.token}") as socket:
        for frame in frames:
            socket.frame(frame)
        socket.rest()
    assert server.worker == worker


def test_frames_of_any_cut(server: Server, workplace: Workplace, make: Any) -> None:
    target = f"{SYNC}?access_token={workplace.token}"
    with Raw(server.port, target) as socket:
        begin, end = HANDSHAKE.encode()[:9], HANDSHAKE.encode()[9:]
        socket.frame(begin, last=False)
        socket.frame(end + b'{"type":6}' + RS.encode() + b'{"type":1,"invocationId":"a"', 0)
        socket.frame(b',"target":"X","arguments":[]}' + RS.encode(), BINARY)
        assert socket.next() == {}
        assert socket.next()["invocationId"] == "a"
        item = make()
        assert socket.told(1) == [["Item", item, "created"]]


def test_a_connection_may_be_opened_once(server: Server, workplace: Workplace) -> None:
    token = negotiate(server, workplace.token).json()["connectionToken"]
    target = f"{SYNC}?id={token}&access_token={workplace.token}"
    with Raw(server.port, target), pytest.raises(Refused, match="404"):
        Raw(server.port, target)


def test_many_idle_connections_cost_no_threads(server: Server, workplace: Workplace, make: Any) -> None:
    def threads() -> int:
        return len(list(Path(f"/proc/{server.worker}/task").iterdir()))

    with connect(server, workplace.token):
        before = threads()
    target = f"{SYNC}?access_token={workplace.token}"
    sockets = [Raw(server.port, target).shake_hands() for _ in range(50)]
    try:
        assert threads() <= before + 1
        item = make()
        for socket in sockets:
            assert socket.told(1) == [["Item", item, "created"]]
    finally:
        for socket in sockets:
            socket.close()


def test_a_grant_has_only_so_many_connections(server: Server, session: Session, token_for: Any) -> None:
    token = token_for("full")
    grant = session.get(OAuthAccessToken, digest(token))
    assert grant is not None
    for number in range(100):
        session.add(
            HubConnection(
                hash=f"{grant.grant_id}-{number}",
                firm_id=grant.firm_id,
                grant_id=grant.grant_id,
                state="open",
                number=0,
                confirmed=0,
                is_handshaken=True,
                pending="",
                expires_at=dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1),
            )
        )
    session.commit()
    try:
        assert negotiate(server, token).status_code == 503
    finally:
        session.execute(delete(HubConnection).where(HubConnection.firm_id == grant.firm_id))
        session.commit()


# Long polling


@pytest.fixture
def polling(server: Server, workplace: Workplace) -> Iterator[Polling]:
    polling = Polling(server, workplace.token)
    yield polling
    polling.session.close()


def test_polls_bring_changes(polling: Polling, make: Any) -> None:
    polling.begin()
    one, two = make(), make()
    told = polling.ask("GET").text
    while two not in told:
        told += polling.ask("GET").text
    assert told.count("DataChanged") == 2
    assert told.index(one) < told.index(two)
    assert polling.ask("POST", '{"type":1,"invocationId":"a","target":"X"}' + RS).status_code == 200
    assert "no methods" in polling.ask("GET").text
    assert polling.ask("DELETE").status_code == 202
    assert polling.ask("GET").status_code == 404


@pytest.mark.parametrize("text", ["garbage" + RS, HANDSHAKE[:-1], "\0", "x" * 50_000])
def test_nonsense_ends_a_polled_connection(polling: Polling, text: str) -> None:
    polling.ask("GET")
    assert polling.ask("POST", text).status_code == 400
    assert polling.ask("GET").status_code == 404


def test_too_long_a_message_is_not_taken_for_none(polling: Polling) -> None:
    assert polling.begin().ask("POST", "x" * 70_000).status_code == 413


def test_polls_do_not_count_as_requests(polling: Polling, limit: Any, make: Any) -> None:
    limit(1)
    polling.begin()
    for _ in range(3):
        make()
        assert "DataChanged" in polling.ask("GET").text


def test_a_client_that_polls_without_a_pause_is_told_at_most_five_times_a_second(
    polling: Polling, make: Any
) -> None:
    polling.begin()
    before = time.monotonic()
    for _ in range(3):
        make()
        polling.ask("GET")
    assert time.monotonic() - before > 0.35


def test_more_than_any_client_asks_is_refused(polling: Polling) -> None:
    polling.begin()
    for _ in range(400):
        answer = polling.ask("POST", '{"type":6}' + RS)
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert polling.ask("GET").status_code == 429


def test_of_several_polls_only_the_newest_goes_on(polling: Polling, make: Any) -> None:
    polling.begin()
    with ThreadPoolExecutor(2) as pool:
        older = pool.submit(polling.ask, "GET")
        time.sleep(0.1)
        newer = pool.submit(polling.ask, "GET")
        assert older.result().status_code == 204
        item = make()
        assert item in newer.result().text


def test_another_user_cannot_poll_it(polling: Polling, other_workplace: Workplace) -> None:
    polling.begin()
    polling.session.headers["Authorization"] = f"Bearer {other_workplace.token}"
    for method in ("GET", "POST", "DELETE"):
        assert polling.ask(method).status_code == 404


# Coming back


def test_a_client_that_was_cut_off_misses_nothing(server: Server, token_for: Any, make: Any) -> None:
    token = token_for("full")
    socket = connect(server, token)
    socket.close()
    time.sleep(0.1)
    missed = make()
    with connect(server, token) as again:
        assert again.told(1) == [["Item", missed, "created"]]
        again.say('{"type":7}' + RS)
        again.rest()
    make()
    with connect(server, token) as anew:
        item = make()
        assert anew.told(1) == [["Item", item, "created"]]
