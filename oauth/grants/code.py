"""A user's approval gives a code, and the code the first pair of tokens (RFC 6749 section 4.1)."""

from __future__ import annotations

from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant

from oauth import families
from oauth.clients import Client
from oauth.credentials import new_credential
from oauth.expiry import refresh_token_end
from oauth.families import Credential
from oauth.grants.redeeming import TokenAnswer, check_connected, redeem, scope_within
from oauth.requests import Request
from oauth.resources import asked_resources, check_approved
from oauth.tables import Owner


class AuthorizationCode(AuthorizationCodeGrant):
    """The authorization code grant."""

    def generate_authorization_code(self) -> str:
        return new_credential()

    def save_authorization_code(self, code: str, request: Request) -> None:
        store = self.server.store
        family = families.begin(
            store,
            Owner(*request.user),
            request.client.client_id,
            kind=self.GRANT_TYPE,
            scope=request.scope,
            resource=asked_resources(request, self.server.issuer),
        )
        challenge = request.payload.data.get("code_challenge")
        families.give_code(
            store, family, code, redirect_uri=request.payload.redirect_uri, challenge=challenge
        )

    def validate_token_request(self) -> None:
        self.refresh_until = refresh_token_end(self.request, self.server.store.lifetimes)
        self.resource = asked_resources(self.request, self.server.issuer)
        super().validate_token_request()

    def query_authorization_code(self, code: str, client: Client) -> Credential | None:
        """Find the code and spend it: whatever else is wrong with the request, there is no second try."""
        store = self.server.store
        found = families.find(store, store.tables.codes, code, client.client_id)
        if found is not None:
            redeem(self, store.tables.codes, found)
            check_connected(self, found.owner, found.client_id)
        return found

    def create_token_response(self) -> TokenAnswer:
        store, client = self.server.store, self.request.client
        family: Credential = self.request.authorization_code
        check_approved(self.resource, family.resource)
        families.keep_resource(store, family, self.resource)
        until = self.refresh_until if client.check_grant_type("refresh_token") else None
        answer = families.issue(store, family, scope=scope_within(client, family.scope), refresh_until=until)
        return 200, answer, self.TOKEN_RESPONSE_HEADER
