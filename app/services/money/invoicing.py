"""Invoices: sales, refunds and credit notes.

What an invoice comes to follows from its lines (`line_drafts`, `totals`). Writing one bills the charges on it;
deleting it frees them, and takes back what was applied to it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import InvalidBody
from app.models import Invoice, InvoiceLine, Payment
from app.models.base import now
from app.models.invoices import CREDIT, REFUND, SALE
from app.services import numbering
from app.services.money import refunds
from app.services.money.applications import take_back
from app.services.money.billed_charges import KINDS, Bill, billed_on, free, unbilled
from app.services.money.invoice_lines import lines_of, write_lines
from app.services.money.line_drafts import Draft, drafts_from_bodies, drafts_from_charges
from app.services.money.parties import settle_parties
from app.services.money.payments import strike, strike_with_other_half
from app.services.money.sent import STAYS, refuse_if_sent
from app.services.money.settling import transfers_for, use_credit, use_trust
from app.services.money.totals import ZERO, fits, invoice_totals
from app.services.records import Rules, Values
from app.services.scoping import Actor, of_firm

HUNDRED = 100
SUMS = ("subtotal", "discount", "tax", "total", "paid")


def complete(session: Session, actor: Actor, invoice: Any, values: Values) -> None:
    """Settle whom the invoice is for, what is on it and what it comes to."""
    _keep_what_is_fixed(invoice, values)
    settle_parties(session, actor, invoice, values)
    values["invoice_type"] = values.get("invoice_type") or invoice.invoice_type or SALE
    values["issue_date"] = values.get("issue_date") or invoice.issue_date or now()
    values["discount_percent"] = values.get("discount_percent", invoice.discount_percent) or ZERO
    if not 0 <= values["discount_percent"] <= HUNDRED:
        raise InvalidBody({"discount_percent": ["Must be from 0 to 100."]})
    if _is_as_it_was(session, invoice, values):
        values |= {name: getattr(invoice, name) for name in SUMS}
    else:
        values["bill"] = _bill(session, actor, invoice, values)
        values["drafts"] = _drafts(session, actor, values["bill"], values)
        _sum_up(invoice, values)
    _check_settlement(session, actor, invoice, values)
    values["number"] = numbering.number_for(session, actor, invoice, values.get("number"))
    refuse_if_sent(invoice, values)


def _keep_what_is_fixed(invoice: Invoice, values: Values) -> None:
    """What an invoice is and whose does not change; nor its matter, once something is paid."""
    if invoice.account_id is None:
        return
    for name in ("invoice_type", "account_id"):
        if values.get(name) not in (None, getattr(invoice, name)):
            raise InvalidBody({name: ["This does not change; delete the invoice and make another."]})
    values["account_id"] = invoice.account_id
    if invoice.paid and values.get("matter_id") != invoice.matter_id:
        raise InvalidBody({"matter_id": ["Something is paid on it already, so its matter does not change."]})


def _is_as_it_was(session: Session, invoice: Invoice, values: Values) -> bool:
    """Whether the lines stay, and all that they are worked out from: then nobody needs to look at them."""
    return (
        invoice in session
        and values.get("lines") is None
        and values["discount_percent"] == invoice.discount_percent
        and values.get("matter_id") == invoice.matter_id
    )


def _bill(session: Session, actor: Actor, invoice: Invoice, values: Values) -> Bill:
    lines = lines_of(session, actor, invoice.id) if invoice in session else []
    return Bill(
        values["invoice_type"],
        values["account_id"],
        values.get("matter_id"),
        invoice.matter_id,
        {line.id: line for line in lines},
        billed_on(session, actor, [line.id for line in lines]),
    )


def _drafts(session: Session, actor: Actor, bill: Bill, values: Values) -> list[Draft]:
    """The lines of the body; where it has no list of them, those that are there, or all that is not billed yet."""
    bodies, discount = values.get("lines"), values["discount_percent"]
    if bodies is None and bill.lines:
        bodies = [{"id": line} for line in bill.lines]
    if bodies is not None:
        if not bodies:
            raise InvalidBody({"lines": ["An invoice has at least one line."]})
        return drafts_from_bodies(session, actor, bill, bodies, discount)
    if bill.invoice_type != SALE:
        raise InvalidBody(
            {
                "invoice_type": [
                    f"A {bill.invoice_type.lower()} bills no charges; say in lines what it is for."
                ]
            }
        )
    charges = unbilled(session, actor, bill)
    if not charges:
        raise InvalidBody({"matter_id" if bill.matter_id else "account_id": ["It has nothing to bill."]})
    return drafts_from_charges(session, actor, bill, charges, discount)


def _sum_up(invoice: Invoice, values: Values) -> None:
    """The totals; a refund is paid out at once, and nothing shrinks below what is paid."""
    totals = invoice_totals(draft.totals for draft in values["drafts"])
    if not fits(totals.subtotal, totals.discount, totals.tax, totals.total):
        raise InvalidBody({"total": ["The invoice comes to more than can be stored."]})
    if totals.total < 0:
        raise InvalidBody({"total": [f"The invoice comes to {totals.total:.2f}; it must not be negative."]})
    values |= vars(totals)
    if values["invoice_type"] == REFUND:
        values["paid"] = totals.total
    elif totals.total < (invoice.paid or ZERO):
        text = f"{invoice.paid:.2f} is paid or applied already, so it cannot come to {totals.total:.2f}."
        raise InvalidBody({"total": [text]})
    else:
        values.pop("paid", None)


def _check_settlement(session: Session, actor: Actor, invoice: Invoice, values: Values) -> None:
    if values["invoice_type"] != SALE:
        for name in ("use_credit", "use_trust"):
            if values.get(name):
                raise InvalidBody({name: ["Only a sale is something to pay."]})
    refunds.check(session, actor, invoice, values)


def write(session: Session, actor: Actor, invoice: Invoice, values: Values) -> None:
    """What belongs to the invoice once its own row is there: lines, charges, money."""
    if "drafts" in values:
        changed = write_lines(session, actor, invoice, values["bill"], values["drafts"])
        if changed and invoice.sent_at is not None:
            raise InvalidBody({"lines": [STAYS]})
        if changed and values["bill"].lines:
            flag_modified(invoice, "updated_at")  # the lines are part of the invoice, though not in its row
    if invoice.invoice_type == REFUND:
        refunds.pay_out(session, actor, invoice, values)
    if values.get("use_credit"):
        use_credit(session, actor, invoice)
    if values.get("use_trust"):
        use_trust(session, actor, invoice)


def delete(session: Session, actor: Actor, invoice: Invoice) -> None:
    """Free what the invoice bills, and take back what was applied to it, or from it. Trust money goes back."""
    if invoice.sent_at is not None:
        raise InvalidBody({"id": [STAYS]})
    moved = transfers_for(session, actor, invoice)
    take_back(session, actor, invoice_id=invoice.id)
    for payment in moved:
        strike_with_other_half(session, actor, payment)
    if invoice.invoice_type == CREDIT:
        take_back(session, actor, credit_id=invoice.id)
    if (paid_out := refunds.payment_of(session, actor, invoice)) is not None:
        strike(session, actor, paid_out)
    lines = lines_of(session, actor, invoice.id)
    for charges in billed_on(session, actor, [line.id for line in lines]).values():
        for charge in charges:
            free(charge)
    for line in lines:
        line.deleted_at = now()


def refuse_to_move(session: Session, actor: Actor, matter_id: str, account_id: str | None) -> None:
    """Keep a matter with its account while the account was billed for it, or has paid for it.

    Args:
        account_id: where the matter is to go; what is for that account already does not stand in the way.

    Raises:
        InvalidBody: another account has invoices or payments for the matter.
    """
    of_matter: list[tuple[Any, str, Any]] = [(Invoice, "invoices", Invoice.matter_id == matter_id)]
    of_matter += [(Payment, "payments", Payment.matter_id == matter_id)]
    for kind in KINDS:
        billed = (kind.model.matter_id == matter_id) & kind.model.line_id.is_not(None)
        of_matter.append((kind.model, "charges on invoices", billed))
    of_matter.append((Invoice, "lines on invoices", Invoice.id.in_(_invoices_naming(matter_id, actor))))
    for model, noun, condition in of_matter:
        query = of_firm(model, actor).where(condition, model.account_id != account_id)
        if session.scalars(query.limit(1)).first() is not None:
            raise InvalidBody({"account_id": [f"The matter has {noun}, so it stays with its account."]})


def _invoices_naming(matter_id: str, actor: Actor) -> Any:
    """The invoices with a line for the matter."""
    lines = of_firm(InvoiceLine, actor).where(InvoiceLine.matter_id == matter_id)
    return lines.with_only_columns(InvoiceLine.invoice_id)


RULES = Rules(before=complete, after=write, delete=delete, lock="money")
