"""Accounts with the contacts in them: one record, whose version moves with all of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.models import Account, Contact
from app.models.base import new_id
from app.services import accounts, records
from tests.services.books import refused
from tests.services.custom_field_steps import define
from tests.services.records_of_a_firm import Desk

ADA = {"first_name": "Ada", "last_name": "Lovelace"}
COLUMNS = ("company_name", "status", "notes")


def person(desk: Desk, **values: Any) -> Account:
    made: Account = desk.create(Account, accounts.RULES, primary_contact={**ADA}, status="Active", **values)
    desk.session.commit()
    return made


def merge(desk: Desk, account: Account, **values: Any) -> bool:
    """Change some of an account, as a merge through OData does; whether that made a new version."""
    desk.session.expire_all()  # as another request would read it
    before = account.updated_at
    whole = records.merged(desk.session, desk, account, accounts.RULES, values, {}, COLUMNS)
    desk.replace(account, accounts.RULES, **whole)
    desk.session.commit()
    return account.updated_at > before


def contacts(desk: Desk, account: Account) -> dict[str, Contact]:
    mine = select(Contact).filter_by(firm_id=desk.firm_id, account_id=account.id, deleted_at=None)
    return {str(contact.last_name): contact for contact in desk.session.scalars(mine)}


def test_an_account_keeps_a_name(desk: Desk) -> None:
    account = desk.account("Acme")
    with refused("primary_contact", "a name"):
        merge(desk, account, company_name=None)
    desk.session.rollback()
    account = person(desk, company_name="Acme")
    merge(desk, account, company_name=None)
    assert account.display_name == "Lovelace, Ada"
    for names in (dict.fromkeys(ADA), dict.fromkeys(ADA, " ")):
        with refused("primary_contact", "a name"):
            merge(desk, account, primary_contact=names)
        desk.session.rollback()
    with refused("primary_contact", "a name"):
        desk.create(Account, accounts.RULES, primary_contact={"email": "ada@example.com"}, status="Active")


def other(desk: Desk, account: Account) -> dict[str, Any]:
    return {"id": contacts(desk, account)["Byron"].id, "last_name": "Byron"}


CHANGES: list[Any] = [
    pytest.param(lambda _: {"primary_contact": {"first_name": "Augusta"}}, True, id="a name"),
    pytest.param(lambda _: {"other_contacts": []}, True, id="one gone"),
    pytest.param(lambda byron: {"other_contacts": [byron, {"last_name": "King"}]}, True, id="one more"),
    pytest.param(lambda byron: {"other_contacts": [{**byron, "email": "b@example.com"}]}, True, id="changed"),
    pytest.param(lambda byron: {"primary_contact": byron, "other_contacts": []}, True, id="another first"),
    pytest.param(lambda byron: {"other_contacts": [byron]}, False, id="as it was"),
    pytest.param(lambda _: {"primary_contact": {**ADA}}, False, id="the first as it was"),
    pytest.param(lambda _: {}, False, id="nothing"),
]


@pytest.mark.parametrize(("change", "is_new_version"), CHANGES)
def test_the_version_moves_with_the_contacts(desk: Desk, change: Any, is_new_version: bool) -> None:
    account = person(desk, other_contacts=[{"last_name": "Byron"}])
    assert merge(desk, account, **change(other(desk, account))) is is_new_version


def test_a_contact_of_another_account_is_refused(desk: Desk) -> None:
    account, stranger = person(desk), person(desk)
    key = contacts(desk, stranger)["Lovelace"].id
    with refused("primary_contact", key):
        merge(desk, account, other_contacts=[{"id": key, "last_name": "Byron"}])


def test_new_contacts_have_ids_of_their_own(desk: Desk) -> None:
    chosen = new_id()
    bodies = [{"id": records.EMPTY, "last_name": name} for name in ("Byron", "King")]
    account = person(desk, other_contacts=[*bodies, {"id": chosen, "last_name": "Babbage"}])
    found = contacts(desk, account)
    assert len({contact.id for contact in found.values()} - {records.EMPTY}) == 4
    assert found["Babbage"].id == chosen


def test_a_company_with_values_in_its_own_fields_stays_one(desk: Desk) -> None:
    field = define(desk.session, desk.workplace, object_type="Account")
    values = {"custom_field_values": [{"custom_field_id": field.id, "value_string": "17-cv-0042"}]}
    account = person(desk, company_name="Acme", **values)
    with refused("custom_field_values", "Only a company"):
        merge(desk, account, company_name=None)
    desk.session.rollback()
    merge(desk, account, company_name=None, custom_field_values=[])
    assert account.display_name == "Lovelace, Ada"
