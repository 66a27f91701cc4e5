"""What somebody finds who gets hold of the database."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from app.models import Base, OAuthCode, OAuthDeviceCode, User
from app.services import apps, people, personal_tokens, recovery_codes, second_factor
from app.services.registration import make_initial_access_token
from oauth.credentials import digest, new_credential
from tests.oauth.test_devices import DEVICE_CODE, begin
from tests.oauth_steps import PKCE, VERIFIER, new_code, post_as, redeem, refresh

KEY = "a key that is not in the database"


def dump(app):
    with app.extensions["database"].session() as session:
        tables = Base.metadata.sorted_tables
        return "".join(str(session.execute(table.select()).all()) for table in tables)


def test_nothing_in_it_opens_anything(app, client, firm, oauth_app, register_app):
    secrets = {"password": firm.password, "secret": oauth_app.secret, "verifier": VERIFIER}
    secrets["code"] = new_code(client, firm, oauth_app, **PKCE)
    tokens = redeem(client, oauth_app, secrets["code"], code_verifier=VERIFIER).get_json()
    later = refresh(client, oauth_app, tokens["refresh_token"]).get_json()
    for name in ("access_token", "refresh_token"):
        secrets |= {name: tokens[name], f"later {name}": later[name]}
    device = begin(client, register_app(grant_types=[DEVICE_CODE], redirect_uris=[]))
    secrets |= {"device": device["device_code"], "typed": device["user_code"].replace("-", "")}
    told = client.post("/oauth/register", json={"redirect_uris": ["https://a.example.com/"]}).get_json()
    secrets |= {"registered": told["client_secret"], "registration": told["registration_access_token"]}
    with app.extensions["database"].session.begin() as session:
        user = session.get_one(User, (firm.firm_id, firm.user_id))
        secrets["rotated"] = apps.rotate_secret(session, user, oauth_app.client_id)
        secrets["initial"] = make_initial_access_token(session)
        until = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        secrets["personal"] = personal_tokens.make(session, user, name="x", scope="read", expires_at=until)[0]
        secrets["totp"] = second_factor.begin(session, user, KEY).secret
        secrets["recovery"] = recovery_codes.renew(session, user)[0]
    found = dump(app)
    assert oauth_app.client_id in found
    assert [name for name, secret in secrets.items() if secret in found] == []
    assert secrets["recovery"].replace("-", "") not in found


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
