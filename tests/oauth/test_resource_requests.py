"""What the API says to those without a token, with a bad one, and with too little scope (RFC 6750, RFC 9728)."""

from __future__ import annotations

import re

import pytest

from app.auth import ANY_READ, ANY_WRITE, EACH, PUBLIC
from tests.oauth_steps import new_tokens, opens

DOORS = {"/api/v2/users": "/api/v2", "/api/user": "/api", "/odata/v4/Users": "/odata/v4"}


@pytest.mark.parametrize(("path", "resource"), DOORS.items())
def test_no_token_gives_a_bare_challenge_with_the_way_to_the_metadata(client, path, resource):
    answer = client.get(path)
    assert answer.status_code == 401
    challenge = answer.headers.getlist("WWW-Authenticate")[0]
    metadata = f"http://localhost/.well-known/oauth-protected-resource{resource}"
    assert challenge == f'Bearer resource_metadata="{metadata}"'
    assert client.get(metadata).get_json()["resource"] == f"http://localhost{resource}"


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("token", ["nonsense", "", "é", "\0x", "x" * 9_000])
def test_bad_token_is_named_as_such(client, path, token):
    answer = client.get(path, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert "resource_metadata=" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("name", ["access_token", "token", "bearer_token"])
def test_token_in_the_query_string_or_the_body_is_ignored(client, firm, path, name):
    assert client.get(path, query_string={name: firm.token}).status_code == 401
    assert client.post("/api/v2/accounts", data={name: firm.token}).status_code == 401


@pytest.mark.parametrize("path", DOORS)
def test_too_little_scope_names_the_scope(client, firm, oauth_app, path):
    token = new_tokens(client, firm, oauth_app, scope="matters:read")["access_token"]
    answer = client.get(path, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403
    assert 'error="insufficient_scope", scope="users:read"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("host", ["evil host", "[::1", "é", "a" * 3000, 'x"y'])
def test_any_host_header_is_survived(client, host):
    answer = client.get("/api/v2/users", headers={"Host": host})
    assert answer.status_code < 500
    assert "\n" not in answer.headers.get("WWW-Authenticate", "")


def test_area_scopes_open_their_area_and_nothing_else(app, client, firm, oauth_app):
    """Every route that has one scope, with the tokens of three: the scope in the refusal is the one that was
    missing. What depends on the address or on the query is in tests/api/test_reach.py."""
    scopes = {view.access for name, view in app.view_functions.items() if ":" in getattr(view, "access", "")}
    assert len(scopes) > 40
    tokens = {}
    for scope in ("matters:read", "matters:write", "accounts:read"):
        tokens[scope] = new_tokens(client, firm, oauth_app, scope=scope)["access_token"]
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", "")
        if not rule.rule.startswith(("/api/", "/odata/")) or access in (EACH, ANY_READ, ANY_WRITE, PUBLIC):
            continue
        path = re.sub(r"<[^>]+>", "00000000-0000-0000-0000-000000000001", rule.rule)
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            for scope, token in tokens.items():
                answer = client.open(path, method=method, headers={"Authorization": f"Bearer {token}"})
                challenge = answer.headers.get("WWW-Authenticate", "")
                is_refused = answer.status_code == 403 and "insufficient_scope" in challenge
                if access != scope:
                    assert is_refused, (method, rule.rule, scope)
                    assert f'scope="{access}"' in challenge
                else:
                    assert not is_refused or f'scope="{access}"' not in challenge, (method, rule.rule)


def test_revoked_grant_is_dead_at_once(client, firm, oauth_app):
    tokens = new_tokens(client, firm, oauth_app)
    assert opens(client, tokens["access_token"])
    client.post("/oauth/revoke", data={"token": tokens["access_token"]}, auth=oauth_app.basic)
    assert not opens(client, tokens["access_token"])
