"""The audit trail: filtered, page by page, and as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from html import unescape

import pytest
from sqlalchemy import select

from app.models import AuditEvent
from tests.web.people import user_of

FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def trail(database, workplace, ada, bob, ledger):
    """Four events, a day apart, the last one of 4 January."""
    mine, his = user_of(database, ada), user_of(database, bob)
    told = [
        (mine, "sign_in.succeeded", {}),
        (his, "grant.approved", {"client_id": ledger.client_id, "scope": "read"}),
        (his, "grant.revoked", {"client_id": ledger.client_id}),
        (mine, "user.changed", {"of": his.id, "role": "administrator"}),
    ]
    for number, (user, action, more) in enumerate(told):
        write(database, user, action, FIRST + dt.timedelta(days=number, hours=12), **more)


def write(database, user, action, at, client_id=None, **details):
    event = AuditEvent(
        firm_id=user.firm_id,
        user_id=user.id,
        client_id=client_id,
        at=at,
        action=action,
        address="192.0.2.7",
        details=details,
    )
    with database.session.begin() as work:
        work.add(event)


def words(page):
    """What happened, as the rows say it, from the last one."""
    return re.findall(r'<td data-label="What">([^<]*)</td>', page)


def found(somebody, query):
    return words(somebody.page(f"/firm/audit?{query}"))


OLD = "from=2026-01-01&to=2026-01-04"


def test_rows_say_who_did_what_and_from_where(ada, trail):
    page = ada.page(f"/firm/audit?{OLD}")
    assert words(page) == ["changed a user", "ended a grant", "approved an app", "signed in"]
    for fact in ("Ada Lovelace", "Bob Bell", "Ledger", "192.0.2.7", "4 Jan 2026, 12:00:00"):
        assert fact in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("action=grant.approved", ["approved an app"]),
        ("action=grant", ["ended a grant", "approved an app"]),
        ("action=nonsense", []),
        ("app=%00", []),
        ("user=nobody", []),
        ("from=2026-01-02&to=2026-01-02", ["approved an app"]),
        ("from=2026-01-05&to=2026-01-04", []),
        ("before=nonsense", ["changed a user", "ended a grant", "approved an app", "signed in"]),
    ],
)
def test_filter(ada, trail, query, expected):
    assert found(ada, f"{query}&{OLD}" if "from" not in query else query) == expected


def test_filter_by_user_and_app(database, ada, bob, ledger, trail):
    assert found(ada, f"{OLD}&user={user_of(database, bob).id}") == ["ended a grant", "approved an app"]
    assert found(ada, f"{OLD}&app={ledger.client_id}") == ["ended a grant", "approved an app"]
    assert f'value="{ledger.client_id}"' in ada.page("/firm/audit")


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "2026-1", "%00", "99999-01-01"])
def test_day_that_is_none(ada, trail, day):
    for path in ("/firm/audit", "/firm/audit.csv"):
        answer = ada.get(f"{path}?from={day}&action=grant")
        assert answer.status_code == 400
        assert "A day is written as" in answer.text
        assert '<option value="grant" selected>' in answer.text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_day_is_survived(ada, trail, day):
    assert ada.get(f"/firm/audit?from={day}").status_code == 200
    assert ada.get(f"/firm/audit?to={day}").status_code == 200


def test_pages_follow_on_one_another(database, ada):
    user = user_of(database, ada)
    for number in range(60):
        action = "grant.approved" if number % 2 else "grant.denied"
        write(database, user, action, FIRST + dt.timedelta(minutes=number // 2))
    first = ada.page(f"/firm/audit?{OLD}&action=grant")
    assert len(words(first)) == 50
    (older,) = re.findall(r'href="([^"]+)">Older<', first)
    second = ada.page(unescape(older))
    assert len(words(second)) == 10
    assert "Older" not in second
    assert sorted(words(first) + words(second)) == ["approved an app"] * 30 + ["denied an app"] * 30


def test_csv_has_all_that_the_filter_lets_through(ada, trail):
    answer = ada.get(f"/firm/audit.csv?{OLD}&action=grant")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["action"] for row in rows] == ["grant.revoked", "grant.approved"]
    assert (rows[1]["user"], rows[1]["app"], rows[1]["time (UTC)"]) == (
        "Bob Bell",
        "Ledger",
        "2026-01-02 12:00:00.000",
    )


def test_page_leads_to_the_same_as_csv(ada, trail):
    (address,) = re.findall(r'href="([^"]+)">Download as CSV', ada.page(f"/firm/audit?{OLD}&action=grant"))
    assert "action=grant" in address
    assert ada.get(unescape(address)).text.count("\r\n") == 3


def test_other_firms_see_none_of_it(stranger, trail):
    assert found(stranger, OLD) == []
    assert stranger.get(f"/firm/audit.csv?{OLD}").text.count("\r\n") == 1


def test_what_the_operator_did_is_told_from_what_somebody_did(database, app, workplace, ada):
    runner, email = app.test_cli_runner(), f"new.{workplace.email}"
    made = runner.invoke(args=["create-user", email, "--firm", str(workplace.firm_id), "--generate-password"])
    assert made.exit_code == 0, made.output
    with database.session.begin() as work:
        work.add(AuditEvent(firm_id=workplace.firm_id, action="app.refused", address="192.0.2.7"))
    whose = {"user.created": "command line", "app.refused": "somebody"}
    for action, who in whose.items():
        page = ada.page(f"/firm/audit?action={action}")
        assert re.findall(r'<td data-label="Who" class="name">([^<]*)</td>', page) == [who]
        (row,) = csv.DictReader(io.StringIO(ada.get(f"/firm/audit.csv?action={action}").text))
        assert row["user"] == who


def test_download_leaves_writers_alone(database, ada, trail):
    answer = ada.browser.get("/firm/audit.csv", buffered=False)
    next(answer.response)
    with database.session.begin() as work:
        assert work.scalars(select(AuditEvent.id).where(AuditEvent.firm_id == 0)).all() == []
    answer.close()


def test_what_users_typed_is_no_markup(database, ada):
    write(database, user_of(database, ada), "access.requested", FIRST, reason="<script>alert(1)</script>")
    assert "<script" not in ada.page(f"/firm/audit?{OLD}")
