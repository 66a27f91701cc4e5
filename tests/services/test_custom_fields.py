"""What a firm may define as fields of its own."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.extensions import Database
from app.models import CustomField, CustomFieldValue
from app.services import custom_fields, records
from app.services.scoping import owned
from tests.firms import Workplace
from tests.parallel import in_threads
from tests.services.custom_field_steps import (
    OPTIONS,
    Values,
    define,
    fill_in,
    open_matter,
    redefine,
    refused,
    stored,
    value_of,
)


def test_a_definition_is_stored_without_the_spaces_around_its_words(
    workplace: Workplace, session: Session
) -> None:
    field = define(
        session,
        workplace,
        name="  Court ",
        value_type="DropDownList",
        dropdown_list_values=" Northern District ,, Southern District,Northern District ",
    )
    assert (field.name, field.dropdown_list_values) == ("Court", OPTIONS)


WRONG_DEFINITIONS = [
    ({"name": " "}, {"name": ["Must not be blank."]}),
    (
        {"value_type": "DropDownList", "dropdown_list_values": " , "},
        {"dropdown_list_values": ["A DropDownList needs at least one option."]},
    ),
    (
        {"value_type": "Number", "dropdown_list_values": "1,2"},
        {"dropdown_list_values": ["Only a DropDownList has options, not a Number."]},
    ),
    (
        {"value_type": "DropDownList", "dropdown_list_values": "x" * 256},
        {"dropdown_list_values": ["An option has at most 255 characters."]},
    ),
    (
        {"value_type": "DropDownList", "dropdown_list_values": ",".join(map(str, range(1_001)))},
        {"dropdown_list_values": ["A DropDownList has at most 1000 options."]},
    ),
]


@pytest.mark.parametrize(("given", "problems"), WRONG_DEFINITIONS)
def test_a_definition_that_means_nothing_is_refused(
    workplace: Workplace, session: Session, given: Values, problems: dict[str, list[str]]
) -> None:
    assert refused(lambda: define(session, workplace, **given)) == problems


def test_a_name_is_given_once_for_each_kind_of_record(
    workplace: Workplace, other_workplace: Workplace, session: Session
) -> None:
    first = define(session, workplace)
    define(session, workplace, object_type="Contact")
    define(session, other_workplace)
    taken = {"name": ["There is a field 'Court' already."]}
    assert refused(lambda: define(session, workplace)) == taken
    judge = define(session, workplace, name="Judge")
    assert refused(lambda: redefine(session, workplace, judge, name="Court")) == taken
    redefine(session, workplace, first, help_text="Where the case is heard")
    records.delete(session, workplace, first, custom_fields.RULES)
    redefine(session, workplace, judge, name="Court")
    assert judge.name == "Court"


def test_of_many_who_take_a_name_at_once_one_gets_it(workplace: Workplace, database: Database) -> None:
    def attempt(index: int) -> bool:
        with database.session() as session:
            try:
                define(session, workplace)
                session.commit()
            except InvalidBody:
                return False
            return True

    assert sum(in_threads(attempt, 8)) == 1


def test_the_type_is_fixed_once_there_are_values(workplace: Workplace, session: Session) -> None:
    field = define(session, workplace)
    redefine(session, workplace, field, value_type="Number")
    matter = open_matter(session, workplace, value_of(field, value_number=Decimal(3)))
    fixed = {"value_type": ["The field has values already; its type stays Number."]}
    assert refused(lambda: redefine(session, workplace, field, value_type="Currency")) == fixed
    redefine(session, workplace, field, name="Division")
    fill_in(session, workplace, matter)
    redefine(session, workplace, field, value_type="Currency")
    assert field.value_type == "Currency"


def test_no_value_slips_in_while_the_type_changes(
    workplace: Workplace, session: Session, database: Database
) -> None:
    fields = [define(session, workplace, name=f"Field {number}") for number in range(6)]
    session.commit()

    def attempt(index: int) -> None:
        field = fields[index // 2]
        with database.session() as work:
            try:
                if index % 2:
                    open_matter(work, workplace, value_of(field, value_string="Southern"))
                else:
                    found = records.find(work, workplace, CustomField, field.id, "field", custom_fields.RULES)
                    redefine(work, workplace, found, value_type="Number")
                work.commit()
            except InvalidBody:
                return

    in_threads(attempt, 2 * len(fields))
    for field in fields:
        session.refresh(field)
        used = owned(CustomFieldValue, workplace).where(CustomFieldValue.custom_field_id == field.id)
        assert len(session.scalars(used).all()) == (field.value_type == "TextBox")


def test_the_values_of_a_field_go_with_it(
    workplace: Workplace, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(custom_fields, "BATCH", 2)
    court, judge = define(session, workplace), define(session, workplace, name="Judge")
    cases = [
        open_matter(
            session,
            workplace,
            value_of(court, value_string=f"Court {number}"),
            value_of(judge, value_string="Hand"),
        )
        for number in range(5)
    ]
    records.delete(session, workplace, court, custom_fields.RULES)
    for case in cases:
        assert [value.value_string for value in stored(session, workplace, case)] == ["Hand"]
