"""Messages: who sent them, when, and which conversation they are part of."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.models import Contact
from app.models.base import new_id, now
from app.services.on_matters import account_of, held_matter
from app.services.records import Rules, Values
from app.services.scoping import Actor


def complete(session: Session, actor: Actor, message: Any, values: Values) -> None:
    values["sent_at"] = values.get("sent_at") or message.sent_at or now()
    values["conversation_id"] = values.get("conversation_id") or message.conversation_id or new_id()
    if (matter_id := values.get("matter_id")) is not None:
        matter = held_matter(session, actor, message, matter_id)
        values["account_id"] = account_of(message, matter, values.get("account_id"))
    if values.get("account_id") is None and (contact_id := values.get("contact_id")):
        values["account_id"] = session.get_one(Contact, (actor.firm_id, contact_id)).account_id
    if values.get("sender_id") is None and not values.get("sent_by_contact"):
        values["sender_id"] = message.sender_id or actor.user_id


RULES = Rules(before=complete)
