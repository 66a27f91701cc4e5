"""Reading the audit trail: the firm's own, page by page, filtered, and as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from app.errors import Forbidden
from app.models import AuditEvent
from app.services import audit, audit_trail
from app.services.audit_trail import Filter
from tests.services.people_of_a_firm import administrator_of, colleague

NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def ada(session, workplace):
    return administrator_of(session, workplace)


@pytest.fixture
def trail(session, workplace, other_workplace, ada):
    """Seven events a minute apart, two of them at one moment; and one of another firm."""
    session.query(AuditEvent).filter_by(firm_id=ada.firm_id).delete()
    actions = ["sign_in.succeeded", "grant.approved", "grant.revoked", "token.reused", "sign_out", "sign_out"]
    for index, action in enumerate(actions):
        who = {"user_id": ada.id, "client_id": workplace.client_id}
        session.add(AuditEvent(firm_id=ada.firm_id, at=NOON + index * MINUTE, action=action, **who))
    session.add(AuditEvent(firm_id=ada.firm_id, at=NOON, action="sign_in.refused", address="192.0.2.1"))
    session.add(AuditEvent(firm_id=other_workplace.firm_id, at=NOON, action="sign_out"))
    session.flush()


def actions(session, ada, **wanted):
    return [entry.action for entry in audit_trail.page(session, ada, Filter(**wanted)).entries]


def test_pages_follow_each_other_without_a_gap(session, ada, trail):
    seen, place = [], None
    for _ in range(4):
        page = audit_trail.page(session, ada, Filter(before=place), size=2)
        seen += [entry.id for entry in page.entries]
        place = page.next
    assert place is None
    assert len(seen) == len(set(seen)) == 7
    assert seen == [entry.id for entry in audit_trail.page(session, ada, Filter()).entries]


def test_entries_have_names_and_words(session, ada, trail):
    entry = audit_trail.page(session, ada, Filter(action="grant.approved")).entries[0]
    assert (entry.user_name, entry.app_name, entry.in_words) == (
        "Ada Lovelace",
        "Test app",
        "approved an app",
    )


@pytest.mark.parametrize(
    ("wanted", "how_many"),
    [
        ({"action": "grant"}, 2),
        ({"action": "grant.revoked"}, 1),
        ({"action": "nothing"}, 0),
        ({"action": "%"}, 0),
        ({"since": NOON + MINUTE, "until": NOON + 3 * MINUTE}, 2),
        ({"user_id": "x\0"}, 0),
        ({"client_id": "\0"}, 0),
        ({"before": "nonsense"}, 7),
        ({"before": "2026-05-01T12:00:00_x"}, 7),
        ({"before": "9999-12-31T23:59:59_00000000-0000-0000-0000-000000000000"}, 7),
    ],
)
def test_filters(session, ada, trail, wanted, how_many):
    assert len(actions(session, ada, **wanted)) == how_many


def test_filter_by_user_and_app(session, ada, workplace, trail):
    assert len(actions(session, ada, user_id=ada.id)) == 6
    assert len(actions(session, ada, client_id=workplace.client_id)) == 6


def test_members_do_not_read_it(session, workplace):
    grace = colleague(session, workplace)
    with pytest.raises(Forbidden):
        audit_trail.page(session, grace, Filter())
    with pytest.raises(Forbidden):
        list(audit_trail.as_csv(session, grace, Filter()))


def test_csv_has_every_event_and_no_formula(session, ada, trail, monkeypatch):
    monkeypatch.setattr(audit_trail, "PAGE_OF_CSV", 3)
    ada.display_name = "=HYPERLINK(1)"
    audit.record_by(session, ada, "app.changed", redirect_uri='a,"b"\n')
    session.flush()
    text = "".join(audit_trail.as_csv(session, ada, Filter()))
    heading, *rows = csv.reader(io.StringIO(text))
    assert tuple(heading) == audit_trail.HEADINGS
    assert len(rows) == 8
    assert rows[0][2] == "'=HYPERLINK(1)"
    assert rows[-1][0].startswith("2026-05-01 12:00:00")


def test_every_recorded_action_is_known(session, ada):
    with pytest.raises(KeyError):
        audit.record_by(session, ada, "grant.aproved")
    assert all(len(action) <= 40 for action in audit.ACTIONS)
