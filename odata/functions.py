"""The canonical functions by name (URL Conventions 4.01, 5.1.1.5 to 5.1.1.10)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy.sql import operators

from odata.calculation import calculate
from odata.errors import NotSupported, ODataError, UnknownFunction, suggest
from odata.signatures import Function
from odata.text_functions import TEXT_FUNCTIONS
from odata.time_functions import TIME_FUNCTIONS
from odata.types import Edm, comparable

__all__ = ["COMPARISONS", "FUNCTIONS", "LATER", "Function", "no_function", "takes"]

_ROUNDING = tuple(
    Function(
        name,
        (Edm.DECIMAL,),
        Edm.DECIMAL,
        {dialect: partial(calculate, dialect, name) for dialect in ("sqlite", "postgresql")},
    )
    for name in ("round", "floor", "ceiling")
)

FUNCTIONS: dict[str, list[Function]] = {}
"""For each name, in lower case, the functions of it; where several fit, the first is meant."""
for _function in (*TEXT_FUNCTIONS, *TIME_FUNCTIONS, *_ROUNDING):
    FUNCTIONS.setdefault(_function.name, []).append(_function)

LATER = {
    "hassubset": "collections are asked with any(…) and all(…)",
    "hassubsequence": "collections have no order here; ask with any(…) and all(…)",
    "geo.distance": "nothing here has a place on a map",
    "geo.intersects": "nothing here has a place on a map",
    "geo.length": "nothing here has a place on a map",
}
"""Canonical functions that are not carried out, and why: the answer is a 501."""

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "lt": operators.lt,
    "le": operators.le,
    "gt": operators.gt,
    "ge": operators.ge,
}


def takes(wanted: Edm, given: Edm) -> bool:
    """Whether an operand of the type `given` may stand where `wanted` is declared."""
    if wanted is Edm.INT64:
        return given in (Edm.INT32, Edm.INT64, Edm.NULL)
    return comparable(wanted, given) and given is not Edm.DOUBLE


def no_function(name: str, position: int) -> ODataError:
    """The error for a name that calls nothing here."""
    if name in LATER:
        return NotSupported(
            f"The function '{name}' is not supported (at position {position}): {LATER[name]}.",
            position=position,
        )
    hint = suggest(name, [*FUNCTIONS, "cast", "isof", "case"])
    return UnknownFunction(f"Unknown function '{name}' at position {position}{hint}", position=position)
