"""`/api/v2/webhooks`: a firm's webhooks over the API. The published API has none; these operations are ours.

Only an administrator's token gets here, and only as far as it may read the records that a webhook tells of.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_smorest import Blueprint
from marshmallow import EXCLUDE, Schema, fields, validate

from app.api.bodies import body_of_request, key_of_request, loaded
from app.api.documentation import OURS, body_of, key_parameter
from app.api.reading import json_answer
from app.api.resources import RESOURCES
from app.api.routes import add_route
from app.config import Settings
from app.errors import InsufficientScope
from app.models import User, Webhook
from app.models.types import utc_text
from app.services.webhooks import subscriptions
from app.services.webhooks.courier import Courier
from app.services.webhooks.destinations import Policy
from app.services.webhooks.sending import post
from app.services.webhooks.subscriptions import ACTIONS, OVERLAP, Terms, Wish
from app.transactions import session, transactional
from oauth.scopes import allows

COLLECTION = "/api/v2/webhooks"
ONE = f"{COLLECTION}/<string:id>"

AREAS: dict[str, set[str]] = {}
"""By kind of record, the areas that show all of its kind."""
for resource in RESOURCES:
    if any(not face.only for face in resource.faces):
        AREAS.setdefault(resource.model.__name__, set()).add(resource.area)


class WebhookBody(Schema):
    """What a webhook is told of, and where."""

    class Meta:
        unknown = EXCLUDE

    url = fields.String(required=True)
    entities = fields.List(fields.String(), load_default=list, metadata={"description": "None for all."})
    actions = fields.List(
        fields.String(metadata={"enum": list(ACTIONS)}),
        load_default=list,
        metadata={"description": "None for all."},
    )
    is_paused = fields.Boolean(load_default=False)


class WebhookShape(WebhookBody):
    """A webhook, and how far it has been told of the firm's changes."""

    id = fields.UUID()
    position = fields.Integer()
    failing_since = fields.String(allow_none=True)
    created_at = fields.String()
    secret = fields.String(metadata={"description": "Only where it is new."})


class SecretBody(Schema):
    """How the new secret takes the place of the one before."""

    class Meta:
        unknown = EXCLUDE

    overlap = fields.Integer(
        strict=True,
        load_default=OVERLAP,
        validate=validate.Range(0, subscriptions.LONGEST_OVERLAP),
        metadata={"description": "Hours in which both sign."},
    )


def init_app(app: Flask, settings: Settings) -> None:
    """Give the application its courier, which delivers nothing until somebody lets it."""
    policy = Policy(settings.webhook_allow_private_addresses, settings.webhook_allow_http)
    terms = Terms(frozenset(AREAS), policy, str(app.secret_key))
    app.extensions["webhook_terms"] = terms
    app.extensions["webhook_courier"] = Courier(
        app.extensions["database"], terms, partial(post, policy=policy)
    )


def blueprint() -> Blueprint:
    """The routes."""
    found = Blueprint("webhooks", __name__, description="Addresses that are told of changes.")
    body, key = body_of(WebhookBody), key_parameter("id")
    for endpoint, method, address, view, shows, summary, document in (
        ("list_webhooks", "GET", COLLECTION, list_all, WebhookShape(many=True), "List the webhooks", {}),
        ("get_webhook", "GET", ONE, get, WebhookShape, "One webhook by its id", {}),
        ("create_webhook", "POST", COLLECTION, create, WebhookShape, "Create one webhook", body),
        ("replace_webhook", "PUT", COLLECTION, replace, WebhookShape, "Replace one webhook", body | key),
        ("delete_webhook", "DELETE", COLLECTION, delete, WebhookShape, "Delete one webhook", key),
        (
            "rotate_webhook_secret",
            "POST",
            f"{ONE}/secret",
            rotate,
            WebhookShape,
            "Give one webhook a new secret",
            body_of(SecretBody),
        ),
    ):
        scope = "webhooks:read" if method == "GET" else "webhooks:write"
        about = {"summary": summary, "description": f"For administrators. {OURS}", **document}
        add_route(found, address, endpoint, method, scope, view, shows, about)
    return found


@transactional
def list_all() -> Response:
    found = subscriptions.of_firm(session(), _administrator())
    return json_answer([_shown(webhook) for webhook in found if _may_read(webhook.entities)])


@transactional
def get(key: str) -> Response:
    return json_answer(_shown(_webhook(key)))


@transactional
def create() -> Response:
    wish = _wish()
    webhook, secret = subscriptions.make(session(), _administrator(), wish, _terms(), **_from())
    return json_answer({**_shown(webhook), "secret": secret})


@transactional
def replace() -> Response:
    key, wish = key_of_request("id", request.args.get("id")), _wish()
    webhook = _webhook(key, hold=True)
    subscriptions.change(session(), _administrator(), webhook, wish, _terms(), **_from())
    return json_answer(_shown(webhook))


@transactional
def delete() -> Response:
    webhook = _webhook(key_of_request("id", request.args.get("id")), hold=True)
    shown = _shown(webhook)
    subscriptions.delete(session(), _administrator(), webhook, **_from())
    return json_answer(shown)


@transactional
def rotate(key: str) -> Response:
    overlap = loaded(SecretBody(), body_of_request())["overlap"] if request.get_data() else OVERLAP
    webhook = _webhook(key, hold=True)
    secret = subscriptions.rotate_secret(session(), _administrator(), webhook, _terms(), overlap, **_from())
    return json_answer({**_shown(webhook), "secret": secret})


def _administrator() -> User:
    """The user on whose behalf the app asks; whether that is an administrator is asked by what is done."""
    return session().get_one(User, (g.caller.firm_id, g.caller.user_id))


def _terms() -> Terms:
    found: Terms = current_app.extensions["webhook_terms"]
    return found


def _from() -> dict[str, str | None]:
    return {"client_id": g.caller.client_id, "address": request.remote_addr}


def _webhook(key: str, *, hold: bool = False) -> Webhook:
    found = subscriptions.find(session(), _administrator(), key_of_request("id", key), hold=hold)
    _check_scope(found.entities)
    return found


def _wish() -> Wish:
    """What the body asks for, and the token may."""
    wish = Wish(**loaded(WebhookBody(), body_of_request()))
    _check_scope(wish.entities)
    return wish


def _check_scope(entities: Sequence[str]) -> None:
    """
    Raises:
        InsufficientScope: the token may not read what the webhook tells of.
    """
    if missing := _unreadable(entities):
        raise InsufficientScope(missing)


def _may_read(entities: list[str]) -> bool:
    return _unreadable(entities) is None


def _unreadable(entities: Sequence[str]) -> str | None:
    """The scope that is missing for reading what a webhook tells of."""
    for entity in entities or AREAS:
        needed = [f"{area}:read" for area in sorted(AREAS.get(entity, ()))]
        if needed and not any(allows(g.caller.scopes, scope) for scope in needed):
            return needed[0]
    return None


def _shown(webhook: Webhook) -> dict[str, Any]:
    since = webhook.failing_since
    return {
        "id": webhook.id,
        "url": webhook.url,
        "entities": webhook.entities,
        "actions": webhook.actions,
        "is_paused": webhook.is_paused,
        "position": webhook.position,
        "failing_since": utc_text(since) if since else None,
        "created_at": utc_text(webhook.created_at),
    }
