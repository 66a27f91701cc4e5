"""The authorization server, fitted to this application."""

from __future__ import annotations

import json
from typing import cast

from flask import Response, current_app, request
from sqlalchemy import Table
from werkzeug.datastructures import MultiDict

from app.addresses import issuer
from app.config import Settings
from app.models import (
    OAuthAccessToken,
    OAuthClient,
    OAuthCode,
    OAuthDeviceCode,
    OAuthGrant,
    OAuthRefreshToken,
)
from app.services import app_access
from app.services.people import find_active
from app.services.scopes import CATALOGUE
from app.transactions import session
from app.web.oauth_events import keep
from oauth.endpoints.metadata import Addresses
from oauth.requests import Request
from oauth.server import Answer, AuthorizationServer
from oauth.tables import Lifetimes, Owner, Store, Tables

TABLES = Tables(
    *(
        cast(Table, model.__table__)
        for model in (
            OAuthClient,
            OAuthGrant,
            OAuthCode,
            OAuthAccessToken,
            OAuthRefreshToken,
            OAuthDeviceCode,
        )
    )
)


def authorization_server() -> AuthorizationServer:
    """The server for this request, on the session of its transaction."""
    return AuthorizationServer(store(), addresses=addresses(), catalogue=CATALOGUE, may_connect=_may_connect)


def store() -> Store:
    """The tables and the session of this request's transaction, as the authorization server wants them."""
    settings: Settings = current_app.extensions["settings"]
    lifetimes = Lifetimes(
        code=settings.authorization_code_lifetime,
        access_token=settings.access_token_lifetime,
        refresh_token=settings.refresh_token_lifetime,
        device_code=settings.device_code_lifetime,
        grace=settings.refresh_grace_period,
    )
    return Store(session(), TABLES, lifetimes, keep)


def addresses() -> Addresses:
    """Where everything is. The paths are those of the routes in this package."""
    base, settings = issuer(), cast(Settings, current_app.extensions["settings"])
    return Addresses(
        issuer=base,
        authorization=f"{base}/oauth/authorize",
        token=f"{base}/oauth/token",
        revocation=f"{base}/oauth/revoke",
        introspection=f"{base}/oauth/introspect",
        device_authorization=f"{base}/oauth/device_authorization",
        device_page=f"{base}/device",
        documentation=f"{base}/swagger",
        registration=None if settings.registration == "closed" else f"{base}/oauth/register",
    )


def oauth_request(parameters: MultiDict[str, str]) -> Request:
    """This request with its parameters, as the authorization server reads it."""
    return Request(request.method, dict(request.headers), parameters.to_dict(flat=False))


def respond(answer: Answer) -> Response:
    """The server's answer on the wire."""
    body = json.dumps(answer.body) if isinstance(answer.body, dict) else answer.body
    return Response(body, answer.status, answer.headers)


def _may_connect(owner: Owner, client_id: str) -> bool:
    is_active = find_active(session(), owner.firm_id, owner.user_id) is not None
    return is_active and app_access.decision(session(), client_id, owner.firm_id) == "allowed"
