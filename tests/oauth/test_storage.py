"""What credentials are like, and what is kept of them; that no dump has one is in `tests/test_nothing_in_clear.py`."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from app.models import OAuthCode, OAuthDeviceCode
from app.services import people
from oauth.credentials import digest, new_credential
from tests.oauth.test_devices import DEVICE_CODE, begin
from tests.oauth_steps import new_code, post_as, redeem, refresh


def test_credentials_have_256_random_bits(client, firm, oauth_app):
    code = new_code(client, firm, oauth_app)
    tokens = redeem(client, oauth_app, code).get_json()
    for credential in (code, tokens["access_token"], tokens["refresh_token"], oauth_app.secret):
        assert len(credential) == 43  # 256 bits as base64url
    assert len({new_credential() for _ in range(1_000)}) == 1_000


def test_code_lives_60_seconds_and_device_code_10_minutes(app, client, firm, oauth_app, register_app):
    code = new_code(client, firm, oauth_app)
    device = begin(client, register_app(grant_types=[DEVICE_CODE], redirect_uris=[]))
    with app.extensions["database"].session() as session:
        for model, credential, seconds in (
            (OAuthCode, code, 60),
            (OAuthDeviceCode, device["device_code"], 600),
        ):
            row = session.scalars(select(model).where(model.hash == digest(credential))).one()
            assert abs(row.expires_at - row.created_at - dt.timedelta(seconds=seconds)).total_seconds() < 1


def test_digest_from_the_database_is_no_credential(client, firm, oauth_app):
    code = new_code(client, firm, oauth_app)
    tokens = redeem(client, oauth_app, code).get_json()
    assert refresh(client, oauth_app, digest(tokens["refresh_token"])).status_code == 400
    header = {"Authorization": f"Bearer {digest(tokens['access_token'])}"}
    assert client.get("/api/v2/users/me", headers=header).status_code == 401
    stolen = client.post(
        "/oauth/revoke", data={"token": "x"}, auth=(oauth_app.client_id, digest(oauth_app.secret))
    )
    assert stolen.status_code == 401
    assert (
        post_as(client, oauth_app, "/oauth/revoke", token=digest(tokens["access_token"])).status_code == 200
    )
    header = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert client.get("/api/v2/users/me", headers=header).status_code == 200


def test_passwords_are_kept_as_argon2id(session, firm):
    user = people.create_user(session, firm.firm_id, f"new.{firm.email}", "a passphrase of some length")
    kept = user.password_hash
    assert kept.startswith("$argon2id$")
    memory, passes = (int(part.split("=")[1]) for part in kept.split("$")[3].split(",")[:2])
    assert memory >= 19_456  # OWASP's least, in KiB
    assert passes >= 2
