"""A new secret for an app, with an overlap in which the old one goes on working."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.services import apps
from app.transactions import session
from app.web.blueprint import web
from app.web.developer import app_page
from app.web.developer.secret import SHOWN_SECRET
from app.web.old_password import check_password
from app.web.visitors import for_user


@web.post("/developer/apps/<client_id>/secret")
@for_user
def rotate_secret(user: User, client_id: str) -> Response:
    """With a secret anybody can pretend to be the app, so this takes the developer's password."""
    client = apps.find(session(), user, client_id)
    overlap = request.form.get("overlap", "")
    try:
        check_password(user)
        secret = apps.rotate_secret(
            session(), user, client_id, overlap=_hours(overlap), address=request.remote_addr
        )
    except InvalidBody as error:
        if not client.is_confidential:
            raise
        return app_page.page(user, client, 400, wrong=error.fields, overlap=overlap)
    SHOWN_SECRET.keep(client_id, secret)
    flash("The app has a new secret.", "done")
    return redirect(url_for("web.app_page", client_id=client_id), 303)


def _hours(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 6:
        return int(text)
    raise InvalidBody({"overlap": ["The overlap is a whole number of hours."]})
