"""Telling the host why an app was refused, so that its developer can see it."""

from __future__ import annotations

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import AccessDeniedError, InvalidClientError
from authlib.oauth2.rfc8628 import AuthorizationPendingError, SlowDownError

from oauth.events import What
from oauth.requests import Request
from oauth.tables import Store

ROUTINE = (AuthorizationPendingError, SlowDownError)
"""What a device is told while its user has not decided: no refusal."""


def tell_refusal(store: Store, request: Request, error: OAuth2Error) -> None:
    """Report a refusal.

    The redirect URI that was sent goes with it: one that is not registered is the commonest mistake. An app
    that does not exist has no developer, so nobody would read about it unless it failed to prove itself.
    """
    if isinstance(error, ROUTINE):
        return
    what, client = _kind(request, error), request.named
    if client is None and what is not What.UNPROVEN:
        return
    store.tell(
        what,
        client.client_id if client else None,
        *(request.decided_by or (client.firm_id if client else None, None)),
        error=error.error,
        reason=error.get_error_description(),
        grant_type=request.payload.grant_type,
        redirect_uri=request.payload.redirect_uri,
    )


def _kind(request: Request, error: OAuth2Error) -> What:
    if request.is_authorization:
        return What.DENIED if isinstance(error, AccessDeniedError) else What.NOT_CONNECTED
    return What.UNPROVEN if isinstance(error, InvalidClientError) else What.NOT_ISSUED
