"""`/account/second-factor`: switching it on with a phone, its recovery codes, and switching it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import Conflict, InvalidBody
from app.models import User
from app.services import recovery_codes, second_factor
from app.transactions import session
from app.web import sealed
from app.web.blueprint import web
from app.web.old_password import check_password, one_try
from app.web.pages import render
from app.web.visitors import for_user

NEW_CODES = "new_recovery_codes"
PROOF = "proof"


@web.get("/account/second-factor")
@for_user
def own_second_factor(user: User) -> Response:
    return _page(user, codes=sealed.take(NEW_CODES))


@web.post("/account/second-factor/begin")
@for_user
def begin_second_factor(user: User) -> Response:
    """Somebody else's phone must not become the lock of the account, so this takes the password."""
    try:
        check_password(user)
        second_factor.begin(session(), user, _key())
    except InvalidBody as error:
        return _page(user, 400, error.fields)
    except Conflict:
        pass  # it is on already, as the page says
    return _back()


@web.post("/account/second-factor/confirm")
@for_user
def confirm_second_factor(user: User) -> Response:
    code = request.form.get("code", "")
    try:
        with one_try(user, "code"):
            codes = second_factor.confirm(session(), user, _key(), code, address=request.remote_addr)
    except InvalidBody as error:
        return _page(user, 400, error.fields, code=code)
    except Conflict as error:
        flash(error.message, "problem")
        return _back()
    sealed.hand_on(NEW_CODES, codes)
    flash("The second factor is on. From now on the sign-in asks for a code, too.", "done")
    return _back()


@web.post("/account/second-factor/recovery-codes")
@for_user
def renew_recovery_codes(user: User) -> Response:
    try:
        with one_try(user, PROOF):
            codes = second_factor.renew_recovery_codes(
                session(), user, _key(), request.form.get(PROOF, ""), address=request.remote_addr
            )
    except InvalidBody as error:
        return _page(user, 400, {"renew": error.fields[PROOF]})
    except Conflict:
        return _back()
    sealed.hand_on(NEW_CODES, codes)
    return _back()


@web.post("/account/second-factor/off")
@for_user
def switch_second_factor_off(user: User) -> Response:
    try:
        with one_try(user, PROOF):
            second_factor.switch_off(
                session(), user, _key(), request.form.get(PROOF, ""), address=request.remote_addr
            )
    except InvalidBody as error:
        return _page(user, 400, {"off": error.fields[PROOF]})
    except Conflict:
        return _back()
    flash("The second factor is off. Your password alone signs you in.", "done")
    return _back()


def _page(
    user: User,
    status: int = 200,
    wrong: Mapping[str, Sequence[str]] | None = None,
    *,
    codes: list[str] | None = None,
    code: str = "",
) -> Response:
    is_on = second_factor.is_on(user)
    return render(
        "account/second_factor.html",
        status,
        user=user,
        is_on=is_on,
        setup=second_factor.pending(user, _key()),
        left=recovery_codes.left(session(), user) if is_on else 0,
        codes=codes if is_on else None,
        code=code,
        wrong=wrong or {},
    )


def _back() -> Response:
    return redirect(url_for("web.own_second_factor"), 303)


def _key() -> str:
    return str(current_app.secret_key)
