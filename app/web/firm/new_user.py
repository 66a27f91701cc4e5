"""`/firm/users/new`: adding somebody to the firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.services import staff
from app.transactions import session
from app.web import sealed
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.old_password import check_password
from app.web.pages import render

NEW_PASSWORD = "new_password"  # noqa: S105 - the name of what is handed on
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
    show_once(made.id, password)
    return redirect(url_for("web.firm_user", user_id=made.id), 303)


def show_once(user_id: str, password: str) -> None:
    """Let the user's page show the password the next time that it is opened, and never again."""
    sealed.hand_on(NEW_PASSWORD, [user_id, password])


def take_new(user_id: str) -> str | None:
    """The password that the user has just been given, to be shown now."""
    whose, password = sealed.take(NEW_PASSWORD) or ("", None)
    return password if whose == user_id else None


def _page(
    user: User,
    typed: Mapping[str, str],
    status: int = 200,
    wrong: Mapping[str, Sequence[str]] | None = None,
) -> Response:
    return render("firm/new_user.html", status, user=user, typed=typed, wrong=wrong or {})
