"""The published specifications: their operations, and what an answer must look like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft4Validator

from app.api.doors import DIALECTS
from tests.conftest import SHARED

CONTRACT = SHARED / "contract"
FILES = {"v1": "practicepanther-v1.openapi.json", "v2": "practicepanther-v2.swagger.json"}

needs_the_specifications = pytest.mark.skipif(
    not CONTRACT.is_dir(), reason="the published specifications are not here"
)

SLIPS = {("v2", "/api/v2/bankaccounts", "delete"): {"$ref": "#/definitions/BankAccount"}}
"""Answers that the specification gets wrong: it promises a matter to whoever deletes a bank account."""


@dataclass(frozen=True)
class Operation:
    """One operation of a published specification."""

    door: str
    method: str
    path: str

    @property
    def face(self) -> str:
        """The address without the door's prefix and the record's key, as the resource table writes it."""
        inside = self.path.removeprefix(f"{DIALECTS[self.door].prefix}/").lower()
        return inside.removesuffix(f"/{{{DIALECTS[self.door].key}}}")

    @property
    def names_a_record(self) -> bool:
        return self.path.endswith("}")

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """The query parameters, with the schema of each among its own keys."""
        given = self._document.get("parameters", [])
        return [{**p, **p.get("schema", {})} for p in given if p["in"] == "query"]

    @property
    def schema(self) -> dict[str, Any]:
        """The schema of the answer, or of one object in it: v2 gives one object's for a list."""
        answer = self._document["responses"]["200"]
        found = answer.get("schema") or answer["content"]["application/json"]["schema"]
        found = SLIPS.get((self.door, self.path, self.method), found)
        return dict(found["items"] if found.get("type") == "array" else found)

    @property
    def _document(self) -> dict[str, Any]:
        return dict(specification(self.door)["paths"][self.path][self.method])

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


@cache
def specification(door: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CONTRACT / FILES[door]).read_text())
    return found


def operations() -> Iterator[Operation]:
    """Every operation of both specifications, where they are at hand."""
    for door in FILES if CONTRACT.is_dir() else ():
        for path, methods in specification(door)["paths"].items():
            yield from (Operation(door, method, path) for method in methods)


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
            if schema.get("type") not in ("array", "boolean"):
                properties[name] = {"anyOf": [schema, {"type": "null"}]}
    return found


@cache
def completed(door: str) -> dict[str, Any]:
    whole = specification(door)
    return {name: complete(whole[name]) for name in ("definitions", "components") if name in whole}


def problems(operation: Operation, value: Any) -> list[str]:
    """Where an answer, or one object of it, is not as published; nothing where it is."""
    validator = Draft4Validator({**operation.schema, **completed(operation.door)})
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator.iter_errors(value)
    ]
