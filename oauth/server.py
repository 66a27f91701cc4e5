"""The authorization server: its endpoints, in terms of requests and answers that know no web framework.

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
from oauth.endpoints.devices import DeviceAuthorization
from oauth.endpoints.metadata import Addresses
from oauth.endpoints.tokens import Introspection, Revocation
from oauth.grants import AuthorizationCode, DeviceCode, RefreshToken, ServiceAccount
from oauth.pkce import S256
from oauth.refusals import tell_refusal
from oauth.requests import Request
from oauth.resources import asked_resources
from oauth.scopes import Catalogue, parse
from oauth.tables import Owner, Store


class Answer(NamedTuple):
    """What the host sends: JSON where the body is a mapping, else nothing but the headers."""

    status: int
    body: dict[str, Any] | str
    headers: list[tuple[str, str]]


class AuthorizationServer(AuthlibServer):
    """Answers `/authorize` and `/token` (RFC 6749 section 3), and the endpoints beside them.

    Args:
        store: the host's tables and the request's session.
        addresses: where the host answers. The issuer goes into every redirect as `iss` (RFC 9207), so that an
            app which talks to several servers knows who answered.
        catalogue: the scopes that there are.
        may_connect: whether an app, by its id, may act for a user now: the user can be switched off, and the
            firm need not let the app in.
    """

    def __init__(
        self,
        store: Store,
        *,
        addresses: Addresses,
        catalogue: Catalogue,
        may_connect: Callable[[Owner, str], bool],
    ) -> None:
        super().__init__(scopes_supported=catalogue.scopes)
        self.store = store
        self.addresses = addresses
        self.issuer = addresses.issuer
        self.may_connect = may_connect
        self.register_grant(AuthorizationCode, [S256()])
        for grant in (RefreshToken, DeviceCode, ServiceAccount):
            self.register_grant(grant)
        for endpoint in (Revocation, Introspection, DeviceAuthorization):
            self.register_endpoint(endpoint)

    def get_consent_grant(self, request: Request, end_user: object = None) -> AuthorizationCode:
        """Check an authorization request before the user sees it.

        Returns:
            the grant, to be shown to the user and then handed to `create_authorization_response`.

        Raises:
            OAuth2Error: `redirect_uri` is set on it only where the app may be told (with `send_back`);
                otherwise the app or its address is not to be trusted, and the user must be told (RFC 6749
                section 4.1.2.1).
        """
        redirect_uri, request.is_authorization = None, True
        try:
            redirect_uri = self._trusted_redirect(request)
            request.payload.refuse_repeats()
            _check_response_type(request.payload.response_type)
            asked_resources(request, self.issuer)
            return cast(AuthorizationCode, super().get_consent_grant(request, end_user))
        except OAuth2Error as error:
            error.redirect_uri = redirect_uri
            error.state = request.payload.state
            tell_refusal(self.store, request, error)
            raise

    def answer_consent(self, grant: AuthorizationCode, owner: Owner, *, approved: bool) -> Answer:
        """Send the browser back to the app: with a code, or with the news that the user denies it."""
        grant.request.decided_by = owner
        decided = super().create_authorization_response(grant.request, owner if approved else None, grant)
        return cast(Answer, decided)

    def send_back(self, error: OAuth2Error) -> Answer:
        """Tell an app what is wrong with its authorization request."""
        return self.handle_response(*error())

    def create_token_response(self, request: Request) -> Answer:
        """Answer a request to the token endpoint."""
        try:
            request.payload.refuse_repeats()
            if request.payload.grant_type is None:
                raise InvalidRequestError("The grant_type is missing.")
        except OAuth2Error as error:
            return self.handle_error_response(request, error)
        return cast(Answer, super().create_token_response(request))

    def create_endpoint_response(self, name: str, request: Request) -> Answer:
        """Answer a request to the endpoint `revocation`, `introspection` or `device_authorization`."""
        try:
            request.payload.refuse_repeats()
        except OAuth2Error as error:
            return self.handle_error_response(request, error)
        return cast(Answer, super().create_endpoint_response(name, request))

    def _trusted_redirect(self, request: Request) -> str:
        request.payload.refuse_repeats("client_id", "redirect_uri")
        client = request.named = self.query_client(request.payload.client_id or "")
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

    def validate_requested_scope(self, scope: str | None) -> None:
        super().validate_requested_scope(" ".join(parse(scope or "")))

    def create_oauth2_request(self, request: Request) -> Request:
        return request

    def handle_error_response(self, request: Request, error: OAuth2Error) -> Answer:
        tell_refusal(self.store, request, error)
        return self.handle_response(*error())

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Answer:
        """Every redirect says who sends it, and is a 303, so that a form's body is never sent on."""
        location = dict(headers).get("Location")
        if location is None:
            return Answer(status, body, headers)
        return Answer(303, "", [("Location", add_params_to_uri(location, [("iss", self.issuer)]))])

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens: the host hears of events by `Store.report`."""


def _check_response_type(response_type: str | None) -> None:
    if response_type is None:
        raise InvalidRequestError("The response_type is missing.")
    if response_type != "code":
        raise UnsupportedResponseTypeError(None)
