"""A property as what is written: its value in JSON, its bare text, or nothing (Protocol 4.01, 11.4.9)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from flask import request

from app.api.odata_writes.bodies import Loaded
from app.api.odata_writes.incoming import body, no_options
from app.api.odata_writes.operations import Say, Writer
from app.errors import InvalidBody
from schemas.fields import Flag, Number, Whole

NUMBER = re.compile(r"[+-]?\d{1,40}(\.\d{1,40})?", re.A)
WORDS = {"true": True, "false": False}


def set_to_body(writer: Writer, name: str) -> Say:
    """To the `value` of the body.

    Raises:
        InvalidBody: there is none.
    """
    no_options()
    given = body()
    if "value" not in given:
        raise InvalidBody({"value": ["Missing data for required field."]})
    return _to(writer, name, given["value"])


def set_to_text(writer: Writer, name: str) -> Say:
    """To the value that the body is, as text.

    Raises:
        InvalidBody: it is no text, or no value of the property's type.
    """
    no_options()
    try:
        text = request.get_data().decode()
    except UnicodeDecodeError:
        raise InvalidBody({name: ["The body is not UTF-8."]}) from None
    field = writer.shape.fields[name]
    value: Any = text
    if isinstance(field, Flag):
        value = WORDS.get(text, text)
    elif isinstance(field, Number | Whole) and NUMBER.fullmatch(text):
        value = Decimal(text)
    return _to(writer, name, value)


def clear(writer: Writer, name: str) -> Say:
    """To null."""
    no_options()
    return _to(writer, name, None)


def _to(writer: Writer, name: str, value: Any) -> Say:
    def say(*_: object) -> Loaded:
        return writer.reader.load({name: value}, whole=False, updates=True)

    return say
