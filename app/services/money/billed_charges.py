"""Charges on their way to an invoice, and back: which ones a bill may have, taking them and freeing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Expense, FlatFee, InvoiceLine, TimeEntry
from app.models.invoices import EXPENSE_LINE, FEE_LINE, SALE, TIME_LINE
from app.services.records import Values
from app.services.scoping import Actor, held, held_by_id, of_firm, owned, portions

AnyCharge: TypeAlias = TimeEntry | Expense | FlatFee

FIXED = ("hours", "quantity", "rate", "price", "account_id", "matter_id", "is_billable", "is_billed")
"""What does not change of a charge while it is on an invoice; a kind of charge has some of these."""


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
        matter_before: the matter that it was for so far.
        lines: the lines that the invoice has so far, by id and in order.
        charges: what each of them bills, by its id.
    """

    invoice_type: str
    account_id: str
    matter_id: str | None
    matter_before: str | None = None
    lines: Mapping[str, InvoiceLine] = field(default_factory=dict)
    charges: Mapping[str, Sequence[AnyCharge]] = field(default_factory=dict)

    @property
    def billed(self) -> Iterator[AnyCharge]:
        """Everything that its lines bill so far."""
        return (charge for charges in self.charges.values() for charge in charges)

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
        found += held(session, query.order_by(model.id))
    return sorted(found, key=lambda charge: (charge.date, charge.created_at, charge.id))


def charges_of(
    session: Session, actor: Actor, bill: Bill, bodies: Sequence[Values]
) -> Iterator[list[AnyCharge]]:
    """The charges that each line's body names; one that names none leaves its line's as they are.

    Raises:
        InvalidBody: names the line and the charge that cannot be on it.
    """
    bodies = [body | _as_it_bills(bill, body) for body in bodies]
    known = {charge.id: charge for charge in bill.billed}
    found: dict[Kind, Mapping[str, AnyCharge]] = {}
    for kind in KINDS:
        named = {key for body in bodies for key in body.get(kind.field) or ()}
        of_kind = {key: charge for key, charge in known.items() if isinstance(charge, kind.model)}
        found[kind] = of_kind | held_by_id(session, actor, kind.model, named - set(of_kind))
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


def _as_it_bills(bill: Bill, body: Values) -> Values:
    """What the body of a line that is there already has to name so that the line bills what it does."""
    if body.get("id") not in bill.lines or any(kind.field in body for kind in KINDS):
        return {}
    charges = bill.charges.get(body["id"], ())
    return {KIND_OF[type(charges[0])].field: [charge.id for charge in charges]} if charges else {}


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


def billed_on(session: Session, actor: Actor, lines: Iterable[str]) -> dict[str, list[AnyCharge]]:
    """The charges on these lines, by the id of the line."""
    found: dict[str, list[AnyCharge]] = {line: [] for line in lines}
    for kind in KINDS:
        model = kind.model
        for some in portions(found):
            for charge in held(
                session, of_firm(model, actor).where(model.line_id.in_(some)).order_by(model.id)
            ):
                found[charge.line_id or ""].append(charge)
    return found


def free(charge: AnyCharge) -> None:
    """It can be billed again."""
    charge.is_billed, charge.line_id = False, None
