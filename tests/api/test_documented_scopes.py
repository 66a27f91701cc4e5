"""The OpenAPI documents say which scopes there are, and which of them each operation takes."""

from __future__ import annotations

import pytest

from app.api.doors import DIALECTS
from app.models import User
from app.services.scopes import CATALOGUE
from tests.databases import on_one_database
from tests.firms import issue_token

METHODS = ("get", "post", "put", "delete")
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def document(workplace, door):
    return workplace.ok("GET", f"/openapi/{door}.json")


@pytest.fixture
def token_for(session, workplace):
    """A function that gives out a token of a scope."""
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))

    def function(scope):
        token = issue_token(session, user, workplace.client_id, scope)
        session.commit()
        return token

    return function


def operations(document):
    return [
        (method, path, [scope for each in operation["security"] for scope in each["oauth2"]])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in METHODS and operation["security"]
    ]


@pytest.mark.parametrize("door", DIALECTS)
def test_every_scope_can_be_asked_for(document):
    flow = document["components"]["securitySchemes"]["oauth2"]["flows"]["authorizationCode"]
    assert tuple(flow["scopes"]) == CATALOGUE.scopes
    assert flow["scopes"]["matters:read"] == "Read matters."
    assert flow["scopes"]["timeentries:write"] == "Add, change and delete time entries."


@on_one_database
@pytest.mark.parametrize(("door", "least"), [("v1", 60), ("v2", 60), ("praxis", 30)])
def test_an_operation_takes_the_scopes_that_it_names_and_no_others(document, workplace, token_for, least):
    tokens = {scope: token_for(scope) for scope in CATALOGUE.scopes}
    found = operations(document)
    assert len(found) > least
    for method, path, named in found:
        own, *wider = named
        assert wider == (["full", "read"] if own.endswith(":read") else ["full"])
        for scope in (*named, "tags:write" if own != "tags:write" else "tags:read"):
            address = path.replace("{id}", NOBODY).replace("{guid}", NOBODY)
            answer = workplace.request(method, address, token=tokens[scope], data=b"")
            assert (answer.status_code == 403) == (scope not in named), (method, path, scope, answer.text)
