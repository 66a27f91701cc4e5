"""Devices without a browser: a long code that the device polls with, and a short one that its user types
elsewhere (RFC 8628)."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, insert, select, update

from oauth.credentials import digest, new_credential
from oauth.events import What
from oauth.tables import Owner, Store, moment, seconds

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so no words; 20 to the power of 8 is 34 bits, enough where guessing is slowed (section 6.1)."""
LENGTH = 8
INTERVAL = 5
"""Seconds between two polls, and by how much that grows when a device hurries (section 3.5)."""


@dataclass(frozen=True)
class Device:
    """A device that waits, or has been answered."""

    hash: str
    client_id: str
    scope: str
    resource: str | None
    expires_at: dt.datetime
    interval: int
    polled_at: dt.datetime | None
    firm_id: int | None
    user_id: str | None
    is_approved: bool | None
    used_at: dt.datetime | None

    @property
    def owner(self) -> Owner:
        """Who decided."""
        return Owner(self.firm_id or 0, self.user_id or "")

    def is_expired(self) -> bool:
        return self.expires_at <= moment()

    def get_client_id(self) -> str:
        return self.client_id

    def get_scope(self) -> str:
        return self.scope

    def get_user_code(self) -> str:
        """Authlib looks the decision up by the user code; here both are one row."""
        return self.hash


def announce(store: Store, client_id: str, scope: str, resource: str | None) -> tuple[str, str]:
    """Let a device wait for its user; the device code and the user code."""
    device_code, at = new_credential(), moment()
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    row = {
        "hash": digest(device_code),
        "user_code_hash": digest(letters),
        "client_id": client_id,
        "scope": scope,
        "resource": resource,
        "created_at": at,
        "expires_at": at + seconds(store.lifetimes.device_code),
        "interval": INTERVAL,
    }
    store.session.execute(insert(store.tables.device_codes).values(row))
    return device_code, f"{letters[:4]}-{letters[4:]}"


def by_device_code(store: Store, device_code: str) -> Device | None:
    return _find(store, store.tables.device_codes.c.hash == digest(device_code))


def waiting(store: Store, user_code: str) -> Device | None:
    """The device that shows this code and waits for its user.

    Args:
        user_code: as typed, in any letter case, with or without the dash.
    """
    letters = "".join(character for character in user_code.upper() if character in LETTERS)
    device = _find(store, store.tables.device_codes.c.user_code_hash == digest(letters))
    return device if device and device.is_approved is None and not device.is_expired() else None


def decide(store: Store, device: Device, owner: Owner, *, approved: bool) -> bool:
    """Keep what the user decided; False where somebody else was faster."""
    table = store.tables.device_codes
    undecided = (table.c.hash == device.hash) & table.c.is_approved.is_(None)
    decision = {"is_approved": approved, **owner._asdict()}
    if store.session.execute(update(table).where(undecided).values(decision)).rowcount != 1:  # type: ignore[attr-defined]
        return False
    what = What.APPROVED if approved else What.DENIED
    store.tell(what, device.client_id, *owner, scope=device.scope, resource=device.resource)
    return True


def polled_too_soon(store: Store, device: Device) -> bool:
    """Note a poll; True, and a longer interval from now on, where it came before its time."""
    table, at = store.tables.device_codes, moment()
    is_early = device.polled_at is not None and at < device.polled_at + seconds(device.interval)
    interval = device.interval + INTERVAL * is_early
    own = table.c.hash == device.hash
    store.session.execute(update(table).where(own).values(polled_at=at, interval=interval))
    return is_early


def _find(store: Store, condition: ColumnElement[bool]) -> Device | None:
    columns = [store.tables.device_codes.c[name] for name in Device.__dataclass_fields__]
    row = store.session.execute(select(*columns).where(condition)).first()
    return Device(**row._mapping) if row else None
