"""`{"success": true, "data": …}`, and lists by the page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import Response
from marshmallow import Schema, fields

from app.api.dialects import Bare
from app.api.praxis.paging import PARAMETERS, Pagination, pagination, read_paging
from app.api.reading import Source, json_answer
from app.auth import Caller
from odata.options import Options
from schemas.base import Shape


class Failure(Schema):
    """What went wrong."""

    class Meta:
        title = "Error"

    error = fields.String(required=True)


def enveloped(
    data: Any,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    beside: Mapping[str, Any] | None = None,
) -> Response:
    """The answer that carries some data.

    Args:
        beside: what stands beside the data.
    """
    return json_answer({"success": True, "data": data, **(beside or {})}, headers, status)


def envelope_of(name: str, data: fields.Field[Any], **beside: fields.Field[Any]) -> Schema:
    """The schema of such an answer.

    Args:
        name: what the OpenAPI document calls it.
    """
    members = {"success": fields.Boolean(required=True), "data": data, **beside}
    return Schema.from_dict(members, name=name)()


class Enveloped(Bare):
    """The manner of the Praxis document."""

    parameters = PARAMETERS

    def options(self, options: Options) -> Options:
        return read_paging(options)

    def record(self, value: Any, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
        return enveloped(value, headers, status)

    def listed(
        self,
        source: Source,
        caller: Caller,
        options: Options,
        given: Mapping[str, Any],
        headers: dict[str, str],
    ) -> Response:
        objects, total = source.list(caller, options, given)
        return enveloped(objects, headers, beside={"pagination": pagination(options, total or 0)})

    @cache  # noqa: B019 - there is one of these; a shape has one schema in the document
    def schema(self, shape: type[Shape], *, many: bool) -> Schema:
        if not many:
            return envelope_of(f"{shape.__name__}Answer", fields.Nested(shape))
        page = fields.Nested(Pagination)
        return envelope_of(f"{shape.__name__}Page", fields.List(fields.Nested(shape)), pagination=page)
