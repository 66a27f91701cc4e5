"""What the OpenAPI document says of LegalServer's manners."""

from __future__ import annotations

from typing import Any

from app.api.legalserver.criteria import WORD as UPDATE
from app.api.legalserver.pages import MOST, PAGE_NUMBER, PAGE_SIZE, USUAL
from app.api.legalserver.results import WORD as CUSTOM_RESULTS
from app.api.sorting import SORT

IN_PAGES = "Asks for pages: the answer is then an object with the records under `data`, and `total_records`."
NAMES = {"type": "array", "items": {"type": "string"}}


def _parameter(name: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": schema}


OF_ONE = (
    _parameter(
        CUSTOM_RESULTS, "The fields and arrays to show besides the id, as a JSON array.", {"type": "string"}
    ),
)
OF_LISTS = (
    _parameter(PAGE_NUMBER, f"Which page. {IN_PAGES}", {"type": "integer", "minimum": 1}),
    _parameter(
        PAGE_SIZE,
        f"How many on a page: {USUAL} when left out, never more than {MOST}. {IN_PAGES}",
        {"type": "integer", "minimum": 1},
    ),
    _parameter(
        SORT,
        f"Properties, each perhaps with `desc`, with commas between; `asc` or `desc` alone is by id. {IN_PAGES}",
        {"type": "string"},
    ),
    _parameter(
        CUSTOM_RESULTS,
        f"The fields and arrays to show besides the id, as a JSON array. {IN_PAGES}",
        {"type": "string"},
    ),
)


def body_with(schema: Any, *, upserts: bool = False) -> dict[str, Any]:
    """A body and what it may say beside the record."""
    beside: dict[str, Any] = {
        CUSTOM_RESULTS: {
            **NAMES,
            "description": "The fields and arrays that the answer shows besides the id.",
        }
    }
    if upserts:
        beside[UPDATE] = {
            "type": "object",
            "additionalProperties": True,
            "description": "Search parameters that find the record to update. Where none is found, one is made.",
        }
    return {"allOf": [schema, {"type": "object", "properties": beside}]}
