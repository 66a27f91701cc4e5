"""`/developer/apps/new`: registering an app."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.services import apps
from app.services.throttling import REGISTRATION
from app.transactions import session
from app.web import scope_choice
from app.web.blueprint import web
from app.web.developer import form
from app.web.developer.form import AppForm
from app.web.developer.redirect_lines import allows_dotless_schemes
from app.web.developer.secret import SHOWN_SECRET
from app.web.pages import render
from app.web.sign_in import throttle
from app.web.visitors import for_user


@web.get("/developer/apps/new")
@for_user
def new_app(user: User) -> Response:
    return form_page(user, AppForm())


@web.post("/developer/apps/new")
@for_user
def add_app(user: User) -> Response:
    typed = form.of_request()
    if "check" in request.form:
        return form_page(user, typed, checked=True)
    if wait := throttle().attempt(REGISTRATION, user.firm_id, user.id):
        typed.wrong["form"] = [f"You have registered many apps. Please wait {wait} seconds, then try again."]
        answer = form_page(user, typed, 429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    try:
        client, secret = apps.register(
            session(),
            firm_id=user.firm_id,
            confidential=typed.is_confidential,
            developer=user,
            address=request.remote_addr,
            allows_dotless_schemes=allows_dotless_schemes(),
            **typed.values(),
        )
    except InvalidBody as error:
        typed.wrong = error.fields
        return form_page(user, typed, 400)
    if secret:
        SHOWN_SECRET.keep(client.client_id, secret)
    return redirect(url_for("web.app_page", client_id=client.client_id), 303)


def form_page(
    user: User, typed: AppForm, status: int = 200, *, checked: bool = False, **shown: object
) -> Response:
    """The page with the form.

    Args:
        checked: whether the developer asked what is wrong with the redirect URIs, and nothing else.
    """
    return render(
        "developer/form.html",
        status,
        user=user,
        form=typed,
        areas=scope_choice.areas(),
        lines=typed.lines if checked or status != 200 else [],
        checked=checked,
        **shown,
    )
