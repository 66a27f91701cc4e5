"""Lists as comma-separated values: all pages in one answer, sent while the next page is read.

A table has no place for a next link. It is read page by page all the same, so that a million rows take the
memory of one page; each page sees the books as they are when its turn comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import Response, current_app, g

from app.api import comma_separated
from app.api.odata.formats import Format
from app.api.odata.places import Place
from app.api.odata.reader import Reader, engine
from app.extensions import database
from odata.annotations import Level
from odata.options import Options
from odata.runner import Page, fetch_page


def answer(reader: Reader, place: Place, options: Options, written: Format) -> Response:
    """The list as a table. The first page is read before anything is sent, so that errors are answers."""
    size: int = current_app.extensions["settings"].odata_page_size
    options.count = False
    form = reader.form(Level.NONE, False)
    plan, first, _ = reader.page(place.of, options, place.given, size=size, form=form)
    columns = comma_separated.columns_of(plan.shape)
    pages = _pages(place, options, first, {"page": size, "form": form})
    headers = {"Content-Disposition": f'attachment; filename="{place.context}.csv"'}
    return Response(comma_separated.table(pages, columns), headers=headers, content_type=written.content_type)


def _pages(place: Place, options: Options, first: Page, how: dict[str, Any]) -> Iterator[list[Any]]:
    """All pages, from the first; the request is over when the later ones are read, so all they need is here."""
    firm, plans, connections = g.caller.firm_id, engine(), database()

    def pages() -> Iterator[list[Any]]:
        page, asked = first, options
        yield page.objects
        while page.end is not None:
            token = plans.next_token(place.of, asked, page.end, len(page.objects))
            asked = replace(asked, skip=None, skiptoken=token)
            plan, values = plans.plan(place.of, asked, place.given, **how)
            with connections.reading() as connection:
                page = fetch_page(plan, {**values, "firm_id": firm}, connection)
            yield page.objects

    return pages()
