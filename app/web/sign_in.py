"""Signing in, with a second step for those who want it, and out."""

from __future__ import annotations

import re

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from app.auth import public
from app.extensions import database
from app.services import audit
from app.services.sign_in import Outcome, SignIn, give_code, sign_in
from app.services.throttling import Throttle
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
    return _ask(request.args.get("next", ""))


@web.post("/login")
@public
def check_login() -> Response:
    if not came_from_our_form():
        return form_expired()
    form = request.form
    email, then = form.get("email", ""), form.get("next", "")
    found = sign_in(
        database().session, throttle(), email, form.get("password", ""), address=request.remote_addr
    )
    if found.outcome is Outcome.NEEDS_CODE and found.user is not None:
        session.remember_half(found.user)
        return redirect(url_for("web.second_step", next=then), 303)
    return _welcome(found, then) or _ask(then, found, email=email)


@web.get("/login/code")
@public
def second_step() -> Response:
    then = request.args.get("next", "")
    return _ask_code(then) if session.half() else to_login(then)


@web.post("/login/code")
@public
def check_code() -> Response:
    if not came_from_our_form():
        return form_expired()
    then, half = request.form.get("next", ""), session.half()
    if half is None:
        return to_login(then)
    key = str(current_app.secret_key)
    code = request.form.get("code", "")
    found = give_code(database().session, throttle(), key, *half, code, address=request.remote_addr)
    return _welcome(found, then) or _ask_code(then, found)


def throttle() -> Throttle:
    """What slows down those who guess."""
    found: Throttle = current_app.extensions["throttle"]
    return found


def _welcome(found: SignIn, then: str) -> Response | None:
    if found.outcome is not Outcome.OK or found.user is None:
        return None
    with database().session.begin() as work:
        session.begin(work, found.user)
    return redirect(then if LOCAL_PATH.fullmatch(then) else url_for("web.home"), 303)


def _ask(then: str, found: SignIn | None = None, email: str = "") -> Response:
    return _again("login.html", found, next=then, email=email)


def _ask_code(then: str, found: SignIn | None = None) -> Response:
    return _again("login_code.html", found, next=then)


def _again(template: str, found: SignIn | None, **values: object) -> Response:
    """The page, with what was wrong where something was."""
    status = 200 if found is None else 429 if found.wait else 401
    answer = render(template, status, failed=status == 401, wait=found.wait if found else 0, **values)
    if found and found.wait:
        answer.headers["Retry-After"] = str(found.wait)
    return answer


@web.post("/logout")
@public
def logout() -> Response:
    if not came_from_our_form():
        return form_expired()
    with database().session.begin() as work:
        user = session.end(work)
        if user is not None:
            audit.record_by(work, user, "sign_out", address=request.remote_addr)
    return redirect(url_for("web.home"), 303)
