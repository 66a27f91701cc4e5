"""Where apps that run in a browser call from."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import Text, cast, select

from oauth.tables import Store

LONGEST = 300


def is_registered_origin(store: Store, origin: str) -> bool:
    """Whether a public app has a redirect URI of this origin.

    A preflight does not say which app it is for, so all are looked at; confidential apps run on servers, which
    need no leave of a browser.

    Args:
        origin: the `Origin` header (RFC 6454 section 7).
    """
    if len(origin) > LONGEST or not origin.startswith(("https://", "http://")) or not origin.isascii():
        return False
    clients = store.tables.clients
    named = cast(clients.c.redirect_uris, Text).contains(f'"{origin}', autoescape=True)
    public = clients.c.is_confidential.is_(False) & clients.c.deleted_at.is_(None)
    found = store.session.scalars(select(clients.c.redirect_uris).where(public, named))
    return any(_origin(uri) == origin for uris in found for uri in uris)


def _origin(uri: str) -> str:
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}"
