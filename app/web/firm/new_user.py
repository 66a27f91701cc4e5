"""`/firm/users/new`: adding somebody to the firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.services import staff
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.old_password import check_password
from app.web.pages import render
from app.web.sealed import ShownOnce

SHOWN_PASSWORD = ShownOnce("new_password")
FIELDS = ("first_name", "last_name", "email")


@web.get("/firm/users/new")
@for_administrator
def new_user(user: User) -> Response:
    return _page(user, dict.fromkeys(FIELDS, ""))


@web.post("/firm/users/new")
@for_administrator
def add_user(user: User) -> Response:
    """It opens the firm to somebody, so it takes the administrator's password. Everybody begins as a member; who
    is made an administrator is asked about on that user's page."""
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    try:
        check_password(user)
        made, password = staff.take_on(session(), user, **typed, address=request.remote_addr)
    except InvalidBody as error:
        return _page(user, typed, 400, error.fields)
    SHOWN_PASSWORD.keep(made.id, password)
    return redirect(url_for("web.firm_user", user_id=made.id), 303)


def _page(
    user: User,
    typed: Mapping[str, str],
    status: int = 200,
    wrong: Mapping[str, Sequence[str]] | None = None,
) -> Response:
    return render("firm/new_user.html", status, user=user, typed=typed, wrong=wrong or {})
