"""The authorization server, fitted to this application."""

from __future__ import annotations

import json
from typing import cast

from flask import Response, current_app, request
from sqlalchemy import Table
from werkzeug.datastructures import MultiDict

from app.config import Settings
from app.models import OAuthAccessToken, OAuthClient, OAuthCode, OAuthGrant, OAuthRefreshToken
from app.services.people import find_active
from app.transactions import session
from oauth.families import Owner
from oauth.requests import Request
from oauth.server import Answer, AuthorizationServer
from oauth.tables import Lifetimes, Store, Tables

TABLES = Tables(
    *(
        cast(Table, model.__table__)
        for model in (OAuthClient, OAuthGrant, OAuthCode, OAuthAccessToken, OAuthRefreshToken)
    )
)


def authorization_server() -> AuthorizationServer:
    """The server for this request, on the session of its transaction."""
    settings: Settings = current_app.extensions["settings"]
    lifetimes = Lifetimes(
        code=settings.authorization_code_lifetime,
        access_token=settings.access_token_lifetime,
        refresh_token=settings.refresh_token_lifetime,
    )
    return AuthorizationServer(
        Store(session(), TABLES, lifetimes), issuer=request.host_url.rstrip("/"), is_active=_is_active
    )


def oauth_request(parameters: MultiDict[str, str]) -> Request:
    """This request with its parameters, as the authorization server reads it."""
    return Request(request.method, dict(request.headers), parameters.to_dict(flat=False))


def respond(answer: Answer) -> Response:
    """The server's answer on the wire."""
    body = json.dumps(answer.body) if isinstance(answer.body, dict) else answer.body
    return Response(body, answer.status, answer.headers)


def _is_active(owner: Owner) -> bool:
    return find_active(session(), owner.firm_id, owner.user_id) is not None
