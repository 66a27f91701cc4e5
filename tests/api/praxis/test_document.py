"""What the published document prints is there, literally."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import web
from tests.api.praxis.conftest import OTHERS_WORDS, Office
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


def test_the_document_tells_how_operations_refuse(app: Flask) -> None:
    client = app.test_client()
    document = client.get("/openapi/praxis.json").get_json()
    answers = document["paths"]["/api/cases/{id}"]["put"]["responses"]
    assert sorted(answers) == ["200", "400", "401", "402", "403", "404", "429", "default"]
    refusal = document["components"]["responses"][answers["402"]["$ref"].rsplit("/", 1)[1]]
    assert refusal["description"] == "It is a premium operation that the firm has not enabled."
    assert refusal["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Failure"}
    assert {"409", "422"} <= set(document["paths"]["/api/time"]["post"]["responses"])
    assert "402" not in document["paths"]["/api/time"]["post"]["responses"]
    v2 = client.get("/openapi/v2.json").get_json()["paths"]
    premium = {
        (path, verb)
        for path, operations in v2.items()
        for verb, operation in operations.items()
        if verb != "parameters" and "402" in operation["responses"]
    }
    assert {
        ("/api/v2/notes", "put"),
        ("/api/v2/charges", "post"),
        ("/api/v2/conflictchecks", "post"),
    } < premium
    assert not {("/api/v2/notes", "post"), ("/api/v2/matters", "get"), ("/api/v2/accounts", "post")} & premium


def test_a_change_requires_nothing_and_has_no_defaults(app: Flask) -> None:
    document = app.test_client().get("/openapi/praxis.json").get_json()
    body = document["paths"]["/api/cases/{id}"]["put"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/CaseChanges"}
    changes, case = (document["components"]["schemas"][name] for name in ("CaseChanges", "Case"))
    assert case["required"] == ["title"]
    assert case["properties"]["status"]["default"] == "Open"
    assert "required" not in changes
    assert not [name for name, said in changes["properties"].items() if "default" in said]


def test_the_document_shows_sums_and_the_token_as_they_are_answered(office: Office) -> None:
    workplace, client = office.place, office.place.app.test_client()
    shapes = client.get("/openapi/praxis.json").get_json()["components"]["schemas"]
    signed_in = client.post(
        "/api/auth/login", json={"email": workplace.email, "password": workplace.password}
    )
    assert set(signed_in.get_json()) == set(shapes["SignedInAnswer"]["properties"])
    office.worked()
    for path, name in (("cases", "CaseStats"), ("time", "TimeStats")):
        sums = office.ok("GET", f"{path}/stats")
        assert set(sums) == set(shapes[name]["properties"])
        for list_of, rows in sums.items():
            items = shapes[name]["properties"][list_of].get("items")
            if items:
                row = shapes[items["$ref"].rsplit("/", 1)[1]]
                assert rows
                assert all(set(each) == set(row["properties"]) for each in rows), list_of
    late = office.whole("GET", "deadlines/overdue")["summary"]
    assert set(late) == set(shapes["OverdueSummary"]["properties"])


def test_lists_do_not_offer_what_they_tell_anyway(app: Flask) -> None:
    paths = app.test_client().get("/openapi/praxis.json").get_json()["paths"]
    for path in ("/api/cases", "/api/deadlines/overdue"):
        names = [parameter["name"] for parameter in paths[path]["get"]["parameters"]]
        assert "$top" in names
        assert "$count" not in names
