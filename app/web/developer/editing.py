"""Changing what an app is registered with."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.services import apps
from app.transactions import session
from app.web.blueprint import web
from app.web.developer import form
from app.web.developer.redirect_lines import allows_dotless_schemes
from app.web.developer.registering import form_page
from app.web.visitors import for_user


@web.get("/developer/apps/<client_id>/edit")
@for_user
def edit_app(user: User, client_id: str) -> Response:
    client = apps.find(session(), user, client_id)
    return form_page(user, form.of_app(client), app=client)


@web.post("/developer/apps/<client_id>/edit")
@for_user
def change_app(user: User, client_id: str) -> Response:
    client = apps.find(session(), user, client_id)
    typed = form.of_request()
    typed.is_confidential = client.is_confidential
    if not client.is_confidential:
        typed.requires_pkce = client.requires_pkce
    if "check" in request.form:
        return form_page(user, typed, checked=True, app=client)
    try:
        apps.change(
            session(),
            user,
            client_id,
            address=request.remote_addr,
            allows_dotless_schemes=allows_dotless_schemes(),
            **typed.values(),
        )
    except InvalidBody as error:
        typed.wrong = error.fields
        return form_page(user, typed, 400, app=client)
    flash("Saved.", "done")
    return redirect(url_for("web.app_page", client_id=client_id), 303)
