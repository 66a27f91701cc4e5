"""Giving tokens back (RFC 7009) and asking about them (RFC 7662)."""

from __future__ import annotations

from typing import Any

from authlib.oauth2.rfc6749 import InvalidClientError, InvalidRequestError
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint

from oauth import families
from oauth.clients import Client
from oauth.families import Credential
from oauth.requests import Request
from oauth.scopes import meet


class OwnTokens:
    """What both endpoints have in common: an app asks about tokens of its own, and hints are only hints."""

    server: Any

    def check_params(self, request: Request, client: Client) -> None:
        """Ask for a token; an unknown `token_type_hint` is ignored (RFC 7009 section 2.2.1)."""
        self.client = client
        if "token" not in request.form:
            raise InvalidRequestError("The token is missing.")

    def query_token(self, token: str, hint: str | None) -> Credential | None:
        """The access or refresh token, if it was issued to the app that asks."""
        store = self.server.store
        kinds = (store.tables.access_tokens, store.tables.refresh_tokens)
        both = (families.find(store, kind, token, self.client.client_id) for kind in kinds)
        return next(filter(None, both), None)


class Revocation(OwnTokens, RevocationEndpoint):
    """Either token ends the whole grant: what an app gives back, it gives back altogether."""

    def revoke_token(self, token: Credential, request: Request) -> None:
        families.revoke(self.server.store, token)


class Introspection(OwnTokens, IntrospectionEndpoint):
    """Answers apps that can prove who they are (RFC 7662 section 2.1)."""

    def check_params(self, request: Request, client: Client) -> None:
        if not client.is_confidential:
            raise InvalidClientError(description="This needs an app with a secret.", status_code=401)
        super().check_params(request, client)

    def check_permission(self, token: Credential, client: Client, request: Request) -> bool:
        is_alive = not token.is_dead and token.used_at is None
        return is_alive and bool(self.server.may_connect(token.owner, token.client_id))

    def create_introspection_payload(self, token: Credential | None) -> dict[str, Any]:
        if token is None:
            return {"active": False}
        payload = {
            "active": True,
            "scope": meet(self.client.scope, token.scope),
            "client_id": token.client_id,
            "sub": token.owner.user_id,
            "iss": self.server.issuer,
            "iat": int(token.created_at.timestamp()),
            "exp": int(token.expires_at.timestamp()),
        }
        if token.is_access_token:
            payload["token_type"] = "bearer"  # noqa: S105 - a kind of token
        if token.resource:
            resources = token.resource.split()
            payload["aud"] = resources if len(resources) > 1 else resources[0]
        return payload
