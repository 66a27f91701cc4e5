"""Messages: who sent them, when, and which conversation they are part of."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.models import Contact, Matter
from app.models.base import new_id, now
from app.services.records import Rules, Values
from app.services.scoping import Actor


def complete(session: Session, actor: Actor, message: Any, values: Values) -> None:
    values["sent_at"] = values.get("sent_at") or message.sent_at or now()
    values["conversation_id"] = values.get("conversation_id") or message.conversation_id or new_id()
    if values.get("account_id") is None:
        values["account_id"] = _account_of(session, actor, values)
    if values.get("sender_id") is None and not values.get("sent_by_contact"):
        values["sender_id"] = message.sender_id or actor.user_id


def _account_of(session: Session, actor: Actor, values: Values) -> str | None:
    """The contact's account, else the matter's."""
    if contact_id := values.get("contact_id"):
        return session.get_one(Contact, (actor.firm_id, contact_id)).account_id
    if matter_id := values.get("matter_id"):
        return session.get_one(Matter, (actor.firm_id, matter_id)).account_id
    return None


RULES = Rules(before=complete)
