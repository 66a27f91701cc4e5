"""`/firm/premium`: the operations that the firm has enabled."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.models import Firm, User
from app.services import premium
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.pages import render


@web.get("/firm/premium")
@for_administrator
def firm_premium(user: User) -> Response:
    firm = session().get_one(Firm, user.firm_id)
    return render("firm/premium.html", user=user, groups=premium.GROUPS, off=(firm.not_enabled or "").split())


@web.post("/firm/premium")
@for_administrator
def set_premium(user: User) -> Response:
    premium.enable(session(), user, request.form.getlist("groups"), address=request.remote_addr)
    flash("It is saved, and holds from the next request on.", "done")
    return redirect(url_for("web.firm_premium"), 303)
