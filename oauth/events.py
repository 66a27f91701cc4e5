"""What the server tells its host of, for an audit trail: facts for people, and never anything secret."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class What(Enum):
    """The kinds of events."""

    APPROVED = "approved"
    """A user let an app in."""
    DENIED = "denied"
    """A user did not."""
    NOT_CONNECTED = "not connected"
    """An app's authorization request was refused."""
    ISSUED = "issued"
    """An app was given tokens."""
    REFRESHED = "refreshed"
    NOT_ISSUED = "not issued"
    """An app was refused tokens, or whatever else it asked of an endpoint."""
    REUSED = "reused"
    """A spent code or refresh token came again, and its family was revoked for it."""
    REVOKED = "revoked"
    """An app gave its tokens back."""
    UNPROVEN = "unproven"
    """Somebody could not prove to be the app that it named."""
    REGISTERED = "registered"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True)
class Event:
    """Something that happened.

    Args:
        client_id: the app; None where there is none of that name.
        firm_id: the firm of the user or, where no user is known, of the app's developer.
        facts: such as the scope, or the redirect URI that was sent.
    """

    what: What
    client_id: str | None = None
    firm_id: int | None = None
    user_id: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


Report = Callable[[Event], None]
