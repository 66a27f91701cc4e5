"""The two grants that the token endpoint knows. Authlib checks the requests; spending and issuing are
ours."""

from __future__ import annotations

from typing import Any

from authlib.oauth2.rfc6749 import InvalidGrantError, InvalidScopeError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, RefreshTokenGrant
from sqlalchemy import Table

from oauth import families
from oauth.clients import Client
from oauth.credentials import new_credential
from oauth.expiry import refresh_token_end
from oauth.families import Credential, Owner
from oauth.requests import Request
from oauth.scopes import covers, listed, parse
from oauth.spending import refuse_second_use, spend

TokenAnswer = tuple[int, dict[str, str | int], list[tuple[str, str]]]


class AuthorizationCode(AuthorizationCodeGrant):
    """A user's approval gives a code, and the code the first pair of tokens (RFC 6749 section 4.1)."""

    def generate_authorization_code(self) -> str:
        return new_credential()

    def save_authorization_code(self, code: str, request: Request) -> None:
        families.approve(
            self.server.store,
            code,
            Owner(*request.user),
            request.client.client_id,
            scope=request.scope,
            redirect_uri=request.payload.redirect_uri,
            challenge=request.payload.data.get("code_challenge"),
        )

    def validate_token_request(self) -> None:
        self.refresh_until = refresh_token_end(self.request, self.server.store.lifetimes)
        super().validate_token_request()

    def query_authorization_code(self, code: str, client: Client) -> Credential | None:
        """Find the code and spend it: whatever else is wrong with the request, there is no second try."""
        store = self.server.store
        found = families.find(store, store.tables.codes, code, client.client_id)
        if found is not None:
            _redeem(self, store.tables.codes, found)
        return found

    def create_token_response(self) -> TokenAnswer:
        family: Credential = self.request.authorization_code
        answer = families.issue(
            self.server.store, family, scope=family.scope, refresh_until=self.refresh_until
        )
        return 200, answer, self.TOKEN_RESPONSE_HEADER


class RefreshToken(RefreshTokenGrant):
    """A refresh token gives the next pair, and is spent by it (RFC 6749 section 6).

    It is spent last, so that a request which is merely malformed costs the app nothing.
    """

    def validate_token_request(self) -> None:
        self.refresh_until = refresh_token_end(self.request, self.server.store.lifetimes)
        super().validate_token_request()

    def authenticate_refresh_token(self, refresh_token: str) -> Credential | None:
        store = self.server.store
        client = self.request.client.client_id
        return families.find(store, store.tables.refresh_tokens, refresh_token, client)

    def _validate_token_scope(self, token: Credential) -> None:
        # The base compares names; here `full` contains `read`.
        asked = self.request.payload.scope
        if asked and not covers(token.scope, asked):
            raise InvalidScopeError()

    def create_token_response(self) -> TokenAnswer:
        store = self.server.store
        family: Credential = self.request.refresh_token
        _redeem(self, store.tables.refresh_tokens, family)
        scope = listed(parse(self.request.payload.scope or family.scope))
        answer = families.issue(store, family, scope=scope, refresh_until=self.refresh_until)
        return 200, answer, self.TOKEN_RESPONSE_HEADER


def _redeem(grant: Any, table: Table, credential: Credential) -> None:
    """Spend a credential.

    Raises:
        InvalidGrantError: it was spent before, has expired or is revoked, or its user is gone.
    """
    server = grant.server
    if not spend(server.store, table, credential.hash):
        refuse_second_use(server.store, table, credential.hash, grant.request.began)
        raise InvalidGrantError("It was used before.")
    if credential.is_dead or not server.is_active(credential.owner):
        raise InvalidGrantError("It has expired or was revoked.")
