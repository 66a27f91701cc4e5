"""What the published document prints is there, literally."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import web
from tests.api.praxis.conftest import OTHERS_WORDS
from tests.conftest import SHARED

SEED = SHARED / "seeds" / "praxis.txt"
PRINTED = re.compile(r"^(GET|POST|PUT|DELETE) (/api/\S+)", re.M)


def test_every_endpoint_of_the_document_has_a_route(app: Flask) -> None:
    if not SEED.exists():
        pytest.skip("The document of the Praxis API is not beside the project.")
    printed = {
        (method, path.replace("{id}", "<string:id>")) for method, path in PRINTED.findall(SEED.read_text())
    }
    routes = {(method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert sorted(printed - routes) == []
    assert len(printed) == 36


def operations(path: Any) -> Iterator[Any]:
    """What the document tells of the operations at an address: each, and each of its parameters."""
    for operation in path.values():
        if isinstance(operation, dict):
            yield {"description": operation.get("summary", "")}
            yield from operation.get("parameters", ())


def test_the_openapi_document_has_a_page_for_the_door(app: Flask) -> None:
    client = app.test_client()
    document = client.get("/openapi/praxis.json").get_json()
    assert document["info"]["title"] == "Matterbase Praxis API"
    assert "/openapi/praxis.json" in (Path(web.__file__).parent / "static/swagger.js").read_text()
    groups = ["Authentication", "Cases", "Contacts", "Deadlines", "Invoices", "Time entries"]
    assert sorted(tag["name"] for tag in document["tags"]) == groups
    for told in (
        *document["tags"],
        *(each for path in document["paths"].values() for each in operations(path)),
    ):
        assert not OTHERS_WORDS.search(told.get("description", "")), told
    schemas = document["components"]["schemas"]
    assert set(schemas["CaseAnswer"]["properties"]) == {"success", "data"}
    assert set(schemas["CasePage"]["properties"]) == {"success", "data", "pagination"}
    operation = document["paths"]["/api/cases"]["post"]
    assert operation["responses"]["201"]
    error = operation["responses"]["default"]["$ref"].rsplit("/", 1)[1]
    content = document["components"]["responses"][error]["content"]["application/json"]["schema"]
    assert set(schemas[content["$ref"].rsplit("/", 1)[1]]["properties"]) == {"error"}
    assert document["paths"]["/api/auth/login"]["post"]["security"] == []
