"""Values that stand in a text, as in `cast('1.5',Edm.Decimal)` (URL Conventions 4.01, 5.1.1.9)."""

from __future__ import annotations

from functools import partial
from typing import Any

from odata.casts import Target
from odata.errors import ODataError
from odata.lexer import shape
from odata.types import LITERALS, Convert, Edm, comparable, exact, integer, microseconds, string

TRUTH = {"true": True, "false": False}
READ = (
    Edm.BOOLEAN,
    Edm.DATE,
    Edm.DATETIME,
    Edm.DECIMAL,
    Edm.DURATION,
    Edm.GUID,
    Edm.INT32,
    Edm.INT64,
    Edm.TIME,
)


def reader(wanted: Target) -> Convert | None:
    """How a text literal is read as a value of the type, or as null where it spells none; None where no text is one."""
    return partial(_cast, wanted) if wanted.type in READ else None


def _cast(wanted: Target, literal: str) -> Any:
    try:
        return _read(wanted, literal)
    except (ValueError, ArithmeticError):
        return None


def _read(wanted: Target, literal: str) -> Any:
    """The value, or a ValueError where the text spells none."""
    text = string(literal)
    if wanted.type is Edm.DURATION:
        return microseconds(literal)
    if wanted.type is Edm.BOOLEAN and text.lower() in TRUTH:
        return TRUTH[text.lower()]
    own, convert = _literal(text.removeprefix("-") if wanted.type.is_numeric else text)
    if not comparable(own, wanted.type) or (wanted.bounds and own is not Edm.INT64):
        raise ValueError("is not one")
    if wanted.bounds:
        value = integer(text)
        if not wanted.bounds[0] <= value <= wanted.bounds[1]:
            raise ValueError("is too large")
        return value
    return exact(text) if wanted.type is Edm.DECIMAL else convert(text)


def _literal(text: str) -> tuple[Edm, Convert]:
    """The type of the one literal that the text is, and how it is read."""
    try:
        literals = shape(text).literals
    except ODataError:
        literals = []
    if len(literals) != 1 or literals[0].text != text:
        raise ValueError("is not one")
    return LITERALS[literals[0].kind]
