"""The values of the literals in a text, read when the text comes with a request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from odata.errors import TypeMismatch
from odata.lexer import Shape
from odata.typed import Slot


def read(
    slot: Slot, text: Shape | None, aliases: Mapping[str, Shape] | None = None, target: str = "$filter"
) -> Any:
    """The value of a slot in this request: of its literal, or of now().

    Args:
        text: the shape of the option that the slot belongs to.
        aliases: the shapes of parameter aliases, by name with the `@`.
        target: the option, for errors.

    Raises:
        TypeMismatch: the literal names no value of the type that is expected there.
    """
    if slot.source is not None:
        text, target = (aliases or {})[slot.source], slot.source
    if slot.convert is None or slot.ordinal is None or text is None:
        return dt.datetime.now(dt.UTC)
    token = text.literals[slot.ordinal]
    try:
        return slot.convert(token.text)
    except (ValueError, ArithmeticError) as error:
        problem = str(error) if str(error).startswith(("is ", "has ", "must ")) else "is not one"
        raise TypeMismatch(
            f"Expected {slot.type.value}; {token.text[:60]} at position {token.position} {problem}.",
            position=token.position,
            target=target,
        ) from None
