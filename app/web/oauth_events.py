"""What the authorization server tells, kept in the audit trail."""

from __future__ import annotations

from flask import request

from app.services import audit
from app.transactions import session
from oauth.events import Event, What

ACTIONS = {
    What.APPROVED: "grant.approved",
    What.DENIED: "grant.denied",
    What.NOT_CONNECTED: "grant.refused",
    What.ISSUED: "token.issued",
    What.REFRESHED: "token.refreshed",
    What.NOT_ISSUED: "token.refused",
    What.REUSED: "token.reused",
    What.REVOKED: "token.revoked",
    What.UNPROVEN: "app.refused",
    What.REGISTERED: "app.registered",
    What.CHANGED: "app.changed",
    What.DELETED: "app.deleted",
}
LONGEST_FACT = 500


def keep(event: Event) -> None:
    """Add an event to the audit trail, in the transaction of this request."""
    facts = {name: _readable(fact) for name, fact in event.facts.items() if fact is not None}
    audit.record(
        session(),
        ACTIONS[event.what],
        firm_id=event.firm_id,
        user_id=event.user_id,
        client_id=event.client_id,
        address=request.remote_addr,
        **facts,
    )


def _readable(fact: object) -> str:
    """A fact may be text that a stranger has sent: it is cut, and shows what cannot be printed as such."""
    text = str(fact)[:LONGEST_FACT]
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )
