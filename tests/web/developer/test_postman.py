"""The Postman files: well-formed, without a secret, and every request of them works."""

from __future__ import annotations

import pytest

from app.models import User
from tests.firms import issue_token
from tests.web.developer.conftest import register

FILES = "/developer/apps/{}/matterbase.postman_{}.json"


def download(portal, app, name):
    answer = portal.get(FILES.format(app.client_id, name))
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    return answer.get_json()


def requests_of(collection):
    """The folder, the path with its query, and the whole of each request."""
    return [
        (folder["name"], item["request"]["url"]["raw"].removeprefix("{{base_url}}"), item)
        for folder in collection["item"]
        for item in folder["item"]
    ]


def test_the_environment_has_the_apps_facts_and_room_for_its_secrets(developer, ledger):
    environment = download(developer, ledger, "environment")
    values = {value["key"]: (value["value"], value["type"]) for value in environment["values"]}
    assert values == {
        "base_url": ("http://localhost", "default"),
        "client_id": (ledger.client_id, "default"),
        "redirect_uri": ("http://127.0.0.1:8765/callback", "default"),
        "client_secret": ("", "secret"),
        "access_token": ("", "secret"),
        "refresh_token": ("", "secret"),
    }


def test_the_collection_authorizes_with_pkce_and_the_environments_token(developer, ledger):
    collection = download(developer, ledger, "collection")
    assert collection["info"]["schema"].endswith("/collection/v2.1.0/collection.json")
    settings = {setting["key"]: setting["value"] for setting in collection["auth"]["oauth2"]}
    assert settings["grant_type"] == "authorization_code_with_pkce"
    assert settings["authUrl"] == "{{base_url}}/oauth/authorize"
    assert settings["accessToken"] == "{{access_token}}"
    assert [folder["name"] for folder in collection["item"]] == [
        "API v2",
        "API v1",
        "Praxis",
        "OData",
        "Tokens",
    ]


@pytest.mark.parametrize("scope", ["full", "read", "matters:read tags:read customfields:read"])
def test_every_request_of_the_collection_is_answered(scope, developer, session, workplace):
    app = register(session, developer, scope=scope)
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    token = issue_token(session, user, app.client_id, scope)
    session.commit()
    asked = requests_of(download(developer, app, "collection"))
    for folder, path, _ in asked:
        if folder != "Tokens":
            assert workplace.get(path, token=token).status_code == 200, path
    assert len(asked) > (50 if scope != "matters:read tags:read customfields:read" else 8)


@pytest.mark.parametrize("confidential", [True, False])
def test_refreshing_proves_the_app_as_its_kind_does(confidential, developer, session):
    app = register(session, developer, confidential=confidential)
    (_, _, item) = requests_of(download(developer, app, "collection"))[-1]
    sent = {pair["key"]: pair["value"] for pair in item["request"]["body"]["urlencoded"]}
    assert sent["refresh_token"] == "{{refresh_token}}"
    assert ("client_id" in sent) is not confidential
    assert item["request"]["auth"]["type"] == ("basic" if confidential else "noauth")


def test_the_parts_of_an_address_are_those_of_its_text(developer, ledger):
    for _, path, item in requests_of(download(developer, ledger, "collection")):
        url = item["request"]["url"]
        query = "&".join(f"{pair['key']}={pair['value']}" for pair in url.get("query", ()))
        assert "/" + "/".join(url["path"]) + (f"?{query}" if query else "") == path


def test_an_app_that_can_only_write_has_its_tokens_folder_only(developer, session):
    app = register(session, developer, scope="timeentries:write")
    assert [folder["name"] for folder in download(developer, app, "collection")["item"]] == ["Tokens"]
