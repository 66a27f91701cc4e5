"""`/firm/users`: everybody who works at the firm."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.models import User
from app.services import staff
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.pages import render


@web.get("/firm/users")
@for_administrator
def firm_users(user: User) -> Response:
    return render("firm/users.html", user=user, people=staff.of_firm(session(), user))
