"""Passwords: the rule, and the argon2id hashes that are kept of them."""

from __future__ import annotations

import secrets
from functools import cache

from argon2.exceptions import Argon2Error, InvalidHashError

from app.errors import InvalidBody
from app.extensions import password_hasher

SHORTEST = 12
LONGEST = 1_000
FEWEST_DIFFERENT = 5
LEAST_OF_ONES_OWN = 8
"""Characters that are left once the user's own names and address are taken out."""
SHORTEST_WORD = 3


def check_password_rule(password: str, *about: str | None) -> None:
    """Refuse a password that is too short to be worth hashing, or that is made of what everybody knows.

    Args:
        about: words that stand for the user, such as the email address and the names.

    Raises:
        InvalidBody: it has fewer than 12 or more than 1,000 characters, fewer than 5 different ones, or is
            little more than one of the words.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidBody({"password": [f"A password has {SHORTEST} to {LONGEST:,} characters."]})
    if len(set(password)) < FEWEST_DIFFERENT:
        raise InvalidBody({"password": ["This password repeats a few characters; choose another."]})
    rest = password.casefold()
    for word in sorted(_words(about), key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < LEAST_OF_ONES_OWN:
        raise InvalidBody({"password": ["This password is made of your name or address; choose another."]})


def _words(about: tuple[str | None, ...]) -> set[str]:
    words = {part for text in about if text for part in (text, *text.split("@"))}
    return {word.casefold() for word in words if len(word) >= SHORTEST_WORD}


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
def unknown() -> str:
    """The hash of a password that nobody knows, for users who have not been given one. Made once in a process: it
    takes long, and is asked for within transactions."""
    return hash_password(secrets.token_urlsafe(32))


@cache
def _nobody() -> str:
    return hash_password("the password of nobody")
