"""Lookups at the v2 door: one address for each standard list, and one for the options of each custom field.

The addresses name a list, so that one row of the resource table cannot say them; everything else is as there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from flask import Response, g
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from app.api.bodies import key_of_request
from app.api.crud import Crud
from app.api.dialects import Dialect
from app.api.documentation import OURS, body_of, list_parameters, parameters_of_one
from app.api.parameters import Parameter
from app.api.reading import Source, json_answer
from app.api.resources import Face, Resource, faces
from app.api.routes import add_route
from app.errors import NotFound
from app.models import CustomField, LookupValue
from app.models.lookup_tables import TITLES
from app.models.roles import LOOKUPS
from app.services import records
from app.services.custom_fields import DROPDOWN
from schemas.fields import Flag, Guid, Text

OF_TABLE = Parameter("table_name", Text(), "table_name eq @value", "")
OF_FIELD = Parameter("custom_field_id", Guid(), "custom_field_id eq @value", "")
"""What the addresses say."""

NAMED = Parameter("name", Text(), "tolower(name) eq tolower(@value)", "Only the value of this name.")
ACTIVE = Parameter("active", Flag(), "is_active eq @value", "Only those that can be chosen, or cannot.")
ASKED = (NAMED, ACTIVE)

TABLE, FIELD, KEY = "table_name", "lookup_type_uuid", "lookup_value_uuid"
List = Mapping[str, str]
"""The column and the value by which a list's values are found."""


def standard(name: str) -> List:
    """The standard list of this name.

    Raises:
        NotFound: there is none.
    """
    if name.lower() in TITLES:
        return {"table_name": name.lower()}
    near = get_close_matches(name.lower()[:40], TITLES, n=3) or sorted(TITLES)
    raise NotFound(f"There is no lookup table '{name[:40]}'; there is {', '.join(near)}.")


def custom(key: str) -> List:
    """The options of the custom field with this id.

    Raises:
        NotFound: the firm has no such field, or it is no drop-down list.
    """
    key = key_of_request(FIELD, key)
    resource, face = next(pair for pair in faces("v2") if pair[0].model is CustomField)
    if Source(resource, face, face.detailed).one(g.caller, key)["value_type"] != DROPDOWN:
        raise NotFound(f"The custom field with the id {key} is no {DROPDOWN}; it has no lookup values.")
    return {"custom_field_id": key}


class Lists(Crud):
    """The operations on a list.

    Args:
        find: the list that the address names.
    """

    def __init__(self, resource: Resource, face: Face, dialect: Dialect, find: Callable[[str], List]) -> None:
        super().__init__(resource, replace(face, parameters=(OF_TABLE, OF_FIELD, *ASKED)), dialect)
        self._find = find

    def values_of(self, name: str) -> Response:
        return self._listed(ASKED, self._find(name))

    def value_of(self, name: str, key: str) -> Response:
        which, key = self._find(name), key_of_request(KEY, key)
        shown, headers = self._asked_of_one()
        found, _ = self._detailed.list(g.caller, shown, {"id": key, **which})
        if not found:
            raise NotFound(f"There is no lookup value with the id {key} in this list.")
        return json_answer(found[0], headers)

    def add(self, name: str) -> Response:
        said = self._said()
        values = {**self._loaded(said.body), **self._find(name)}
        return self._written(g.caller, lambda work: self._create(work, values), said.shown)

    def change(self, name: str, key: str) -> Response:
        """Change what the body says; the rest stays (LegalServer updates with PATCH)."""
        which, key, said = self._find(name), key_of_request(KEY, key), self._said()
        values = self._loaded(said.body, whole=False)
        return self._written(g.caller, lambda work: self._changed(work, which, key, values), said.shown)

    def _changed(self, work: Session, which: List, key: str, values: dict[str, Any]) -> str:
        noun = self._resource.noun
        self._change(work, records.find(work, g.caller, LookupValue, key, noun, self._rules, which), values)
        return key


def add_routes(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
    """Add the routes of the standard lists and of the custom ones."""
    read, write = f"{resource.area}:read", f"{resource.area}:write"
    many, one = face.standard(many=True), face.detailed
    asked = list_parameters(replace(face, parameters=ASKED), dialect.manner)
    shown, body = parameters_of_one(dialect.manner), body_of(face.detailed, dialect.manner)
    changes = body_of(face.detailed(partial=True), dialect.manner)
    for kind, address, find in (
        ("lookup", f"lookups/<string:{TABLE}>", standard),
        ("custom_lookup", f"custom_lookups/<string:{FIELD}>/lookups", custom),
    ):
        lists = Lists(resource, face, dialect, find)
        collection = f"{dialect.prefix}/{address}"
        member = f"{collection}/<string:{KEY}>"
        for verb, method, path, scope, handler, shows, document in (
            ("List the values of", "GET", collection, read, lists.values_of, many, asked),
            ("One value of", "GET", member, read, lists.value_of, one, shown),
            ("Add a value to", "POST", collection, write, lists.add, one, body),
            ("Change a value of", "PATCH", member, write, lists.change, one, changes),
        ):
            endpoint = f"{method.lower()}_{kind}{'_value' if path is member else 's'}"
            summary = f"{verb} a {kind.replace('_', ' ')} table"
            description = OURS if method == "GET" else f"Needs the right `{LOOKUPS}`. {OURS}"
            told = {"summary": summary, "description": description, **document}
            add_route(blueprint, path, endpoint, method, scope, handler, shows, told)
