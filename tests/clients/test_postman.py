"""newman, Postman without its window, runs an app's collection with the environment that comes with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
import requests

from tests.clients.browsing import Visitor
from tests.clients.conftest import Workshop
from tests.databases import on_one_database
from tests.oauth_fixtures import Register, RegisteredApp
from tests.oauth_steps import PKCE, VERIFIER, authorize_url

pytestmark = on_one_database


def tokens(server: str, visitor: Visitor, app: RegisteredApp) -> dict[str, str]:
    """What Postman's Authorization gets for its user."""
    back = visitor.approve(server + authorize_url(app, **PKCE))
    data = {"grant_type": "authorization_code", "redirect_uri": app.redirect_uri, "code_verifier": VERIFIER}
    data |= {"code": parse_qs(urlsplit(back).query)["code"][0]}
    if app.secret is None:
        data["client_id"] = app.client_id
    proof = app.basic if app.secret else None
    answer = requests.post(f"{server}/oauth/token", data=data, auth=proof, timeout=30).json()
    return {name: answer[name] for name in ("access_token", "refresh_token")}


def filled_in(environment: bytes, secrets: dict[str, str]) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(environment)
    for value in document["values"]:
        value["value"] = value["value"] or secrets[value["key"]]
    return document


@pytest.mark.parametrize("confidential", [True, False], ids=["confidential", "public"])
def test_the_collection_runs_green_with_a_token(
    workshop: Workshop, server: str, visitor: Visitor, register_app: Register, confidential: bool
) -> None:
    app = register_app(confidential=confidential)
    files = f"/developer/apps/{app.client_id}/matterbase.postman_"
    collection = visitor.download(f"{files}collection.json")
    secrets = {"client_secret": app.secret or "", **tokens(server, visitor, app)}
    environment = filled_in(visitor.download(f"{files}environment.json"), secrets)

    report, kept = workshop.run_collection(collection, environment)
    assert report["failures"] == []
    assert report["stats"]["requests"]["total"] > 50
    assert report["stats"]["assertions"]["total"] == report["stats"]["requests"]["total"]
    assert kept["refresh_token"] not in ("", secrets["refresh_token"])
    assert kept["access_token"] not in ("", secrets["access_token"])
