"""Keys in addresses: `(…)`, `(id=…)` and `(number=7)`, or as a segment (URL Conventions 4.01, 4.3.1 to 4.3.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from flask import request
from marshmallow import ValidationError

from app.api.reading import query_options
from odata.errors import ODataError, SyntaxProblem, UnknownSegment, excerpt
from odata.lexer import shape
from odata.typed import Preset
from odata.types import Edm, comparable, literal_for
from schemas.fields import Guid

GUID = Guid()
MARKS = re.compile(r"'[^']*+'|[()/]")


def segments(address: str) -> list[str]:
    """An address cut at its slashes; one that stands in quotes or parentheses belongs to its segment."""
    cuts, depth = [-1], 0
    for mark in MARKS.finditer(address):
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        if mark[0] == "/" and depth == 0:
            cuts.append(mark.start())
    if depth:
        return address.split("/")  # what is not closed is for the segment to complain about
    return [address[begin + 1 : end] for begin, end in pairwise([*cuts, len(address)])]


def split_key(segment: str) -> tuple[str, str | None]:
    """A segment's name and what stands in parentheses behind it."""
    name, bracket, key = segment.partition("(")
    if bracket and not key.endswith(")"):
        raise SyntaxProblem(f"The parentheses in {excerpt(segment)} are not closed.", target=segment)
    return name, key[:-1] if bracket else None


def read_key(text: str, alternates: Mapping[str, Preset]) -> dict[str, Any]:
    """The condition that a key means, as the value of a preset.

    Args:
        text: what stands in the parentheses.
        alternates: the other keys that there are.

    Raises:
        SyntaxProblem: it is no key of this kind of entity.
    """
    name, equals, value = text.partition("=")
    if not equals:
        return {"id": read_id(_meant(text))}
    name, value = name.strip(), _meant(value.strip())
    if name == "id":
        return {"id": read_id(value)}
    if name not in alternates:
        known = " or ".join(["id", *alternates])
        raise SyntaxProblem(f"{excerpt(name)} is no key; use {known}.", target=name)
    return {name: _value(value, alternates[name])}


def _meant(text: str) -> str:
    """What a parameter alias stands for; any other text as it is (URL Conventions 4.01, 5.3)."""
    if not text.startswith("@"):
        return text
    aliases = query_options(request.query_string, bare=True).aliases
    if text not in aliases:
        raise SyntaxProblem(f"The parameter alias {excerpt(text)} has no value.", target=text)
    return aliases[text].strip()


def read_id(text: str) -> str:
    key = id_in(text)
    if key is None:
        raise SyntaxProblem(f"{excerpt(text)} is no id; an id is a GUID, without quotes.", target="id")
    return key


def id_in(text: str) -> str | None:
    """The id that a text is, in lower case; None where it is none."""
    try:
        return str(GUID.deserialize(text)) if len(text) == 36 else None
    except (ValueError, ValidationError):
        return None


def _value(text: str, key: Preset) -> Any:
    problem = SyntaxProblem(f"{excerpt(text)} is no {key.type.value}.", target=key.name)
    try:
        literals = shape(text).literals
        if len(literals) != 1 or literals[0].text != text:
            raise problem
        own, convert = literal_for(literals[0].kind, key.type, 0)
        value = convert(text)
    except (ODataError, ValueError, ArithmeticError, KeyError):
        raise problem from None
    if not comparable(own, key.type):
        raise problem
    if key.type in (Edm.INT32, Edm.INT64) and not (own is Edm.INT64 and -(2**31) <= value < 2**31):
        raise UnknownSegment(f"There is nothing with the {key.name} {excerpt(text)}.", target=key.name)
    return value
