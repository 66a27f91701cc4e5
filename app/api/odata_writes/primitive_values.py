"""Primitive values in a body: each in the JSON type that JSON Format 4.01 section 7.1 gives it, and no other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from schemas.fields import Flag, Guid, Moment, Number, Property, Whole

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)", re.A | re.I)
FINEST = re.compile(r"(\.\d{9})\d+")
"""Digits of a second that no column keeps."""


def read_value(field: Property, given: Any, *, numbers_as_text: bool, made: Mapping[str, str]) -> Any:
    """What the column takes.

    Args:
        given: as JSON has it, not null.
        numbers_as_text: whether the client sends decimals and long integers as text (IEEE754Compatible).
        made: the keys of entities that earlier requests of a batch made, by how a body names them.

    Raises:
        ValidationError: it is of another type, or out of range.
    """
    if isinstance(field, Flag):
        _need(isinstance(given, bool), "true or false")
    elif isinstance(field, Number | Whole):
        given = _number(field, given, numbers_as_text)
    else:
        _need(isinstance(given, str), "text")
    if isinstance(field, Moment):
        _need(MOMENT.fullmatch(given), "a date and time with Z or an offset, such as 2026-04-30T14:05:00Z")
        given = FINEST.sub(r"\1", given)
    if isinstance(field, Guid):
        given = made.get(given, given)
    return field.deserialize(given)


def _number(field: Number | Whole, given: Any, as_text: bool) -> Any:
    in_text = as_text and (isinstance(field, Number) or field.bits == 64)
    if in_text and isinstance(given, str):
        return given
    _need(isinstance(given, int | Decimal) and not isinstance(given, bool), "a number")
    if isinstance(field, Whole) and isinstance(given, Decimal):
        whole = abs(given) < 2**63 and given == given.to_integral_value()
        _need(whole, "a whole number")
        return int(given)
    return given


def _need(holds: Any, what: str) -> None:
    if not holds:
        raise ValidationError(f"Must be {what}.")
