"""Every operation of the published specifications: it is there, takes what it should, answers as it should."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.api.doors import DIALECTS
from app.extensions import Database
from app.models import User
from app.models.base import new_id
from tests.contract.faces import PAIRS, WRITTEN, listed, sent
from tests.contract.full_samples import full_body
from tests.contract.samples import SAMPLES
from tests.contract.specification import Operation, needs_the_specifications, operations, problems
from tests.contract.tally import COVERED
from tests.firms import Workplace, password_hash

pytestmark = needs_the_specifications

OPERATIONS = list(operations())
BY_ADDRESS = {(face.door, face.path): (resource, face) for resource, face in PAIRS}
PARAMETERS = [
    (operation, parameter)
    for operation in OPERATIONS
    for parameter in operation.parameters
    if operation.method == "get"
]
LISTED_AT = {"files/download": "files", "customfields": "customfields/company"}
"""Where the records are listed of which an address shows one."""


def test_every_published_operation_has_a_route(app: Flask) -> None:
    routes = {
        (method, re.sub("<string:(id|guid)>", "{}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    wanted = {(o.method.upper(), re.sub("{(id|guid)}", "{}", o.path.lower())) for o in OPERATIONS}
    assert sorted(wanted - routes) == []
    assert len(OPERATIONS) == 150


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_an_answer_is_as_published(
    full_practice: Workplace, operation: Operation, record_property: Callable[[str, object], None]
) -> None:
    record_property(COVERED, str(operation))
    answers = list(ANSWERS[operation.method](full_practice, operation))
    assert answers, "an empty list proves nothing"
    for answer in answers:
        assert problems(operation, answer)[:5] == []


def gotten(place: Workplace, operation: Operation) -> Iterator[Any]:
    """What GET answers: the rows of a list, or one record."""
    if not operation.names_a_record:
        path = operation.path
        needed = [p for p in operation.parameters if p.get("required")]
        found = place.ok("GET", path, query_string={p["name"]: p["enum"][0] for p in needed})
        yield from found if isinstance(found, list) else [found]
        return
    for row in rows(place, operation):
        key = DIALECTS[operation.door].key
        path = operation.path.replace(f"{{{key}}}", row[key])
        answer = place.get(path)
        assert answer.status_code == 200, answer.text
        if operation.face == "files/download":
            # The specification promises the file's data; the live service sends its content.
            assert answer.data
            assert answer.content_type == row["content_type"]
            yield row
        else:
            yield answer.get_json()


def rows(place: Workplace, operation: Operation) -> list[Any]:
    _, face = BY_ADDRESS[operation.door, LISTED_AT.get(operation.face, operation.face)]
    found: list[Any] = place.ok("GET", listed(face))
    return found


def posted(place: Workplace, operation: Operation) -> Iterator[Any]:
    """What POST answers to the smallest body and to the fullest."""
    if operation.face == "files/box":
        yield sent(place, "POST", operation.path, SAMPLES["v2", "files"](place))
        return
    resource, face = BY_ADDRESS[operation.door, operation.face]
    for body in (SAMPLES[operation.door, operation.face](place), full_body(place, resource, face)):
        yield sent(place, "POST", operation.path, body)


def put(place: Workplace, operation: Operation) -> Iterator[Any]:
    """What PUT answers when everything is sent back as it was."""
    for made in posted(place, operation):
        yield place.ok("PUT", keyed(operation, made), json=made)


def deleted(place: Workplace, operation: Operation) -> Iterator[Any]:
    """What DELETE answers."""
    creatable = {(face.door, face.path) for face in WRITTEN}
    if (operation.door, operation.face) in creatable:
        for made in posted(place, operation):
            yield place.ok("DELETE", keyed(operation, made))
    else:
        assert operation.face == "users"
        yield place.ok("DELETE", keyed(operation, {"id": a_colleague(place)}))


def keyed(operation: Operation, record: Any) -> str:
    key = DIALECTS[operation.door].key
    return f"{operation.path}?{key}={record[key]}"


def a_colleague(place: Workplace) -> str:
    """Another user of the firm, whom no door makes."""
    email = f"grace.{new_id()}@example.com"
    database: Database = place.app.extensions["database"]
    with database.session() as session:
        user = User(firm_id=place.firm_id, display_name="Grace Hopper", email=email, login=email)
        user.password_hash = password_hash()
        session.add(user)
        session.commit()
        return user.id


ANSWERS: dict[str, Callable[[Workplace, Operation], Iterator[Any]]] = {
    "get": gotten,
    "post": posted,
    "put": put,
    "delete": deleted,
}


@pytest.mark.parametrize(
    ("operation", "parameter"), PARAMETERS, ids=[f"{o}-{p['name']}" for o, p in PARAMETERS]
)
def test_a_list_takes_the_parameter(
    full_practice: Workplace, operation: Operation, parameter: dict[str, Any]
) -> None:
    name = parameter["name"]
    for value in fitting(parameter):
        answer = full_practice.get(operation.path, query_string={name: value})
        assert answer.status_code == 200, answer.text
        assert "X-Ignored-Parameters" not in answer.headers
        for row in answer.get_json():
            assert problems(operation, row)[:5] == []
    if "format" in parameter or "enum" in parameter:
        answer = full_practice.get(operation.path, query_string={name: "x y"})
        assert answer.status_code == 400
        assert list(answer.get_json()["modelState"]) == [name]


def fitting(parameter: dict[str, Any]) -> list[str]:
    """Values that the parameter takes."""
    if "enum" in parameter:
        return list(parameter["enum"])
    guid = "00000000-0000-4000-8000-000000000000"
    moments = ["2026-01-31", "2026-01-31T07:00:00", "2026-01-31T07:00:00-04:00"]
    return {"uuid": [guid, guid.upper()], "date-time": moments}.get(parameter.get("format", ""), ["a", "_%"])
