"""What one page hands to the next and nobody else may read, such as a secret that is shown once.

It travels in the session cookie, encrypted with a key that comes from SECRET_KEY: it is in no database and in
no address, and the processes need to share nothing.
"""

from __future__ import annotations

from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken
from flask import current_app, session

from app.services.sealing import cipher

PURPOSE = b"matterbase between two pages"
LIFETIME = 600
"""Seconds; long enough to sign in and approve in between."""


def hand_on(name: str, value: Any) -> None:
    """Keep a value for a page that comes soon.

    Args:
        value: anything that JSON can say, of a few hundred characters at most.
    """
    session[name] = _cipher().encrypt(orjson.dumps(value)).decode()


def take(name: str) -> Any:
    """The value, which is gone with this; None where there is none, or it is too old."""
    try:
        return orjson.loads(_cipher().decrypt(session.pop(name, ""), ttl=LIFETIME))
    except (InvalidToken, ValueError):
        return None


class ShownOnce:
    """A secret that one page makes and the next one shows: once, and never again.

    Args:
        name: what it is kept under.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def keep(self, owner: str, secret: str) -> None:
        """Let the page of `owner`, such as an app's id, show the secret the next time that it is opened."""
        hand_on(self._name, [owner, secret])

    def take(self, owner: str) -> str | None:
        """The secret that `owner` has just been given, to be shown now."""
        whose, secret = take(self._name) or ("", None)
        return secret if whose == owner else None


def _cipher() -> Fernet:
    return cipher(str(current_app.secret_key), PURPOSE)
