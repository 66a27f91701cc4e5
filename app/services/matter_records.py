"""What holds for the records on matters: parties, charges, incomes, litigations and services."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import MatterCharge
from app.models.base import now
from app.services.custom_values import Holder, check_values
from app.services.display_names import full_name
from app.services.on_matters import held_matter
from app.services.records import Rules, Values
from app.services.scoping import Actor, of_firm

NAME_PARTS = ("first_name", "middle_name", "last_name", "suffix")


def complete(session: Session, actor: Actor, record: Any, values: Values, *, alone: bool = False) -> None:
    """What all of them have in common: the matter stays while one is written, and the values in the firm's own
    fields are right.

    Args:
        alone: whether it bears on others on the matter, so that their writers wait.
    """
    held_matter(session, actor, record, values["matter_id"], alone=alone)
    check_values(session, actor, type(record), [Holder(record.id, values)])


def complete_party(session: Session, actor: Actor, party: Any, values: Values) -> None:
    complete(session, actor, party, values)
    organization = (values.get("organization_name") or "").strip()
    values["display_name"] = organization or full_name(*(values.get(part) for part in NAME_PARTS))
    if not values["display_name"]:
        raise InvalidBody({"last_name": ["A party needs a name, or the name of an organization."]})


def complete_charge(session: Session, actor: Actor, charge: Any, values: Values) -> None:
    """The mark of the top charge goes from one to the other."""
    is_top = bool(values.get("is_top_charge"))
    complete(session, actor, charge, values, alone=is_top)
    if not is_top:
        return
    others = of_firm(MatterCharge, actor).where(
        MatterCharge.matter_id == values["matter_id"],
        MatterCharge.is_top_charge,
        MatterCharge.id != charge.id,
    )
    for other in session.scalars(others, execution_options={"populate_existing": True}):
        other.is_top_charge = False


def complete_service(session: Session, actor: Actor, service: Any, values: Values) -> None:
    complete(session, actor, service, values)
    values["start_date"] = values.get("start_date") or service.start_date or today()
    if values.get("end_date") and values["end_date"] < values["start_date"]:
        raise InvalidBody({"end_date": ["This is before the start."]})


def today() -> Any:
    return now().replace(hour=0, minute=0, second=0, microsecond=0)


RULES = Rules(before=complete)
PARTIES = Rules(before=complete_party)
CHARGES = Rules(before=complete_charge)
SERVICES = Rules(before=complete_service)
