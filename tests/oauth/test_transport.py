"""TLS is expected in front: plain HTTP is for this machine, or comes from a proxy that the operator named."""

from __future__ import annotations

import pytest

FOR_APPS = [
    "/oauth/token",
    "/oauth/revoke",
    "/oauth/introspect",
    "/oauth/device_authorization",
    "/oauth/register",
]
ELSEWHERE = {"environ_base": {"REMOTE_ADDR": "10.0.0.5"}}
TLS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "firm.example.com"}


@pytest.mark.parametrize("path", FOR_APPS)
def test_apps_are_told_in_json(client, path):
    answer = client.post(path, **ELSEWHERE)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")
    assert "HTTPS" in answer.get_json()["error_description"]


@pytest.mark.parametrize("path", ["/login", "/oauth/authorize", "/device", "/"])
def test_people_are_told_on_a_page(client, path):
    answer = client.get(path, **ELSEWHERE)
    assert answer.status_code == 400
    assert "This needs HTTPS" in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/login", *FOR_APPS])
def test_anybody_can_claim_to_be_a_proxy_and_is_not_believed(client, path):
    assert client.open(path, method="POST", headers=TLS, **ELSEWHERE).status_code == 400
    assert "firm.example.com" not in client.open(path, method="POST", headers=TLS, **ELSEWHERE).text


def test_configured_proxy_is_believed(client_with):
    client = client_with(trusted_proxies=1)
    assert client.get("/login", headers=TLS, **ELSEWHERE).status_code == 200
    assert client.post("/oauth/token", headers=TLS, **ELSEWHERE).get_json()["error"] == "invalid_request"
    told = client.get("/.well-known/oauth-authorization-server", headers=TLS, **ELSEWHERE).get_json()
    assert told["issuer"] == "https://firm.example.com"
    plain = {**TLS, "X-Forwarded-Proto": "http"}
    assert client.get("/login", headers=plain, **ELSEWHERE).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Proto": "é"},
        {"X-Forwarded-For": "nonsense, \x80"},
        {"X-Forwarded-Host": "evil host"},
        {"X-Forwarded-Host": "[::1"},
        {"X-Forwarded-Port": "99999"},
        {"X-Forwarded-Prefix": "/a b"},
        {"Host": "evil host"},
    ],
)
@pytest.mark.parametrize("path", ["/login", "/oauth/token", "/.well-known/oauth-authorization-server"])
def test_nonsense_from_a_proxy_is_survived(client_with, path, headers):
    client = client_with(trusted_proxies=1)
    method = "POST" if path == "/oauth/token" else "GET"
    assert client.open(path, method=method, headers=headers).status_code < 500


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_needs_no_tls(client, address):
    assert client.get("/login", environ_base={"REMOTE_ADDR": address}).status_code == 200
