"""Passwords: the rule, and the argon2id hashes that are kept of them."""

from __future__ import annotations

from functools import cache

from argon2.exceptions import Argon2Error, InvalidHashError

from app.errors import InvalidBody
from app.extensions import password_hasher

SHORTEST = 12
LONGEST = 1_000


def check_password_rule(password: str) -> None:
    """Refuse a password that is too short to be worth hashing.

    Raises:
        InvalidBody: it has fewer than 12 or more than 1,000 characters.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidBody({"password": [f"A password has {SHORTEST} to {LONGEST:,} characters."]})


def hash_password(password: str) -> str:
    return password_hasher.hash(password)


def verify(password: str, kept: str | None) -> bool:
    """Whether the password is the one that the hash was made of.

    Takes as long when there is no hash to compare with, so that an unknown user cannot be told from a wrong
    password by the clock.
    """
    if len(password) > LONGEST:
        return False
    try:
        return password_hasher.verify(kept or _nobody(), password) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return hash_password("the password of nobody")
