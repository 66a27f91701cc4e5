"""What the firm's lists hold: the values of the standard tables, and the options of its own fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import InvalidBody
from app.models import CustomField, CustomFieldValue, LookupValue
from app.models.base import new_id
from app.services import numbering
from app.services.records import Rules, Values
from app.services.scoping import Actor, held, of_firm, owned

SERIES = LookupValue.__name__
RENAMED = "renamed_from"
"""Where the values of a write keep the name that an option had."""
BATCH = 1_000
MOST_OPTIONS = 1_000
"""How many options a custom field has."""


def complete(session: Session, actor: Actor, value: Any, values: Values) -> None:
    """Number a value, and see that its list has no other of its name or external id.

    Raises:
        InvalidBody: it has, or the name will not do.
    """
    is_new = value.lookup_id is None
    # Whoever writes one waits for the others who do: two of a name cannot get in together.
    number = numbering.take(session, actor.firm_id, SERIES, int(is_new))
    values["lookup_id"] = number if is_new else value.lookup_id
    values["name"] = values["name"].strip()
    table, field_id = (values.get(name, getattr(value, name)) for name in ("table_name", "custom_field_id"))
    if field_id:
        like_it = in_field(session, actor, field_id)
    else:
        like_it = _alike(session, actor, str(table), values["name"], values.get("external_id"))
    siblings = [other for other in like_it if other.id != value.id]
    problems = {
        "name": _problem_of_name(values["name"], siblings, field_id) or _problem_of_room(siblings, field_id),
        "external_id": _problem_of_external_id(values.get("external_id"), siblings),
        "is_active": _problem_of_the_last(values.get("is_active", True), siblings, field_id),
    }
    if found := {column: [text] for column, text in problems.items() if text}:
        raise InvalidBody(found)
    if is_new:
        values["position"] = max((other.position for other in siblings), default=-1) + 1 if field_id else 0
    elif field_id:
        values[RENAMED] = value.name


def in_field(session: Session, actor: Actor, field_id: str) -> Sequence[LookupValue]:
    """The options of a custom field as they are now; whoever writes values into records holds the field, too."""
    held(session, owned(CustomField, actor).where(CustomField.id == field_id))
    mine = owned(LookupValue, actor).where(LookupValue.custom_field_id == field_id)
    return session.scalars(mine, execution_options={"populate_existing": True}).all()


def _alike(
    session: Session, actor: Actor, table: str, name: str, external_id: str | None
) -> Sequence[LookupValue]:
    """The values of a standard list with this name or this external id."""
    same = LookupValue.name == name
    if external_id is not None:
        same = or_(same, LookupValue.external_id == external_id)
    return session.scalars(owned(LookupValue, actor).where(LookupValue.table_name == table, same)).all()


def _problem_of_room(siblings: Sequence[LookupValue], field_id: str | None) -> str | None:
    full = field_id and sum(other.is_active for other in siblings) >= MOST_OPTIONS
    return f"A DropDownList has at most {MOST_OPTIONS} options." if full else None


def _problem_of_name(name: str, siblings: Sequence[LookupValue], field_id: str | None) -> str | None:
    if field_id and "," in name:
        return "An option of a custom field has no comma: its options are written with commas between."
    same = next((other for other in siblings if other.name == name), None)
    if same is None:
        return None
    return f"There is '{name}' already" + ("." if same.is_active else "; make that one active again.")


def _problem_of_external_id(external_id: str | None, siblings: Sequence[LookupValue]) -> str | None:
    same = next((other for other in siblings if external_id and other.external_id == external_id), None)
    return f"'{same.name}' has this external id." if same else None


def _problem_of_the_last(
    is_active: bool, siblings: Sequence[LookupValue], field_id: str | None
) -> str | None:
    if is_active or not field_id or any(other.is_active for other in siblings):
        return None
    return "A DropDownList needs at least one option."


def carry_on(session: Session, actor: Actor, value: LookupValue, values: Values) -> None:
    """An option is part of its field, and what records have in the field goes by the option's name."""
    if value.custom_field_id is None:
        return
    field = session.get_one(CustomField, (actor.firm_id, value.custom_field_id))
    flag_modified(field, "updated_at")
    before = values.get(RENAMED)
    if before is None or before == value.name:
        return
    some = of_firm(CustomFieldValue, actor).where(
        CustomFieldValue.custom_field_id == value.custom_field_id, CustomFieldValue.value_string == before
    )
    while chosen := session.scalars(some.limit(BATCH)).all():
        for each in chosen:
            each.value_string = value.name
        session.flush()


def set_options(session: Session, actor: Actor, field: CustomField, names: Sequence[str]) -> bool:
    """Make a custom field offer just these options in this order; one that it had before comes back as it was.

    Returns:
        whether that changed anything.
    """
    present = {value.name: value for value in in_field(session, actor, field.id)}
    missing = [name for name in names if name not in present]
    last = numbering.take(session, actor.firm_id, SERIES, len(missing))
    for number, name in enumerate(missing, last - len(missing) + 1):
        present[name] = LookupValue(
            firm_id=field.firm_id, id=new_id(), custom_field_id=field.id, name=name, lookup_id=number
        )
    places = {name: place for place, name in enumerate(names)}
    for value in present.values():
        value.is_active = value.name in places
        value.position = places.get(value.name, value.position)
    session.add_all(present.values())
    changed = any(session.is_modified(value) or value in session.new for value in present.values())
    session.flush()
    return changed


RULES = Rules(before=complete, after=carry_on)
