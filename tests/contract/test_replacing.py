"""PUT replaces in full: what comes back as it was changes nothing, what is left out is unset."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.api.doors import DIALECTS
from app.api.resources import DELETE, REPLACE, Face, Resource
from app.models import Change
from schemas.odata.custom_fields import OURS
from tests.contract.faces import PAIRS, UPLOADED, WRITTEN, address, keyed, named, sent
from tests.contract.full_samples import full_body, settable
from tests.contract.samples import SAMPLES, Body
from tests.firms import Workplace

MADE = [(resource, face) for resource, face in PAIRS if face in WRITTEN]
REPLACED = [(resource, face) for resource, face in MADE if {REPLACE, DELETE} <= face.operations]

DECIDED = {
    "number",
    "attachments",
    "conversation_id",
    "external_id",
    "external_unique_id",
    "date",
    "issue_date",
    "office",
    "program",
    "sent_date",
    "start_date",
}
"""What the service decided where the first body left it out, and what it keeps where the next one does."""

FOR_GOOD = {
    ("v1", "activity"): ("type",),
    ("v1", "invoice"): ("accountGuid", "projectGuid", "items"),
    **{
        ("v2", f"customfields/{owner}"): ("value_type", "dropdown_list_values")
        for owner in ("company", "contact", "matter", *map(str.lower, OURS))
    },
    ("v2", "assignments"): ("user_ref", "matter_ref"),
}
"""What a record keeps all its life; a body that replaces it must say the same."""

OF_ANOTHER_KIND = {
    ("v1", "activity"): {"callProperties", "noteProperties"},
    ("v1", "invoice"): {"refundPaymentMethod", "refundPaymentBankAccountGuid"},
    ("v1", "payment"): {"refundParentPaymentGuid"},
}
"""What only other kinds of the same resource have: the activity is an email, the invoice no refund."""


def face_of(pair: tuple[Resource, Face]) -> str:
    return named(pair[1])


def changes(session: Session, place: Workplace) -> int:
    statement = select(func.count()).select_from(Change).where(Change.firm_id == place.firm_id)
    found = session.execute(statement).scalar_one()
    session.rollback()  # or else the next writer would wait for this reader
    return found


@pytest.mark.parametrize("pair", REPLACED, ids=face_of)
def test_a_whole_record_comes_back_and_changes_nothing(
    workplace: Workplace, session: Session, pair: tuple[Resource, Face]
) -> None:
    resource, face = pair
    made = sent(workplace, "POST", address(face), full_body(workplace, resource, face))
    before = changes(session, workplace)
    assert sent(workplace, "PUT", keyed(face, made[DIALECTS[face.door].key]), made) == made
    assert changes(session, workplace) == before


@pytest.mark.parametrize(
    "pair", [each for each in REPLACED if not DIALECTS[each[1].door].changes], ids=face_of
)
def test_what_is_left_out_is_unset(workplace: Workplace, pair: tuple[Resource, Face]) -> None:
    """A record that had everything, replaced by the smallest body, is like one that was made of that body."""
    resource, face = pair
    full = sent(workplace, "POST", address(face), full_body(workplace, resource, face))
    key = DIALECTS[face.door].key
    smallest = SAMPLES[face.door, face.path](workplace)
    smallest |= {name: full[name] for name in FOR_GOOD.get((face.door, face.path), ())}
    fresh = sent(
        workplace, "POST", address(face), {name: without_ids(value) for name, value in smallest.items()}
    )
    workplace.ok("DELETE", keyed(face, fresh[key]))  # some names are for one record only
    if UPLOADED in smallest:
        smallest = {"file_name": fresh["file_name"]}
    replaced = workplace.ok("PUT", keyed(face, full[key]), json={**smallest, key: full[key]})
    assert set_in(face, replaced) == set_in(face, fresh)


def set_in(face: Face, record: Body) -> Body:
    """What of a record a client can set, without the keys of its parts, which are new in every record."""
    return {name: without_keys(record[name]) for name in settable(face.detailed()) if name not in DECIDED}


def without_ids(value: Any) -> Any:
    """A list of parts without their ids: those are of one record only."""
    is_list_of_parts = isinstance(value, list) and all(isinstance(part, dict) for part in value)
    return [{n: v for n, v in part.items() if n != "guid"} for part in value] if is_list_of_parts else value


def without_keys(value: Any) -> Any:
    if isinstance(value, list):
        return [without_keys(inner) for inner in value]
    if isinstance(value, dict):
        passing = ("id", "guid", "account_ref", *DECIDED)
        return {name: without_keys(inner) for name, inner in value.items() if name not in passing}
    return value


@pytest.mark.parametrize("pair", [each for each in REPLACED if DIALECTS[each[1].door].changes], ids=face_of)
def test_what_is_left_out_stays_where_a_door_says_so(
    workplace: Workplace, session: Session, pair: tuple[Resource, Face]
) -> None:
    resource, face = pair
    full = sent(workplace, "POST", address(face), full_body(workplace, resource, face))
    before = changes(session, workplace)
    assert sent(workplace, "PUT", keyed(face, full[DIALECTS[face.door].key]), {}) == full
    assert changes(session, workplace) == before


@pytest.mark.parametrize("pair", MADE, ids=face_of)
def test_all_that_is_set_shows(workplace: Workplace, pair: tuple[Resource, Face]) -> None:
    resource, face = pair
    made = sent(workplace, "POST", address(face), full_body(workplace, resource, face))
    unset = {name for name in settable(face.detailed()) if made[name] in (None, [], {})}
    assert unset == OF_ANOTHER_KIND.get((face.door, face.path), set())
