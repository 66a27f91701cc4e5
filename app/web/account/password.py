"""`/account/password`: choosing another password."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import flash, redirect, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.services import password_changes
from app.services.passwords import SHORTEST
from app.transactions import session
from app.web.blueprint import web
from app.web.old_password import one_try
from app.web.pages import render
from app.web.visitors import for_user


@web.get("/account/password")
@for_user
def own_password(user: User) -> Response:
    return _page(user)


@web.post("/account/password")
@for_user
def change_own_password(user: User) -> Response:
    """The other browsers are signed out; apps and tokens go on, for none of them knows the password."""
    old, new = request.form.get("old", ""), request.form.get("password", "")
    if new != request.form.get("again", ""):
        return _page(user, 400, {"again": ["The two new passwords are not the same."]})
    try:
        with one_try(user, "old"):
            password_changes.change(
                session(), user, old, new, staying=cookie["id"], address=request.remote_addr
            )
    except InvalidBody as error:
        return _page(user, 400, error.fields)
    flash("Your password is changed. Your other browsers are signed out.", "done")
    return redirect(url_for("web.own_password"), 303)


def _page(user: User, status: int = 200, wrong: Mapping[str, Sequence[str]] | None = None) -> Response:
    return render("account/password.html", status, user=user, wrong=wrong or {}, shortest=SHORTEST)
