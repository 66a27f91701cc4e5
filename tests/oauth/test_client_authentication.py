"""How an app proves who it is: the same at every endpoint."""

from __future__ import annotations

import base64
import datetime as dt
import hmac

import pytest

from app.models import OAuthClient, User
from app.services import apps

ENDPOINTS = {
    "/oauth/token": {"grant_type": "refresh_token", "refresh_token": "x"},
    "/oauth/revoke": {"token": "x"},
    "/oauth/introspect": {"token": "x"},
}
PROVEN = {"/oauth/token": 400, "/oauth/revoke": 200, "/oauth/introspect": 200}


@pytest.fixture(params=list(ENDPOINTS))
def endpoint(request):
    return request.param


def status(client, endpoint, client_id, secret, *, by_basic):
    if by_basic:
        return client.post(endpoint, data=ENDPOINTS[endpoint], auth=(client_id, secret)).status_code
    data = {**ENDPOINTS[endpoint], "client_id": client_id, "client_secret": secret}
    return client.post(endpoint, data=data).status_code


@pytest.mark.parametrize("by_basic", [True, False], ids=["basic", "body"])
def test_secret_by_basic_and_in_the_body(client, oauth_app, endpoint, by_basic):
    own = oauth_app.client_id
    assert status(client, endpoint, own, oauth_app.secret, by_basic=by_basic) == PROVEN[endpoint]
    assert status(client, endpoint, own, "wrong", by_basic=by_basic) == 401
    assert status(client, endpoint, "nobody", oauth_app.secret, by_basic=by_basic) == 401


@pytest.mark.parametrize(
    "header", ["Basic", "Basic !!!", "Basic é", "Basic " + "A" * 9_999, "Basic /w==", "\x80"]
)
def test_malformed_header_is_a_refusal_with_a_challenge(client, endpoint, header):
    answer = client.post(endpoint, data=ENDPOINTS[endpoint], headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.get_json()["error"] == "invalid_client"
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert answer.headers["Cache-Control"] == "no-store"


def test_non_ascii_secret_is_a_refusal(client, oauth_app, endpoint):
    sent = base64.b64encode(f"{oauth_app.client_id}:ü\0é".encode()).decode()
    answer = client.post(endpoint, data=ENDPOINTS[endpoint], headers={"Authorization": f"Basic {sent}"})
    assert answer.status_code == 401


def test_secret_in_the_query_string_is_ignored(client, oauth_app, endpoint):
    query = {"client_id": oauth_app.client_id, "client_secret": oauth_app.secret, **ENDPOINTS[endpoint]}
    assert client.post(endpoint, query_string=query, data=ENDPOINTS[endpoint]).status_code == 401


def test_deleted_app_is_unknown(app, client, oauth_app, endpoint):
    with app.extensions["database"].session.begin() as session:
        session.get_one(OAuthClient, oauth_app.client_id).deleted_at = dt.datetime.now(dt.UTC)
    assert status(client, endpoint, oauth_app.client_id, oauth_app.secret, by_basic=True) == 401


@pytest.mark.parametrize("overlap", [1, 0], ids=["overlap", "at once"])
def test_rotated_secret_works_for_the_overlap(app, client, firm, oauth_app, endpoint, overlap):
    with app.extensions["database"].session.begin() as session:
        user = session.get_one(User, (firm.firm_id, firm.user_id))
        fresh = apps.rotate_secret(session, user, oauth_app.client_id, overlap=overlap)
    own, proven = oauth_app.client_id, PROVEN[endpoint]
    assert status(client, endpoint, own, fresh, by_basic=True) == proven
    assert status(client, endpoint, own, oauth_app.secret, by_basic=True) == (proven if overlap else 401)
    with app.extensions["database"].session.begin() as session:
        session.get_one(OAuthClient, own).previous_secret_until = dt.datetime.now(dt.UTC)
    assert status(client, endpoint, own, oauth_app.secret, by_basic=True) == 401
    assert status(client, endpoint, own, fresh, by_basic=True) == proven


def test_comparison_takes_constant_time(client, oauth_app, endpoint, monkeypatch):
    compared = []

    def compare_digest(one, other):
        compared.append((one, other))
        return hmac_compare(one, other)

    hmac_compare = hmac.compare_digest
    monkeypatch.setattr("oauth.credentials.hmac.compare_digest", compare_digest)
    assert status(client, endpoint, oauth_app.client_id, oauth_app.secret[:-1] + "!", by_basic=True) == 401
    digests = [one for one, _ in compared if len(one) == 64]
    assert digests
    assert oauth_app.secret not in str(compared)


def test_guessing_a_secret_is_slowed(client_with, oauth_app, endpoint):
    client = client_with(limit_guesses=True)
    statuses = [
        status(client, endpoint, oauth_app.client_id, f"guess {number}", by_basic=True)
        for number in range(12)
    ]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    answer = client.post(endpoint, data=ENDPOINTS[endpoint], auth=oauth_app.basic)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.get_json()["error"] == "temporarily_unavailable"
