"""What a request carries: a JSON object, or the same as a form; and the key of the record that is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import orjson
from flask import request
from marshmallow import Schema, ValidationError

from app.errors import InvalidBody
from schemas.base import Shape, texts_by_field
from schemas.fields import Group, Guid, Navigates, Property, wire_name
from schemas.odata import ENTITY_TYPES

FOLLOWS = {"account_id": "matter_id", "task_name": "task_code"}
"""What a record takes over from something else that it says. A door without a word for the first speaks of the
second."""
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
GUID = Guid()


def body_of_request() -> dict[str, Any]:
    """The body as an object.

    Raises:
        InvalidBody: it is not JSON, or not an object.
    """
    if request.mimetype in FORMS and not _looks_like_json():
        return _unfolded(request.form.to_dict(flat=False))
    try:
        body = orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        problem = f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        raise InvalidBody({"body": [problem]}) from None
    if not isinstance(body, dict):
        raise InvalidBody({"body": ["The body must be a JSON object."]})
    return body


def _looks_like_json() -> bool:
    """curl sends `-d '{…}'` as a form unless it is told otherwise; what is meant is plain to see."""
    return request.mimetype == FORMS[0] and request.get_data(cache=True).lstrip()[:1] == b"{"


def _unfolded(form: dict[str, list[str]]) -> dict[str, Any]:
    """A form as an object: `matter_ref.id=…` means `{"matter_ref": {"id": …}}`, and `tags[]=…` a list.

    A blank value means null.
    """
    body: dict[str, Any] = {}
    for name, texts in form.items():
        if not name:
            continue  # werkzeug has None for a part that names no field
        *path, last = name.removesuffix("[]").split(".")
        place = body
        for step in path:
            inner = place.setdefault(step, {})
            if not isinstance(inner, dict):
                raise InvalidBody({name: ["This field is there as a value and as an object."]})
            place = inner
        place[last] = texts if name.endswith("[]") or len(texts) > 1 else texts[0] or None
    return body


def loaded(
    schema: Schema, body: Mapping[str, Any], *, partial: Sequence[str] | None = None
) -> dict[str, Any]:
    """What a schema reads in a body.

    Args:
        partial: what may be left out although the schema requires it.

    Raises:
        InvalidBody: names every field that will not do.
    """
    try:
        values: dict[str, Any] = schema.load(body, partial=partial)
    except ValidationError as error:
        raise InvalidBody(texts_by_field(error.messages)) from None
    return values


def key_of_request(name: str, text: Any) -> str:
    """The record's key, from the address or the body.

    Raises:
        InvalidBody: it is missing, or no GUID.
    """
    if not text:
        raise InvalidBody({name: ["Missing data for required field."]})
    try:
        key: str = GUID.deserialize(text)
    except ValidationError as error:
        raise InvalidBody({name: list(error.messages)}) from None
    return key


def in_words_of(shape: Shape, problems: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Problems by the door's names: the rules know only the model's.

    A name may lead into a list of parts, such as `lines[2].rate`.
    """
    told: dict[str, Sequence[str]] = {}
    for name, texts in problems.items():
        translated = _translated(shape, name.split("."))
        told[translated] = list(dict.fromkeys([*told.get(translated, ()), *texts]))
    return told


def _translated(shape: Shape, path: list[str]) -> str:
    """The steps of a path in the door's words; what the door has no word for stays as it is."""
    name, bracket, index = path[0].partition("[")
    field = _field_for(shape, name)
    if field is None and (group := _group_with(shape, name)):
        inside = [path[0].removeprefix(group.prefix or ""), *path[1:]]
        return f"{wire_name(group)}.{_translated(cast(Shape, group.schema), inside)}"
    if field is None:
        field = _field_for(shape, FOLLOWS.get(name, name))
    step = (wire_name(field) if field else name) + bracket + index
    inner = _shape_below(field)
    if len(path) == 1 or not isinstance(inner, Shape):
        return ".".join([step, *path[1:]])
    return f"{step}.{_translated(inner, path[1:])}"


def _shape_below(field: Property | None) -> Any:
    return ENTITY_TYPES[field.to]() if isinstance(field, Navigates) else getattr(field, "schema", None)


def _field_for(shape: Shape, name: str) -> Property | None:
    """The property that stands for a column or a link; of several, the one that a body sets."""
    found = [field for field in shape.fields.values() if isinstance(field, Property) and _says(field, name)]
    return min(found, key=lambda field: field.dump_only, default=None)


def _group_with(shape: Shape, name: str) -> Group | None:
    """The group whose object holds a column of the record."""
    for field in shape.fields.values():
        if isinstance(field, Group) and not field.dump_only:
            inner = cast(Shape, field.schema)
            if _field_for(inner, name.removeprefix(field.prefix or "")):
                return field
    return None


def _says(field: Property, name: str) -> bool:
    return name in (field.attribute, field.link)
