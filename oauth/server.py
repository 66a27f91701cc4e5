"""The authorization server: the two endpoints, in terms of requests and answers that know no web framework.

It is made anew for each request, on the session of the request's transaction. The host must commit that even
when the answer is an error: a refused replay revokes its token family.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import AuthorizationServer as AuthlibServer
from authlib.oauth2.rfc6749 import (
    InvalidClientError,
    InvalidRequestError,
    OAuth2Error,
    UnsupportedResponseTypeError,
)

from oauth.clients import Client, authenticate, find_client
from oauth.families import Owner
from oauth.grants import AuthorizationCode, RefreshToken
from oauth.pkce import S256
from oauth.requests import Request
from oauth.scopes import SCOPES
from oauth.tables import Store


class Answer(NamedTuple):
    """What the host sends: JSON where the body is a mapping, else nothing but the headers."""

    status: int
    body: dict[str, Any] | str
    headers: list[tuple[str, str]]


class AuthorizationServer(AuthlibServer):
    """Answers `/authorize` and `/token` (RFC 6749 section 3).

    Args:
        store: the host's tables and the request's session.
        issuer: the server's own address without a trailing slash; it goes into every redirect as `iss`
            (RFC 9207), so that an app which talks to several servers knows who answered.
        is_active: whether a user may still act.
    """

    def __init__(self, store: Store, *, issuer: str, is_active: Callable[[Owner], bool]) -> None:
        super().__init__(scopes_supported=SCOPES)
        self.store = store
        self.issuer = issuer
        self.is_active = is_active
        self.register_grant(AuthorizationCode, [S256()])
        self.register_grant(RefreshToken)

    def get_consent_grant(self, request: Request, end_user: object = None) -> AuthorizationCode:
        """Check an authorization request before the user sees it.

        Returns:
            the grant, to be shown to the user and then handed to `create_authorization_response`.

        Raises:
            OAuth2Error: `redirect_uri` is set on it only where the app may be told; otherwise the app or its
                address is not to be trusted, and the user must be told (RFC 6749 section 4.1.2.1).
        """
        redirect_uri = self._trusted_redirect(request)
        try:
            request.payload.refuse_repeats()
            _check_response_type(request.payload.response_type)
            return cast(AuthorizationCode, super().get_consent_grant(request, end_user))
        except OAuth2Error as error:
            error.redirect_uri = redirect_uri
            error.state = request.payload.state
            raise

    def create_token_response(self, request: Request) -> Answer:
        """Answer a request to the token endpoint."""
        try:
            request.payload.refuse_repeats()
            if request.payload.grant_type is None:
                raise InvalidRequestError("The grant_type is missing.")
        except OAuth2Error as error:
            return cast(Answer, self.handle_error_response(request, error))
        return cast(Answer, super().create_token_response(request))

    def _trusted_redirect(self, request: Request) -> str:
        request.payload.refuse_repeats("client_id", "redirect_uri")
        client = self.query_client(request.payload.client_id or "")
        if client is None:
            raise InvalidClientError("No app is registered under this client_id.")
        sent = request.payload.redirect_uri
        if sent is not None and not client.check_redirect_uri(sent):
            raise InvalidRequestError("This redirect_uri is not registered for the app.")
        redirect_uri = sent or client.get_default_redirect_uri()
        if redirect_uri is None:
            raise InvalidRequestError("The app must say which of its redirect URIs to use.")
        return redirect_uri

    # What Authlib asks of a host:

    def query_client(self, client_id: str) -> Client | None:
        return find_client(self.store, client_id)

    def authenticate_client(
        self, request: Request, methods: Sequence[str], endpoint: str = "token"
    ) -> Client:
        return authenticate(self.store, request)

    def create_oauth2_request(self, request: Request) -> Request:
        return request

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Answer:
        """Every redirect says who sends it, and is a 303, so that a form's body is never sent on."""
        location = dict(headers).get("Location")
        if location is None:
            return Answer(status, body, headers)
        return Answer(303, "", [("Location", add_params_to_uri(location, [("iss", self.issuer)]))])

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""


def _check_response_type(response_type: str | None) -> None:
    if response_type is None:
        raise InvalidRequestError("The response_type is missing.")
    if response_type != "code":
        raise UnsupportedResponseTypeError(None)
