"""Expenses: money that the firm laid out, today unless the client says when."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.models.base import now
from app.services import charges, utbms
from app.services.records import Rules, Values
from app.services.scoping import Actor


def complete(session: Session, actor: Actor, expense: Any, values: Values) -> None:
    charges.settle_account(session, actor, expense, values)
    utbms.check_task_code(expense, values, utbms.OF_EXPENSES)
    if values.get("date") is None:
        values["date"] = expense.date or now().replace(hour=0, minute=0, second=0, microsecond=0)
    charges.settle_total(session, actor, expense, values, "quantity", "price")


RULES = Rules(before=complete, delete=charges.refuse_to_delete)
