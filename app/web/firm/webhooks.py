"""`/firm/webhooks`: the firm's webhooks, and making one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.services.webhooks import history, subscriptions
from app.services.webhooks.subscriptions import ACTIONS, Terms, Wish
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.pages import render
from app.web.sealed import ShownOnce

SHOWN_SECRET = ShownOnce("new_webhook_secret")
EVERYTHING = Wish("", (), ACTIONS)


@web.get("/firm/webhooks")
@for_administrator
def firm_webhooks(user: User) -> Response:
    return _page(user, EVERYTHING)


@web.post("/firm/webhooks")
@for_administrator
def make_webhook(user: User) -> Response:
    wish = wish_of_form()
    try:
        check_choices(wish)
        made, secret = subscriptions.make(session(), user, wish, terms(), address=request.remote_addr)
    except InvalidBody as error:
        return _page(user, wish, 400, error.fields)
    SHOWN_SECRET.keep(made.id, secret)
    flash("The webhook is made. It is told of what changes from now on.", "done")
    return redirect(url_for("web.firm_webhook", webhook_id=made.id), 303)


def _page(
    user: User, wish: Wish, status: int = 200, wrong: Mapping[str, Sequence[str]] | None = None
) -> Response:
    found = subscriptions.of_firm(session(), user)
    return render(
        "firm/webhooks.html",
        status,
        user=user,
        webhooks=[(webhook, history.behind(session(), webhook)) for webhook in found],
        **about_form(wish, wrong),
    )


def terms() -> Terms:
    """What holds for all webhooks of this server."""
    found: Terms = current_app.extensions["webhook_terms"]
    return found


def wish_of_form() -> Wish:
    """What the form that was sent asks for."""
    form = request.form
    kinds = form.getlist("entity") if form.get("kinds") == "some" else []
    return Wish(form.get("url", "").strip(), kinds, form.getlist("action"), "is_paused" in form)


def check_choices(wish: Wish) -> None:
    """
    Raises:
        InvalidBody: nothing was chosen where something has to be; an empty list means all further in.
    """
    wrong = {}
    if not wish.actions:
        wrong["actions"] = ["Choose at least one."]
    if request.form.get("kinds") == "some" and not wish.entities:
        wrong["entities"] = ["Choose at least one, or all."]
    if wrong:
        raise InvalidBody(wrong)


def about_form(wish: Wish, wrong: Mapping[str, Sequence[str]] | None) -> dict[str, object]:
    """What the form shows."""
    chose_some = bool(wish.entities) or "entities" in (wrong or {})
    return {
        "wish": wish,
        "wrong": wrong or {},
        "chose_some": chose_some,
        "kinds": sorted(terms().known),
        "actions": ACTIONS,
    }
