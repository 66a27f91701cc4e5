"""Invoices, and the lines that they are made of."""

from typing import Any

from schemas.base import Shape
from schemas.fields import Choice, Guid, Moment, Number, OwnedList, Text, always
from schemas.rules import INVOICE_TYPES
from schemas.v2.references import to_account_of_matter, to_matter


def amount(doc: str | None = None, **kwargs: Any) -> Number:
    """Money to the cent, worked out by the firm's books."""
    return Number(14, 2, dump_only=True, doc=doc, **kwargs)


class InvoiceLineItem(Shape):
    """One line of an invoice, as it was printed."""

    quantity = Number(12, 4)
    rate = Number(12, 4)
    discount = Number(14, 2)
    subtotal = Number(14, 2)
    tax1_name = Text()
    tax1_rate = Text(attribute="tax1_percent", doc="In percent, such as 8.25.")
    tax1_amount = Number(14, 2)
    tax2_name = Text()
    tax2_rate = Text(attribute="tax2_percent", doc="In percent.")
    tax2_amount = Number(14, 2)
    total = Number(14, 2)
    date = Moment()
    billed_by = Text()
    item_name = Text()
    item_description = Text(attribute="description")


class Invoice(Shape):
    """An invoice by itself. A new one bills what is not billed yet of the matter, or of the account."""

    account_ref = to_account_of_matter()
    matter_ref = to_matter(doc="Left out, all matters of the account.")
    id = Guid()
    issue_date = Moment(doc="Left out, today.")
    due_date = Moment(doc="From the day after it, what is outstanding is overdue.")
    items_time_entries = OwnedList(InvoiceLineItem, link="time_lines", dump_only=True)
    items_expenses = OwnedList(InvoiceLineItem, link="expense_lines", dump_only=True)
    items_flat_fees = OwnedList(InvoiceLineItem, link="fee_lines", dump_only=True)
    subtotal = amount("Before discount and taxes.")
    tax = amount()
    discount = amount()
    total = amount()
    total_paid = amount("What was applied to it.", attribute="paid")
    total_outstanding = amount("What is still to pay.", attribute="outstanding")
    invoice_type = Choice(*INVOICE_TYPES, load_default="Sale")
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)


def no_lines() -> OwnedList:
    return always(OwnedList(InvoiceLineItem), [])


class InvoiceInList(Invoice):
    """An invoice in a list: its lines show only where one invoice is asked for."""

    class Meta(Invoice.Meta):
        fields = tuple(Invoice().fields)  # in the same order

    items_time_entries = no_lines()
    items_expenses = no_lines()
    items_flat_fees = no_lines()
