"""Payments, and what of them is applied to invoices."""

from decimal import Decimal

from schemas.fields import ENTITIES, Choice, Flag, Guid, Moment, Navigates, Number, Text, Whole
from schemas.odata.entity import Entity, made, tied
from schemas.rules import METHODS, PAYMENT_STATUSES, currency, number


class Payment(Entity):
    """Money that came in, or with a negative amount, money that left."""

    id = Guid()
    number = number()
    date = Moment(required=True)
    amount = Number(14, 2, required=True)
    applied = Number(14, 2, dump_only=True)
    refunded = Number(14, 2, dump_only=True)
    available = Number(14, 2, dump_only=True, doc="What was neither applied nor given back.")
    surcharge = Number(14, 2, minimum=0, load_default=Decimal(0))
    currency_code = currency("Left out, the account's.")
    method = Choice(*METHODS, load_default="Other")
    status = Choice(*PAYMENT_STATUSES, dump_only=True)
    notes = Text()
    payee = Text()
    check_number = Whole()
    transaction_id = Text()
    is_reconciled = Flag(load_default=False)
    reconciled_at = Moment()
    account_id = Guid()
    matter_id = Guid()
    bank_account_id = Guid(required=True)
    refund_of_id = Guid(doc="The payment that this one gives back.")
    transfer_of_id = Guid(dump_only=True, doc="The withdrawal from trust that brought this money.")
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    bank_account = Navigates(link="bank_account", to="BankAccount")
    refund_of = Navigates(link="refund_of", to="Payment")
    transfer_of = Navigates(link="transfer_of", to="Payment")
    applications = Navigates(link="applications", to="InvoicePayment", many=True, takes=ENTITIES)


class InvoicePayment(Entity):
    """What of a payment, or of a credit note, was applied to an invoice."""

    id = tied()
    amount = Number(14, 2, required=True)
    invoice_id = Guid(required=True)
    payment_id = tied()
    credit_id = Guid(dump_only=True, doc="The credit note, where it was not a payment.")
    created_at = made()
    updated_at = made()
    invoice = Navigates(link="invoice", to="Invoice")
    payment = Navigates(link="payment", to="Payment")
    credit = Navigates(link="credit", to="Invoice")
