"""Reads through the query engine: the same way for every resource and every door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from flask import Flask, Response, current_app, g

from app.api.entity_types import Vocabulary, edm_of_column, model_entity
from app.api.resources import Face, Resource, standard_shapes
from app.api.searching import searchable
from app.auth import Caller
from app.config import Settings
from app.errors import NotFound
from app.extensions import Database
from app.services.scoping import visible
from odata.engine import Engine, EntitySet
from odata.errors import InvalidOption
from odata.limits import Limits
from odata.options import Options, parse_options
from odata.runner import count, fetch
from odata.statement import dialect_for
from odata.typed import Preset
from odata.types import Edm
from schemas.base import Shape as Schema
from schemas.odata import ENTITY_TYPES

UTC_SUFFIX = {"odata": "Z", "v1": "", "v2": ""}
"""What follows a moment at each door: the published APIs print none."""

NO_OPTIONS = Options()
BY_KEY = Preset("id", "id eq @value", Edm.GUID)
VOCABULARIES = {
    "v1": Vocabulary(standard_shapes("v1")),
    "v2": Vocabulary(standard_shapes("v2")),
    "odata": Vocabulary(ENTITY_TYPES),
}


def init_app(app: Flask, settings: Settings, database: Database) -> None:
    limits = Limits(
        max_length=settings.odata_max_length,
        max_depth=settings.odata_max_depth,
        max_terms=settings.odata_max_terms,
        max_expand=settings.odata_max_expand,
    )
    dialect = dialect_for(database.name)
    secret = str(app.secret_key).encode()
    app.extensions["odata_limits"] = limits
    app.extensions["engines"] = {
        door: Engine(dialect, visible, limits, suffix, secret) for door, suffix in UTC_SUFFIX.items()
    }


class Source:
    """A face of a resource as something to query, in one of its shapes."""

    def __init__(self, resource: Resource, face: Face, schema: type[Schema]) -> None:
        vocabulary = VOCABULARIES[face.door]
        presets = {p.name: p for p in (parameter.preset for parameter in face.parameters) if p}
        for column in face.only:
            presets[column] = Preset(column, f"{column} eq @value", edm_of_column(resource.model, column))
        self.face = face
        self.noun = resource.noun
        # A list is queried by all that one of its records shows, also by what the list itself leaves out.
        entity = vocabulary.either(face.detailed, schema, resource.model)
        self.set = EntitySet(
            f"{face.path}:{schema.__name__}",
            entity,
            vocabulary.shape(schema, resource.model),
            {**presets, "id": BY_KEY},
            model_entity(resource.model),
            searchable=searchable(entity),
        )

    def list(
        self, caller: Caller, options: Options, given: Mapping[str, Any]
    ) -> tuple[list[Any], int | None]:
        """The objects of a page, and the total where the options ask for it.

        Args:
            given: the values of the list's own parameters.

        Raises:
            ODataError: the query cannot be answered.
        """
        plan, values = self._engine.plan(self.set, options, {**given, **self.face.only})
        values["firm_id"] = caller.firm_id
        total = count(plan, values, g.reader) if options.count else None
        return fetch(plan, values, g.reader), total

    def count(self, caller: Caller, options: Options, given: Mapping[str, Any]) -> int:
        """How many objects there are, without regard to paging."""
        plan, values = self._engine.plan(self.set, options, {**given, **self.face.only}, count_only=True)
        values["firm_id"] = caller.firm_id
        return count(plan, values, g.reader)

    def one(self, caller: Caller, key: str, options: Options = NO_OPTIONS) -> dict[str, Any]:
        """The object with this id.

        Raises:
            NotFound: the firm has none.
        """
        found, _ = self.list(caller, options, {"id": key})
        if not found:
            raise NotFound(f"There is no {self.noun} with the id {key}.")
        return dict(found[0])

    @property
    def _engine(self) -> Engine:
        engine: Engine = current_app.extensions["engines"][self.face.door]
        return engine


def query_options(query_string: bytes, *, bare: bool = False) -> Options:
    """The OData options of a request."""
    limits: Limits = current_app.extensions["odata_limits"]
    return parse_options(query_string, limits, bare=bare)


def options_for_one(options: Options) -> Options:
    """The options that mean something for a single object.

    Raises:
        InvalidOption: there are others.
    """
    for name in ("filter", "orderby", "top", "skip"):
        if getattr(options, name) is not None:
            raise InvalidOption(f"${name} is for lists; this address is one object.", target=f"${name}")
    return replace(options, count=False)


def json_answer(value: Any, **headers: str) -> Response:
    return Response(orjson.dumps(value), mimetype="application/json", headers=headers)
