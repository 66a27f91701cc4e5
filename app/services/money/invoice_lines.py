"""The lines of an invoice as they are written: only where they differ, and with the charges that they bill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.models import Invoice, InvoiceLine
from app.models.base import new_id, now
from app.services.money.billed_charges import KIND_OF, AnyCharge, billed_on, free
from app.services.money.line_drafts import Draft
from app.services.records import Values
from app.services.scoping import Actor, owned


def lines_of(session: Session, actor: Actor, invoice_id: str) -> list[InvoiceLine]:
    """An invoice's lines, in order."""
    query = owned(InvoiceLine, actor).where(InvoiceLine.invoice_id == invoice_id)
    ordered = query.order_by(InvoiceLine.row_index, InvoiceLine.id)
    return list(session.scalars(ordered, execution_options={"populate_existing": True}))


def bodies_of(session: Session, actor: Actor, lines: Sequence[InvoiceLine]) -> list[Values]:
    """Bodies that leave the lines as they are."""
    bodies: dict[str, Values] = {line.id: {"id": line.id} for line in lines}
    for charge in billed_on(session, actor, bodies):
        bodies[charge.line_id or ""].setdefault(KIND_OF[type(charge)].field, []).append(charge.id)
    return list(bodies.values())


def write_lines(
    session: Session, actor: Actor, invoice: Invoice, present: Sequence[InvoiceLine], drafts: Sequence[Draft]
) -> bool:
    """Make the invoice's lines just these, and bill just their charges; what is as it was stays untouched.

    Returns:
        whether that changed anything.
    """
    charges: dict[str, list[str]] = {line.id: [] for line in present}
    billed = billed_on(session, actor, charges)
    for charge in billed:
        charges[charge.line_id or ""].append(charge.id)
    kept = {draft.line.id for draft in drafts if draft.line}
    spare = {_key(line.row_index, charges[line.id]): line for line in present if line.id not in kept}
    changed = False
    lines = []
    for index, draft in enumerate(drafts):
        key = _key(index, [charge.id for charge in draft.charges])
        line = draft.line or spare.pop(key, None)
        if line is None:
            line = InvoiceLine(firm_id=actor.firm_id, id=new_id(), invoice_id=invoice.id)
        changed |= _fill(line, {**draft.values, "row_index": index})
        session.add(line)
        lines.append(line)
    for line in spare.values():
        line.deleted_at = now()
    session.flush()
    wanted = {charge: line.id for draft, line in zip(drafts, lines, strict=True) for charge in draft.charges}
    return _bill(billed, wanted) or changed or bool(spare)


def _key(index: int, charges: Sequence[str]) -> Any:
    """By what a line that is described anew is known again: its charges, else its place."""
    return frozenset(charges) or index


def _fill(line: InvoiceLine, values: Values) -> bool:
    changed = {name: value for name, value in values.items() if getattr(line, name) != value}
    for name, value in changed.items():
        setattr(line, name, value)
    return bool(changed)


def _bill(billed: Sequence[AnyCharge], wanted: dict[AnyCharge, str]) -> bool:
    changed = False
    for charge in billed:
        if charge not in wanted:
            free(charge)
            changed = True
    for charge, line_id in wanted.items():
        if charge.line_id != line_id:
            charge.is_billed, charge.line_id = True, line_id
            changed = True
    return changed
