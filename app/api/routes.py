"""Turns rows of the resource table into documented routes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.api.crud import Crud
from app.api.dialects import Dialect, KeyIn
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
from app.api.refusals import refusals_of
from app.api.resources import CREATE, DELETE, GET, LIST, REPLACE, Face, Resource
from app.auth import requires
from app.models.activities import EVENT, NOTE, TASK, Activity
from app.services import premium

WRITES = {CREATE: premium.CREATE, REPLACE: premium.UPDATE, DELETE: premium.DELETE}


def register(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
    """Add the face's routes to its door's blueprint."""
    crud = Crud(resource, face, dialect)
    manner = dialect.manner
    collection = f"{dialect.prefix}/{face.path}"
    one = f"{collection}/<string:{dialect.key}>"
    in_path = dialect.key_in is KeyIn.PATH
    named = one if in_path else collection
    read, write = f"{resource.area}:read", f"{resource.area}:write"
    counts, lists, of_one = list_parameters(face), list_parameters(face, manner), parameters_of_one(manner)
    shows_many = manner.schema(face.standard, many=True)
    shows_one = manner.schema(face.detailed, many=False)
    body, new = body_of(face.detailed, manner), body_of(face.detailed, manner, upserts=face.upserts)
    key: dict[str, Any] = {} if in_path else key_parameter(dialect.key)
    replaces = {**body, **key} if dialect.key_in is KeyIn.QUERY else body
    if dialect.changes:
        replaces = body_of(face.detailed(partial=True), manner)
    routes: tuple[tuple[str, str, str, str, Any, Any, dict[str, Any]], ...] = (
        (LIST, "GET", collection, read, crud.list, shows_many, lists),
        (COUNT, "GET", f"{collection}/$count", read, crud.count, None, counts),
        (GET, "GET", one, read, crud.get, shows_one, of_one),
        (CREATE, "POST", collection, write, crud.create, shows_one, new),
        (REPLACE, "PUT", named, write, crud.replace, shows_one, replaces),
        (DELETE, "DELETE", named, write, crud.delete, shows_one, key),
    )
    offered = face.operations | ({COUNT} if LIST in face.operations and dialect.counts else frozenset())
    for operation, method, address, scope, handler, shows, document in routes:
        if operation in offered:
            document = {**about(operation, resource, face, changes=dialect.changes), **document}
            endpoint = f"{operation}_{face.path.replace('/', '_')}"
            status = dialect.created if operation == CREATE else 200
            is_premium = operation in WRITES and may_be_off(resource, face, WRITES[operation])
            add_route(
                blueprint, address, endpoint, method, scope, handler, shows, document, status, is_premium
            )


def may_be_off(resource: Resource, face: Face, operation: str) -> bool:
    """Whether a firm can have switched it off. What v1 calls an activity may be of a kind that is premium."""
    kinds = {face.only.get("type", resource.model.__name__)}
    if kinds == {Activity.__name__}:
        kinds = {EVENT, NOTE, TASK}
    return any((kind, operation) in premium.GROUP_OF for kind in kinds)


def add_route(
    blueprint: Blueprint,
    address: str,
    endpoint: str,
    method: str,
    scope: str,
    handler: Callable[..., Response],
    shows: Any,
    document: dict[str, Any],
    status: int = 200,
    is_premium: bool = False,
) -> None:
    """Add one documented route that asks for a scope."""

    def view(**path: str) -> Response:
        return handler(*path.values())

    if method == "POST":
        document = {**document, "parameters": [*document.get("parameters", ()), IDEMPOTENCY_KEY]}
    view.__name__ = endpoint
    refused = refusals_of(method, address, is_premium=is_premium)
    answers = {"responses": {**refused["responses"], **document.get("responses", {})}}
    document = {**document, **answers, **guarded_by(scope)}
    documented = blueprint.doc(**document)(blueprint.response(status, shows)(view))
    blueprint.add_url_rule(address, endpoint, requires(scope)(documented), methods=[method])
