"""Invoices, and the lines that they are made of."""

from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Navigates, Number, Text, Whole
from schemas.rules import INVOICE_TYPES


class Invoice(Shape):
    """A bill for work, money that goes back, or a credit note."""

    id = Guid()
    number = Whole()
    name = Text(doc="Such as Invoice 17.")
    invoice_type = Choice(*INVOICE_TYPES)
    status = Choice("Due", "Overdue", "Paid")
    is_overdue = Flag()
    issue_date = Moment()
    due_date = Moment()
    currency_code = Text()
    discount_percent = Number(7, 4)
    subtotal = Number(14, 2)
    discount = Number(14, 2)
    tax = Number(14, 2)
    total = Number(14, 2)
    paid = Number(14, 2)
    outstanding = Number(14, 2)
    po_number = Text()
    terms = Text()
    customer_notes = Text()
    account_id = Guid()
    matter_id = Guid()
    refund_payment_id = Guid(doc="Of a refund, the payment by which the money left.")
    created_at = Moment()
    updated_at = Moment()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    refund_payment = Navigates(link="refund_payment", to="Payment")
    lines = Navigates(link="lines", to="InvoiceLine", many=True)
    applications = Navigates(link="applications", to="InvoicePayment", many=True)
    credit_applications = Navigates(link="credit_applications", to="InvoicePayment", many=True)


class InvoiceLine(Shape):
    """One line of an invoice, as it was printed."""

    id = Guid()
    invoice_id = Guid()
    row_index = Whole()
    kind = Choice("TimeEntry", "Expense", "FlatFee")
    item_name = Text()
    description = Text()
    date = Moment()
    billed_by = Text()
    task_code = Text()
    quantity = Number(12, 4)
    rate = Number(12, 4)
    subtotal = Number(14, 2)
    discount = Number(14, 2)
    tax1_name = Text()
    tax1_rate = Number(7, 4, doc="In percent.")
    tax1_amount = Number(14, 2)
    tax2_name = Text()
    tax2_rate = Number(7, 4, doc="In percent.")
    tax2_amount = Number(14, 2)
    total = Number(14, 2)
    matter_id = Guid()
    item_id = Guid()
    created_at = Moment()
    updated_at = Moment()
    invoice = Navigates(link="invoice", to="Invoice")
    matter = Navigates(link="matter", to="Matter")
    item = Navigates(link="item", to="Item")
    time_entries = Navigates(link="time_entries", to="TimeEntry", many=True)
    expenses = Navigates(link="expenses", to="Expense", many=True)
    flat_fees = Navigates(link="flat_fees", to="FlatFee", many=True)
