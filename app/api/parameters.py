"""The query parameters of the lists, each a filter written against the model with the value left open.

They run through the query engine like a `$filter` does. Names and meanings are the published contract's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from app.api.entity_types import edm_of
from app.errors import InvalidBody
from odata.typed import Preset
from schemas.base import Shape
from schemas.fields import (
    VARIES,
    Choice,
    Flag,
    Guid,
    Moment,
    Number,
    Property,
    Renamed,
    Text,
    Whole,
    wire_name,
)

EMPTY = "%empty%"
"""What finds null, as a value of a parameter. LegalServer's word: a blank one counts as left out."""
EQUALS = re.compile(r"([\w/]+) eq @value|tolower\(([\w/]+)\) eq tolower\(@value\)")
HAS_MEMBER = re.compile(r"([\w/]+)/any\(\w:\w/\w+ eq @value\)")

Read = Callable[[Property, str], Any]
PLAIN = (Choice, Flag, Guid, Moment, Number, Renamed, Text, Whole)
LAST_INSTANT = dt.timedelta(days=1, milliseconds=-1)
DATE_LENGTH = len("2026-01-31")


def as_field(field: Property, text: str) -> Any:
    return field.deserialize(text)


def through_the_day(field: Property, text: str) -> Any:
    """A bare date as an upper bound takes in the whole day."""
    moment = field.deserialize(text)
    return moment + LAST_INSTANT if len(text) == DATE_LENGTH else moment


@dataclass(frozen=True)
class Parameter:
    """A query parameter of a list.

    Args:
        filter: the condition, with `@value` for what is given; None for a parameter that changes nothing.
        read: how the text becomes the value.
        doc: a sentence for the OpenAPI document.
        required: whether a list is refused without it.
    """

    name: str
    field: Property
    filter: str | None
    doc: str
    read: Read = as_field
    required: bool = False

    @property
    def presets(self) -> list[Preset]:
        """The condition, and the one for what has no such value."""
        if self.filter is None:
            return []
        presets = [Preset(self.name, self.filter, edm_of(self.field))]
        if self.column or self.members:
            empty = f"{self.column} eq null" if self.column else f"not {self.members}/any()"
            presets.append(Preset(self.when_empty, empty, edm_of(self.field)))
        return presets

    @property
    def column(self) -> str | None:
        """The path that is compared with the value, where that is all there is to the condition."""
        found = EQUALS.fullmatch(self.filter or "")
        return (found[1] or found[2]) if found else None

    @property
    def members(self) -> str | None:
        """The list that has the value among its members, where that is all."""
        found = HAS_MEMBER.fullmatch(self.filter or "")
        return found[1] if found else None

    @property
    def when_empty(self) -> str:
        """The name of the preset for what has no such value."""
        return f"{self.name} is empty"


def contains_any(*paths: str) -> str:
    """A search that does not mind letter case, in any of the paths."""
    return " or ".join(f"contains(tolower({path}),tolower(@value))" for path in paths)


def within(collection: str, *paths: str) -> str:
    """The same in the members of a collection."""
    return f"{collection}/any(m:{contains_any(*(f'm/{path}' for path in paths))})"


def assigned(path: str = "", *, name: str = "assigned_to_user_id") -> Parameter:
    return Parameter(
        name,
        Guid(),
        f"{path}assigned_users/any(u:u/id eq @value)",
        "Only what is assigned to this user.",
    )


def tagged(name: str, what: str, path: str = "") -> Parameter:
    return Parameter(
        name, Text(), f"{path}tags/any(t:t/name eq @value)", f"Only where the {what} has this tag."
    )


def of(what: str, column: str | None = None, *, name: str | None = None) -> Parameter:
    """Those that point at a record of some kind, by default in the column `<what>_id`."""
    usual = f"{what}_id"
    return Parameter(name or usual, Guid(), f"{column or usual} eq @value", f"Only those of this {what}.")


def known_elsewhere(name: str) -> Parameter:
    return Parameter(name, Text(), f"{name} eq @value", "Only what another system knows by this id.")


def having(*statuses: str, path: str = "status") -> Parameter:
    return Parameter("status", Choice(*statuses), f"{path} eq @value", "Only those with this status.")


def searching(filter: str, what: str, *, name: str = "search_text") -> Parameter:
    return Parameter(name, Text(), filter, f"Only where {what} contains this, in any letter case.")


SINCE = (
    Parameter(
        "created_since", Moment(), "created_at ge @value", "Only those created at this moment or later."
    ),
    Parameter(
        "updated_since", Moment(), "updated_at ge @value", "Only those changed at this moment or later."
    ),
)


def dated(
    column: str = "date", prefix: str = "date", *, names: tuple[str, str] = ("_from", "_to")
) -> tuple[Parameter, Parameter]:
    """From and to, over a column that holds a moment."""
    begin, end = names
    return (
        Parameter(
            f"{prefix}{begin}", Moment(), f"{column} ge @value", "Only those dated at this moment or later."
        ),
        Parameter(
            f"{prefix}{end}",
            Moment(),
            f"{column} le @value",
            "Only those dated at this moment or earlier; a date without a time takes in the day.",
            through_the_day,
        ),
    )


def equalities(shape: type[Shape]) -> Iterator[Parameter]:
    """For each plain property of a shape a parameter that compares it."""
    for field in shape().fields.values():
        name = wire_name(field)
        if isinstance(field, PLAIN) and field.value is VARIES:
            path = (field.shows or str(field.attribute)).replace(".", "/")
            yield Parameter(name, field, f"{path} eq @value", f"Only where `{name}` is just this.")


def span(column: str = "date", prefix: str = "") -> tuple[Parameter, Parameter]:
    """The same as `dated` in camelCase: `from` and `to`, or `dueFrom` and `dueTo`."""
    return dated(column, prefix, names=("From", "To") if prefix else ("from", "to"))


CONTACT_TEXTS = ("display_name", "email", "phone_mobile", "phone_home", "phone_work")


def read_parameters(
    parameters: Sequence[Parameter], given: Mapping[str, list[str]]
) -> tuple[dict[str, Any], list[str]]:
    """The values of the parameters that a request gives, and the names that nobody knows.

    A blank parameter counts as left out. Names are matched as they are, and else without letter case, as the
    live service does.

    Raises:
        InvalidBody: a value does not parse, or a parameter is there twice, or missing though it is required.
    """
    known = {parameter.name.lower(): parameter for parameter in parameters}
    values: dict[str, Any] = {}
    problems: dict[str, list[str]] = {}
    strangers = []
    for name, texts in given.items():
        parameter = known.get(name.lower())
        if parameter is None:
            strangers.append(name)
        elif len(texts) > 1:
            problems[name] = ["Give this parameter once."]
        elif texts[0] == EMPTY:
            if not parameter.column and not parameter.members:
                problems[name] = [f"{EMPTY} finds nothing by this parameter."]
            values[parameter.when_empty] = True
        elif texts[0].strip():
            try:
                value = parameter.read(parameter.field, texts[0])
            except (ValidationError, OverflowError) as error:
                problems[name] = getattr(error, "messages", None) or ["The date is out of range."]
            else:
                if parameter.filter is not None:
                    values[parameter.name] = value
    for parameter in parameters:
        if parameter.required and parameter.name not in {*values, *problems}:
            problems[parameter.name] = ["This parameter is required."]
    if problems:
        raise InvalidBody(problems)
    return dict(sorted(values.items())), strangers
