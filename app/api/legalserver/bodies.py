"""What a body says beside the record itself: `update`, `custom_results` and `%empty%`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema

from app.api.dialects import Said
from app.api.legalserver import criteria, results
from app.api.legalserver.criteria import read_criteria
from app.api.legalserver.empty import with_nulls
from app.api.legalserver.results import selection_in
from app.api.parameters import Parameter
from app.api.reading import NO_OPTIONS, Source
from app.errors import InvalidBody
from odata.options import Options

NOT_HERE = "Records of this kind are not upserted; leave it out."


def read_manners(
    body: dict[str, Any], shape: Schema, shows: Source, search: Sequence[Parameter] | None
) -> Said:
    """
    Args:
        shape, shows: that of the body, and that of the answer.
        search: the parameters by which such records are found; none where they are not upserted. None where
            the body cannot ask for it, and `update` is an unknown name like others.

    Raises:
        InvalidBody: something of it will not do.
    """
    rest = dict(body)
    asks = criteria.WORD in body  # a null, too: whoever sends it means to double nothing
    chosen, said = rest.pop(results.WORD, None), rest.pop(criteria.WORD, None)
    selection = selection_in(chosen, shows)
    found = None
    if search and asks:
        found = read_criteria(said, search, shape)
    elif search is not None and said is not None:
        raise InvalidBody({criteria.WORD: [NOT_HERE]})
    shown = NO_OPTIONS if selection is None else Options(select=selection)
    return Said(with_nulls(shape, rest), shown, found)
