"""Answers against the published specifications: every property is there, and is of its type."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from app.api.doors import DIALECTS
from app.api.resources import CREATE, GET, LIST, RESOURCES, Face
from app.models import Tag
from tests.conftest import SHARED
from tests.contract.samples import SAMPLES
from tests.firms import Workplace

CONTRACT = SHARED / "contract"
SPECIFICATIONS = {"v1": "practicepanther-v1.openapi.json", "v2": "practicepanther-v2.swagger.json"}
FACES = [face for resource in RESOURCES for face in resource.faces if face.door in SPECIFICATIONS]

pytestmark = pytest.mark.skipif(not CONTRACT.is_dir(), reason="the published specifications are not here")


def specification(door: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(CONTRACT / SPECIFICATIONS[door]).read_text())
    return found


def complete(node: Any) -> Any:
    """The schemas with every property required, and null allowed where no list or truth value stands.

    The specifications say neither; the live service leaves no property out, and prints null for what is not
    set, but never for a list.
    """
    if isinstance(node, list):
        return [complete(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {name: complete(value) for name, value in node.items() if name not in ("required", "example")}
    properties = found.get("properties")
    if isinstance(properties, dict) and found.get("type") == "object":
        found["required"] = sorted(properties)
        for name, schema in properties.items():
            if schema.get("type") != "array":
                properties[name] = {"anyOf": [schema, {"type": "null"}]}
    return found


def validator(door: str, schema: dict[str, Any]) -> Draft4Validator:
    whole = specification(door)
    kept = {name: complete(whole[name]) for name in ("definitions", "components") if name in whole}
    return Draft4Validator({**schema, **kept})


def schema_of(door: str, path: str, method: str) -> dict[str, Any]:
    answer = specification(door)["paths"][path][method]["responses"]["200"]
    found: dict[str, Any] = answer.get("schema") or answer["content"]["application/json"]["schema"]
    # The v2 specification gives one object for a list; the live service answers with a bare array.
    return found["items"] if found.get("type") == "array" else found


def assert_valid(door: str, path: str, method: str, value: Any) -> None:
    errors = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator(door, schema_of(door, path, method)).iter_errors(value)
    ]
    assert not errors, errors[:5]


def published(face: Face) -> str:
    return f"{DIALECTS[face.door].prefix}/{face.path}"


@pytest.mark.parametrize("face", FACES, ids=lambda face: f"{face.door}-{face.path}")
def test_answers_are_as_published(workplace: Workplace, face: Face) -> None:
    door, path, key = face.door, published(face), DIALECTS[face.door].key
    fill(workplace)
    if LIST in face.operations:
        rows = workplace.ok("GET", path)
        assert rows, "an empty list proves nothing"
        assert_valid(door, path, "get", rows[0])
    if GET in face.operations:
        assert_valid(door, f"{path}/{{{key}}}", "get", workplace.ok("GET", f"{path}/{rows[0][key]}"))
    if CREATE in face.operations:
        made = workplace.ok("POST", path, json=SAMPLES[door, face.path](workplace))
        assert_valid(door, path, "post", made)
        assert_valid(door, path, "put", workplace.ok("PUT", f"{path}?{key}={made[key]}", json=made))
        assert_valid(door, path, "delete", workplace.ok("DELETE", f"{path}?{key}={made[key]}"))


def test_the_user_who_asks_is_as_published(workplace: Workplace) -> None:
    assert_valid("v2", "/api/v2/users/me", "get", workplace.ok("GET", "/api/v2/users/me"))


def test_every_published_operation_of_these_resources_is_there(workplace: Workplace) -> None:
    rules = {
        (method, re.sub("<string:(id|guid)>", "{key}", rule.rule))
        for rule in workplace.app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    paths = {published(face) for face in FACES} | {"/api/v2/users/me"}
    covered = 0
    for door in SPECIFICATIONS:
        for path, methods in specification(door)["paths"].items():
            generic = path.replace("{id}", "{key}").replace("{guid}", "{key}")
            if generic.removesuffix("/{key}") in paths:
                for method in methods:
                    assert (method.upper(), generic) in rules, (method, path)
                    covered += 1
    print(f"{covered} published operations are there")
    assert covered == 41


def fill(place: Workplace) -> None:
    """A record of every kind, each with all that can hang on it."""
    user = {"id": place.user_id}
    account = place.ok(
        "POST",
        "/api/v2/accounts",
        json={
            "company_name": "Acme",
            "notes": "Pays late",
            "tags": ["vip"],
            "assigned_to_users": [user],
            "primary_contact": {"first_name": "Jo", "last_name": "Doe", "email": "jo@example.com"},
            "other_contacts": [{"first_name": "Kim"}],
        },
    )
    matter = place.ok(
        "POST",
        "/api/v2/matters",
        json={
            "name": "Acme v. Bolt",
            "status": "Open",
            "account_ref": {"id": account["id"]},
            "open_date": "2026-01-01T07:00:00",
            "tags": ["hot"],
            "assigned_to_users": [user],
        },
    )
    place.ok(
        "POST",
        "/api/v2/timeentries",
        json={
            "date": "2026-01-31T07:00:00",
            "hours": 1.25,
            "rate": 300,
            "description": "Draft",
            "task_code": "L110",
            "matter_ref": {"id": matter["id"]},
            "billed_by_user_ref": user,
        },
    )
    database = place.app.extensions["database"]
    with database.session() as session:
        session.add(Tag(firm_id=place.firm_id, tag_for="Activity", name="urgent"))
        session.commit()
