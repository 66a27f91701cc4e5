"""All of LegalServer's manners together, as the manner of a door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema

from app.api.dialects import Bare, Listing, Said
from app.api.legalserver.bodies import read_manners
from app.api.legalserver.documentation import OF_LISTS, OF_ONE, body_with
from app.api.legalserver.pages import chosen_in, pages_in
from app.api.parameters import Parameter
from app.api.reading import Source
from odata.options import Options


class LegalServers(Bare):
    """The published manner, for whoever says none of LegalServer's words."""

    of_lists = OF_LISTS
    of_one = OF_ONE

    def listing(self, options: Options, standard: Source, detailed: Source) -> Listing:
        pages = pages_in(options, standard, detailed)
        return pages or super().listing(options, standard, detailed)

    def shown(self, options: Options, source: Source) -> Options:
        return chosen_in(options, source)

    def said(
        self, body: dict[str, Any], shape: Schema, shows: Source, search: Sequence[Parameter] | None
    ) -> Said:
        said = read_manners(body, shape, shows, search)
        shows.check(said.shown)
        return said

    def body(self, shape: Any, *, upserts: bool = False) -> Any:
        return body_with(shape, upserts=upserts)
