"""Tasks, events, emails, calls and notes: what each needs and begins with."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.errors import InvalidBody
from app.models import Activity, EmailAddress, File, Tag
from app.services import files
from app.services.activities import RULES
from tests.firms import Workplace
from tests.services.records_of_a_firm import Desk

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(hours=1)
NEEDED: dict[str, dict[str, Any]] = {
    "Task": {"due_date": NOON},
    "Event": {"starts_at": NOON, "ends_at": LATER, "is_all_day": False},
    "Email": {"description": "Hello", "recipients": [{"address": "ada@example.com", "display_name": None}]},
    "Call": {"call_direction": "Inbound"},
    "Note": {"description": "Remember"},
}


def activity(desk: Desk, kind: str, **values: Any) -> Any:
    return desk.create(Activity, RULES, type=kind, subject="Acme", **{**NEEDED[kind], **values})


def refused(desk: Desk, kind: str, **values: Any) -> list[str]:
    with pytest.raises(InvalidBody) as caught:
        activity(desk, kind, **values)
    return sorted(caught.value.fields)


@pytest.mark.parametrize("kind", NEEDED)
def test_sent_back_unchanged_it_does_not_change(desk: Desk, kind: str) -> None:
    row = activity(desk, kind, matter_id=desk.matter(desk.account()).id, tags=["urgent"])
    columns = {column.name: getattr(row, column.name) for column in Activity.__table__.c}
    addresses = {"recipients": NEEDED[kind].get("recipients", [])}
    assert desk.unchanged(row, RULES, **columns, **addresses, tags=["urgent"], files=[])
    # A door that does not show the lines, and one that does not show the addresses.
    assert desk.unchanged(row, RULES, **{name: columns[name] for name in columns if "_line" not in name})
    assert desk.unchanged(row, RULES, **columns)


@pytest.mark.parametrize("kind", NEEDED)
def test_what_it_is_stays(desk: Desk, kind: str) -> None:
    row = activity(desk, kind)
    other = "Note" if kind != "Note" else "Call"
    with pytest.raises(InvalidBody) as caught:
        desk.replace(row, RULES, type=other, subject="Acme", **NEEDED[kind])
    assert list(caught.value.fields) == ["type"]
    desk.replace(row, RULES, subject="Bolt", **NEEDED[kind])
    assert (row.type, row.subject) == (kind, "Bolt")


def test_a_new_one_says_what_it_is(desk: Desk) -> None:
    with pytest.raises(InvalidBody) as caught:
        desk.create(Activity, RULES, subject="Acme")
    assert list(caught.value.fields) == ["type"]


@pytest.mark.parametrize("kind", NEEDED)
def test_it_is_for_the_account_of_its_matter(desk: Desk, kind: str) -> None:
    account, other = desk.account(), desk.account("Other")
    matter = desk.matter(account)
    assert activity(desk, kind, matter_id=matter.id).account_id == account.id
    assert activity(desk, kind, account_id=other.id).account_id == other.id
    assert refused(desk, kind, matter_id=matter.id, account_id=other.id) == ["account_id"]


def test_only_tasks_have_a_status_and_a_priority_of_their_own(desk: Desk) -> None:
    for kind in NEEDED:
        row = activity(desk, kind)
        expected = ("NotCompleted", "Medium") if kind == "Task" else (None, None)
        assert (row.status, row.priority) == expected


def test_completing_a_task_notes_when_and_by_whom(desk: Desk) -> None:
    task = activity(desk, "Task", status="Completed", priority="High")
    assert task.completed_by_user_id == desk.user_id
    assert dt.datetime.now(dt.UTC) - task.completed_at < dt.timedelta(minutes=1)
    first = task.completed_at
    desk.replace(task, RULES, subject="Acme", status="Completed")
    assert task.completed_at == first
    desk.replace(task, RULES, subject="Acme", status="InProgress")
    assert (task.completed_at, task.completed_by_user_id, task.priority) == (None, None, "Medium")


def test_what_the_client_knows_of_the_completion_counts(desk: Desk) -> None:
    contact = desk.contact(desk.account())
    task = activity(desk, "Task", status="Completed", completed_at=NOON, completed_by_contact_id=contact.id)
    assert (task.completed_at, task.completed_by_user_id) == (NOON, None)
    assert task.completed_by_contact_id == contact.id


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"starts_at": None}, ["starts_at"]),
        ({"starts_at": None, "ends_at": None}, ["ends_at", "starts_at"]),
        ({"starts_at": LATER, "ends_at": NOON}, ["ends_at"]),
    ],
)
def test_an_event_begins_and_then_ends(desk: Desk, values: dict[str, Any], fields: list[str]) -> None:
    assert refused(desk, "Event", **values) == fields


def test_an_event_may_end_as_it_begins(desk: Desk) -> None:
    assert activity(desk, "Event", ends_at=NOON).ends_at == NOON


@pytest.mark.parametrize("kind", ["Call", "Note", "Email"])
def test_what_has_no_date_happened_now(desk: Desk, kind: str) -> None:
    row = activity(desk, kind)
    assert dt.datetime.now(dt.UTC) - row.date < dt.timedelta(minutes=1)
    first = row.date
    desk.replace(row, RULES, subject="Later", **NEEDED[kind])
    assert row.date == first
    assert activity(desk, kind, date=NOON).date == NOON


def addresses_of(desk: Desk, row: Any) -> list[tuple[str, str, str | None]]:
    table = EmailAddress.__table__.c
    mine = select(table.role, table.address, table.display_name).where(
        table.activity_id == row.id, table.deleted_at.is_(None)
    )
    return sorted(tuple(each) for each in desk.session.execute(mine))


def test_an_email_keeps_its_addresses_both_ways(desk: Desk) -> None:
    row = activity(desk, "Email", sender={"address": "bob@example.com", "display_name": "Bob, Jr."})
    assert (row.from_line, row.to_line) == ('"Bob, Jr." <bob@example.com>', "ada@example.com")
    assert addresses_of(desk, row) == [
        ("From", "bob@example.com", "Bob, Jr."),
        ("To", "ada@example.com", None),
    ]
    lines = {"from_line": row.from_line, "to_line": None, "cc_line": "C D <c@d.e>, e@f.g"}
    desk.replace(row, RULES, subject="Acme", description="Hello", **lines)
    assert addresses_of(desk, row) == [
        ("Cc", "c@d.e", "C D"),
        ("Cc", "e@f.g", None),
        ("From", "bob@example.com", "Bob, Jr."),
    ]


def test_only_an_email_has_addresses(desk: Desk) -> None:
    assert refused(desk, "Call", to_line="ada@example.com") == ["to_line"]


def test_html_is_kept_as_it_was_sent(desk: Desk) -> None:
    html = "<p onclick='x()'>Hi</p><script>alert(1)</script>"
    assert activity(desk, "Email", body_html=html).body_html == html


def test_tags_of_activities_are_their_own(desk: Desk) -> None:
    row = activity(desk, "Note", tags=["urgent"])
    matter = desk.matter(desk.account(), tags=["urgent"])
    found = desk.session.query(Tag.tag_for).filter_by(firm_id=desk.firm_id, name="urgent").all()
    assert sorted(each.tag_for for each in found) == ["Activity", "Matter"]
    assert row.id != matter.id


def file(desk: Desk, firm_id: int | None = None) -> File:
    row = File(
        firm_id=firm_id or desk.firm_id,
        id=str(uuid4()),
        file_name="a.pdf",
        size=1,
        content_type="application/pdf",
        storage_key=uuid4().hex,
    )
    desk.session.add(row)
    desk.session.flush()
    return row


def test_files_are_attached_and_taken_off(desk: Desk, other_workplace: Workplace) -> None:
    one, two = file(desk), file(desk)
    row = activity(desk, "Email", files=[one.id])
    assert (one.activity_id, two.activity_id) == (row.id, None)
    desk.replace(row, RULES, subject="Acme", files=[two.id])
    assert (one.activity_id, two.activity_id) == (None, row.id)
    desk.replace(row, RULES, subject="Acme")
    assert two.activity_id == row.id
    assert not desk.unchanged(row, RULES, subject="Acme", files=[])
    assert two.activity_id is None
    for key in (str(uuid4()), file(desk, other_workplace.firm_id).id):
        with pytest.raises(InvalidBody) as caught:
            desk.replace(row, RULES, subject="Acme", files=[key])
        assert caught.value.fields == {"files": ["There is no such file."]}


def test_files_of_another_account_are_refused(desk: Desk) -> None:
    ours, theirs = desk.account(), desk.account()
    row, stray = activity(desk, "Note", account_id=ours.id), file(desk)
    stray.account_id = theirs.id
    with pytest.raises(InvalidBody) as caught:
        desk.replace(row, RULES, subject="Acme", files=[stray.id])
    assert caught.value.fields == {"files": [f"'{stray.file_name}' is for another account."]}
    body = {"file_name": stray.file_name, "account_id": theirs.id, "activity_id": row.id}
    with pytest.raises(InvalidBody) as caught:
        desk.replace(stray, files.RULES, **body)
    assert caught.value.fields == {"activity_id": ["The activity is for another account."]}


def test_an_activity_changes_with_its_files(desk: Desk) -> None:
    row, one = activity(desk, "Note"), file(desk)
    desk.session.commit()
    versions = [row.updated_at]
    for step in (
        lambda: desk.replace(one, files.RULES, file_name="a", activity_id=row.id),
        lambda: desk.replace(one, files.RULES, file_name="b", activity_id=row.id),
        lambda: desk.replace(one, files.RULES, file_name="b", activity_id=None),
        lambda: desk.replace(one, files.RULES, file_name="b", activity_id=row.id),
        lambda: desk.delete(one, files.RULES),
    ):
        step()
        desk.session.commit()
        versions.append(row.updated_at)
    moved = [after > before for before, after in pairwise(versions)]
    assert moved == [True, False, True, True, True]
