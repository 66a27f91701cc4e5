"""`/firm/users/<user_id>`: one user, and what an administrator can do about the account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import Conflict, InvalidBody
from app.models import User
from app.services import second_factor, staff
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.firm.new_user import SHOWN_PASSWORD
from app.web.firm.user_acts import acts_for, do, find_act
from app.web.old_password import check_password
from app.web.pages import render


@web.get("/firm/users/<user_id>")
@for_administrator
def firm_user(user: User, user_id: str) -> Response:
    return _page(user, staff.find(session(), user, user_id))


@web.post("/firm/users/<user_id>")
@for_administrator
def change_firm_user(user: User, user_id: str) -> Response:
    """Each of these opens an account to somebody or closes it, so each takes the administrator's password."""
    other = staff.find(session(), user, user_id)
    try:
        act = find_act(request.form.get("act", ""), user, other)
        check_password(user)
        do(act, user, other)
    except InvalidBody as error:
        return _page(user, other, 400, error.fields)
    except Conflict as error:
        session().rollback()
        return _page(user, other, 409, {"act": [error.message]})
    flash(act.done, "done")
    return redirect(url_for("web.firm_user", user_id=user_id), 303)


def _page(
    user: User, other: User, status: int = 200, wrong: Mapping[str, Sequence[str]] | None = None
) -> Response:
    return render(
        "firm/user.html",
        status,
        user=user,
        other=other,
        acts=acts_for(user, other),
        chosen=request.form.get("act", ""),
        has_second_factor=second_factor.is_on(other),
        new_password=SHOWN_PASSWORD.take(other.id),
        wrong=wrong or {},
    )
