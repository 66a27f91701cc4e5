"""`/account`: the apps that the user has connected, each to be cut off at once."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.models import User
from app.services import grants
from app.services.scopes import in_words
from app.transactions import session
from app.web.blueprint import web
from app.web.pages import render
from app.web.visitors import for_user


@web.get("/account")
@for_user
def connected_apps(user: User) -> Response:
    connected = [(app, in_words(app.scope)) for app in grants.of_user(session(), user)]
    return render("account/apps.html", user=user, connected=connected)


@web.post("/account/apps/<client_id>/disconnect")
@for_user
def disconnect_app(user: User, client_id: str) -> Response:
    grants.disconnect(session(), user, client_id, address=request.remote_addr)
    flash("The app is disconnected. Nothing that it was given opens your account any more.", "done")
    return redirect(url_for("web.connected_apps"), 303)
