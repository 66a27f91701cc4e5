"""Shapes in the OpenAPI documents, in two forms: of a whole record, and of what changes of one."""

from __future__ import annotations

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin, resolver
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields


class Converter(OpenAPIConverter):
    """What is left out of a change stays: nothing is required (apispec sees to that), nothing has a default."""

    def field2default(self, field: fields.Field[Any], **kwargs: Any) -> dict[str, Any]:
        return {} if getattr(field.parent, "partial", None) else super().field2default(field, **kwargs)


class Shapes(MarshmallowPlugin):
    """The plugin that describes marshmallow's schemas, for both forms."""

    Converter = Converter

    def __init__(self) -> None:
        super().__init__(schema_name_resolver=name_of_shape)


def name_of_shape(shape: Any) -> str:
    """What a document calls it: `Case`, and what changes of one `CaseChanges`."""
    name: str = resolver(shape)
    return f"{name}Changes" if isinstance(shape, Schema) and shape.partial else name
