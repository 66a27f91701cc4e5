"""The criteria of an upsert: which record is meant, in the parameters of its search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from app.api.parameters import EMPTY, Parameter, read_parameters
from app.api.reading import Source
from app.auth import Caller
from app.errors import InvalidBody
from odata.errors import suggest
from odata.options import Options
from schemas.fields import Names, Property, Reference, References, wire_name

WORD = "update"
TOO_MANY = "Cannot process multiple records for upsert"
NONE = "Say by at least one search parameter which record is meant."
WRONG = 'Must be an object of search parameters, such as {"external_id": "…"}.'
Scalar = (str, int, float, bool, type(None))


@dataclass(frozen=True)
class Criteria:
    """What finds the record.

    Args:
        given: the values of the list's parameters.
        copied: what they come to in the body of a new record.
    """

    given: Mapping[str, Any]
    copied: Mapping[str, Any]

    def find(self, source: Source, caller: Caller) -> str | None:
        """The id of the record that is meant; None where there is none yet.

        Raises:
            InvalidBody: there are several.
        """
        found, _ = source.list(caller, Options(select="id", top=2), self.given)
        if len(found) > 1:
            raise InvalidBody({}, TOO_MANY)
        return found[0]["id"] if found else None


def read_criteria(said: Any, parameters: Sequence[Parameter], shape: Schema) -> Criteria:
    """
    Args:
        said: what the body has under `update`.
        parameters: those of the list.
        shape: that of the record.

    Raises:
        InvalidBody: it names what is no parameter, has values that will not do, or finds just anything.
    """
    if not isinstance(said, Mapping):
        raise InvalidBody({WORD: [WRONG]})
    wrong = {
        name: ["Must be a single value."] for name, value in said.items() if not isinstance(value, Scalar)
    }
    if wrong:
        raise InvalidBody(_inside(wrong))
    try:
        given, strangers = read_parameters(parameters, {name: [_text(value)] for name, value in said.items()})
    except InvalidBody as error:
        raise InvalidBody(_inside(error.fields)) from None
    if strangers:
        names = [parameter.name for parameter in parameters]
        raise InvalidBody(
            _inside(
                {name: [f"There is no such search parameter{suggest(name, names)}"] for name in strangers}
            )
        )
    if not given:
        raise InvalidBody({WORD: [NONE]})
    known = {parameter.name.lower(): parameter for parameter in parameters}
    copied: dict[str, Any] = {}
    for name, value in said.items():
        parameter = known[name.lower()]
        if parameter.name in given:
            copied |= _copied(parameter, value, shape)
    return Criteria(given, copied)


def _inside(problems: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {f"{WORD}.{name}": texts for name, texts in problems.items()}


def _text(value: Any) -> str:
    """A JSON value as a query string has it."""
    if value is None:
        return EMPTY
    return str(value).lower() if isinstance(value, bool) else str(value)


def _copied(parameter: Parameter, value: Any, shape: Schema) -> dict[str, Any]:
    """What a body says so that the new record would be found; nothing for a range, or a word within a text."""
    for field in shape.fields.values():
        if not isinstance(field, Property) or field.dump_only:
            continue
        if parameter.column is not None and field.attribute == parameter.column:
            return {wire_name(field): {"id": value} if isinstance(field, Reference) else value}
        if isinstance(field, Names | References) and field.link == parameter.members:
            return {wire_name(field): [value]}
    return {}
