"""The lines of an invoice as they are written: only where they differ, and with the charges that they bill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.models import Invoice, InvoiceLine
from app.models.base import new_id, now
from app.services.money.billed_charges import AnyCharge, Bill, free
from app.services.money.line_drafts import Draft
from app.services.records import Values
from app.services.scoping import Actor, of_firm


def lines_of(session: Session, actor: Actor, invoice_id: str) -> list[InvoiceLine]:
    """An invoice's lines, in order."""
    query = of_firm(InvoiceLine, actor).where(InvoiceLine.invoice_id == invoice_id)
    ordered = query.order_by(InvoiceLine.row_index, InvoiceLine.id)
    return list(session.scalars(ordered, execution_options={"populate_existing": True}))


def write_lines(
    session: Session, actor: Actor, invoice: Invoice, before: Bill, drafts: Sequence[Draft]
) -> bool:
    """Make the invoice's lines just these, and bill just their charges; what is as it was stays untouched.

    Args:
        before: the lines that it has, and what they bill.

    Returns:
        whether that changed anything.
    """
    kept = {draft.line.id for draft in drafts if draft.line}
    spare = {
        _key(line.row_index, before.charges[line.id]): line
        for line in before.lines.values()
        if line.id not in kept
    }
    changed = False
    lines = []
    for index, draft in enumerate(drafts):
        line = draft.line
        if line is None and draft.chosen_id is None:
            line = spare.pop(_key(index, draft.charges), None)
        if line is None:
            line = InvoiceLine(firm_id=actor.firm_id, id=draft.chosen_id or new_id(), invoice_id=invoice.id)
        changed |= _fill(line, {**draft.values, "row_index": index})
        session.add(line)
        lines.append(line)
    for line in spare.values():
        line.deleted_at = now()
    session.flush()
    wanted = {charge: line.id for draft, line in zip(drafts, lines, strict=True) for charge in draft.charges}
    return _bill(before.billed, wanted) or changed or bool(spare)


def _key(index: int, charges: Sequence[AnyCharge]) -> Any:
    """By what a line that is described anew is known again: its charges, else its place."""
    return frozenset(charge.id for charge in charges) or index


def _fill(line: InvoiceLine, values: Values) -> bool:
    if all(getattr(line, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(line, name, value)
        flag_modified(line, name)  # lines that set the same columns are updated in one statement
    return True


def _bill(billed: Iterable[AnyCharge], wanted: dict[AnyCharge, str]) -> bool:
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
