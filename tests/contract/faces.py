"""The faces of the resource table, how to address them, and how to send them a body."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from app.api.dialects import KeyIn
from app.api.doors import DIALECTS
from app.api.resources import CREATE, DELETE, GET, LIST, REPLACE, RESOURCES, Face, Resource
from schemas.fields import Choice, Property
from tests.firms import Workplace

PAIRS: list[tuple[Resource, Face]] = [(resource, face) for resource in RESOURCES for face in resource.faces]
FACES = [face for _, face in PAIRS]
LISTED = [face for face in FACES if LIST in face.operations]
MADE_BESIDE = {("v2", "files"), ("v2", "conflictchecks")}
"""Faces whose records are made by an operation beside the table: an upload, and a check."""
WRITTEN = [face for face in FACES if CREATE in face.operations or (face.door, face.path) in MADE_BESIDE]
SOME_KEY = "00000000-0000-4000-8000-000000000000"
UPLOADED = "file"
"""The part of a multipart body that carries the content; a body without it goes as JSON."""


def named(face: Face) -> str:
    return f"{face.door}-{face.path}"


def address(face: Face) -> str:
    prefix = DIALECTS[face.door].prefix if face.door in DIALECTS else "/odata/v4"
    return f"{prefix}/{face.path}"


def counts(face: Face) -> bool:
    """Whether the list has an address that counts it."""
    return face.door not in DIALECTS or DIALECTS[face.door].counts


def data(face: Face, answer: Any) -> Any:
    """What an answer says, out of its envelope where it has one."""
    told = answer.get_json()
    return told["data"] if face.door == "praxis" else told


def rows(place: Workplace, face: Face, query: str = "") -> list[Any]:
    """What the list shows, which must be 200."""
    answer = place.get(listed(face, query))
    assert answer.status_code == 200, (face.path, answer.status_code, answer.text[:500])
    found: list[Any] = data(face, answer)
    return found


def wrong_fields(face: Face, answer: Any) -> dict[str, list[str]]:
    """The texts of a refusal for each field."""
    told = answer.get_json()
    if face.door != "praxis":
        return dict(told["modelState"])
    name, _, text = told["error"].partition(": ")
    return {name: [text]}


def listed(face: Face, query: str = "", *, count: bool = False) -> str:
    """The address of the list, with the parameters that it cannot do without."""
    needed = [f"{p.name}={words(p.field)[0]}" for p in face.parameters if p.required]
    asked = "&".join(part for part in (*needed, query) if part)
    path = f"{address(face)}/$count" if count else address(face)
    return f"{path}?{asked}" if asked else path


def words(field: Property) -> list[str]:
    """The words that a property can be."""
    return list(field.choices if isinstance(field, Choice) else (field.names or {}).values())


def one(face: Face, key: str) -> str:
    return f"{address(face)}({key})" if face.door == "odata" else f"{address(face)}/{key}"


def keyed(face: Face, key: str) -> str:
    dialect = DIALECTS[face.door]
    return one(face, key) if dialect.key_in is KeyIn.PATH else f"{address(face)}?{dialect.key}={key}"


def requests_of(face: Face, key: str) -> list[tuple[str, str]]:
    """Every request that the face answers."""
    found = []
    if LIST in face.operations:
        found.append(("GET", listed(face)))
        if counts(face):
            found.append(("GET", listed(face, count=True)))
    if GET in face.operations:
        found.append(("GET", one(face, key)))
    if face in WRITTEN:
        found.append(("POST", address(face)))
    if REPLACE in face.operations:
        found.append(("PUT", keyed(face, key)))
    if DELETE in face.operations:
        found.append(("DELETE", keyed(face, key)))
    return found


def send(place: Workplace, method: str, path: str, body: dict[str, Any]) -> Any:
    """The answer to a body: multipart where it carries a file, else JSON."""
    if UPLOADED not in body:
        return place.request(method, path, json=body)
    content, name = body[UPLOADED]
    parts = {part: json.dumps(value) if isinstance(value, dict) else value for part, value in body.items()}
    return place.request(method, path, data={**parts, UPLOADED: (BytesIO(content), name)})


def sent(place: Workplace, method: str, path: str, body: dict[str, Any]) -> Any:
    """The record in the answer, which must be 200, or 201 where the door says so."""
    answer = send(place, method, path, body)
    assert answer.status_code in (200, 201), (method, path, body, answer.status_code, answer.text[:500])
    told = answer.get_json()
    return told["data"] if told.get("success") is True else told
