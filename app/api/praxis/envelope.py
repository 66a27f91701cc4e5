"""`{"success": true, "data": …}`, and lists by the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Response
from marshmallow import Schema, fields

from app.api.dialects import Bare
from app.api.praxis.paging import PARAMETERS, Pagination, pagination, read_paging
from app.api.reading import Source, json_answer
from app.api.sorting import told_of_sort
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


@dataclass(frozen=True)
class Page:
    """A page of a list, which answers in the envelope.

    Args:
        options: those of the query, with what `page`, `limit` and `sort` mean.
        is_sorted: whether `sort` is among these.
    """

    options: Options
    is_sorted: bool

    def answer(
        self,
        source: Source,
        caller: Caller,
        given: Mapping[str, Any],
        headers: dict[str, str],
        **beside: Any,
    ) -> Response:
        """
        Args:
            beside: what stands beside the data and its pagination.
        """
        with told_of_sort(self.options, source.set.entity, said=self.is_sorted):
            objects, total = source.list(caller, self.options, given)
        return enveloped(
            objects, headers, beside={"pagination": pagination(self.options, total or 0), **beside}
        )


class Enveloped(Bare):
    """The manner of the Praxis document."""

    of_lists = PARAMETERS
    tells_total = True

    def listing(self, options: Options, standard: Source, detailed: Source) -> Page:
        return Page(*read_paging(options))

    def record(self, value: Any, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
        return enveloped(value, headers, status)

    @cache  # noqa: B019 - there is one of these; a shape has one schema in the document
    def schema(self, shape: type[Shape], *, many: bool) -> Schema:
        if not many:
            return envelope_of(f"{shape.__name__}Answer", fields.Nested(shape))
        page = fields.Nested(Pagination)
        return envelope_of(f"{shape.__name__}Page", fields.List(fields.Nested(shape)), pagination=page)
