"""An app acts as the user of its own firm whom the firm named: a service account (RFC 6749 section 4.4)."""

from __future__ import annotations

from authlib.oauth2.rfc6749 import InvalidScopeError, UnauthorizedClientError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant

from oauth import families
from oauth.grants.redeeming import TokenAnswer, check_connected
from oauth.resources import asked_resources
from oauth.tables import Owner


class ServiceAccount(ClientCredentialsGrant):
    """The client credentials grant. It has no refresh token: the secret is as good as one."""

    def validate_token_request(self) -> None:
        super().validate_token_request()
        client = self.request.client
        if not client.is_confidential or client.firm_id is None or client.acts_as_id is None:
            raise UnauthorizedClientError("The app is not the service account of a firm.")
        self.scope = client.get_allowed_scope(self.request.payload.scope)
        if self.scope is None:
            raise InvalidScopeError()
        self.owner = Owner(client.firm_id, client.acts_as_id)
        check_connected(self, self.owner, client.client_id)

    def create_token_response(self) -> TokenAnswer:
        store, client = self.server.store, self.request.client
        resource = asked_resources(self.request, self.server.issuer)
        family = families.begin(
            store,
            self.owner,
            client.client_id,
            kind=self.GRANT_TYPE,
            scope=self.scope,
            resource=resource,
        )
        answer = families.issue(store, family, scope=self.scope, refresh_until=None)
        return 200, answer, self.TOKEN_RESPONSE_HEADER
