"""Time entries: what an hour costs where the entry does not say it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.errors import Conflict
from app.models import Item, Matter, TimeEntry, User
from app.models.base import now
from app.services import charges, utbms
from app.services.records import Rules, Values
from app.services.scoping import Actor


def complete(session: Session, actor: Actor, entry: Any, values: Values) -> None:
    values["billed_by_user_id"] = values.get("billed_by_user_id") or entry.billed_by_user_id or actor.user_id
    values["date"] = values.get("date") or entry.date or now()
    matter = charges.settle_account(session, actor, entry, values)
    utbms.check_task_code(entry, values, utbms.OF_TIME)
    rate = charges.price_so_far(entry, values, "rate")
    if rate is None:
        user = session.get_one(User, (actor.firm_id, values["billed_by_user_id"]))
        rate = default_rate(matter, user, charges.item_of(session, actor, values))
    values["rate"] = rate
    charges.settle_total(session, actor, entry, values, "hours", "rate")


def refuse_to_bill(entry: TimeEntry) -> None:
    """
    Raises:
        Conflict: it was never to be billed.
    """
    if not entry.is_billable:
        raise Conflict("This time entry is not billable.")


def default_rate(matter: Matter, user: User, item: Item | None) -> Decimal:
    """The hourly rate of an entry that names none.

    The item's where it goes before all others, or where the matter is charged by items; else the matter's
    where it has one; else the user's.
    """
    by_item = item is not None and (item.overrides_hourly_rate or matter.rate_type == "ItemRate")
    if by_item and item is not None and item.rate is not None:
        return item.rate
    if matter.rate_type == "ProjectRate" and matter.hourly_rate is not None:
        return matter.hourly_rate
    return user.hourly_rate or Decimal(0)


RULES = Rules(before=complete, delete=charges.refuse_to_delete)
