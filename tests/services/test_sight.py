"""Asking what somebody sees: of some ids, and of how many there are in all."""

from __future__ import annotations

import pytest
from flask import Flask, g
from sqlalchemy.orm import Session

from app.api.reading import Source
from app.api.resources import faces
from app.auth import authenticate
from app.extensions import Database
from app.models import Matter, Tag, TimeEntry
from app.models.roles import ADMINISTRATOR, ALL_CASES, LOOKUPS, MEMBER, OFFICE, RIGHTS
from app.services.rights import rights_of, sight_of
from app.services.scoping import seen_ids
from odata.options import Options
from tests.contract.samples import DAY
from tests.firms import Workplace
from tests.restricted import exclude, restricted

NOBODY = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    ("role", "given", "rights"),
    [
        (ADMINISTRATOR, None, set(RIGHTS)),
        (ADMINISTRATOR, "", set(RIGHTS)),
        (MEMBER, None, {ALL_CASES, LOOKUPS}),
        (MEMBER, "", set()),
        ("Clerk", "case_restrictions", {"case_restrictions"}),
        ("gone", None, set()),
    ],
)
def test_rights_of_a_role(role: str, given: str | None, rights: set[str]) -> None:
    assert set(rights_of(role, given)) == rights
    sight = sight_of("u", role, given, OFFICE, None, "o", None)
    assert (sight is None) == (ALL_CASES in rights)
    assert sight is None or sight.restrictions == {OFFICE}


def test_which_of_some_ids_somebody_sees(
    database: Database, session: Session, workplace: Workplace, other_workplace: Workplace
) -> None:
    """What a follower of changes asks; the tombstone of what one has seen is seen."""
    eve = restricted(session, workplace)
    keys = {
        name: workplace.ok("POST", "/api/v2/matters", json={"name": name, "status": "Open", "tags": ["x"]})[
            "id"
        ]
        for name in ("seen", "gone", "hidden")
    }
    account = {"company_name": "Acme", "primary_contact": {"first_name": "Jo", "last_name": "Doe"}}
    owner = {"id": workplace.ok("POST", "/api/v2/accounts", json=account)["id"]}
    entries = {
        name: workplace.ok(
            "POST",
            "/api/v2/timeentries",
            json={
                "date": DAY,
                "hours": 1,
                "account_ref": owner,
                "matter_ref": {"id": key},
                "billed_by_user_ref": {"id": workplace.user_id},
            },
        )["id"]
        for name, key in keys.items()
    }
    exclude(session, workplace, keys["hidden"], eve.user_id)
    workplace.ok("DELETE", f"/api/v2/matters?id={keys['gone']}")
    theirs = other_workplace.ok("POST", "/api/v2/matters", json={"name": "Theirs", "status": "Open"})["id"]
    with database.reading() as connection:
        callers = [authenticate(connection, f"Bearer {who.token}") for who in (eve, workplace)]
    asked = {*keys.values(), theirs, NOBODY}
    for caller, names in zip(callers, ({"seen", "gone"}, set(keys)), strict=True):
        assert seen_ids(session, caller, Matter, asked) == {keys[name] for name in names}
        assert seen_ids(session, caller, TimeEntry, entries.values()) == {entries[name] for name in names}
    tags = {tag["id"] for tag in workplace.ok("GET", "/odata/v4/Tags")["value"]}
    assert seen_ids(session, callers[0], Tag, tags) == tags


def test_the_total_of_all_stays_the_number_of_all(
    app: Flask, database: Database, session: Session, workplace: Workplace
) -> None:
    """`total_records` counts what is out of sight, too."""
    eve = restricted(session, workplace)
    for name in ("One", "Two", "Other"):
        key = workplace.ok("POST", "/api/v2/matters", json={"name": name, "status": "Open"})["id"]
        if name == "Two":
            exclude(session, workplace, key, eve.user_id)
    resource, face = next(pair for pair in faces("v2") if pair[0].model is Matter)
    matters = Source(resource, face, face.standard)
    with app.test_request_context(), database.reading() as g.reader:
        g.caller = caller = authenticate(g.reader, f"Bearer {eve.token}")
        options = Options(filter="name ne 'Other'")
        assert matters.count(caller, options, {}) == 1
        assert matters.count_of_firm(caller, options, {}) == 2
