"""`%empty%` as a value of a body: null, for clients that cannot say it otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from app.api.parameters import EMPTY
from app.errors import InvalidBody
from schemas.fields import GuidText, wire_name

NO_ARRAY = f"{EMPTY} is for single values; send an array without members."


def with_nulls(shape: Schema, body: Mapping[str, Any]) -> dict[str, Any]:
    """The body with null wherever it says so.

    Raises:
        InvalidBody: it says so of an array.
    """
    problems: list[str] = []
    replaced = _replaced(shape, body, problems, "")
    if problems:
        raise InvalidBody({name: [NO_ARRAY] for name in problems})
    return replaced


def _replaced(shape: Schema, body: Mapping[str, Any], problems: list[str], path: str) -> dict[str, Any]:
    known = {wire_name(field): field for field in shape.fields.values()}
    found = dict(body)
    for name, value in body.items():
        field = known.get(name)
        if value == EMPTY and isinstance(value, str):
            found[name] = None
            if isinstance(field, fields.List | GuidText):
                problems.append(f"{path}{name}")
        elif isinstance(value, Mapping) and isinstance(field, fields.Nested):
            found[name] = _replaced(field.schema, value, problems, f"{path}{name}.")
    return found
