"""Apps register themselves (RFC 7591), and look after their registration (RFC 7592)."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oauth2.rfc6749 import InvalidRequestError, OAuth2Error
from sqlalchemy import insert, select, update

from oauth.clients import NO_SECRET, SECRET_METHODS
from oauth.credentials import digest, matches, new_credential
from oauth.endpoints.client_metadata import Metadata, read_metadata
from oauth.events import What
from oauth.protector import bearer_token
from oauth.scopes import Catalogue
from oauth.server import Answer
from oauth.tables import Store, moment

NO_STORE = [("Content-Type", "application/json"), ("Cache-Control", "no-store"), ("Pragma", "no-cache")]
NOT_OURS_TO_SEND = (
    "registration_access_token",
    "registration_client_uri",
    "client_secret_expires_at",
    "client_id_issued_at",
)


class InvalidTokenError(OAuth2Error):
    """The token that allows registering, or managing a registration, is missing or wrong."""

    error = "invalid_token"
    status_code = 401

    def get_headers(self) -> list[tuple[str, str]]:
        return [*super().get_headers(), ("WWW-Authenticate", f'Bearer error="{self.error}"')]


@dataclass(frozen=True)
class Registration:
    """The endpoints, for one request.

    Args:
        address: of the endpoint; an app finds its own registration below it.
        catalogue: the scopes that there are.
        allows_dotless_schemes: whether private schemes such as `myapp:/callback` can be registered.
    """

    store: Store
    address: str
    catalogue: Catalogue
    allows_dotless_schemes: bool = False

    def register(self, body: object, admit: Callable[[], int | None]) -> Answer:
        """Register an app (RFC 7591 section 3).

        Args:
            body: the JSON that it sent.
            admit: is called once the registration is found good, and raises where the app is not let in; the
                firm that it is registered for, or None for an app of nobody's.
        """
        try:
            metadata = self._read(body)
        except OAuth2Error as error:
            return Answer(*error())
        firm_id = admit()
        client_id, token = secrets.token_hex(16), new_credential()
        secret = new_credential() if metadata.is_confidential else None
        row = {
            "client_id": client_id,
            "firm_id": firm_id,
            "secret_hash": digest(secret) if secret else None,
            "registration_token_hash": digest(token),
            "requires_pkce": True,
            "created_at": moment(),
            **metadata.columns(),
        }
        self.store.session.execute(insert(self.store.tables.clients).values(row))
        self.store.tell(What.REGISTERED, client_id, firm_id, name=metadata.name, scope=metadata.scope)
        return Answer(201, self._shown(row, token, secret), NO_STORE)

    def manage(self, method: str, client_id: str, authorization: str | None, body: object) -> Answer:
        """Answer a GET, PUT or DELETE at the address of one registration (RFC 7592 section 2)."""
        try:
            row, token = self._authenticated(client_id, authorization)
            if method == "DELETE":
                return self._delete(row)
            secret = self._replace(row, body) if method == "PUT" else None
        except OAuth2Error as error:
            return Answer(*error())
        return Answer(200, self._shown(row, token, secret), NO_STORE)

    def _read(self, body: object) -> Metadata:
        return read_metadata(body, self.catalogue, allows_dotless_schemes=self.allows_dotless_schemes)

    def _authenticated(self, client_id: str, authorization: str | None) -> tuple[dict[str, Any], str]:
        clients = self.store.tables.clients
        alive = select(clients).where(clients.c.client_id == client_id, clients.c.deleted_at.is_(None))
        row = None if "\0" in client_id else self.store.session.execute(alive).first()
        token = bearer_token(authorization) or ""
        if not matches(token, row.registration_token_hash if row else None) or row is None:
            raise InvalidTokenError("This is not the registration access token of the app.")
        return dict(row._mapping), token

    def _replace(self, row: dict[str, Any], body: object) -> str | None:
        """Take the new metadata over; the new secret, where the app becomes one that has a secret."""
        _check_update(row, body)
        changes = self._read(body).columns()
        secret = None
        if not changes["is_confidential"]:
            changes |= {"secret_hash": None, "previous_secret_hash": None, "previous_secret_until": None}
        elif row["secret_hash"] is None:
            secret = new_credential()
            changes["secret_hash"] = digest(secret)
        self._change(row, **changes)
        row.update(changes)
        self.store.tell(What.CHANGED, row["client_id"], row["firm_id"], name=row["name"])
        return secret

    def _delete(self, row: dict[str, Any]) -> Answer:
        at, grants = moment(), self.store.tables.grants
        self._change(row, deleted_at=at)
        living = (grants.c.client_id == row["client_id"]) & grants.c.revoked_at.is_(None)
        self.store.session.execute(update(grants).where(living).values(revoked_at=at))
        self.store.tell(What.DELETED, row["client_id"], row["firm_id"], name=row["name"])
        return Answer(204, "", NO_STORE[1:])

    def _change(self, row: Mapping[str, Any], **changes: object) -> None:
        clients = self.store.tables.clients
        own = clients.c.client_id == row["client_id"]
        self.store.session.execute(update(clients).where(own).values(changes))

    def _shown(self, row: Mapping[str, Any], token: str, secret: str | None) -> dict[str, Any]:
        """The client information response (RFC 7591 section 3.2.1)."""
        issued_at: dt.datetime = row["created_at"]
        default_method = SECRET_METHODS[0] if row["is_confidential"] else NO_SECRET
        shown: dict[str, Any] = {
            "client_id": row["client_id"],
            "client_id_issued_at": int(issued_at.timestamp()),
            "registration_access_token": token,
            "registration_client_uri": f"{self.address}/{row['client_id']}",
            "client_name": row["name"],
            "redirect_uris": row["redirect_uris"],
            "grant_types": row["grant_types"],
            "response_types": ["code"] if "authorization_code" in row["grant_types"] else [],
            "token_endpoint_auth_method": row["auth_method"] or default_method,
            "scope": row["scope"],
            "client_uri": row["homepage"],
            "logo_uri": row["logo_uri"],
        }
        if secret:
            shown |= {"client_secret": secret, "client_secret_expires_at": 0}
        return {name: value for name, value in shown.items() if value is not None}


def _check_update(row: Mapping[str, Any], body: object) -> None:
    """What an update must and must not carry (RFC 7592 section 2.2)."""
    sent: Mapping[str, Any] = body if isinstance(body, dict) else {}
    if sent.get("client_id") != row["client_id"]:
        raise InvalidRequestError("The client_id must be that of the registration.")
    if any(name in sent for name in NOT_OURS_TO_SEND):
        raise InvalidRequestError("The update has members that only the server sets.")
    secret = sent.get("client_secret")
    if secret is not None and not (isinstance(secret, str) and matches(secret, row["secret_hash"])):
        raise InvalidRequestError("The client_secret is not that of the registration.")
