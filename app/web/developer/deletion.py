"""Deleting an app, after a question."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.models import User
from app.services import app_use, apps
from app.transactions import session
from app.web.blueprint import web
from app.web.pages import render
from app.web.visitors import for_user


@web.get("/developer/apps/<client_id>/delete")
@for_user
def ask_to_delete_app(user: User, client_id: str) -> Response:
    client = apps.find(session(), user, client_id)
    return render("developer/delete.html", user=user, app=client, use=app_use.use(session(), client))


@web.post("/developer/apps/<client_id>/delete")
@for_user
def delete_app(user: User, client_id: str) -> Response:
    name = apps.find(session(), user, client_id).name
    ended = apps.delete(session(), user, client_id, address=request.remote_addr)
    connections = "one connection" if ended == 1 else f"{ended} connections"
    flash(f"{name} is deleted, and {connections} to it ended.", "done")
    return redirect(url_for("web.developer"), 303)
