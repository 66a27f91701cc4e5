"""A refresh token gives the next pair, and is spent by it (RFC 6749 section 6)."""

from __future__ import annotations

from authlib.oauth2.rfc6749 import InvalidScopeError
from authlib.oauth2.rfc6749.grants import RefreshTokenGrant

from oauth import families
from oauth.expiry import refresh_token_end
from oauth.families import Credential
from oauth.grants.redeeming import TokenAnswer, check_connected, redeem, scope_within
from oauth.lost_answers import is_no_replay, take_back_lost_answer
from oauth.resources import asked_resources, check_approved
from oauth.scopes import covers, listed, parse


class RefreshToken(RefreshTokenGrant):
    """The refresh token grant.

    The token is spent last, so that a request which is merely malformed costs the app nothing. Nor does it cost
    the token that the user or the firm does not let the app in for a while: whether it is let in is asked first,
    and what comes then is the user's and the firm's to say, not a thief's. Only a token that was spent before is
    judged first, as the replay that it is.
    """

    def validate_token_request(self) -> None:
        self.refresh_until = refresh_token_end(self.request, self.server.store.lifetimes)
        self.resource = asked_resources(self.request, self.server.issuer)
        super().validate_token_request()

    def authenticate_refresh_token(self, refresh_token: str) -> Credential | None:
        store = self.server.store
        client = self.request.client.client_id
        return families.find(store, store.tables.refresh_tokens, refresh_token, client)

    def _validate_token_scope(self, token: Credential) -> None:
        # The base compares names; here `full` contains `read`.
        self.validate_requested_scope()
        asked = listed(parse(self.request.payload.scope or ""))
        if not covers(token.scope, asked):
            raise InvalidScopeError()
        check_approved(self.resource, token.resource)
        self.scope = scope_within(self.request.client, asked or token.scope)

    def create_token_response(self) -> TokenAnswer:
        store = self.server.store
        family: Credential = self.request.refresh_token
        if is_no_replay(store, family, self.request.began):
            check_connected(self, family.owner, family.client_id)
        if not take_back_lost_answer(store, family, self.request.began):
            redeem(self, store.tables.refresh_tokens, family)
        answer = families.issue(
            store, family, scope=self.scope, refresh_until=self.refresh_until, parent=family.hash
        )
        return 200, answer, self.TOKEN_RESPONSE_HEADER
