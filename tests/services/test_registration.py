"""Registering apps, and taking people on."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.errors import InvalidBody
from app.services.apps import register
from app.services.people import by_login, create_user


def test_confidential_app_is_shown_its_secret_once(session, firm):
    row, secret = register(
        session, firm_id=firm.firm_id, name=" Ledger ", redirect_uris=["https://a.example/cb"]
    )
    assert row.name == "Ledger"
    assert row.scope == "full"
    assert row.requires_pkce
    assert len(secret) == 43
    assert secret not in (row.secret_hash, row.client_id)


def test_public_app_has_no_secret(session, firm):
    row, secret = register(
        session, firm_id=firm.firm_id, name="App", redirect_uris=["com.example.app:/cb"], confidential=False
    )
    assert (secret, row.secret_hash) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"redirect_uris": []}, "redirect_uris"),
        ({"redirect_uris": ["http://evil.example/cb"]}, "redirect_uris"),
        ({"scope": ""}, "scope"),
        ({"scope": "full everything"}, "scope"),
    ],
)
def test_wrong_registration_is_refused(session, firm, wrong, field):
    options = {"name": "App", "redirect_uris": ["https://a.example/cb"], **wrong}
    with pytest.raises(InvalidBody) as refused:
        register(session, firm_id=firm.firm_id, **options)
    assert list(refused.value.fields) == [field]


def test_user_signs_in_with_any_letter_case(session, firm):
    address = f"Grace.{uuid4().hex}@Example.com"
    user = create_user(
        session, firm.firm_id, address, "correct horse battery", first_name="Grace", last_name="Hopper"
    )
    assert (user.display_name, user.email, user.login) == ("Grace Hopper", address, address.lower())
    assert by_login(session, f" {address.upper()} ") is user
    assert user.password_hash.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [
        ("taken", "correct horse battery", "email"),
        ("nowhere", "correct horse battery", "email"),
        ("a\0@example.com", "correct horse battery", "email"),
        ("new@example.com", "short", "password"),
        ("new@example.com", "x" * 1_001, "password"),
    ],
)
def test_wrong_user_is_refused(session, firm, email, password, field):
    email = firm.email.upper() if email == "taken" else email
    with pytest.raises(InvalidBody) as refused:
        create_user(session, firm.firm_id, email, password)
    assert list(refused.value.fields) == [field]
