"""Invoices, what is on them, and paying them."""

from decimal import Decimal

from marshmallow import validate

from schemas.fields import Choice, Flag, Guid, Moment, Number, OwnedList, Text, Whole
from schemas.praxis.references import made, to_case, to_client
from schemas.rules import METHODS, currency
from schemas.v1.camel import CamelShape
from schemas.v1.money import amount


class InvoiceLine(CamelShape):
    """One line of an invoice, as it was printed."""

    id = Guid()
    kind = Choice("TimeEntry", "Expense", "FlatFee")
    date = Moment()
    name = Text(attribute="item_name")
    description = Text()
    billed_by = Text()
    quantity = Number(12, 4)
    rate = Number(12, 4)
    subtotal = amount()
    discount = amount()
    tax1 = amount("tax1_amount")
    tax2 = amount("tax2_amount")
    total = amount()


class InvoiceInList(CamelShape):
    """An invoice in a list."""

    id = Guid()
    invoice_number = Whole(
        attribute="number", validate=validate.Range(min=1), doc="Left out, the next free number."
    )
    case_id = Guid(attribute="matter_id", doc="Left out, all cases of the client.")
    case = to_case()
    client_id = Guid(attribute="account_id", doc="Left out, the case's client.")
    client = to_client()
    status = Choice(
        "Draft",
        "Sent",
        "Overdue",
        "Paid",
        attribute="progress",
        dump_only=True,
        doc="Draft until it is sent, unless it is overdue or paid before.",
    )
    is_overdue = Flag(dump_only=True)
    issue_date = Moment(doc="Left out, today.")
    due_date = Moment(doc="From the day after it, what is outstanding is overdue.")
    currency_code = currency("Left out, the client's.")
    discount_percent = Number(
        7, 4, validate=validate.Range(min=0, max=100), load_default=Decimal(0), doc="10 is 10 %."
    )
    subtotal = amount()
    discount = amount()
    tax = amount()
    total = amount()
    amount_paid = amount("paid")
    amount_due = amount("outstanding")
    order_number = Text(attribute="po_number")
    terms = Text(doc="The client reads them.")
    notes = Text(attribute="customer_notes", doc="The client reads them.")
    sent_at = made("sent_at")
    pdf_url = Text(dump_only=True, doc="Where what was sent can be fetched; the path of a v2 download.")
    created_at = made("created_at")
    updated_at = made("updated_at")


class Invoice(InvoiceInList):
    """An invoice by itself. A new one bills what is not billed yet of the case, or of the client."""

    class Meta(InvoiceInList.Meta):
        fields = (*InvoiceInList().fields, "lines")

    lines = OwnedList(InvoiceLine, link="lines", dump_only=True)


class Payment(CamelShape):
    """How an invoice was paid. All of it may be left out."""

    amount = Number(14, 2, doc="Left out, what is due.")
    date = Moment(doc="Left out, today.")
    method = Choice(*METHODS, load_default="Other")
    bank_account_id = Guid(doc="Left out, the firm's oldest operating account.")
    notes = Text()
