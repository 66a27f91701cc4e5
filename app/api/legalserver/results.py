"""`custom_results`: which fields and arrays an answer shows besides the id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from app.api.reading import Source
from app.errors import InvalidBody
from odata.errors import excerpt, suggest

WORD = "custom_results"
WRONG = 'Must be a list of names, such as ["name","tags"].'


def selection_in(given: Any, source: Source) -> str | None:
    """What it means as a `$select`; None where nothing is said.

    Args:
        given: an array of names, or texts, each with an array as JSON or with names and commas between.
        source: what is shown.

    Raises:
        InvalidBody: it is no such thing, or a name is unknown.
    """
    names = _names(given)
    if names is None:
        return None
    known = [member.name for member in source.set.shape.members]
    unknown = [name for name in names if name not in known]
    if unknown:
        texts = [f"There is no {excerpt(name)} here{suggest(name, known)}" for name in unknown]
        raise InvalidBody({WORD: texts[:1] if len(texts) > len(known) else texts})
    shown = (
        names if source.key is None else [source.key, *names]
    )  # without an id, [] chooses nothing: all shows
    return ",".join(dict.fromkeys(shown)) or None


def _names(given: Any) -> list[str] | None:
    if given is None or isinstance(given, str):
        return _names_in_text(given or "")
    if not isinstance(given, Sequence) or not all(isinstance(name, str) for name in given):
        raise InvalidBody({WORD: [WRONG]})
    return [name.strip() for name in given]


def names_in_query(texts: Sequence[str]) -> list[str] | None:
    """The names in a parameter that may be there several times; None where all of it is blank."""
    found = [names for names in map(_names_in_text, texts) if names is not None]
    return [name for names in found for name in names] if found else None


def _names_in_text(text: str) -> list[str] | None:
    text = text.strip()
    if not text:
        return None
    if not text.startswith("["):
        return [name.strip() for name in text.split(",") if name.strip()]
    try:
        return _names(orjson.loads(text))
    except orjson.JSONDecodeError:
        raise InvalidBody({WORD: [WRONG]}) from None
