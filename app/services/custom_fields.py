"""The fields that a firm defines for its companies, contacts, matters and the records on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import InvalidBody
from app.models import CustomField, CustomFieldValue
from app.models.base import now
from app.services import numbering
from app.services.lookups import MOST_OPTIONS, set_options
from app.services.records import Rules, Values
from app.services.scoping import Actor, of_firm, owned
from schemas.fields.texts import NAME_LENGTH

DROPDOWN = "DropDownList"
OPTIONS = "options"
"""Where the values keep the options of a drop-down list, one by one."""
BATCH = 1_000


def options_in(text: str | None) -> list[str]:
    """What a drop-down list offers, each once and without the spaces around it.

    Args:
        text: the options with commas between.

    >>> options_in("Northern District, Southern District,, Northern District")
    ['Northern District', 'Southern District']
    """
    return list(dict.fromkeys(option.strip() for option in (text or "").split(",") if option.strip()))


def complete(session: Session, actor: Actor, field: Any, values: Values) -> None:
    """Check a definition, and store its name and options without the spaces around them.

    Raises:
        InvalidBody: names the columns that will not do.
    """
    values["name"] = (values.get("name") or "").strip()
    options = values[OPTIONS] = options_in(values.get("dropdown_list_values"))
    problems = {
        "name": _problem_of_name(session, actor, field, values),
        "value_type": _problem_of_type(session, actor, field, values["value_type"]),
        "dropdown_list_values": _problem_of_options(values["value_type"], options),
    }
    if found := {column: [text] for column, text in problems.items() if text}:
        raise InvalidBody(found)


def _problem_of_name(session: Session, actor: Actor, field: Any, values: Values) -> str | None:
    name, object_type = values["name"], values.get("object_type", field.object_type)
    if not name:
        return "Must not be blank."
    if (name, object_type) == (field.name, field.object_type):
        return None
    # Whoever names a field waits for the others who do, so that no two get the same name.
    numbering.take(session, actor.firm_id, CustomField.__name__, 0)
    namesakes = owned(CustomField, actor).where(
        CustomField.object_type == object_type, CustomField.name == name, CustomField.id != field.id
    )
    return f"There is a field '{name}' already." if session.scalars(namesakes).first() else None


def _problem_of_type(session: Session, actor: Actor, field: Any, value_type: str) -> str | None:
    # Whoever writes values holds the definition (custom_values.py), so none comes in after this look.
    if field.value_type in (None, value_type) or not _has_values(session, actor, field):
        return None
    return f"The field has values already; its type stays {field.value_type}."


def _problem_of_options(value_type: str, options: list[str]) -> str | None:
    if len(options) > MOST_OPTIONS:
        return f"A DropDownList has at most {MOST_OPTIONS} options."
    if any(len(option) > NAME_LENGTH for option in options):
        return f"An option has at most {NAME_LENGTH} characters."
    if value_type == DROPDOWN:
        return None if options else "A DropDownList needs at least one option."
    return f"Only a DropDownList has options, not a {value_type}." if options else None


def _has_values(session: Session, actor: Actor, field: CustomField) -> bool:
    """Whether any record has a value in the field."""
    used = select(CustomFieldValue.id).where(
        CustomFieldValue.firm_id == actor.firm_id,
        CustomFieldValue.custom_field_id == field.id,
        CustomFieldValue.deleted_at.is_(None),
    )
    return session.execute(used.limit(1)).first() is not None


def write_options(session: Session, actor: Actor, field: Any, values: Values) -> None:
    """The options are lookup values, and a part of the field."""
    if set_options(session, actor, field, values[OPTIONS]):
        flag_modified(field, "updated_at")


def delete_values(session: Session, actor: Actor, field: CustomField) -> None:
    """A field's values go with it: what a record still shows can be sent back unchanged."""
    some = of_firm(CustomFieldValue, actor).where(CustomFieldValue.custom_field_id == field.id).limit(BATCH)
    while values := session.scalars(some).all():
        for value in values:
            value.deleted_at = now()
        session.flush()


RULES = Rules(before=complete, after=write_options, delete=delete_values)
