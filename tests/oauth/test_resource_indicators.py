"""For which address an app wants its tokens (RFC 8707)."""

from __future__ import annotations

import pytest

from tests.oauth_steps import (
    authorize_url,
    decide,
    introspect,
    log_in,
    new_code,
    new_tokens,
    redeem,
    refresh,
    sent_back,
)

API = "http://localhost/api/v2"


@pytest.mark.parametrize(
    "resource", [API, "http://localhost", "http://localhost/", "http://localhost/odata/v4/"]
)
def test_our_own_addresses_are_accepted_and_told(client, firm, oauth_app, resource):
    tokens = new_tokens(client, firm, oauth_app, resource=resource)
    assert introspect(client, oauth_app, tokens["access_token"])["aud"] == resource


OTHERS = [
    "https://localhost/api/v2",
    "http://localhost.evil.com/",
    "http://localhost:81/",
    "http://evil.com/http://localhost/",
    "http://localhost/api#part",
    "/api/v2",
    "nonsense",
    "http://localhost/\0",
    "http://localhost/é",
    "http://localhost/a b",
]


@pytest.mark.parametrize("resource", OTHERS)
def test_other_addresses_are_refused(client, oauth_app, resource):
    back = sent_back(client.get(authorize_url(oauth_app, resource=resource)))
    assert (back["error"], back["iss"]) == ("invalid_target", "http://localhost")


@pytest.mark.parametrize("resource", [OTHERS[0], "http://localhost/odata/v4"])
def test_token_for_another_resource_than_approved_is_refused(client, firm, oauth_app, resource):
    code = new_code(client, firm, oauth_app, resource=API)
    answer = redeem(client, oauth_app, code, resource=resource)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_target")


def test_resource_can_be_named_at_the_token_endpoint_alone(client, firm, oauth_app):
    tokens = redeem(client, oauth_app, new_code(client, firm, oauth_app), resource=API).get_json()
    assert introspect(client, oauth_app, tokens["access_token"])["aud"] == API
    assert refresh(client, oauth_app, tokens["refresh_token"], resource=API).status_code == 200


def test_refresh_for_another_resource_is_refused_and_costs_nothing(client, firm, oauth_app):
    tokens = new_tokens(client, firm, oauth_app, resource=API)
    answer = refresh(client, oauth_app, tokens["refresh_token"], resource="http://localhost/odata/v4")
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_target")
    assert refresh(client, oauth_app, tokens["refresh_token"], resource=API).status_code == 200


def test_several_resources_can_be_named(client, firm, oauth_app):
    code_page = f"{authorize_url(oauth_app, resource=API)}&resource=http://localhost/odata/v4"
    log_in(client, firm)
    code = sent_back(decide(client, client.get(code_page), "approve"))["code"]
    told = introspect(client, oauth_app, redeem(client, oauth_app, code).get_json()["access_token"])
    assert told["aud"] == [API, "http://localhost/odata/v4"]
