"""Reads through the query engine: the same way for every resource and every door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import quote

import orjson
from flask import Flask, Response, current_app, g

from app.api import streams
from app.api.entity_types import Vocabulary
from app.api.excluded import refuse_if_excluded
from app.api.model_properties import edm_of_column, model_entity
from app.api.parameters import EMPTY
from app.api.reach import Reach
from app.api.resources import Face, Resource, standard_shapes
from app.api.searching import searchable
from app.auth import Caller
from app.config import Settings
from app.errors import NotFound
from app.extensions import Database, database
from app.models.rollups import summing_only
from app.services.changes import LOG
from app.services.scoping import bound, visible, visible_in_sight
from app.services.sight import BOUND, in_sight
from odata.delta import Changes
from odata.engine import Engine
from odata.errors import InvalidOption
from odata.limits import Limits
from odata.options import Options, parse_options
from odata.plans import Plan
from odata.runner import CHUNK, count, fetch_page
from odata.sets import EntitySet
from odata.statement import dialect_for
from odata.typed import Preset
from odata.types import Edm
from schemas.base import Shape as Schema
from schemas.base import properties_of
from schemas.fields import wire_name
from schemas.odata import ENTITY_TYPES

UTC_SUFFIX = {"odata": "Z", "praxis": "Z", "v1": "", "v2": ""}
"""What follows a moment at each door: the published APIs print none."""

Planned: TypeAlias = tuple[Plan, dict[str, Any]]

AS_IT_STANDS, ESCAPED = EMPTY.encode(), quote(EMPTY).encode()
NO_OPTIONS = Options()
OF_LISTS = ("filter", "orderby", "search", "apply", "top", "skip", "skiptoken")
BY_KEY = Preset("id", "id eq @value", Edm.GUID)
VOCABULARIES = {
    "v1": Vocabulary(standard_shapes("v1")),
    "v2": Vocabulary(standard_shapes("v2")),
    "praxis": Vocabulary(standard_shapes("praxis"), own_names=True),
    "odata": Vocabulary(ENTITY_TYPES),
}


def init_app(app: Flask, settings: Settings, database: Database) -> None:
    limits = Limits(
        max_length=settings.odata_max_length,
        max_depth=settings.odata_max_depth,
        max_terms=settings.odata_max_terms,
        max_expand=settings.odata_max_expand,
        max_lambdas=settings.odata_max_lambdas,
    )
    dialect = dialect_for(database.name)
    secret = str(app.secret_key).encode()
    app.extensions["odata_limits"] = limits
    app.extensions["odata_changes"] = Changes(dialect, visible, LOG)
    app.extensions["engines"] = {
        door: Engine(dialect, visible, limits, suffix, secret, Reach()) for door, suffix in UTC_SUFFIX.items()
    }
    app.extensions["engines_in_sight"] = {
        door: InSight(dialect, visible_in_sight, limits, suffix, secret, Reach())
        for door, suffix in UTC_SUFFIX.items()
    }


class InSight(Engine):
    """Plans for those who do not see all of the firm's matters: sums leave out, too, what is out of sight."""

    def plan(self, *args: Any, **kwargs: Any) -> Planned:
        with summing_only(partial(in_sight, terms=BOUND)):
            return super().plan(*args, **kwargs)


class Source:
    """A face of a resource as something to query, in one of its shapes."""

    def __init__(self, resource: Resource, face: Face, schema: type[Schema]) -> None:
        vocabulary = VOCABULARIES[face.door]
        presets = {preset.name: preset for one in face.search for preset in one.presets}
        for column in face.only:
            presets[column] = Preset(column, f"{column} eq @value", edm_of_column(resource.model, column))
        self.face = face
        self.noun = face.noun or resource.noun
        self.key = next(
            (wire_name(field) for field in properties_of(schema).values() if field.attribute == "id"), None
        )
        """What the shape calls the id; a tag at v2 shows none."""
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
        plan, values = self._planned(caller, options, given)
        page = fetch_page(plan, values, g.reader)
        return page.objects, page.total

    def answer(
        self, caller: Caller, options: Options, given: Mapping[str, Any], headers: dict[str, str]
    ) -> Response:
        """The list as an answer: in one piece while it is short, else as a stream. The lists of the published
        APIs have no pages.

        Args:
            headers: of the answer; the total is added where the options ask for it.
        """
        plan, values = self._planned(caller, options, given, page=CHUNK)
        page = fetch_page(plan, values, g.reader)
        if page.total is not None:
            headers["OData-Count"] = str(page.total)
        if page.end is None:
            return json_answer(page.objects, headers)
        pages = streams.read(*self._planned(caller, replace(options, count=False), given), database())
        return streams.answer(streams.json_array(pages), "application/json", headers)

    def count(self, caller: Caller, options: Options, given: Mapping[str, Any]) -> int:
        """How many objects there are, without regard to paging."""
        return count(*self._planned(caller, options, given, count_only=True), g.reader)

    def count_of_firm(self, caller: Caller, options: Options, given: Mapping[str, Any]) -> int:
        """The same, whether the caller may see them or not: LegalServer's `total_records`."""
        return self.count(replace(caller, sight=None), options, given)

    def one(self, caller: Caller, key: str, options: Options = NO_OPTIONS) -> dict[str, Any]:
        """The object with this id.

        Raises:
            NotFound: the firm has none, or none that the caller sees.
            Forbidden: it is a matter that the caller is excluded from.
        """
        found, _ = self.list(caller, options, {"id": key})
        if not found:
            refuse_if_excluded(caller, self.set.entity.table, {"id": key})
            raise NotFound(f"There is no {self.noun} with the id {key}.")
        return dict(found[0])

    def check(self, options: Options) -> None:
        """See that one object can be shown so, before anything is written.

        Raises:
            ODataError: it cannot.
        """
        if options is not NO_OPTIONS:
            engine_of(self.face.door).plan(self.set, options, {"id": "", **self.face.only})

    def _planned(self, caller: Caller, options: Options, given: Mapping[str, Any], **how: Any) -> Planned:
        return planned(self.face.door, caller, self.set, options, {**given, **self.face.only}, **how)


def planned(
    door: str, caller: Caller, of: EntitySet, options: Options, given: Mapping[str, Any], **how: Any
) -> Planned:
    """The plan for a query at a door, and its values: among them the caller's firm and sight, to which the row
    policy holds every table.

    Args:
        given: the values of presets.
        how: further arguments of `odata.engine.Engine.plan`.
    """
    plan, values = engine_of(door, caller.sight is not None).plan(of, options, given, **how)
    return plan, {**values, **bound(caller)}


def engine_of(door: str, is_restricted: bool = False) -> Engine:
    """The engine of a door; those who do not see all of the firm's matters have one of their own."""
    found: Engine = current_app.extensions["engines_in_sight" if is_restricted else "engines"][door]
    return found


def changes() -> Changes:
    """The log of changes, as the query engine's host reads it."""
    found: Changes = current_app.extensions["odata_changes"]
    return found


def query_options(query_string: bytes, *, bare: bool = False) -> Options:
    """The OData options of a request. `%empty%` is taken as it stands: no escape begins with an e and an m."""
    if AS_IT_STANDS in query_string:
        query_string = query_string.replace(AS_IT_STANDS, ESCAPED)
    limits: Limits = current_app.extensions["odata_limits"]
    return parse_options(query_string, limits, bare=bare)


def options_for_one(options: Options) -> Options:
    """The options that mean something for a single object.

    Raises:
        InvalidOption: there are others.
    """
    refuse_options(options, OF_LISTS, "is for lists; this address is one object")
    return replace(options, count=False)


def refuse_options(options: Options, names: Iterable[str], why: str) -> None:
    """
    Args:
        names: of the options that mean nothing.
        why: the rest of a sentence that begins with the name.

    Raises:
        InvalidOption: one of them is there.
    """
    for name in names:
        if getattr(options, name) is not None and getattr(options, name) is not False:
            raise InvalidOption(f"${name} {why}.", target=f"${name}")


def json_answer(value: Any, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, mimetype="application/json", headers=headers)
