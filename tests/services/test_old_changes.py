"""The log of changes loses its oldest lines, and never one that somebody has still to be given."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.extensions import Database
from app.models import Change, Counter, Webhook
from app.models.base import new_id
from app.services import changes, old_changes, purging
from tests.firms import Workplace
from tests.parallel import in_threads

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


def log(session: Session, place: Workplace, *ages: int) -> None:
    """Lines of the log, each so many days old, and no others."""
    lines = [
        {
            "firm_id": place.firm_id,
            "number": number,
            "entity": "Tag",
            "entity_id": new_id(),
            "action": changes.UPDATED,
            "at": NOW - age * DAY,
        }
        for number, age in enumerate(ages, 1)
    ]
    session.execute(delete(Change).where(Change.firm_id == place.firm_id))  # that the fixture has made
    session.execute(insert(Change), lines)
    session.merge(Counter(firm_id=place.firm_id, name=changes.SERIES, value=len(ages)))
    session.commit()


def left(session: Session, place: Workplace) -> list[int]:
    numbers = select(Change.number).where(Change.firm_id == place.firm_id).order_by(Change.number)
    found = list(session.scalars(numbers))
    session.rollback()
    return found


def purge(database: Database, days: int = 400, **options: Any) -> int:
    return purging.purge(database.session, 400, days, **options)["changes"]


def test_old_lines_go_from_the_oldest_on(
    database: Database, session: Session, workplace: Workplace, other_workplace: Workplace
) -> None:
    log(session, workplace, 500, 450, 401, 399, 0)
    log(session, other_workplace, 500, 300, 500, 500, 0)  # somebody's clock was wrong
    assert purge(database, 600) == 0
    assert purge(database) == 4
    assert left(session, workplace) == [4, 5]
    assert left(session, other_workplace) == [2, 3, 4, 5]
    assert purge(database) == 0


def test_the_newest_stays_however_old(database: Database, session: Session, workplace: Workplace) -> None:
    log(session, workplace, 900, 800, 700)
    purge(database)
    assert left(session, workplace) == [3]


def test_for_ever(database: Database, session: Session, workplace: Workplace) -> None:
    log(session, workplace, 4000, 0)
    assert "changes" not in purging.purge(database.session, 400, 0)
    assert left(session, workplace) == [1, 2]
    purge(database)


@pytest.mark.parametrize("is_paused", [False, True])
def test_what_a_webhook_has_not_been_given_stays(
    database: Database, session: Session, workplace: Workplace, is_paused: bool
) -> None:
    log(session, workplace, 900, 900, 900, 900, 0)
    common = {"url": "https://example.com/", "entities": [], "actions": [], "secret": ""}
    for position in (2, 4):
        webhook = Webhook(
            firm_id=workplace.firm_id, position=position, created_by_id=workplace.user_id, **common
        )
        webhook.is_paused = is_paused
        session.add(webhook)
    session.commit()
    purge(database)
    assert left(session, workplace) == [3, 4, 5]


def test_in_batches(
    database: Database, session: Session, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "BATCH", 3)
    log(session, workplace, *[900] * 10, 0)
    assert purge(database, most=2) == 6
    assert left(session, workplace) == [7, 8, 9, 10, 11]
    assert purge(database) == 4


def test_several_at_once(database: Database, session: Session, workplace: Workplace) -> None:
    log(session, workplace, *[900] * 40, 0)
    forgotten = in_threads(lambda _: old_changes.purge(database.session, NOW - 400 * DAY, 3, None), 3)
    assert sum(forgotten) >= 40
    assert left(session, workplace) == [41]
