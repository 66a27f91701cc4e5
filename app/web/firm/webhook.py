"""`/firm/webhooks/<webhook_id>`: one webhook, what was sent to it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User, Webhook
from app.services.webhooks import history, subscriptions
from app.services.webhooks.parcels import STATES
from app.services.webhooks.subscriptions import LONGEST_OVERLAP, OVERLAP, Wish
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.firm.webhooks import SHOWN_SECRET, about_form, check_choices, terms, wish_of_form
from app.web.pages import render


@web.get("/firm/webhooks/<webhook_id>")
@for_administrator
def firm_webhook(user: User, webhook_id: str) -> Response:
    webhook = subscriptions.find(session(), user, webhook_id)
    return _page(user, webhook, _wish_of(webhook))


@web.post("/firm/webhooks/<webhook_id>")
@for_administrator
def change_webhook(user: User, webhook_id: str) -> Response:
    webhook = subscriptions.find(session(), user, webhook_id, hold=True)
    wish = replace(wish_of_form(), is_paused=webhook.is_paused)
    try:
        check_choices(wish)
        subscriptions.change(session(), user, webhook, wish, terms(), address=request.remote_addr)
    except InvalidBody as error:
        return _page(user, webhook, wish, 400, error.fields)
    return _back(webhook_id, "The webhook is changed. What waits is sent at once.")


@web.post("/firm/webhooks/<webhook_id>/pause")
@for_administrator
def pause_webhook(user: User, webhook_id: str) -> Response:
    """Pause it, or let it go on."""
    webhook = subscriptions.find(session(), user, webhook_id, hold=True)
    wish = replace(_wish_of(webhook), is_paused=request.form.get("pause") == "yes")
    try:
        subscriptions.change(session(), user, webhook, wish, terms(), address=request.remote_addr)
    except InvalidBody as error:  # the operator may have become stricter since it was made
        return _page(user, webhook, _wish_of(webhook), 400, error.fields)
    waits = "It is paused. What changes meanwhile waits."
    return _back(webhook_id, waits if webhook.is_paused else "It goes on from where it stood.")


@web.post("/firm/webhooks/<webhook_id>/secret")
@for_administrator
def rotate_webhook_secret(user: User, webhook_id: str) -> Response:
    webhook = subscriptions.find(session(), user, webhook_id, hold=True)
    typed = request.form.get("overlap", "")
    overlap = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else -1
    try:
        secret = subscriptions.rotate_secret(
            session(), user, webhook, terms(), overlap, address=request.remote_addr
        )
    except InvalidBody as error:
        return _page(user, webhook, _wish_of(webhook), 400, error.fields)
    SHOWN_SECRET.keep(webhook_id, secret)
    return _back(webhook_id, "The webhook has a new secret.")


@web.post("/firm/webhooks/<webhook_id>/delete")
@for_administrator
def delete_webhook(user: User, webhook_id: str) -> Response:
    webhook = subscriptions.find(session(), user, webhook_id, hold=True)
    if request.form.get("sure") != "yes":
        return _page(user, webhook, _wish_of(webhook), 400, {"sure": ["Tick this to delete the webhook."]})
    subscriptions.delete(session(), user, webhook, address=request.remote_addr)
    flash("The webhook is deleted.", "done")
    return redirect(url_for("web.firm_webhooks"), 303)


def _wish_of(webhook: Webhook) -> Wish:
    return Wish(webhook.url, webhook.entities, webhook.actions, webhook.is_paused)


def _back(webhook_id: str, done: str) -> Response:
    flash(done, "done")
    return redirect(url_for("web.firm_webhook", webhook_id=webhook_id), 303)


def _page(
    user: User,
    webhook: Webhook,
    wish: Wish,
    status: int = 200,
    wrong: Mapping[str, Sequence[str]] | None = None,
) -> Response:
    state, before = request.args.get("state", ""), request.args.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    return render(
        "firm/webhook.html",
        status,
        user=user,
        webhook=webhook,
        secret=SHOWN_SECRET.take(webhook.id),
        behind=history.behind(session(), webhook),
        maker=history.maker(session(), webhook),
        state=state if state in STATES else "",
        states=STATES,
        found=history.page(session(), webhook, state, number),
        is_older=number is not None,
        overlap=OVERLAP,
        longest_overlap=LONGEST_OVERLAP,
        **about_form(wish, wrong),
    )
