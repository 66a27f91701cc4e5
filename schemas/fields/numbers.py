"""Properties that are numbers in JSON."""

from __future__ import annotations

import decimal
import re
from typing import Any

from marshmallow import ValidationError, fields, validate

from schemas.fields.base import Value

LONGEST_INTEGER = 19
"""Digits: of 64 bits."""

INTEGER = re.compile(rf"[+-]?[0-9]{{1,{LONGEST_INTEGER}}}")
NUMBER = re.compile(r"[+-]?([0-9]{1,40}(\.[0-9]{0,400})?|\.[0-9]{1,400})(e[+-]?[0-9]{1,3})?", re.I)


class Whole(Value, fields.Integer):
    """An integer. Form posts carry text, so digits in text will do.

    Args:
        bits: 32 or 64.
    """

    def __init__(self, *, bits: int = 32, **kwargs: Any) -> None:
        super().__init__(format=f"int{bits}", **kwargs)
        self.bits = bits

    def read(self, value: Any) -> Any:
        number = integer_in(value)
        if number is None:
            raise self.make_error("invalid")
        bound = 2 ** (self.bits - 1)
        if not -bound <= number < bound:
            raise ValidationError(f"Must be between {-bound} and {bound - 1}.")
        return number


def integer_in(value: Any) -> int | None:
    """The integer that a JSON value means, or None. JSON does not tell 3 from 3.0."""
    if isinstance(value, str) and INTEGER.fullmatch(value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, decimal.Decimal) and value.is_finite() and value.adjusted() < LONGEST_INTEGER:
        return int(value) if value == value.to_integral_value() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class Number(Value, fields.Decimal):
    """An exact decimal number, rounded half-even to its scale.

    Args:
        precision: the most digits in all.
        scale: the digits after the point.
        minimum: the least value.
    """

    def __init__(
        self,
        precision: int,
        scale: int,
        *,
        minimum: int | None = None,
        **kwargs: Any,
    ) -> None:
        if minimum is not None:
            kwargs["validate"] = validate.Range(min=minimum)
        super().__init__(format="double", **kwargs)
        self.limit = decimal.Decimal(10) ** (precision - scale)
        self.step = decimal.Decimal(1).scaleb(-scale)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return float(value) if isinstance(value, decimal.Decimal) else value

    def read(self, value: Any) -> Any:
        number = decimal_in(value)
        if number is None:
            raise self.make_error("invalid")
        if number.copy_abs() < self.limit:  # `abs` rounds, and has no room for an exponent beyond all reason
            number = number.quantize(self.step, decimal.ROUND_HALF_EVEN) + 0  # + 0 makes -0.00 plain zero
        if number >= self.limit:
            raise ValidationError(f"Must be less than {self.limit}.")
        if number <= -self.limit:
            raise ValidationError(f"Must be greater than {-self.limit}.")
        return number


def decimal_in(value: Any) -> decimal.Decimal | None:
    """The decimal number that a JSON value means, or None. A float means its shortest text."""
    if isinstance(value, float):
        value = repr(value)
    if isinstance(value, str):
        return decimal.Decimal(value) if NUMBER.fullmatch(value) else None
    if isinstance(value, decimal.Decimal):
        return value if value.is_finite() else None
    return decimal.Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None
