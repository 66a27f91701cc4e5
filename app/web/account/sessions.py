"""`/account/sessions`: the browsers in which the user is signed in, and the programs that signed in over the API."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from app.models import User
from app.services import browser_sessions, sign_in_tokens
from app.transactions import session
from app.web.account.browsers import in_words
from app.web.blueprint import web
from app.web.pages import render
from app.web.visitors import for_user


@web.get("/account/sessions")
@for_user
def own_sessions(user: User) -> Response:
    running = [(row, in_words(row.browser)) for row in browser_sessions.of(session(), user)]
    running.sort(key=lambda pair: pair[0].id != cookie["id"])
    programs = sign_in_tokens.of(session(), user)
    return render("account/sessions.html", user=user, running=running, programs=programs, here=cookie["id"])


@web.post("/account/sessions/<session_id>/end")
@for_user
def end_own_session(user: User, session_id: str) -> Response:
    browser_sessions.sign_out(session(), user, session_id, address=request.remote_addr)
    flash("The session is ended. That browser is signed out.", "done")
    return redirect(url_for("web.own_sessions"), 303)


@web.post("/account/sign-ins/<grant_id>/end")
@for_user
def end_own_sign_in(user: User, grant_id: str) -> Response:
    sign_in_tokens.end_one(session(), user, grant_id, address=request.remote_addr)
    flash("The sign-in is ended. Its token opens nothing any more.", "done")
    return redirect(url_for("web.own_sessions"), 303)


@web.post("/account/sessions/end-others")
@for_user
def end_other_sessions(user: User) -> Response:
    ended = browser_sessions.sign_out_elsewhere(session(), user, cookie["id"], address=request.remote_addr)
    others = "One other session is" if ended == 1 else f"{ended} other sessions are"
    flash(f"{others} ended.", "done")
    return redirect(url_for("web.own_sessions"), 303)
