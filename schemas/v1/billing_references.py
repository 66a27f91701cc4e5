"""How other records show what is charged, billed and paid."""

from schemas.fields import Choice, Flag, Group, Guid, Moment, Number, Reference, Renamed, Text, Whole, always
from schemas.rules import BANK_ACCOUNT_TYPES, INVOICE_TYPES, METHOD_NAMES, METHODS
from schemas.v1.camel import CamelShape
from schemas.v1.money import amount


class ItemRef(CamelShape):
    guid = Guid(attribute="id")
    name = Text(required=True)
    code = Text()
    chart_of_account_id = always(Whole(bits=64), None)


class AccountingAccountRef(CamelShape):
    """An expense category."""

    guid = Guid(attribute="id")
    name = Text()
    code = Text()
    chart_of_account_id = always(Whole(bits=64), None)


class UtbmsCodeRef(CamelShape):
    """The code is a word on the charge itself."""

    name = Text(attribute="task_name", dump_only=True)
    code = Text(attribute="task_code")


class TimeEntryRef(CamelShape):
    guid = Guid(attribute="id")
    name = Text(attribute="description", dump_only=True)


class ExpenseRef(CamelShape):
    guid = Guid(attribute="id")
    name = Text(attribute="description", dump_only=True)


class FlatFeeRef(CamelShape):
    guid = Guid(attribute="id")
    name = Text(attribute="description", dump_only=True)


class BankAccountRef(CamelShape):
    guid = Guid(attribute="id")
    name = Text(required=True)
    type = Choice(*BANK_ACCOUNT_TYPES)
    is_archived = always(Flag(), False)


class SaleDocumentRef(CamelShape):
    """An invoice."""

    guid = Guid(attribute="id")
    number = Whole()
    name = Text(dump_only=True)
    type = always(Choice("Invoice", "Quote"), "Invoice")
    invoice_type = Choice(*INVOICE_TYPES)
    date = Moment(attribute="issue_date")


class SaleDocumentItemRefWithSaleDocumentRef(CamelShape):
    """A line of an invoice."""

    sale_document = Reference(SaleDocumentRef, attribute="invoice_id", link="invoice", dump_only=True)
    guid = Guid(attribute="id")
    name = Text(attribute="item_name")


class PaymentRef(CamelShape):
    guid = Guid(attribute="id")
    amount = Number(14, 2)
    name = Text(dump_only=True)
    date = Moment()
    method = Choice(*METHODS)
    method_name = Renamed(METHOD_NAMES, attribute="method", dump_only=True)


class CreditRef(CamelShape):
    """A credit note: an invoice of the type Credit."""

    guid = Guid(attribute="id")
    credit_amount = amount()
    credit_applied = amount(doc="What was applied to invoices.")
    credit_available = amount(doc="What is left to apply.")
    credit_for_sale_document = Group(SaleDocumentRef, dump_only=True)


class SaleDocumentPaymentRef(CamelShape):
    """What of a payment, or of a credit note, was applied to an invoice."""

    guid = Guid(attribute="id", dump_only=True)
    amount = Number(14, 2, required=True)
    sale_document = Reference(SaleDocumentRef, attribute="invoice_id", link="invoice", required=True)
    payment = Reference(PaymentRef, attribute="payment_id", link="payment", dump_only=True)
    credit = Reference(CreditRef, attribute="credit_id", link="credit", dump_only=True)


def billed_on() -> Reference:
    """The line of an invoice that bills a charge."""
    return Reference(SaleDocumentItemRefWithSaleDocumentRef, attribute="line_id", link="line", dump_only=True)
