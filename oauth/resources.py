"""Resource indicators: for which part of the host's API an app wants its tokens (RFC 8707).

One resource server stands behind every address of the issuer, so the indicator is checked, kept with the grant
and told by introspection. It does not narrow what a token opens; that is what scopes are for.
"""

from __future__ import annotations

from authlib.oauth2.rfc6749 import OAuth2Error

from oauth.requests import Request

LONGEST = 2_000


class InvalidTargetError(OAuth2Error):
    """The resource is none of ours, or more than was approved (RFC 8707 section 2)."""

    error = "invalid_target"


def asked_resources(request: Request, issuer: str) -> str | None:
    """The resources that a request names, separated by spaces; None where it names none.

    Args:
        issuer: this server's address without a trailing slash.

    Raises:
        InvalidTargetError: one of them is not an absolute URI at this server.
    """
    asked = sorted({value for value in request.payload.datalist["resource"] if value})
    if sum(map(len, asked)) > LONGEST or not all(_is_ours(resource, issuer) for resource in asked):
        raise InvalidTargetError("The resource must be the address of this server, or one below it.")
    return " ".join(asked) or None


def check_approved(asked: str | None, approved: str | None) -> None:
    """Refuse a token request for a resource that the grant was not made for (RFC 8707 section 2.2).

    Raises:
        InvalidTargetError: the grant names resources, and not this one.
    """
    if asked and approved and not set(asked.split()) <= set(approved.split()):
        raise InvalidTargetError("The user did not approve tokens for this resource.")


def _is_ours(resource: str, issuer: str) -> bool:
    if not all("!" <= character <= "~" for character in resource) or "#" in resource:
        return False
    return resource == issuer or resource.startswith((f"{issuer}/", f"{issuer}?"))
