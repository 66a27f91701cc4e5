"""What the OpenAPI documents say of the routes beyond their schemas."""

from __future__ import annotations

from typing import Any

from app.api.parameters import Parameter
from app.api.resources import CREATE, DELETE, GET, LIST, REPLACE, Face, Resource
from schemas.fields import Choice, Guid, Moment, Text, wire_name

COUNT = "count"
OAUTH = "oauth2"
SUMMARIES = {
    LIST: "List the {many}",
    COUNT: "Count the {many}",
    GET: "One {one} by its id",
    CREATE: "Create one {one}",
    REPLACE: "Replace one {one}: what is left out becomes null",
    DELETE: "Delete one {one}",
}
ODATA_OPTIONS: dict[str, dict[str, Any]] = {
    "$orderby": {
        "description": "Properties or paths, each `asc` or `desc`, with commas between.",
        "type": "string",
    },
    "$top": {"description": "How many at most.", "type": "integer", "example": 10},
    "$skip": {"description": "How many to pass over.", "type": "integer"},
    "$count": {"description": "Put the total into the header `OData-Count`.", "type": "boolean"},
    "$select": {"description": "Which properties to show, with commas between.", "type": "string"},
}


def summary(operation: str, resource: Resource, face: Face) -> str:
    plural = {"time entry": "time entries"}.get(resource.noun, f"{resource.noun}s")
    return SUMMARIES[operation].format(one=resource.noun, many=plural)


def list_parameters(face: Face) -> dict[str, Any]:
    """The list's own parameters and the OData options. Swagger UI sends an example unless it is cleared."""
    text = next(wire_name(field) for field in face.standard().fields.values() if isinstance(field, Text))
    filter_text = f"Which to list, such as `contains({text},'a') or {text} eq null`."
    options = [_option("$filter", filter_text, "string")]
    for name, option in ODATA_OPTIONS.items():
        options.append(_option(name, option["description"], option["type"], option.get("example")))
    return {"parameters": [*(_described(parameter) for parameter in face.parameters), *options]}


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
    return {"name": parameter.name, "in": "query", "description": parameter.doc, "schema": schema}


def key_parameter(name: str) -> dict[str, Any]:
    schema = {"type": "string", "format": "uuid"}
    return {"parameters": [{"name": name, "in": "query", "required": True, "schema": schema}]}


def body_of(face: Face) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": face.detailed}}}}


def guarded_by(scope: str) -> dict[str, Any]:
    """Whatever the operation's own scope is, the apps of today ask for `full` or `read`."""
    return {"security": [{OAUTH: ["read" if scope.endswith(":read") else "full"]}]}
