"""Asking a user whether an app may have access, in plain words."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from app.models import Firm, OAuthClient, User
from app.services.scopes import in_words
from app.transactions import session
from app.web.pages import render
from oauth.clients import Client
from oauth.families import has_approved
from oauth.grants import AuthorizationCode
from oauth.server import AuthorizationServer
from oauth.tables import Owner


def must_ask(server: AuthorizationServer, grant: AuthorizationCode, user: User) -> bool:
    """Whether the user has yet to approve this.

    Only an app that can prove who it is, is remembered: anybody can pretend to be a public one (RFC 6749
    section 10.2).
    """
    client, owner = grant.client, Owner(user.firm_id, user.id)
    return not (
        client.is_confidential and has_approved(server.store, owner, client.client_id, grant.request.scope)
    )


def consent_page(grant: AuthorizationCode, user: User) -> Response:
    """The page with the question; its form comes back to the address that it was asked at."""
    return render(
        "consent.html",
        **facts(grant.client, grant.request.scope, user),
        address=grant.redirect_uri,
        query=list(request.args.items(multi=True)),
    )


def facts(client: Client, scope: str, user: User) -> dict[str, Any]:
    """What a user has to know before deciding, whichever way the app came."""
    return {
        "app_name": client.name,
        "logo_of": client.client_id if session().get_one(OAuthClient, client.client_id).logo else None,
        "is_nobodys": client.firm_id is None,
        "user": user,
        "firm": session().get_one(Firm, user.firm_id),
        "abilities": in_words(scope),
    }
