"""`/firm/grants`: whatever the firm's users have let apps and scripts do, each to be ended."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.models import User
from app.services import grants
from app.services.grants import PERSONAL
from app.services.scopes import in_words
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.pages import render


@web.get("/firm/grants")
@for_administrator
def firm_grants(user: User) -> Response:
    given = [(grant, in_words(grant.scope)) for grant in grants.of_firm(session(), user)]
    return render("firm/grants.html", user=user, grants=given, personal=PERSONAL)


@web.post("/firm/grants/<grant_id>/end")
@for_administrator
def end_firm_grant(user: User, grant_id: str) -> Response:
    grants.revoke(session(), user, grant_id, address=request.remote_addr)
    flash("It is ended. Nothing that was given out under it works any more.", "done")
    return redirect(url_for("web.firm_grants"), 303)
