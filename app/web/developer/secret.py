"""An app's secret, which is shown once."""

from __future__ import annotations

from app.web import sealed

NAME = "new_secret"


def show_once(client_id: str, secret: str) -> None:
    """Let the app's page show the secret the next time that it is opened, and never again."""
    sealed.hand_on(NAME, [client_id, secret])


def take_new(client_id: str) -> str | None:
    """The secret that the app has just been given, to be shown now."""
    whose, secret = sealed.take(NAME) or ("", None)
    return secret if whose == client_id else None
