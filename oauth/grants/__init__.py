"""The four grants that the token endpoint knows. Authlib checks the requests; spending and issuing are ours."""

from oauth.grants.code import AuthorizationCode
from oauth.grants.device import DeviceCode
from oauth.grants.refresh import RefreshToken
from oauth.grants.service_account import ServiceAccount

GRANTS = (AuthorizationCode, RefreshToken, DeviceCode, ServiceAccount)

__all__ = ["GRANTS", "AuthorizationCode", "DeviceCode", "RefreshToken", "ServiceAccount"]
