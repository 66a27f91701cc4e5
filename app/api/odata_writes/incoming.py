"""What a writing request brings besides its address: a body, and hardly any options."""

from __future__ import annotations

from typing import Any

from flask import request

from app.api.odata_writes.strict_json import object_in
from app.api.reading import query_options
from app.errors import UnsupportedMediaType
from odata.errors import InvalidOption
from odata.options import Options


def no_options(*but: str) -> None:
    """Refuse options of a query, which mean nothing for what is written here.

    Args:
        but: those that do.
    """
    options = query_options(request.query_string, bare=True)
    for name in ("format", *but):
        setattr(options, name, None)
    if options != Options(aliases=options.aliases, custom=options.custom):
        raise InvalidOption("No option of a query means anything here.")


def body() -> dict[str, Any]:
    """The request's body.

    Raises:
        UnsupportedMediaType: it is not sent as JSON.
        InvalidBody: it is no JSON object.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send the entity as application/json.")
    return object_in(request.get_data())
