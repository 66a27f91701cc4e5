"""Where a connection begins: at this moment, or where one of the same grant has left off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.auth import Caller
from app.models import Counter, HubConnection, OAuthAccessToken
from app.models.base import now
from app.models.hub import OPEN, PARKED, POLLED
from app.realtime import positions
from app.services.changes import SERIES
from oauth.credentials import digest
from tests.firms import Workplace

HERE, ELSEWHERE = "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"
NOW = 100


@pytest.fixture
def caller(session: Session, workplace: Workplace) -> Caller:
    token = session.get(OAuthAccessToken, digest(workplace.token))
    assert token is not None
    counter = session.get(Counter, (workplace.firm_id, SERIES))
    if counter is None:
        session.add(Counter(firm_id=workplace.firm_id, name=SERIES, value=NOW))
    else:
        counter.value = NOW
    session.flush()
    return Caller(workplace.firm_id, workplace.user_id, None, "member", frozenset({"full"}), token.grant_id)


def left(session: Session, caller: Caller, state: str, number: int, **given: Any) -> HubConnection:
    """A connection that stood at a number."""
    row = HubConnection(
        hash=given.pop("hash", f"{caller.grant_id}/{state}/{number}"),
        firm_id=caller.firm_id,
        grant_id=caller.grant_id,
        state=state,
        number=number,
        confirmed=given.pop("confirmed", number),
        is_handshaken=True,
        pending="",
        expires_at=given.pop("expires_at", now() + positions.KEPT),
        **given,
    )
    session.add(row)
    session.flush()
    return row


def begin(session: Session, caller: Caller, live: tuple[str, ...] = ()) -> HubConnection:
    positions.hold(session, caller)
    row = positions.find(session, caller, digest(positions.negotiate(session, caller)))
    assert row is not None
    positions.begin(session, caller, row, OPEN, HERE, live)
    session.flush()
    return row


def begin_several(session: Session, caller: Caller, how_many: int) -> list[int]:
    """Where they begin that this process opens one after the other."""
    live: list[HubConnection] = []
    for _ in range(how_many):
        live.append(begin(session, caller, live=tuple(row.hash for row in live)))
    return [row.number for row in live]


def test_a_first_connection_begins_now(session: Session, caller: Caller) -> None:
    assert begin(session, caller).number == NOW


def test_what_was_left_is_taken_once(session: Session, caller: Caller) -> None:
    left(session, caller, PARKED, 90)
    assert begin_several(session, caller, 2) == [90, NOW]


def test_none_of_several_begins_later_than_the_earliest_stood(session: Session, caller: Caller) -> None:
    left(session, caller, PARKED, 90)
    left(session, caller, PARKED, 95)
    assert begin_several(session, caller, 3) == [90, 90, NOW]


def test_what_was_left_too_long_ago_is_gone(session: Session, caller: Caller) -> None:
    left(session, caller, PARKED, 90, expires_at=now() - dt.timedelta(seconds=1))
    assert begin(session, caller).number == NOW


def test_a_connection_of_a_process_that_may_be_dead_is_gone_on_with(session: Session, caller: Caller) -> None:
    left(session, caller, OPEN, 95, confirmed=92, owner=ELSEWHERE)
    assert begin(session, caller).number == 92


def test_a_connection_of_this_process_is_not_while_it_is_open(session: Session, caller: Caller) -> None:
    mine = left(session, caller, OPEN, 95, owner=HERE)
    assert begin(session, caller, live=(mine.hash,)).number == NOW
    assert begin(session, caller).number == 95


def test_a_polled_connection_is_gone_on_with_when_it_is_silent(session: Session, caller: Caller) -> None:
    row = left(session, caller, POLLED, 95, confirmed=91, owner=HERE)
    assert begin(session, caller).number == NOW
    row.expires_at = now() + positions.KEPT - 2 * positions.SILENT
    assert begin(session, caller).number == 91
    assert row in session  # it may poll again all the same


def test_a_poll_moves_it_unless_another_has(session: Session, caller: Caller) -> None:
    row = left(session, caller, POLLED, 90)
    session.expunge(row)
    assert positions.move(session, row, 95)
    assert not positions.move(session, row, 95)


def test_another_grant_takes_nothing(session: Session, caller: Caller) -> None:
    other = Caller(caller.firm_id, caller.user_id, None, "member", caller.scopes, ELSEWHERE)
    left(session, other, PARKED, 90)
    assert begin(session, caller).number == NOW
    assert positions.find(session, caller, f"{ELSEWHERE}/{PARKED}/90") is None


def test_a_row_that_another_process_took_is_written_anew(session: Session, caller: Caller) -> None:
    row = left(session, caller, OPEN, 90, owner=HERE)
    session.expunge(row)
    positions.forget(session, row)
    row.number = 93
    positions.keep(session, [row])
    session.flush()
    found = positions.find(session, caller, row.hash)
    assert found is not None
    assert found.number == 93
