"""Payments, and what of them is applied to invoices."""

from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Navigates, Number, Text, Whole
from schemas.rules import PAYMENT_STATUSES


class Payment(Shape):
    """Money that came in, or with a negative amount, money that left."""

    id = Guid()
    number = Whole()
    date = Moment()
    amount = Number(14, 2)
    applied = Number(14, 2)
    refunded = Number(14, 2)
    available = Number(14, 2, doc="What was neither applied nor given back.")
    surcharge = Number(14, 2)
    currency_code = Text()
    method = Text()
    status = Choice(*PAYMENT_STATUSES)
    notes = Text()
    payee = Text()
    check_number = Whole()
    transaction_id = Text()
    is_reconciled = Flag()
    reconciled_at = Moment()
    account_id = Guid()
    matter_id = Guid()
    bank_account_id = Guid()
    refund_of_id = Guid(doc="The payment that this one gives back.")
    transfer_of_id = Guid(doc="The withdrawal from trust that brought this money.")
    created_at = Moment()
    updated_at = Moment()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    bank_account = Navigates(link="bank_account", to="BankAccount")
    refund_of = Navigates(link="refund_of", to="Payment")
    transfer_of = Navigates(link="transfer_of", to="Payment")
    applications = Navigates(link="applications", to="InvoicePayment", many=True)


class InvoicePayment(Shape):
    """What of a payment, or of a credit note, was applied to an invoice."""

    id = Guid()
    amount = Number(14, 2)
    invoice_id = Guid()
    payment_id = Guid()
    credit_id = Guid(doc="The credit note, where it was not a payment.")
    created_at = Moment()
    updated_at = Moment()
    invoice = Navigates(link="invoice", to="Invoice")
    payment = Navigates(link="payment", to="Payment")
    credit = Navigates(link="credit", to="Invoice")
