"""An app's secret: shown once, and rotated with an overlap."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.services import apps
from app.transactions import session
from app.web import sealed
from app.web.blueprint import web
from app.web.visitors import for_user

NAME = "new_secret"


def show_once(client_id: str, secret: str) -> None:
    """Let the app's page show the secret the next time that it is opened, and never again."""
    sealed.hand_on(NAME, [client_id, secret])


def take_new(client_id: str) -> str | None:
    """The secret that the app has just been given, to be shown now."""
    whose, secret = sealed.take(NAME) or ("", None)
    return secret if whose == client_id else None


@web.post("/developer/apps/<client_id>/secret")
@for_user
def rotate_secret(user: User, client_id: str) -> Response:
    apps.find(session(), user, client_id)
    try:
        overlap = _hours(request.form.get("overlap", ""))
        secret = apps.rotate_secret(session(), user, client_id, overlap=overlap, address=request.remote_addr)
    except InvalidBody as error:
        flash(" ".join(text for texts in error.fields.values() for text in texts), "problem")
    else:
        show_once(client_id, secret)
    return redirect(url_for("web.app_page", client_id=client_id), 303)


def _hours(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 6:
        return int(text)
    raise InvalidBody({"overlap": ["The overlap is a whole number of hours."]})
