"""Asking a user whether an app may have access, in plain words."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app.models import Firm, User
from app.transactions import session
from app.web.pages import render
from oauth.families import Owner, has_approved
from oauth.grants import AuthorizationCode
from oauth.scopes import FULL, READ, parse
from oauth.server import AuthorizationServer

IN_WORDS = {
    FULL: ("Read, add, change and delete", "everything that you can reach in your firm's records."),
    READ: ("Read", "everything that you can see in your firm's records, without changing it."),
}


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
    firm = session().get_one(Firm, user.firm_id)
    abilities = [IN_WORDS[scope] for scope in sorted(parse(grant.request.scope)) if scope in IN_WORDS]
    return render(
        "consent.html",
        app_name=grant.client.name,
        address=grant.redirect_uri,
        user=user,
        firm=firm,
        abilities=abilities,
        query=list(request.args.items(multi=True)),
    )
