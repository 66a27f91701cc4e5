"""Turns rows of the resource table into routes: list, count, get, create, replace and delete at a door.

No branch here names a resource, and none names a door but by what its `Dialect` says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Response, g, request
from flask_smorest import Blueprint
from marshmallow import ValidationError
from sqlalchemy.orm import Session

from app.api.bodies import body_of_request, in_words_of, key_of_request
from app.api.documentation import (
    COUNT,
    IDEMPOTENCY_KEY,
    about,
    body_of,
    guarded_by,
    key_parameter,
    list_parameters,
    parameters_of_one,
)
from app.api.parameters import Parameter, read_parameters
from app.api.reading import Source, json_answer, options_for_one, query_options
from app.api.resources import CREATE, DELETE, GET, LIST, REPLACE, Face, Resource
from app.auth import Caller, requires
from app.errors import InvalidBody
from app.extensions import database
from app.models.base import FirmRow
from app.services import records
from app.services.changes import act_as
from app.transactions import session, transactional
from odata.options import Options
from schemas.base import texts_by_field

IGNORED = "X-Ignored-Parameters"


@dataclass(frozen=True)
class Dialect:
    """How a door of this family speaks.

    Args:
        prefix: what its addresses begin with.
        key: what it calls a record's id.
        key_in_body: whether a replacement names its record in the body rather than in the address.
    """

    prefix: str
    key: str
    key_in_body: bool


class Crud:
    """The operations of one face.

    Args:
        resource, face: the row of the table, and which of its faces.
        dialect: how the face's door speaks.
    """

    def __init__(self, resource: Resource, face: Face, dialect: Dialect) -> None:
        self._resource = resource
        self._face = face
        self._dialect = dialect
        self._standard = Source(resource, face, face.standard)
        self._detailed = Source(resource, face, face.detailed)
        self._body = face.detailed()

    def list(self) -> Response:
        options, given, headers = self._query(self._face.parameters)
        return self._standard.answer(g.caller, options, given, headers)

    def count(self) -> Response:
        options, given, headers = self._query(self._face.parameters)
        total = self._standard.count(g.caller, options, given)
        return Response(str(total), mimetype="text/plain", headers=headers)

    def get(self, key: str) -> Response:
        options, _, headers = self._query(())
        shown = options_for_one(options)
        return json_answer(
            self._detailed.one(g.caller, key_of_request(self._dialect.key, key), shown), **headers
        )

    def create(self) -> Response:
        values = self._loaded()
        return self._written(g.caller, lambda work: self._create(work, values))

    def replace(self) -> Response:
        values = self._loaded()
        given = values.get("id") if self._dialect.key_in_body else request.args.get(self._dialect.key)
        key = key_of_request(self._dialect.key, given)
        return self._written(g.caller, lambda work: self._replace(work, key, values))

    def delete(self) -> Response:
        key = key_of_request(self._dialect.key, request.args.get(self._dialect.key))
        shown = self._detailed.one(g.caller, key)
        self._in_transaction(g.caller, lambda work: self._delete(work, key))
        return json_answer(shown)

    def _query(self, parameters: Sequence[Parameter]) -> tuple[Options, dict[str, Any], dict[str, str]]:
        """The request's options, the values of its parameters, and a header that names the unknown ones."""
        options = query_options(request.query_string)
        given, strangers = read_parameters(parameters, options.custom)
        return options, given, {IGNORED: ", ".join(map(quote, strangers))} if strangers else {}

    def _loaded(self) -> dict[str, Any]:
        body = body_of_request()
        try:
            values: dict[str, Any] = self._body.load(body)
        except ValidationError as error:
            raise InvalidBody(texts_by_field(error.messages)) from None
        return values

    # Writing

    def _written(self, caller: Caller, write: Callable[[Session], str]) -> Response:
        """Write, commit, and answer with the record as a read finds it."""
        key = self._in_transaction(caller, write)
        database().restart_clock(g.reader)  # what is written is written, however long it took
        return json_answer(self._detailed.one(caller, key))

    @transactional
    def _in_transaction(self, caller: Caller, write: Callable[[Session], str]) -> str:
        act_as(session(), caller)
        try:
            return write(session())
        except InvalidBody as error:
            raise InvalidBody(in_words_of(self._body, error.fields)) from None

    def _create(self, work: Session, values: dict[str, Any]) -> str:
        values |= self._face.only
        return records.create(work, g.caller, self._resource.model, self._resource.rules, values).id

    def _replace(self, work: Session, key: str, values: dict[str, Any]) -> str:
        values |= self._face.only
        records.replace(work, g.caller, self._found(work, key), self._resource.rules, values)
        return key

    def _delete(self, work: Session, key: str) -> str:
        records.delete(work, g.caller, self._found(work, key), self._resource.rules)
        return key

    def _found(self, work: Session, key: str) -> FirmRow:
        resource = self._resource
        return records.find(
            work, g.caller, resource.model, key, resource.noun, resource.rules, self._face.only
        )


def register(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
    """Add the face's routes to its door's blueprint."""
    crud = Crud(resource, face, dialect)
    collection = f"{dialect.prefix}/{face.path}"
    one = f"{collection}/<string:{dialect.key}>"
    read, write = f"{resource.area}:read", f"{resource.area}:write"
    lists = list_parameters(face)
    shows_many, shows_one = face.standard(many=True), face.detailed()
    body, key = body_of(face), key_parameter(dialect.key)
    replaces = body if dialect.key_in_body else {**body, **key}
    routes: tuple[tuple[str, str, str, str, Any, Any, dict[str, Any]], ...] = (
        (LIST, "GET", collection, read, crud.list, shows_many, lists),
        (COUNT, "GET", f"{collection}/$count", read, crud.count, None, lists),
        (GET, "GET", one, read, crud.get, shows_one, parameters_of_one()),
        (CREATE, "POST", collection, write, crud.create, shows_one, body),
        (REPLACE, "PUT", collection, write, crud.replace, shows_one, replaces),
        (DELETE, "DELETE", collection, write, crud.delete, shows_one, key),
    )
    for operation, method, address, scope, handler, shows, document in routes:
        if operation in face.operations or (operation == COUNT and LIST in face.operations):
            document = {**about(operation, resource, face), **document}
            endpoint = f"{operation}_{face.path.replace('/', '_')}"
            add_route(blueprint, address, endpoint, method, scope, handler, shows, document)


def add_route(
    blueprint: Blueprint,
    address: str,
    endpoint: str,
    method: str,
    scope: str,
    handler: Callable[..., Response],
    shows: Any,
    document: dict[str, Any],
) -> None:
    """Add one documented route that asks for a scope."""

    def view(**path: str) -> Response:
        return handler(*path.values())

    if method == "POST":
        document = {**document, "parameters": [*document.get("parameters", ()), IDEMPOTENCY_KEY]}
    view.__name__ = endpoint
    documented = blueprint.doc(**document, **guarded_by(scope))(blueprint.response(200, shows)(view))
    blueprint.add_url_rule(address, endpoint, requires(scope)(documented), methods=[method])
