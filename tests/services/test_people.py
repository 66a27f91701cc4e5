"""Taking people on, and finding them at the door."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.errors import InvalidBody
from app.services.people import by_login, create_user


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
