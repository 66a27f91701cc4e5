"""Premium operations: what a firm may have switched off, so that it answers 402 (LegalServer, Premium APIs).

Everything is on until an administrator switches it off, since clients written for the other published APIs know of
no such thing. Whatever door a write comes through, it passes `app/services/records.py`, which asks here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.errors import InvalidBody, PaymentRequired
from app.models import Firm, User
from app.models.activities import EVENT, NOTE, TASK
from app.models.base import FirmRow
from app.services import audit
from app.services.people import require_administrator
from app.services.scoping import Actor

CREATE, UPDATE, DELETE = "create", "update", "delete"
ALL = frozenset({CREATE, UPDATE, DELETE})

MATTERS, EVENTS, TASKS = "matters", "events", "tasks"
MATTER_RECORDS, CONFLICT_CHECK = "matter_records", "conflict_check"


@dataclass(frozen=True)
class Group:
    """Operations that are switched on and off together.

    Args:
        title: what the administrator's page calls it.
        sentence: begins the sentence of a refusal.
        covers: by the kind of record, which of its operations. The kind is the model's name, or for activities
            their type.
    """

    title: str
    sentence: str
    covers: Mapping[str, frozenset[str]]


GROUPS: dict[str, Group] = {
    MATTERS: Group("Create and change matters", "Writing matters", {"Matter": ALL}),
    EVENTS: Group("Create and change events, with their reminders", "Writing events", {EVENT: ALL}),
    TASKS: Group("Create and change tasks and deadlines", "Writing tasks", {TASK: ALL}),
    MATTER_RECORDS: Group(
        "Create and change what is recorded on matters: relationships, parties, assignments, charges, incomes, "
        "litigations, services; change notes (making them is free)",
        "Writing such records on matters",
        {
            **dict.fromkeys(("Relationship", "Party", "Assignment", "MatterCharge"), ALL),
            **dict.fromkeys(("Income", "Litigation", "Service"), ALL),
            NOTE: frozenset({UPDATE, DELETE}),
        },
    ),
    CONFLICT_CHECK: Group(
        "Conflict checks", "Checking for conflicts", {"ConflictCheck": frozenset({CREATE})}
    ),
}
"""Every group, by the word that `firms.not_enabled` has for it."""

GROUP_OF = {
    (kind, operation): name
    for name, group in GROUPS.items()
    for kind, operations in group.covers.items()
    for operation in operations
}


def refuse_unless_enabled(
    actor: Actor, model: type[FirmRow], operation: str, activity_type: str | None
) -> None:
    """Refuse to write a record.

    Raises:
        PaymentRequired: the operation is in a group that the firm has switched off.
    """
    if actor.not_enabled:
        require(actor, GROUP_OF.get((activity_type or model.__name__, operation)))


def require(actor: Actor, group: str | None) -> None:
    """
    Args:
        group: its word; None where nothing can be switched off.

    Raises:
        PaymentRequired: the firm has switched it off.
    """
    if actor.not_enabled and group in actor.not_enabled.split():
        raise PaymentRequired(
            f"{GROUPS[group].sentence} is a premium operation that your firm has not enabled; an administrator "
            "can do so on the firm's pages, under Premium."
        )


def enable(
    session: Session, administrator: User, groups: Iterable[str], *, address: str | None = None
) -> None:
    """Let the firm have just these groups; it holds from the next request on.

    Raises:
        Forbidden: the user is no administrator.
        InvalidBody: there is no such group.
    """
    require_administrator(administrator)
    wanted = set(groups)
    if not wanted <= GROUPS.keys():
        raise InvalidBody({"groups": [f"A group is one of: {', '.join(GROUPS)}."]})
    firm = session.get_one(Firm, administrator.firm_id, with_for_update=True)
    switched_off = " ".join(name for name in GROUPS if name not in wanted) or None
    if switched_off == firm.not_enabled:
        return
    firm.not_enabled = switched_off
    session.flush()
    audit.record_by(
        session, administrator, "firm.changed", address=address, not_enabled=switched_off or "none"
    )
