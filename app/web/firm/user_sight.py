"""`/firm/users/…/sight`: a user's role, office and program, and the matters that the user sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.models.roles import ADMINISTRATOR, OFFICE, PROGRAM, RESTRICTIONS
from app.services import restricting, roles, staff
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.pages import render


@web.get("/firm/users/<user_id>/sight")
@for_administrator
def user_sight(user: User, user_id: str) -> Response:
    return _page(user, staff.find(session(), user, user_id))


@web.post("/firm/users/<user_id>/sight")
@for_administrator
def change_user_sight(user: User, user_id: str) -> Response:
    """Who administers the firm is decided on the user's own page, where it takes a password."""
    other = staff.find(session(), user, user_id)
    typed, address = request.form, request.remote_addr
    try:
        if other.role != ADMINISTRATOR:
            _give_role(user, other, typed.get("role", ""))
        restricting.restrict(
            session(),
            user,
            user_id,
            office_id=typed.get("office_id"),
            program_id=typed.get("program_id"),
            restrictions=typed.getlist("restrictions"),
            address=address,
        )
    except InvalidBody as error:
        session().rollback()
        return _page(user, staff.find(session(), user, user_id), 400, error.fields)
    flash("It is saved, and holds from the user's next request on.", "done")
    return redirect(url_for("web.firm_user", user_id=user_id), 303)


def _give_role(user: User, other: User, role: str) -> None:
    if role == ADMINISTRATOR:
        raise InvalidBody({"role": ["Make somebody an administrator on the user's own page."]})
    staff.change(session(), user, other.id, role=role, address=request.remote_addr)


def _page(
    user: User, other: User, status: int = 200, wrong: Mapping[str, Sequence[str]] | None = None
) -> Response:
    firm = user.firm_id
    return render(
        "firm/user_sight.html",
        status,
        user=user,
        other=other,
        roles=[role for role in roles.of_firm(session(), user) if role.name != ADMINISTRATOR],
        is_administrator=other.role == ADMINISTRATOR,
        offices=restricting.places(session(), firm, OFFICE),
        programs=restricting.places(session(), firm, PROGRAM),
        restrictions=RESTRICTIONS,
        chosen=(other.restrictions or "").split(),
        wrong=wrong or {},
    )
