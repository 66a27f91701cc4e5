"""Signing in and out."""

from __future__ import annotations

import re

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.auth import public
from app.extensions import database
from app.services.sign_in import sign_in
from app.web import session
from app.web.blueprint import web
from app.web.csrf import came_from_our_form
from app.web.pages import form_expired, render

LOCAL_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""A path on this server, and nothing that a browser would take for another host."""


def to_login(then: str) -> Response:
    """Send the browser to the login page, and from there to the local path `then`."""
    return redirect(url_for("web.login", next=then), 303)


@web.get("/login")
@public
def login() -> Response:
    return render("login.html", next=request.args.get("next", ""), email="", failed=False)


@web.post("/login")
@public
def check_login() -> Response:
    if not came_from_our_form():
        return form_expired()
    form = request.form
    email, then = form.get("email", ""), form.get("next", "")
    user = sign_in(database().session, email, form.get("password", ""))
    if user is None:
        return render("login.html", 401, next=then, email=email, failed=True)
    with database().session.begin() as work:
        session.begin(work, user)
    return redirect(then if LOCAL_PATH.fullmatch(then) else url_for("web.home"), 303)


@web.post("/logout")
@public
def logout() -> Response:
    if not came_from_our_form():
        return form_expired()
    with database().session.begin() as work:
        session.end(work)
    return redirect(url_for("web.home"), 303)
