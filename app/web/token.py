"""`/oauth/token`: codes and refresh tokens in, tokens out."""

from __future__ import annotations

from flask import Response, request

from app.auth import public
from app.transactions import transactional
from app.web.blueprint import web
from app.web.oauth import authorization_server, oauth_request, respond


@web.post("/oauth/token")
@public
@transactional
def token() -> Response:
    """Read the body alone: what stands in a query string ends up in logs (RFC 6749 section 2.3.1)."""
    return respond(authorization_server().create_token_response(oauth_request(request.form)))
