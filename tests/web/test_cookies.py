"""How the session cookie travels."""

from __future__ import annotations

import pytest

from tests.oauth_steps import fields


def cookie_after_login(client, firm, base_url):
    token = fields(client.get("/login", base_url=base_url).text)["csrf_token"]
    data = {"csrf_token": token, "email": firm.email, "password": firm.password}
    before = client.get_cookie("matterbase_session", domain="localhost").value
    answer = client.post("/login", data=data, base_url=base_url)
    assert client.get_cookie("matterbase_session", domain="localhost").value != before
    return answer.headers["Set-Cookie"]


@pytest.mark.parametrize("settings_", [{}, {"matterbase_env": "production", "secret_key": "s" * 40}])
def test_cookie_is_secure_outside_of_development(client_with, firm, settings_):
    cookie = cookie_after_login(client_with(**settings_), firm, "https://localhost")
    assert ("; Secure" in cookie) is bool(settings_)
    assert "; HttpOnly" in cookie
    assert "; SameSite=Lax" in cookie
