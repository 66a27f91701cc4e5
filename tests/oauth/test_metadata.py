"""From one address a client learns the rest (RFC 8414, RFC 9728), and nothing that does not work."""

from __future__ import annotations

import pytest

SERVER = "/.well-known/oauth-authorization-server"
RESOURCE = "/.well-known/oauth-protected-resource"


def test_server_document(client):
    answer = client.get(SERVER)
    assert answer.headers["Content-Type"] == "application/json"
    told = answer.get_json()
    assert told["issuer"] == "http://localhost"
    assert told["response_types_supported"] == ["code"]
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["authorization_response_iss_parameter_supported"] is True
    assert {"full", "read", "matters:read", "timeentries:write"} <= set(told["scopes_supported"])
    assert told["grant_types_supported"] == [
        "authorization_code",
        "refresh_token",
        "urn:ietf:params:oauth:grant-type:device_code",
        "client_credentials",
    ]


def test_every_endpoint_in_it_is_there(client):
    told = client.get(SERVER).get_json()
    endpoints = {name: address for name, address in told.items() if name.endswith("_endpoint")}
    assert len(endpoints) == 6
    for name, address in endpoints.items():
        path = address.removeprefix("http://localhost")
        method = "GET" if name == "authorization_endpoint" else "POST"
        assert client.open(path, method=method).status_code in (400, 401), name
    assert client.get(told["service_documentation"].removeprefix("http://localhost")).status_code == 200


def test_every_grant_in_it_is_understood(client, oauth_app):
    for grant in client.get(SERVER).get_json()["grant_types_supported"]:
        answer = client.post("/oauth/token", data={"grant_type": grant}, auth=oauth_app.basic)
        assert answer.get_json()["error"] != "unsupported_grant_type"


@pytest.mark.parametrize("prefix", ["", "/api", "/api/v2", "/odata/v4"])
def test_resource_document(client, prefix):
    told = client.get(RESOURCE + prefix).get_json()
    assert told["resource"] == f"http://localhost{prefix}"
    assert told["authorization_servers"] == ["http://localhost"]
    assert told["bearer_methods_supported"] == ["header"]
    assert "full" in told["scopes_supported"]


@pytest.mark.parametrize("path", [f"{RESOURCE}/nothing", f"{SERVER}/nothing", f"{RESOURCE}/api/v3"])
def test_other_resources_and_issuers_are_unknown(client, path):
    assert client.get(path).status_code == 404


def test_documents_can_be_read_by_any_page(client):
    for path in (SERVER, RESOURCE):
        answer = client.get(path, headers={"Origin": "https://anything.example.com"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_issuer_can_be_set_and_no_host_header_moves_it(client_with):
    client = client_with(issuer="https://firm.example.com/matters")
    for path in (SERVER, f"{SERVER}/matters"):
        told = client.get(path, headers={"Host": "evil.com"}).get_json()
        assert told["issuer"] == "https://firm.example.com/matters"
        assert "evil" not in str(told)
    told = client.get(f"{RESOURCE}/matters/api/v2").get_json()
    assert told["resource"] == "https://firm.example.com/matters/api/v2"
    challenge = client.get("/api/v2/users").headers["WWW-Authenticate"]
    assert f'resource_metadata="https://firm.example.com{RESOURCE}/matters/api/v2"' in challenge
