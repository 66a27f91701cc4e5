"""What an app says of itself when it registers (RFC 7591 section 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.oauth2.rfc7591 import InvalidClientMetadataError, InvalidRedirectURIError
from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE

from oauth.clients import NO_SECRET, SECRET_METHODS
from oauth.redirects import check_redirect_uri
from oauth.scopes import FULL, Catalogue, listed, parse

GRANT_TYPES = ("authorization_code", "refresh_token", DEVICE_CODE_GRANT_TYPE)
"""Those that an app can have on its own: a service account is a firm's to make."""
MOST_URIS = 20
LONGEST_NAME = 100
LONGEST_URI = 2_000


@dataclass(frozen=True)
class Metadata:
    """What is kept of it, by the names of the host's columns."""

    name: str
    redirect_uris: list[str]
    grant_types: list[str]
    auth_method: str
    scope: str
    homepage: str | None
    logo_uri: str | None

    @property
    def is_confidential(self) -> bool:
        return self.auth_method != NO_SECRET

    def columns(self) -> dict[str, Any]:
        return {**vars(self), "is_confidential": self.is_confidential}


def read_metadata(body: object, catalogue: Catalogue, *, allows_dotless_schemes: bool = False) -> Metadata:
    """Check a registration. What we have no use for is ignored (RFC 7591 section 2).

    Args:
        body: the JSON that was sent.
        catalogue: the scopes that there are; an app that names none is registered for `full`.

    Raises:
        InvalidClientMetadataError, InvalidRedirectURIError: with a sentence about what is wrong.
    """
    if not isinstance(body, dict):
        raise InvalidClientMetadataError("The body must be a JSON object.")
    grant_types = _grant_types(body)
    redirect_uris = _redirect_uris(body, grant_types, allows_dotless_schemes)
    method = _text(body, "token_endpoint_auth_method") or SECRET_METHODS[0]
    if method not in (*SECRET_METHODS, NO_SECRET):
        raise InvalidClientMetadataError("The token_endpoint_auth_method is not supported.")
    scope = listed(parse(_text(body, "scope") or FULL)) or FULL
    if not catalogue.knows(scope):
        raise InvalidClientMetadataError("The scope has a word that is not known here.")
    return Metadata(
        name=_name(body, redirect_uris),
        redirect_uris=redirect_uris,
        grant_types=grant_types,
        auth_method=method,
        scope=scope,
        homepage=_web_address(body, "client_uri"),
        logo_uri=_web_address(body, "logo_uri"),
    )


def _grant_types(body: Mapping[str, Any]) -> list[str]:
    asked = _texts(body, "grant_types")
    if asked is None:
        asked = ["authorization_code", "refresh_token"]
    if not asked or not set(asked) <= set(GRANT_TYPES) or asked == ["refresh_token"]:
        raise InvalidClientMetadataError(f"The grant_types can be {', '.join(GRANT_TYPES)}.")
    responses = _texts(body, "response_types")
    expected = {"code"} if "authorization_code" in asked else set()
    if responses is not None and set(responses) != expected and set(responses) != {"code"}:
        raise InvalidClientMetadataError("The only response type is code.")
    return sorted(set(asked))


def _redirect_uris(
    body: Mapping[str, Any], grant_types: list[str], allows_dotless_schemes: bool
) -> list[str]:
    uris = _texts(body, "redirect_uris") or []
    if len(uris) > MOST_URIS or (not uris and "authorization_code" in grant_types):
        raise InvalidRedirectURIError(f"An app has 1 to {MOST_URIS} redirect URIs.")
    for uri in uris:
        try:
            check_redirect_uri(uri, allows_dotless_schemes=allows_dotless_schemes)
        except ValueError as error:
            raise InvalidRedirectURIError(str(error)) from error
    return list(dict.fromkeys(uris))


def _name(body: Mapping[str, Any], redirect_uris: list[str]) -> str:
    """The name that users see; where the app gives none, the host that it is answered at."""
    name = (_text(body, "client_name") or "").strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidClientMetadataError(f"The client_name has up to {LONGEST_NAME} printable characters.")
    host = urlsplit(redirect_uris[0]).hostname if redirect_uris else None
    return name or (host or "An app without a name")[:LONGEST_NAME]


def _web_address(body: Mapping[str, Any], member: str) -> str | None:
    address = _text(body, member)
    if not address:
        return None
    is_plain = len(address) <= LONGEST_URI and all("!" <= character <= "~" for character in address)
    if not is_plain or not address.startswith(("https://", "http://")):
        raise InvalidClientMetadataError(f"The {member} must be a web address.")
    return address


def _text(body: Mapping[str, Any], member: str) -> str | None:
    value = body.get(member)
    if value is not None and not isinstance(value, str):
        raise InvalidClientMetadataError(f"The {member} must be text.")
    return value


def _texts(body: Mapping[str, Any], member: str) -> list[str] | None:
    value = body.get(member)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidClientMetadataError(f"The {member} must be a list of texts.")
    return value
