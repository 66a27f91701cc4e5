"""The documents from which a client that knows nothing but one address learns the rest (RFC 8414, RFC 9728)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from oauth.clients import NO_SECRET, SECRET_METHODS
from oauth.grants import GRANTS


@dataclass(frozen=True)
class Addresses:
    """Where the host answers; absolute addresses.

    Args:
        issuer: the server's own address without a trailing slash.
        device_page: where a user types the code of a device.
        registration: None where apps cannot register themselves.
    """

    issuer: str
    authorization: str
    token: str
    revocation: str
    introspection: str
    device_authorization: str
    device_page: str
    documentation: str
    registration: str | None


def server_metadata(addresses: Addresses, scopes: Sequence[str]) -> dict[str, Any]:
    """What the authorization server can do (RFC 8414 section 2): only what works is in it."""
    anyone = [*SECRET_METHODS, NO_SECRET]
    document = {
        "issuer": addresses.issuer,
        "authorization_endpoint": addresses.authorization,
        "token_endpoint": addresses.token,
        "revocation_endpoint": addresses.revocation,
        "introspection_endpoint": addresses.introspection,
        "device_authorization_endpoint": addresses.device_authorization,
        "scopes_supported": list(scopes),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [grant.GRANT_TYPE for grant in GRANTS],
        "token_endpoint_auth_methods_supported": anyone,
        "revocation_endpoint_auth_methods_supported": anyone,
        "introspection_endpoint_auth_methods_supported": list(SECRET_METHODS),
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "service_documentation": addresses.documentation,
    }
    if addresses.registration:
        document["registration_endpoint"] = addresses.registration
    return document


def resource_metadata(
    addresses: Addresses, resource: str, name: str, scopes: Sequence[str]
) -> dict[str, Any]:
    """What an app has to know about a protected resource (RFC 9728 section 2).

    Args:
        resource: its address, which is the resource indicator too.
        name: what people call it.
    """
    return {
        "resource": resource,
        "authorization_servers": [addresses.issuer],
        "scopes_supported": list(scopes),
        "bearer_methods_supported": ["header"],
        "resource_name": name,
        "resource_documentation": addresses.documentation,
    }
