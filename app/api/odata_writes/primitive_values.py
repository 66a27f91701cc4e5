"""Primitive values in a body: each in the JSON type that JSON Format 4.01 section 7.1 gives it, and no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from schemas.fields import Flag, Guid, Moment, Number, Property, Whole
from schemas.fields.numbers import decimal_in, integer_in

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)", re.A | re.I)
FINEST = re.compile(r"(\.\d{9})\d+")
"""Digits of a second that no column keeps."""


def read_value(
    field: Property, given: Any, *, numbers_as_text: bool, made: Callable[[], Mapping[str, str]]
) -> Any:
    """What the column takes.

    Args:
        given: as JSON has it, not null.
        numbers_as_text: whether the client sends decimals and long integers as text (IEEE754Compatible).
        made: gives the keys of entities that earlier requests of a batch made, by how a body names them.

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
    if isinstance(field, Guid) and given.startswith("$"):
        given = made().get(given, given)
    return field.deserialize(given)


def _number(field: Number | Whole, given: Any, as_text: bool) -> Any:
    in_text = as_text and (isinstance(field, Number) or field.bits == 64)
    if in_text and isinstance(given, str):
        given = decimal_in(given) if isinstance(field, Number) else integer_in(given)
    _need(isinstance(given, int | Decimal) and not isinstance(given, bool), "a number")
    if isinstance(field, Whole):
        _need(integer_in(given) is not None, "a whole number")
    elif isinstance(given, Decimal):
        _refuse_finer(given, -field.step.adjusted())
    return given


def _refuse_finer(number: Decimal, scale: int) -> None:
    """What cannot be stored as it is, is not stored (Protocol 4.01, 11.4.2)."""
    _, digits, exponent = number.as_tuple()
    written = "".join(map(str, digits))
    places = -int(exponent) - (len(written) - len(written.rstrip("0")))
    if number and places > scale:
        raise ValidationError(f"Must have at most {scale} digits after the point.")


def _need(holds: Any, what: str) -> None:
    if not holds:
        raise ValidationError(f"Must be {what}.")
