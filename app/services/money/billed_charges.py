"""Charges on their way to an invoice, and back: which ones a bill may have, taking them and freeing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Expense, FlatFee, InvoiceLine, TimeEntry
from app.models.invoices import EXPENSE_LINE, FEE_LINE, SALE, TIME_LINE
from app.services.records import Values
from app.services.scoping import Actor, owned

AnyCharge: TypeAlias = TimeEntry | Expense | FlatFee

FIXED = ("hours", "quantity", "rate", "price", "account_id", "matter_id", "is_billable", "is_billed")
"""What does not change of a charge while it is on an invoice; a kind of charge has some of these."""

AT_ONCE = 500
"""How many ids go into one statement; a database takes only so many."""


class Kind(NamedTuple):
    """A kind of charge: its model, its lines' kind, the list in which a line's body names it, and a noun."""

    model: type[AnyCharge]
    line: str
    field: str
    noun: str


KINDS = (
    Kind(TimeEntry, TIME_LINE, "time_entry_ids", "time entry"),
    Kind(Expense, EXPENSE_LINE, "expense_ids", "expense"),
    Kind(FlatFee, FEE_LINE, "flat_fee_ids", "flat fee"),
)
KIND_OF: dict[type[AnyCharge], Kind] = {kind.model: kind for kind in KINDS}


@dataclass(frozen=True)
class Bill:
    """What an invoice bills from.

    Args:
        invoice_type: only a sale bills charges.
        account_id, matter_id: whose work; without a matter, the work on any of the account's.
        lines: the lines that the invoice has so far, by id.
    """

    invoice_type: str
    account_id: str
    matter_id: str | None
    lines: Mapping[str, InvoiceLine] = field(default_factory=dict)

    def problem(self, charge: AnyCharge) -> str | None:
        """Why the charge cannot be on this invoice."""
        if charge.line_id in self.lines:
            return None
        if charge.account_id != self.account_id:
            return "is for another account"
        if self.matter_id not in (None, charge.matter_id):
            return "is on another matter"
        if charge.is_billed or charge.line_id is not None:
            return "is billed already"
        return None if charge.is_billable else "is not billable"


def refuse_if_invoiced(charge: Any, values: Values | None = None) -> None:
    """Keep what an invoice bills as it was printed.

    Args:
        charge: a time entry, an expense or a flat fee.
        values: what it is replaced with, complete with defaults; None if it is to be deleted.

    Raises:
        InvalidBody: the charge is on an invoice, and would change in what counts there, or go.
    """
    if charge.line_id is None:
        return
    if values is None:
        raise InvalidBody({"id": ["It is on an invoice; delete the invoice, or take it off, first."]})
    changed = [name for name in FIXED if name in values and values[name] != getattr(charge, name)]
    if changed:
        raise InvalidBody({name: ["It is on an invoice and does not change."] for name in changed})


def unbilled(session: Session, actor: Actor, bill: Bill) -> list[AnyCharge]:
    """Everything that can be billed, in order of date."""
    found: list[AnyCharge] = []
    for kind in KINDS:
        model = kind.model
        query = owned(model, actor).where(
            model.account_id == bill.account_id, model.is_billable, ~model.is_billed, model.line_id.is_(None)
        )
        if bill.matter_id is not None:
            query = query.where(model.matter_id == bill.matter_id)
        found += _held(session, query)
    return sorted(found, key=lambda charge: (charge.date, charge.created_at, charge.id))


def charges_of(
    session: Session, actor: Actor, bill: Bill, bodies: Sequence[Values]
) -> Iterator[list[AnyCharge]]:
    """The charges that each line's body names.

    Raises:
        InvalidBody: names the line and the charge that cannot be on it.
    """
    found = {
        kind: _by_id(
            session, actor, kind.model, {key for body in bodies for key in body.get(kind.field) or ()}
        )
        for kind in KINDS
    }
    taken: set[str] = set()
    for index, body in enumerate(bodies):
        charges: list[AnyCharge] = []
        for kind in KINDS:
            if wanted := list(dict.fromkeys(body.get(kind.field) or ())):
                where = f"lines[{index}].{kind.field}"
                if charges:
                    raise InvalidBody({where: ["The charges on a line are of one kind."]})
                charges = [_billable(bill, kind, found[kind], key, taken, where) for key in wanted]
        yield charges


def _billable(
    bill: Bill, kind: Kind, found: Mapping[str, AnyCharge], key: str, taken: set[str], where: str
) -> AnyCharge:
    charge = found.get(key)
    if bill.invoice_type != SALE:
        raise InvalidBody({where: [f"A {bill.invoice_type.lower()} bills no charges."]})
    problem = bill.problem(charge) if charge else "does not exist"
    if charge is None or problem or key in taken:
        raise InvalidBody({where: [f"The {kind.noun} {key} {problem or 'is on another line too'}."]})
    taken.add(key)
    return charge


def billed_on(session: Session, actor: Actor, lines: Iterable[str]) -> list[AnyCharge]:
    """The charges on these lines."""
    ids = sorted(lines)
    return [
        charge
        for kind in KINDS
        for start in range(0, len(ids), AT_ONCE)
        for charge in _held(
            session, owned(kind.model, actor).where(kind.model.line_id.in_(ids[start : start + AT_ONCE]))
        )
    ]


def free(charge: AnyCharge) -> None:
    """It can be billed again."""
    charge.is_billed, charge.line_id = False, None


def _by_id(session: Session, actor: Actor, model: type[AnyCharge], keys: set[str]) -> dict[str, AnyCharge]:
    ids = sorted(keys)
    return {
        charge.id: charge
        for start in range(0, len(ids), AT_ONCE)
        for charge in _held(session, owned(model, actor).where(model.id.in_(ids[start : start + AT_ONCE])))
    }


def _held(session: Session, query: Select[Any]) -> Sequence[AnyCharge]:
    """The charges as they are now; nobody changes them before we commit."""
    locked = query.order_by("id").with_for_update(key_share=True)
    return session.scalars(locked, execution_options={"populate_existing": True}).all()
