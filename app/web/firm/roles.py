"""`/firm/roles`: what the people of the firm may see and do, role by role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import Conflict, InvalidBody
from app.models import User
from app.models.roles import ADMINISTRATOR, AT_FIRST, MEMBER, RESTRICTIONS, RIGHTS
from app.services import roles
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.pages import render

NEW = roles.Described(None, "", AT_FIRST[MEMBER], (), 0)
"""A new role begins with what members have."""


@web.get("/firm/roles")
@for_administrator
def firm_roles(user: User) -> Response:
    return render(
        "firm/roles.html",
        user=user,
        roles=roles.of_firm(session(), user),
        rights=RIGHTS,
        restrictions=RESTRICTIONS,
        fixed=ADMINISTRATOR,
    )


@web.get("/firm/roles/new")
@for_administrator
def new_role(user: User) -> Response:
    return _page(user, NEW)


@web.post("/firm/roles/new")
@for_administrator
def add_role(user: User) -> Response:
    return _saved(user, NEW, request.form.get("name", ""))


@web.get("/firm/roles/<key>")
@for_administrator
def firm_role(user: User, key: str) -> Response:
    return _page(user, roles.find(session(), user, key))


@web.post("/firm/roles/<key>")
@for_administrator
def change_role(user: User, key: str) -> Response:
    role = roles.find(session(), user, key)
    return _saved(user, role, role.name)


@web.post("/firm/roles/<key>/delete")
@for_administrator
def delete_role(user: User, key: str) -> Response:
    role = roles.find(session(), user, key)
    try:
        roles.delete(session(), user, role.name, address=request.remote_addr)
    except Conflict as error:
        return _page(user, role, 409, {"name": [error.message]})
    flash("The role is deleted.", "done")
    return redirect(url_for("web.firm_roles"), 303)


def _saved(user: User, role: roles.Described, name: str) -> Response:
    rights, restrictions = (request.form.getlist(field) for field in ("rights", "restrictions"))
    try:
        roles.save(
            session(), user, name, rights, restrictions, is_new=role is NEW, address=request.remote_addr
        )
    except InvalidBody as error:
        typed = roles.Described(role.id, name, tuple(rights), tuple(restrictions), role.people)
        return _page(user, typed, 400, error.fields)
    flash("The role is saved. It holds from each user's next request on.", "done")
    return redirect(url_for("web.firm_roles"), 303)


def _page(
    user: User, role: roles.Described, status: int = 200, wrong: Mapping[str, Sequence[str]] | None = None
) -> Response:
    return render(
        "firm/role.html",
        status,
        user=user,
        role=role,
        is_new=request.path.endswith("/new"),
        rights=RIGHTS,
        restrictions=RESTRICTIONS,
        wrong=wrong or {},
    )
