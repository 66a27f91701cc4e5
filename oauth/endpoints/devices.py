"""Where a device begins (RFC 8628 section 3.1)."""

from __future__ import annotations

from typing import Any

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749 import InvalidScopeError, UnauthorizedClientError
from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE, DeviceAuthorizationEndpoint

from oauth import devices
from oauth.requests import Request
from oauth.resources import asked_resources

NO_STORE = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]


class DeviceAuthorization(DeviceAuthorizationEndpoint):
    """Gives the device its two codes."""

    def create_endpoint_response(self, request: Request) -> tuple[int, dict[str, Any], list[tuple[str, str]]]:
        client = self.authenticate_client(request)
        if not client.check_grant_type(DEVICE_CODE_GRANT_TYPE):
            raise UnauthorizedClientError("The app is not registered for the device authorization grant.")
        self.server.validate_requested_scope(request.payload.scope)
        scope = client.get_allowed_scope(request.payload.scope)
        if scope is None:
            raise InvalidScopeError()
        store, page = self.server.store, self.server.addresses.device_page
        resource = asked_resources(request, self.server.issuer)
        device_code, user_code = devices.announce(store, client.client_id, scope, resource)
        answer = {
            "device_code": device_code,
            "user_code": user_code,
            "verification_uri": page,
            "verification_uri_complete": add_params_to_uri(page, [("user_code", user_code)]),
            "expires_in": store.lifetimes.device_code,
            "interval": devices.INTERVAL,
        }
        return 200, answer, NO_STORE
