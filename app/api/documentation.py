"""What the OpenAPI documents say of the routes beyond their schemas."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema

from app.api.dialects import BARE, Bare
from app.api.parameters import Parameter
from app.api.resources import CREATE, DELETE, GET, LIST, REPLACE, Face, Resource
from app.services.scopes import CATALOGUE, in_words
from oauth.scopes import allows
from schemas.base import properties_of
from schemas.fields import VARIES, Choice, Guid, Moment, Renamed, Text, wire_name

COUNT = "count"
OURS = "The published API does not have this operation."
OAUTH = "oauth2"
SUMMARIES = {
    LIST: "List the {many}",
    COUNT: "Count the {many}",
    GET: "One {one} by its id",
    CREATE: "Create one {one}",
    REPLACE: "Replace one {one}: what is left out becomes null, or its default",
    DELETE: "Delete one {one}",
}
CHANGE = "Change one {one}: what is left out stays as it is, and null takes it away"
ODATA_OPTIONS: dict[str, dict[str, Any]] = {
    "$search": {
        "description": "Words to look for in the texts, with `AND`, `OR` and `NOT`; a phrase in double quotes.",
        "type": "string",
    },
    "$apply": {
        "description": "Groups and sums, such as `aggregate($count as Count)`.",
        "type": "string",
    },
    "$compute": {
        "description": "Properties of your own making, such as `hours mul 60 as Minutes`, with commas between.",
        "type": "string",
    },
    "$orderby": {
        "description": "Properties or paths, each `asc` or `desc`, with commas between.",
        "type": "string",
    },
    "$top": {"description": "How many at most.", "type": "integer", "example": 10},
    "$skip": {"description": "How many to pass over.", "type": "integer"},
    "$count": {"description": "Put the total into the header `OData-Count`.", "type": "boolean"},
    "$select": {"description": "Which properties to show, with commas between.", "type": "string"},
    "$expand": {
        "description": "Which related records to show in full, with commas between; each may have options of its "
        "own in parentheses, with semicolons between: `$select`, `$expand`, `$filter`, `$search`, `$orderby`, "
        "`$top`, `$skip`, `$count`, `$levels`.",
        "type": "string",
    },
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A text of your own making, such as a random UUID. Sent again within 24 hours with the same "
    "address and body, the request is not carried out again, and the first answer comes back with "
    "`Idempotency-Replayed: true`; with another address or body it is refused (422).",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
}
OF_ONE = ("$select", "$expand")
PATHS_NEED_SCOPES = (
    "An operation takes any one of the scopes that it names. What `$expand` and the paths in other options go on "
    "to needs a scope for reading its area, too."
)


def about(operation: str, resource: Resource, face: Face, *, changes: bool = False) -> dict[str, str]:
    """The summary of an operation, and where it is not published, that it is ours.

    Args:
        changes: whether a PUT changes what its body names.
    """
    summary = CHANGE if changes and operation == REPLACE else SUMMARIES[operation]
    noun = face.noun or resource.noun
    text = summary.format(one=noun, many=plural(noun))
    ours = face.ours.get(operation)
    return {"summary": text, "description": f"{ours} {OURS}"} if ours else {"summary": text}


def plural(noun: str) -> str:
    """
    >>> plural("time entry"), plural("sales tax"), plural("invoice")
    ('time entries', 'sales taxes', 'invoices')
    """
    if noun.endswith("y"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith("x") else f"{noun}s"


def list_parameters(face: Face, manner: Bare = BARE) -> dict[str, Any]:
    """What a list can be asked for in a manner, its own parameters and the OData options. Swagger UI sends an
    example unless it is cleared."""
    options = [_option("$filter", f"Which to list, such as `{_example(face)}`.", "string")]
    for name, option in ODATA_OPTIONS.items():
        if name == "$count" and manner.tells_total:
            continue
        options.append(_option(name, option["description"], option["type"], option.get("example")))
    own = (_described(parameter) for parameter in face.search)
    return {"parameters": [*own, *manner.of_lists, *options]}


def parameters_of_one(manner: Bare) -> dict[str, Any]:
    """What a single object can be asked for in a manner, and the OData options that mean something for it."""
    shown = {name: ODATA_OPTIONS[name] for name in OF_ONE}
    options = (_option(name, option["description"], option["type"]) for name, option in shown.items())
    return {"parameters": [*options, *manner.of_one]}


def _example(face: Face) -> str:
    """A filter over a text of this list, where it has one."""
    for field in properties_of(face.standard).values():
        if isinstance(field, Text) and field.value is VARIES:
            return f"contains({wire_name(field)},'a') or {wire_name(field)} eq null"
    return f"{wire_name(next(iter(properties_of(face.standard).values())))} ne null"


def _option(name: str, text: str, kind: str, example: Any = None) -> dict[str, Any]:
    described = {"name": name, "in": "query", "description": text, "schema": {"type": kind}}
    return described if example is None else {**described, "example": example}


def _described(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if isinstance(parameter.field, Guid):
        schema["format"] = "uuid"
    elif isinstance(parameter.field, Moment):
        schema["format"] = "date-time"
    elif isinstance(parameter.field, Choice):
        schema["enum"] = list(parameter.field.choices)
    elif isinstance(parameter.field, Renamed):
        schema["enum"] = list((parameter.field.names or {}).values())
    described = {"name": parameter.name, "in": "query", "description": parameter.doc, "schema": schema}
    return {**described, "required": True} if parameter.required else described


def key_parameter(name: str) -> dict[str, Any]:
    schema = {"type": "string", "format": "uuid"}
    return {"parameters": [{"name": name, "in": "query", "required": True, "schema": schema}]}


def body_of(shape: type[Schema] | Schema, manner: Bare = BARE, *, upserts: bool = False) -> dict[str, Any]:
    schema = manner.body(shape, upserts=upserts)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def guarded_by(scope: str) -> dict[str, Any]:
    """The operation's own scope, or another that allows the same: any of them will do."""
    wider = (other for other in CATALOGUE.scopes if other != scope and allows(frozenset({other}), scope))
    return {"security": [{OAUTH: [each]} for each in (scope, *wider)]}


def security_scheme() -> dict[str, Any]:
    """How to come by a token, and every scope that one can ask for."""
    described = {scope: " ".join(in_words(scope)[0]) for scope in CATALOGUE.scopes}
    flow = {"authorizationUrl": "/oauth/authorize", "tokenUrl": "/oauth/token", "scopes": described}
    return {
        "type": "oauth2",
        "description": PATHS_NEED_SCOPES,
        "flows": {"authorizationCode": flow | {"refreshUrl": "/oauth/token"}},
    }
