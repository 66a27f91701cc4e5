"""`/firm`: the apps that users have asked for, and whether the firm lets every app in."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.models import Firm, User
from app.services import app_access
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.pages import render

DONE = {
    True: "The app is let in. Each user who connects it is asked what it may do.",
    False: "The app is not let in. Nothing that it was given opens the firm's records any more.",
}


@web.get("/firm")
@for_administrator
def firm_apps(user: User) -> Response:
    asked = app_access.of_firm(session(), user)
    return render(
        "firm/apps.html",
        user=user,
        firm=session().get_one(Firm, user.firm_id),
        pending=[one for one in asked if one.is_approved is None],
        decided=[one for one in asked if one.is_approved is not None],
    )


@web.post("/firm/apps/<client_id>")
@for_administrator
def decide_on_app(user: User, client_id: str) -> Response:
    """Approve a request or refuse it, or think again about either."""
    approve = request.form.get("decision") == "approve"
    app_access.decide(session(), user, client_id, approve, address=request.remote_addr)
    flash(DONE[approve], "done")
    return redirect(url_for("web.firm_apps"), 303)


@web.post("/firm/approval")
@for_administrator
def set_app_approval(user: User) -> Response:
    """Say whether apps are let in without a request."""
    approves = request.form.get("approves") == "yes"
    app_access.set_approves_apps(session(), user, approves, address=request.remote_addr)
    flash("Every app is let in now." if approves else "You decide on each app now.", "done")
    return redirect(url_for("web.firm_apps"), 303)
