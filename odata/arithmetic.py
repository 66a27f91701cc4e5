"""The types of arithmetic: what may be added to what, and what comes of it (URL Conventions 4.01, 5.1.1.2)."""

from __future__ import annotations

from odata.errors import LimitExceeded, NotSupported, TypeMismatch
from odata.types import Edm

OPERATORS = {"Add": "add", "Sub": "sub", "Mult": "mul", "Div": "div", "DivBy": "divby", "Mod": "mod"}

MOST_OPERATIONS = 100
"""In one text: each multiplication adds digits, and PostgreSQL counts 16,383 behind the point."""

_MOMENTS = (Edm.DATETIME, Edm.DATE)


def result_of(operator: str, left: Edm, right: Edm, position: int) -> tuple[str, Edm]:
    """What is to be carried out, and the type of its result.

    Integers stay integers, except under `divby`; `div` with a decimal on either side is `divby`.

    Raises:
        TypeMismatch: the operands do not go together.
        NotSupported: one is a double.
    """
    if Edm.DOUBLE in (left, right):
        raise NotSupported(
            f"Arithmetic with Edm.Double is not supported (at position {position}).", position=position
        )
    found = _of_numbers(operator, left, right) if left.is_numeric and right.is_numeric else None
    found = found or _of_durations(operator, left, right)
    if found is None:
        raise TypeMismatch(
            f"'{operator}' does not go with {left.value} and {right.value} (at position {position}).",
            position=position,
        )
    return found


def _of_numbers(operator: str, left: Edm, right: Edm) -> tuple[str, Edm]:
    if operator == "divby" or Edm.DECIMAL in (left, right):
        return ("divby" if operator == "div" else operator), Edm.DECIMAL
    return operator, Edm.INT64


def _of_durations(operator: str, left: Edm, right: Edm) -> tuple[str, Edm] | None:
    if operator in ("add", "sub") and right is Edm.DURATION and left in (*_MOMENTS, Edm.DURATION):
        return operator, left
    if operator == "sub" and left is right and left in _MOMENTS:
        return "between", Edm.DURATION
    if operator in ("mul", "div", "divby") and left is Edm.DURATION and right.is_numeric:
        return ("mul" if operator == "mul" else "divby"), Edm.DURATION
    if operator == "mul" and left.is_numeric and right is Edm.DURATION:
        return operator, Edm.DURATION
    return None


class Budget:
    """Counts the operations of one text, those of its parameter aliases included."""

    def __init__(self) -> None:
        self._spent = 0

    def spend(self, position: int) -> None:
        self._spent += 1
        if self._spent > MOST_OPERATIONS:
            raise LimitExceeded(
                f"The text up to position {position} has more than {MOST_OPERATIONS} arithmetic operations.",
                position=position,
            )
