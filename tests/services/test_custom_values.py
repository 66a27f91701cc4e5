"""What a record may have in the fields of its firm."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import MODELS, Account, Contact, CustomField, CustomFieldValue
from app.models.base import new_id
from app.models.custom_fields import OWNERS
from app.services import accounts, records
from app.services.custom_values import COLUMNS, KINDS, VALUES
from app.services.scoping import owned
from schemas.rules import CUSTOM_VALUE_TYPES
from tests.firms import Workplace
from tests.services.custom_field_steps import (
    OPTIONS,
    SAMPLES,
    define,
    fill_in,
    open_matter,
    redefine,
    refused,
    stored,
    value_of,
)


def test_every_type_and_every_kind_of_record_is_known() -> None:
    assert tuple(sorted(COLUMNS)) == tuple(sorted(CUSTOM_VALUE_TYPES))
    assert set(COLUMNS.values()) < set(CustomFieldValue.__table__.c.keys())
    holders = {name: model for name, model in MODELS.items() if VALUES in model.links}
    assert {KINDS[model.links[VALUES].remote] for model in holders.values()} == set(OWNERS)
    assert len(holders) == len(OWNERS) == 9


def given_of(session: Session, place: Workplace, value_type: str) -> Any:
    if value_type != "Contact":
        return SAMPLES[value_type]
    account = records.create(session, place, Account, accounts.RULES, {"company_name": "Acme"})
    return session.scalars(select(Contact.id).filter_by(firm_id=place.firm_id, account_id=account.id)).one()


@pytest.mark.parametrize("value_type", CUSTOM_VALUE_TYPES)
def test_a_value_stands_in_the_column_of_its_type_and_in_no_other(
    workplace: Workplace, session: Session, value_type: str
) -> None:
    field = define(session, workplace, value_type=value_type)
    given = given_of(session, workplace, value_type)
    matter = open_matter(session, workplace, value_of(field, **{COLUMNS[value_type]: given}))
    session.commit()
    (kept,) = stored(session, workplace, matter)
    session.refresh(kept)
    assert getattr(kept, COLUMNS[value_type]) == given
    for other in set(COLUMNS.values()) - {COLUMNS[value_type]}:
        wrong = {**SAMPLES, "Contact": new_id()}
        misplaced = next(wrong[kind] for kind, column in COLUMNS.items() if column == other)
        misplaced = misplaced or Decimal(1)
        problems = refused(
            lambda o=other, m=misplaced: fill_in(  # type: ignore[misc]
                session, workplace, matter, value_of(field, **{COLUMNS[value_type]: given, o: m})
            )
        )
        assert problems == {f"{VALUES}[0].{other}": [f"Does not go with 'Court', which is a {value_type}."]}


@pytest.mark.parametrize("value_type", CUSTOM_VALUE_TYPES)
def test_an_empty_value_is_none_unless_it_is_a_checkbox(
    workplace: Workplace, session: Session, value_type: str
) -> None:
    field = define(session, workplace, value_type=value_type)
    matter = open_matter(session, workplace, value_of(field, value_string=""))
    assert len(stored(session, workplace, matter)) == (1 if value_type == "Checkbox" else 0)


def test_a_value_taken_away_is_gone(workplace: Workplace, session: Session) -> None:
    court, judge = define(session, workplace), define(session, workplace, name="Judge")
    both = value_of(court, value_string="Southern"), value_of(judge, value_string="Hand")
    matter = open_matter(session, workplace, *both)
    fill_in(session, workplace, matter, value_of(court), both[1])
    assert [value.custom_field_id for value in stored(session, workplace, matter)] == [judge.id]
    fill_in(session, workplace, matter)
    assert stored(session, workplace, matter) == []


def test_a_field_is_for_its_own_kind_of_record_and_firm(
    workplace: Workplace, other_workplace: Workplace, session: Session
) -> None:
    strangers = [
        define(session, workplace, object_type="Contact"),
        define(session, other_workplace),
        CustomField(id=new_id()),
    ]
    for field in strangers:
        problems = refused(
            lambda f=field: open_matter(session, workplace, value_of(f, value_string="x"))  # type: ignore[misc]
        )
        assert problems == {f"{VALUES}[0].custom_field_id": ["There is no such custom field for matters."]}


def test_a_field_is_filled_in_once(workplace: Workplace, session: Session) -> None:
    field = define(session, workplace)
    value = value_of(field, value_string="Southern")
    problems = refused(lambda: open_matter(session, workplace, value, dict(value)))
    assert problems == {f"{VALUES}[1].custom_field_id": ["'Court' is there twice."]}


def test_a_drop_down_list_takes_its_options_and_keeps_one_that_it_lost(
    workplace: Workplace, session: Session
) -> None:
    field = define(session, workplace, value_type="DropDownList")
    for wrong in ("southern district", "Southern District ", OPTIONS):
        problems = refused(
            lambda w=wrong: open_matter(session, workplace, value_of(field, value_string=w))  # type: ignore[misc]
        )
        assert problems == {
            f"{VALUES}[0].value_string": ["Must be one of: Northern District, Southern District."]
        }
    value = value_of(field, value_string="Southern District")
    matter = open_matter(session, workplace, value)
    redefine(session, workplace, field, dropdown_list_values="Northern District")
    fill_in(session, workplace, matter, value)
    assert stored(session, workplace, matter)[0].value_string == "Southern District"
    assert refused(lambda: open_matter(session, workplace, value)) == {
        f"{VALUES}[0].value_string": ["Must be one of: Northern District."]
    }


def test_a_contact_must_be_there_and_may_go_later(
    workplace: Workplace, other_workplace: Workplace, session: Session
) -> None:
    field = define(session, workplace, value_type="Contact")
    for stranger in (new_id(), given_of(session, other_workplace, "Contact")):
        problems = refused(
            lambda s=stranger: open_matter(session, workplace, value_of(field, value_contact_id=s))  # type: ignore[misc]
        )
        assert problems == {f"{VALUES}[0].value_contact_id": ["There is no such contact."]}
    value = value_of(field, value_contact_id=given_of(session, workplace, "Contact"))
    matter = open_matter(session, workplace, value)
    contact = session.get_one(Contact, (workplace.firm_id, value["value_contact_id"]))
    account = session.get_one(Account, (workplace.firm_id, contact.account_id))
    records.delete(session, workplace, account, accounts.RULES)
    fill_in(session, workplace, matter, value)
    assert len(stored(session, workplace, matter)) == 1


def test_all_that_is_wrong_is_told_at_once(workplace: Workplace, session: Session) -> None:
    for kind in OWNERS:
        define(session, workplace, object_type=kind, value_type="Number")
    fields = {field.object_type: field for field in session.scalars(owned(CustomField, workplace))}
    wrong = {VALUES: [value_of(fields["Contact"], value_string="three")]}
    body = {"company_name": "Acme", "primary_contact": dict(wrong), "other_contacts": [{}, dict(wrong)]}
    problems = refused(lambda: records.create(session, workplace, Account, accounts.RULES, body))
    assert list(problems) == [
        f"primary_contact.{VALUES}[0].value_string",
        f"other_contacts[1].{VALUES}[0].value_string",
    ]


def test_only_a_company_has_the_fields_of_companies(workplace: Workplace, session: Session) -> None:
    field = define(session, workplace, object_type="Account")
    jane = {"first_name": "Jane", "last_name": "Doe"}

    def open_account(**values: Any) -> Account:
        body = {"primary_contact": dict(jane), VALUES: [value_of(field, value_string="1987")], **values}
        return records.create(session, workplace, Account, accounts.RULES, body)

    problems = {VALUES: ["Only a company has these fields; give the account a company name."]}
    assert refused(open_account) == problems
    assert refused(lambda: open_account(company_name=" ")) == problems
    open_account(**{VALUES: [value_of(field)]})
    open_account(company_name="Acme")
