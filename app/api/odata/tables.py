"""Lists as comma-separated values. A table has no place for a next link, so all pages are in one answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, request

from app.api import comma_separated, streams
from app.api.odata.formats import Format
from app.api.odata.places import Place
from app.api.odata.reader import Reader
from app.auth import INSIDE
from odata.annotations import Level
from odata.errors import LimitExceeded
from odata.options import Options
from odata.runner import CHUNK, Page

BROKEN_OFF = b'"The table breaks off here: something went wrong.'
"""A quotation that does not end, so that nobody takes half a table for a whole one (Protocol 4.01, 9.5)."""


def answer(reader: Reader, place: Place, options: Options, written: Format) -> Response:
    """The list as a table, of any length."""
    options.count = False
    form = reader.form(Level.NONE, False)
    plan, first = reader.page(place.of, options, place.given, size=CHUNK, form=form)
    columns = comma_separated.columns_of(plan.shape)
    pages: Iterator[Page] = iter([first])
    if first.end is not None:
        if INSIDE in request.environ:
            raise LimitExceeded(f"A table in a batch has at most {CHUNK:,} rows; ask for it by itself.")
        pages = reader.stream(place.of, options, place.given, form=form)
    headers = {"Content-Disposition": f'attachment; filename="{place.context}.csv"'}
    return streams.answer(_pieces(pages, columns), written.content_type, headers)


def _pieces(pages: Iterator[Page], columns: list[comma_separated.Path]) -> streams.Pieces:
    try:
        for text in comma_separated.table(_objects(pages), columns):
            yield text.encode()
    except Exception:
        yield BROKEN_OFF
        raise


def _objects(pages: Iterator[Page]) -> Iterator[list[Mapping[str, Any]]]:
    for page in pages:
        yield page.objects  # type: ignore[misc]
