"""Random requests, made from our own OpenAPI documents, break neither the service nor what the documents say.

Schemathesis makes the requests and judges the answers: no 5xx, each status and content type documented, each
body as its schema says.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.api.doors import DIALECTS
from app.api.legalserver.pages import CUSTOM_RESULTS, PAGE_NUMBER, PAGE_SIZE, SORT
from tests.contract.faces import LISTED, SOME_KEY, address, rows
from tests.firms import Workplace
from tests.practices import filled

EXAMPLES = {"sqlite": int(os.environ.get("RANDOM_REQUESTS", "2")), "postgresql": 1}
"""How many requests for each operation. PostgreSQL gets the writing ones only: there it could refuse what SQLite
takes."""

FEW, HASHES = 2, "/auth/"
"""Where each request may take the time of a password's hash."""

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)?$"
"""What the documents call `date-time`. RFC 3339 asks for an offset, which the live service never prints."""

KNOWN: list[str] = []
"""Ids of the firm under test, for references that lead somewhere."""


def moments() -> st.SearchStrategy[str]:
    offsets = st.sampled_from(["", "Z", "-04:00"])
    return st.tuples(st.datetimes(min_value=dt.datetime(1, 1, 2)), offsets).map(
        lambda drawn: drawn[0].isoformat(timespec="milliseconds") + drawn[1]
    )


def guids() -> st.SearchStrategy[str]:
    return st.uuids().map(str) | st.integers(0, 9999).map(
        lambda n: (KNOWN or [SOME_KEY])[n % (len(KNOWN) or 1)]
    )


schemathesis.openapi.format("moment", moments())
schemathesis.openapi.format("uuid", guids())


def as_printed(node: Any) -> Any:
    """The document with our own format in the place of `date-time`."""
    if isinstance(node, list):
        return [as_printed(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    found = {name: as_printed(inner) for name, inner in node.items()}
    return found | {"format": "moment", "pattern": MOMENT} if node.get("format") == "date-time" else found


@pytest.fixture(scope="module")
def practice(app: Flask) -> Workplace:
    """A firm of its own, which has everything."""
    place = filled(app)
    KNOWN[:] = [key for door in DIALECTS for key in keys_for(place, door, "/")]
    return place


def keys_for(place: Workplace, door: str, path: str) -> list[str]:
    """The ids of the records that an address shows; under `/`, of all."""
    key = DIALECTS[door].key
    shown = [face for face in LISTED if face.door == door and f"{path}/".startswith(f"{address(face)}/")]
    return [
        row[key]
        for face in (shown or LISTED if path == "/" else shown)
        if face.door == door
        for row in rows(place, face)
        if key in row
    ]


@pytest.mark.parametrize("door", DIALECTS)
def test_no_request_breaks_the_service_or_its_documents(
    practice: Workplace, door: str, subtests: pytest.Subtests
) -> None:
    schema = schemathesis.openapi.from_wsgi(f"/openapi/{door}.json", practice.app)
    schema.raw_schema.update(as_printed(schema.raw_schema))
    database = practice.app.extensions["database"].name
    for found in schema.get_all_operations():
        operation = found.ok()
        if database == "postgresql" and operation.method.upper() not in ("POST", "PUT"):
            continue
        with subtests.test(operation.label):
            keys = keys_for(practice, door, operation.path)
            examples = FEW if HASHES in operation.path else EXAMPLES[database]
            bombard(practice, operation, keys, DIALECTS[door].key, examples)
    assert practice.get("/api/v2/users/me").status_code == 200, "the rest was asked by nobody"


def bombard(place: Workplace, operation: APIOperation, keys: list[str], key: str, examples: int) -> None:
    """Send random requests for one operation, half of them for a record that is there."""
    requests = st.one_of([operation.as_strategy(generation_mode=mode) for mode in GenerationMode])

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=requests, plain=st.booleans(), known=st.sampled_from(keys or [SOME_KEY]))
    def send(case: Case, plain: bool, known: str) -> None:
        if plain:
            make_plain(case, key, known)
        answer = case.call(headers={"Authorization": f"Bearer {place.token}"})
        # OData Protocol 4.01, 9.3.1: 501 is how a service refuses what it does not support.
        checks = CHECKS[1:] if answer.status_code == 501 else CHECKS
        if asks_for_another_shape(case):
            checks = [check for check in checks if check is not response_schema_conformance]
        case.validate_response(answer, checks=checks)

    send()


def asks_for_another_shape(case: Case) -> bool:
    """Whether the answer is a page, or less than the whole record: a document says one shape for an operation, and
    generated clients need that to be the usual one."""
    said = {*(case.query or ()), *(case.body if isinstance(case.body, dict) else ())}
    return bool(said & {PAGE_NUMBER, PAGE_SIZE, SORT, CUSTOM_RESULTS})


def make_plain(case: Case, key: str, known: str) -> None:
    """Leave out the OData options, of which few are right by chance, and name a record that is there."""
    if case.query:
        case.query = {name: value for name, value in case.query.items() if not name.startswith("$")}
    for place in (case.query, case.path_parameters, case.body):
        if isinstance(place, dict) and key in place:
            place[key] = known
