"""`/oauth/register`: apps register themselves (RFC 7591), and look after what they registered (RFC 7592)."""

from __future__ import annotations

from typing import Any, cast

import orjson
from flask import Response, current_app, request

from app.auth import public
from app.config import Settings
from app.services.registration import admit
from app.services.scopes import CATALOGUE
from app.services.throttling import REGISTRATION, network_of
from app.transactions import session, transactional
from app.web.app_endpoints import too_many
from app.web.blueprint import web
from app.web.oauth import addresses, respond, store
from app.web.sign_in import throttle
from oauth.endpoints.registration import Registration
from oauth.protector import bearer_token


@web.post("/oauth/register")
@public
@transactional
def register_app() -> Response:
    if wait := throttle().attempt(REGISTRATION, network_of(request.remote_addr)):
        return too_many(wait)
    token = bearer_token(request.headers.get("Authorization"))
    policy = cast(Settings, current_app.extensions["settings"]).registration
    return respond(_registration().register(_body(), lambda: admit(session(), policy, token)))


@web.route("/oauth/register/<client_id>", methods=["GET", "PUT", "DELETE"])
@public
@transactional
def manage_registration(client_id: str) -> Response:
    authorization = request.headers.get("Authorization")
    return respond(_registration().manage(request.method, client_id, authorization, _body()))


def _registration() -> Registration:
    settings: Settings = current_app.extensions["settings"]
    return Registration(
        store(), f"{addresses().issuer}/oauth/register", CATALOGUE, settings.dotless_redirect_schemes
    )


def _body() -> Any:
    """The JSON of the body; None where it is none."""
    try:
        return orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        return None
