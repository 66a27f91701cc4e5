"""The endpoints that apps post to, without a person in front: tokens, giving them back, asking about them, and
where a device begins.

They read the body alone: what stands in a query string ends up in logs (RFC 6749 section 2.3.1).
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from app.auth import public
from app.services.throttling import CLIENT_SECRET, TOKENS_FROM, network_of
from app.transactions import transactional
from app.web.blueprint import web
from app.web.oauth import authorization_server, oauth_request, respond
from app.web.sign_in import throttle
from oauth.clients import claimed_client_id
from oauth.requests import Request
from oauth.server import Answer, AuthorizationServer


@web.post("/oauth/token")
@public
@transactional
def token() -> Response:
    """Codes and refresh tokens in, tokens out (RFC 6749 section 3.2)."""
    return _answer(AuthorizationServer.create_token_response)


@web.post("/oauth/revoke")
@public
@transactional
def revoke() -> Response:
    """Give a token back (RFC 7009)."""
    return _answer(lambda server, asked: server.create_endpoint_response("revocation", asked))


@web.post("/oauth/introspect")
@public
@transactional
def introspect() -> Response:
    """Ask about a token (RFC 7662)."""
    return _answer(lambda server, asked: server.create_endpoint_response("introspection", asked))


@web.post("/oauth/device_authorization")
@public
@transactional
def device_authorization() -> Response:
    """Begin on a device without a browser (RFC 8628)."""
    return _answer(lambda server, asked: server.create_endpoint_response("device_authorization", asked))


def _answer(ask: Callable[[AuthorizationServer, Request], Answer]) -> Response:
    """Ask the authorization server, unless somebody hurries or guesses secrets."""
    asked = oauth_request(request.form)
    network = network_of(request.remote_addr)
    guessed = (claimed_client_id(asked), network)
    wait = throttle().attempt(TOKENS_FROM, network) or throttle().wait(CLIENT_SECRET, *guessed)
    if wait:
        return too_many(wait)
    answer = ask(authorization_server(), asked)
    if answer.status == 401:
        throttle().attempt(CLIENT_SECRET, *guessed)
    return respond(answer)


def too_many(wait: int) -> Response:
    """Slow an app down.

    Args:
        wait: for how many seconds.
    """
    body = {"error": "temporarily_unavailable", "error_description": f"Too many requests; wait {wait} s."}
    headers = [
        ("Content-Type", "application/json"),
        ("Cache-Control", "no-store"),
        ("Retry-After", str(wait)),
    ]
    return respond(Answer(429, body, headers))
