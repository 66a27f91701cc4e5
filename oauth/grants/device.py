"""A device polls until its user has decided (RFC 8628 section 3.4)."""

from __future__ import annotations

from authlib.oauth2.rfc6749 import InvalidGrantError
from authlib.oauth2.rfc8628 import DeviceCodeGrant

from oauth import devices, families
from oauth.devices import Device
from oauth.expiry import refresh_token_end
from oauth.grants.redeeming import TokenAnswer, check_connected, scope_within
from oauth.resources import asked_resources, check_approved
from oauth.spending import spend
from oauth.tables import Owner


class DeviceCode(DeviceCodeGrant):
    """The device authorization grant."""

    def validate_token_request(self) -> None:
        self.refresh_until = refresh_token_end(self.request, self.server.store.lifetimes)
        self.resource = asked_resources(self.request, self.server.issuer)
        super().validate_token_request()

    def authenticate_token_endpoint_client(self) -> object:
        self.request.client = super().authenticate_token_endpoint_client()
        return self.request.client

    def query_device_credential(self, device_code: str) -> Device:
        device = devices.by_device_code(self.server.store, device_code)
        if device is None or device.client_id != self.request.client.client_id or device.used_at:
            raise InvalidGrantError("The device_code is unknown or was used before.")
        self.device = device
        check_approved(self.resource, device.resource)
        return device

    def query_user_grant(self, user_code: str) -> tuple[Owner, bool] | None:
        if self.device.is_approved is None:
            return None
        return self.device.owner, self.device.is_approved

    def should_slow_down(self, credential: Device) -> bool:
        return devices.polled_too_soon(self.server.store, credential)

    def create_token_response(self) -> TokenAnswer:
        store, device, client = self.server.store, self.device, self.request.client
        if not spend(store, store.tables.device_codes, device.hash):
            raise InvalidGrantError("The device_code was used before.")
        check_connected(self, device.owner, device.client_id)
        family = families.begin(
            store,
            device.owner,
            device.client_id,
            kind="device_code",
            scope=device.scope,
            resource=device.resource or self.resource,
        )
        until = self.refresh_until if client.check_grant_type("refresh_token") else None
        scope = scope_within(client, family.scope)
        return (
            200,
            families.issue(store, family, scope=scope, refresh_until=until),
            self.TOKEN_RESPONSE_HEADER,
        )
