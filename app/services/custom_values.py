"""What a body says about a firm's own fields, checked against their definitions before it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import CustomField, CustomFieldValue, LookupValue
from app.models.base import FirmRow
from app.models.custom_fields import COMPANY, CONTACT, OWNERS
from app.services.custom_fields import DROPDOWN
from app.services.linking import missing
from app.services.scoping import Actor, owned

VALUES = "custom_field_values"
"""The link from a record to its values, and their name in a body."""

COLUMNS: Mapping[str, str] = {
    "TextBox": "value_string",
    "TextEditor": "value_string",
    "DropDownList": "value_string",
    "Number": "value_number",
    "Currency": "value_number",
    "Date": "value_date_time",
    "DateTime": "value_date_time",
    "Checkbox": "value_boolean",
    "Contact": "value_contact_id",
}
"""The column that holds the value of each type."""

MOST_VALUES = 5_000
"""In one request, over all its records: they are written in one transaction, and others wait for it."""

KINDS: Mapping[str, str] = {column: kind for kind, (column, _) in OWNERS.items()}
"""What kind of record each column of a value names."""
NOUNS: Mapping[str, str] = {COMPANY: "companies", "Party": "parties"}
"""The kinds whose plural is more than an `s`."""

Value = dict[str, Any]
Problem = tuple[str, str]
"""The name of what is wrong in the body, and a sentence about it."""


@dataclass(frozen=True)
class Holder:
    """A record that a body gives values for.

    Args:
        id: the record's id, if it has one yet.
        body: what is to be written; its list of values is completed.
        place: where the record stands in the whole body, such as `other_contacts[0].`.
    """

    id: str | None
    body: dict[str, Any]
    place: str = ""


def check_values(session: Session, actor: Actor, model: type[FirmRow], holders: Iterable[Holder]) -> None:
    """Check the values that a body gives to records of one kind, and drop those that say nothing.

    What is as it was passes, even where a drop-down list has lost the option meanwhile: a record can always
    be sent back unchanged.

    Raises:
        InvalidBody: names every value that will not do.
    """
    given = [holder for holder in holders if holder.body.get(VALUES)]
    if not given:
        return
    if sum(len(holder.body[VALUES]) for holder in given) > MOST_VALUES:
        raise InvalidBody({given[0].place + VALUES: [f"One request may write at most {MOST_VALUES} values."]})
    checker = Checker(session, actor, model, given)
    problems: dict[str, list[str]] = {}
    for holder in given:
        for name, text in checker.problems(holder):
            problems.setdefault(holder.place + name, []).append(text)
    if problems:
        raise InvalidBody(problems)
    for holder in given:
        holder.body[VALUES] = [value for value in holder.body[VALUES] if checker.says_something(value)]


class Checker:
    """The firm's fields for one kind of record, and the values that the records of a body have in them."""

    def __init__(
        self, session: Session, actor: Actor, model: type[FirmRow], holders: Iterable[Holder]
    ) -> None:
        ids = {holder.id for holder in holders if holder.id}
        owner = model.links[VALUES].remote
        self._kind = KINDS[owner]
        # Held until the commit, so that no field changes its type or goes meanwhile.
        fields = owned(CustomField, actor).where(CustomField.object_type == self._kind)
        self._fields = {
            field.id: field
            for field in session.scalars(fields.order_by(CustomField.id).with_for_update(read=True))
        }
        stored = owned(CustomFieldValue, actor).where(getattr(CustomFieldValue, owner).in_(ids))
        self._stored = {
            (getattr(value, owner), value.custom_field_id): value for value in session.scalars(stored)
        }
        self._options: dict[str, list[str]] = {}
        offered = owned(LookupValue, actor).where(LookupValue.custom_field_id.in_(self._fields))
        for option in session.scalars(offered.where(LookupValue.is_active).order_by(LookupValue.position)):
            self._options.setdefault(str(option.custom_field_id), []).append(option.name)
        contacts = {value.get("value_contact_id") for holder in holders for value in holder.body[VALUES]}
        self._strangers = missing(session, actor, CONTACT, contacts - {None})

    def problems(self, holder: Holder) -> Iterator[Problem]:
        """What is wrong with the values of one record."""
        seen: set[str] = set()
        for index, value in enumerate(holder.body[VALUES]):
            place, key = f"{VALUES}[{index}]", value.get("custom_field_id")
            field = self._fields.get(key)
            if field is None:
                yield f"{place}.custom_field_id", f"There is no such custom field for {nouns(self._kind)}."
            elif key in seen:
                yield f"{place}.custom_field_id", f"'{field.name}' is there twice."
            else:
                for column, text in self._problems_of(field, value, self._stored.get((holder.id, key))):
                    yield f"{place}.{column}", text
            seen.add(key)

    def says_something(self, value: Value) -> bool:
        """Whether a value is one. A Checkbox always says yes or no."""
        column = COLUMNS[self._fields[value["custom_field_id"]].value_type]
        return column == "value_boolean" or is_given(value, column)

    def _problems_of(
        self, field: CustomField, value: Value, stored: CustomFieldValue | None
    ) -> Iterator[Problem]:
        column = COLUMNS[field.value_type]
        for other in dict.fromkeys(COLUMNS.values()):
            if other != column and is_given(value, other):
                yield other, f"Does not go with '{field.name}', which is a {field.value_type}."
        wanted = value.get(column)
        if not is_given(value, column) or (stored is not None and wanted == getattr(stored, column)):
            return
        if field.value_type == DROPDOWN and wanted not in (options := self._options.get(field.id, [])):
            yield column, f"Must be one of: {', '.join(options)}."
        if wanted in self._strangers:
            yield column, "There is no such contact."


def nouns(kind: str) -> str:
    """What records of a kind are called in a sentence."""
    return NOUNS.get(kind, f"{kind.lower()}s")


def is_given(value: Value, column: str) -> bool:
    """Whether a value's column holds anything. An empty text is nothing; the number 0 is something.

    >>> is_given({"value_number": 0, "value_string": "", "value_boolean": False}, "value_number")
    True
    """
    held = value.get(column)
    return held is not None and held is not False and held != ""
