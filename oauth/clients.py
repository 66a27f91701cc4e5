"""Apps that ask for access, and how they prove who they are."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from dataclasses import dataclass
from urllib.parse import unquote_plus

from authlib.oauth2.rfc6749 import ClientMixin, InvalidClientError
from sqlalchemy import select

from oauth.credentials import matches
from oauth.redirects import matches_registered
from oauth.requests import Request
from oauth.scopes import covers, listed, parse
from oauth.tables import Store, moment

SECRET_METHODS = ("client_secret_basic", "client_secret_post")
NO_SECRET = "none"  # noqa: S105 - the name of a method


@dataclass(frozen=True)
class Client(ClientMixin):
    """A registered app, in the words that Authlib asks it with."""

    client_id: str
    firm_id: int | None
    name: str
    secret_hash: str | None
    previous_secret_hash: str | None
    previous_secret_until: dt.datetime | None
    is_confidential: bool
    redirect_uris: list[str]
    grant_types: list[str]
    scope: str
    requires_pkce: bool
    acts_as_id: str | None

    @property
    def must_use_pkce(self) -> bool:
        """A public client has nothing else that ties a code to it (RFC 9700 section 2.1.1)."""
        return self.requires_pkce or not self.is_confidential

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str | None:
        return self.redirect_uris[0] if len(self.redirect_uris) == 1 else None

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """What is asked, or all that is registered when nothing is; None where that is too much."""
        wanted = parse(scope or "") or parse(self.scope)
        return listed(wanted) if covers(self.scope, listed(wanted)) else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return matches_registered(self.redirect_uris, redirect_uri)

    def check_client_secret(self, client_secret: str) -> bool:
        """Whether this is the secret, or the one before it in the time of a rotation."""
        is_current = matches(client_secret, self.secret_hash)
        is_previous = matches(client_secret, self.previous_secret_hash)
        in_time = self.previous_secret_until is not None and moment() < self.previous_secret_until
        return is_current or (is_previous and in_time)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return self.is_confidential == (method != NO_SECRET)

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code" and self.check_grant_type("authorization_code")

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in self.grant_types


def find_client(store: Store, client_id: str) -> Client | None:
    """The app with this id, if it was not deleted. No id has a NUL, which PostgreSQL would not even compare."""
    if "\0" in client_id:
        return None
    table = store.tables.clients
    columns = [table.c[name] for name in Client.__dataclass_fields__]
    found = select(*columns).where(table.c.client_id == client_id, table.c.deleted_at.is_(None))
    row = store.session.execute(found).first()
    return Client(**row._mapping) if row else None


def authenticate(store: Store, request: Request) -> Client:
    """The app that sends a request to the token endpoint or to one like it (RFC 6749 section 2.3.1).

    Its secret comes by HTTP Basic or in the body. A public client only names itself; libraries do so by Basic
    with an empty secret too.

    Raises:
        InvalidClientError: with status 401, whatever was wrong.
    """
    client_id, secret, request.auth_method = _credentials(request)
    client = request.named = find_client(store, client_id) if client_id else None
    if client is None:
        raise _refusal()
    if not client.is_confidential and not secret:
        request.auth_method = NO_SECRET
        return client
    if not client.is_confidential or not client.check_client_secret(secret):
        raise _refusal()
    return client


def claimed_client_id(request: Request) -> str:
    """The id of the app that a request says it comes from; empty where it says nothing that can be read."""
    try:
        return _credentials(request)[0]
    except InvalidClientError:
        return ""


def _credentials(request: Request) -> tuple[str, str, str]:
    body = request.payload.data
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        client_id, secret = _decode_basic(encoded)
        if body.get("client_id", client_id) != client_id:
            raise _refusal()
        return client_id, secret, "client_secret_basic"
    secret = body.get("client_secret", "")
    return body.get("client_id", ""), secret, "client_secret_post" if secret else NO_SECRET


def _decode_basic(encoded: str) -> tuple[str, str]:
    """Id and secret are form-encoded inside the Base64 (RFC 6749 section 2.3.1)."""
    try:
        text = base64.b64decode(encoded.encode("ascii"), validate=True).decode()
    except (binascii.Error, UnicodeError) as error:
        raise _refusal() from error
    client_id, _, secret = text.partition(":")
    return unquote_plus(client_id), unquote_plus(secret)


def _refusal() -> InvalidClientError:
    return InvalidClientError(description="The client is unknown or its secret is wrong.", status_code=401)
