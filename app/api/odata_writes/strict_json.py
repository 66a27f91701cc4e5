"""JSON as the strict door reads it: exact numbers, no name twice, nothing that JSON does not have."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from app.errors import InvalidBody

LONGEST_NUMBER = 400
"""Characters; the digits of the largest double are 309."""


def object_in(data: bytes) -> dict[str, Any]:
    """The object in a body. Its numbers are `int`, of 64 bits, or `Decimal`: no float ever touches them.

    Raises:
        InvalidBody: it is not JSON (RFC 8259), or no object, or an object has a name twice (RFC 7493, 2.3).
    """
    try:
        body = json.loads(
            data.decode(),
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_no_constant,
            object_pairs_hook=_each_once,
        )
    except UnicodeDecodeError:
        raise InvalidBody({}, "The body is not UTF-8.") from None
    except RecursionError:
        raise InvalidBody({}, "The body is nested too deep.") from None
    except ValueError as error:
        raise InvalidBody({}, f"The body is not JSON: {error}.") from None
    if not isinstance(body, dict):
        raise InvalidBody({}, "The body must be a JSON object.")
    return body


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(_bounded(text))
    except InvalidOperation:  # an exponent beyond all reason
        raise ValueError("a number is too large") from None


def _integer(text: str) -> int | Decimal:
    number = int(_bounded(text))
    return number if abs(number) < 2**63 else Decimal(number)


def _bounded(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return text


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a JSON value")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice in one object")
    return found
