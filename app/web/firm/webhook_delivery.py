"""`/firm/webhooks/<webhook_id>/deliveries/<delivery_id>`: one delivery, its attempts, and sending it again."""

from __future__ import annotations

import orjson
from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.errors import Conflict
from app.models import User
from app.services.webhooks import history, subscriptions
from app.transactions import session
from app.web.blueprint import web
from app.web.firm.administrators import for_administrator
from app.web.pages import render


@web.get("/firm/webhooks/<webhook_id>/deliveries/<delivery_id>")
@for_administrator
def webhook_delivery(user: User, webhook_id: str, delivery_id: str) -> Response:
    webhook = subscriptions.find(session(), user, webhook_id)
    delivery = history.find(session(), webhook, delivery_id)
    return render(
        "firm/webhook_delivery.html",
        user=user,
        webhook=webhook,
        delivery=delivery,
        attempts=history.attempts(session(), delivery),
        changes=orjson.loads(delivery.body)["data"],
    )


@web.post("/firm/webhooks/<webhook_id>/deliveries/<delivery_id>/send")
@for_administrator
def send_delivery_again(user: User, webhook_id: str, delivery_id: str) -> Response:
    webhook = subscriptions.find(session(), user, webhook_id, hold=True)
    delivery = history.find(session(), webhook, delivery_id)
    try:
        history.send_again(webhook, delivery)
    except Conflict as error:
        flash(error.message, "problem")
    else:
        flash("It is sent again within a few seconds. Load this page again to see what comes of it.", "done")
    page = url_for("web.webhook_delivery", webhook_id=webhook_id, delivery_id=delivery_id)
    return redirect(page, 303)
