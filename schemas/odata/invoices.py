"""Invoices, and the lines that they are made of."""

from decimal import Decimal

from marshmallow import validate

from schemas.fields import ENTITIES, REFERENCES, Choice, Flag, Guid, Moment, Navigates, Number, Text, Whole
from schemas.odata.entity import Entity, made, tied
from schemas.rules import INVOICE_TYPES, currency, number


def amount() -> Number:
    """Money to the cent, worked out by the firm's books."""
    return Number(14, 2, dump_only=True)


class Invoice(Entity):
    """A bill for work, money that goes back, or a credit note."""

    id = Guid()
    number = number()
    name = Text(dump_only=True, doc="Such as Invoice 17.")
    invoice_type = Choice(*INVOICE_TYPES, load_default="Sale")
    status = Choice("Due", "Overdue", "Paid", dump_only=True)
    is_overdue = Flag(dump_only=True)
    issue_date = Moment()
    due_date = Moment()
    currency_code = currency("Left out, the account's.")
    discount_percent = Number(7, 4, validate=validate.Range(min=0, max=100), load_default=Decimal(0))
    subtotal = amount()
    discount = amount()
    tax = amount()
    total = amount()
    paid = amount()
    outstanding = amount()
    po_number = Text()
    terms = Text()
    customer_notes = Text()
    account_id = Guid()
    matter_id = Guid()
    sent_at = Moment(dump_only=True, doc="From then on it stays as it was printed.")
    pdf_file_id = Guid(dump_only=True, doc="The file that was sent.")
    refund_payment_id = Guid(dump_only=True, doc="Of a refund, the payment by which the money left.")
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    refund_payment = Navigates(link="refund_payment", to="Payment")
    lines = Navigates(link="lines", to="InvoiceLine", many=True, takes=ENTITIES)
    applications = Navigates(link="applications", to="InvoicePayment", many=True)
    credit_applications = Navigates(link="credit_applications", to="InvoicePayment", many=True)


class InvoiceLine(Entity):
    """One line of an invoice, as it was printed."""

    id = Guid()
    invoice_id = tied()
    row_index = Whole()
    kind = Choice("TimeEntry", "Expense", "FlatFee")
    item_name = Text()
    description = Text()
    date = Moment()
    billed_by = Text()
    task_code = Text()
    quantity = Number(12, 4)
    rate = Number(12, 4)
    subtotal = amount()
    discount = amount()
    tax1_name = Text()
    tax1_rate = Number(7, 4, doc="In percent.")
    tax1_amount = amount()
    tax2_name = Text()
    tax2_rate = Number(7, 4, doc="In percent.")
    tax2_amount = amount()
    total = amount()
    matter_id = Guid()
    item_id = Guid()
    created_at = made()
    updated_at = made()
    invoice = Navigates(link="invoice", to="Invoice")
    matter = Navigates(link="matter", to="Matter")
    item = Navigates(link="item", to="Item")
    time_entries = Navigates(
        link="time_entries", to="TimeEntry", many=True, takes=REFERENCES, attribute="time_entry_ids"
    )
    expenses = Navigates(link="expenses", to="Expense", many=True, takes=REFERENCES, attribute="expense_ids")
    flat_fees = Navigates(
        link="flat_fees", to="FlatFee", many=True, takes=REFERENCES, attribute="flat_fee_ids"
    )
