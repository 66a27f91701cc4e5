"""What the OpenAPI documents say of the routes beyond their schemas."""

from __future__ import annotations

from typing import Any

from app.api.parameters import Parameter
from app.api.resources import CREATE, DELETE, GET, LIST, REPLACE, Face, Resource
from schemas.fields import Choice, Guid, Moment

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
ODATA_OPTIONS = {
    "$filter": (
        "string",
        "Which to list, such as `contains(display_name,'a') and created_at gt 2026-01-31T00:00:00Z`.",
    ),
    "$orderby": ("string", "The order: properties or paths, each `asc` or `desc`, with commas between."),
    "$top": ("integer", "How many at most."),
    "$skip": ("integer", "How many to pass over."),
    "$count": ("boolean", "Put the total into the header `OData-Count`."),
    "$select": ("string", "Which properties to show, with commas between."),
}
FOR_COUNT = ("$filter",)


def summary(operation: str, resource: Resource, face: Face) -> str:
    plural = {"time entry": "time entries"}.get(resource.noun, f"{resource.noun}s")
    return SUMMARIES[operation].format(one=resource.noun, many=plural)


def list_parameters(face: Face) -> dict[str, Any]:
    """The OData options and the list's own parameters."""
    options = [
        {"name": name, "in": "query", "description": text, "schema": {"type": kind}}
        for name, (kind, text) in ODATA_OPTIONS.items()
    ]
    return {"parameters": [*(_described(parameter) for parameter in face.parameters), *options]}


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
