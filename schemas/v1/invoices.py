"""Sale documents: what v2 calls invoices."""

from decimal import Decimal
from typing import Any

from marshmallow import post_load, validate

from schemas import rules
from schemas.fields import (
    Choice,
    Flag,
    Group,
    Guid,
    Moment,
    Number,
    OwnedList,
    Reference,
    References,
    Text,
    Whole,
    always,
    command,
)
from schemas.rules import INVOICE_TYPES, METHODS, currency
from schemas.v1.billing_references import SaleDocumentPaymentRef, SaleDocumentRef
from schemas.v1.camel import CamelShape
from schemas.v1.invoice_items import SaleDocumentItemDTO
from schemas.v1.money import amount
from schemas.v1.not_built import BankAccount, InterestOptions, no_such, off
from schemas.v1.references import UserRef, account_guid, tags_of, to_account, to_author, to_project

NO_QUOTES = "Quotes are not supported."
STATUSES = (
    *("Saved", "Approved", "Sent", "Paid", "Viewed", "Overdue", "Expired", "Invoiced"),
    *("Due", "PendingApproval"),
)


class TenantDTO(CamelShape):
    """The firm, by its name."""

    guid = always(Guid(), None)
    name = Text(attribute="firm_name", dump_only=True)
    type = always(Choice("PayPanther", "PracticePanther"), "PracticePanther")


class CreditDTO(CamelShape):
    """What an invoice of the type Credit holds, and what was done with it."""

    sale_document_payments = References(SaleDocumentPaymentRef, link="credit_applications", dump_only=True)
    guid = Guid(attribute="id")
    credit_amount = amount()
    credit_applied = amount(doc="What was applied to invoices.")
    credit_available = amount(doc="What is left to apply.")
    credit_for_sale_document = Group(SaleDocumentRef, dump_only=True)


class SaleDocumentDTO(CamelShape):
    """An invoice in a list."""

    account_tags = tags_of("account")
    project_tags = tags_of("matter")
    account = to_account()
    project = to_project()
    tenant = Group(TenantDTO, dump_only=True)
    currency_code = currency("Left out, the account's.")
    due_date = Moment(doc="From the day after it, what is unpaid is overdue.")
    exp_date = always(Moment(), None, refuses=NO_QUOTES)
    amount_paid = amount("paid")
    amount_due = amount("outstanding")
    sub = amount("subtotal", doc="The sum of the items.")
    discount = amount()
    tax = amount()
    total = amount()
    po_number = Text()
    is_overdue = Flag(dump_only=True)
    is_expired = always(Flag(), False)
    status = Choice(*STATUSES, dump_only=True, doc="Due, Overdue or Paid.")
    created_by = to_author("created")
    approved_by = always(Reference(UserRef), None)
    approval_date = always(Moment(), None)
    is_approved = always(Flag(), True)
    created_date = Moment(attribute="created_at", dump_only=True)
    quickbooks_id = always(Text(), None, refuses="The books are not kept in step with QuickBooks.")
    guid = Guid(attribute="id")
    number = rules.number()
    name = Text(dump_only=True)
    type = always(Choice("Invoice", "Quote"), "Invoice", refuses=NO_QUOTES)
    invoice_type = Choice(*INVOICE_TYPES, load_default="Sale")
    date = Moment(attribute="issue_date", required=True)


class SaleDocumentDTO_Detail(SaleDocumentDTO):  # noqa: N801 - the component's published name
    """An invoice by itself."""

    interest_options = always(Reference(InterestOptions), None, refuses="Interest is not charged.")
    is_deleted = always(Flag(), False)
    account_guid = account_guid()
    project_guid = Guid(attribute="matter_id", doc="Left out, all projects of the account.")
    num_of_payments = Whole(attribute="number_of_payments", dump_only=True)
    discount_percent = Number(
        7, 4, validate=validate.Range(min=0, max=100), load_default=Decimal(0), doc="10 is 10 %."
    )
    last_modified_by = to_author("updated")
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
    sale_document_payments = References(SaleDocumentPaymentRef, link="applications", dump_only=True)
    items = OwnedList(
        SaleDocumentItemDTO,
        link="lines",
        doc="Without any, those that are there, or all that is not billed yet.",
    )
    credit = Group(CreditDTO, present_if="credit_amount", dump_only=True)
    terms_and_conditions = Text(attribute="terms", doc="The client reads them.")
    customer_notes = Text(doc="The client reads them.")
    is_send_invoice_payment_reminders = Flag(attribute="sends_payment_reminders", load_default=False)
    is_use_credit_to_pay_balance = command(
        Flag(attribute="use_credit", load_default=False, doc="Applies what the client has in credit, now."),
        False,
    )
    is_use_trust_to_pay_balance = command(
        Flag(attribute="use_trust", load_default=False, doc="Moves money from trust and applies it, now."),
        False,
    )
    is_notify_when_viewed_by_client = Flag(attribute="notifies_when_viewed", load_default=False)
    is_notify_when_paid_by_client = Flag(attribute="notifies_when_paid", load_default=False)
    is_notify_when_approved_by_client = off(NO_QUOTES)
    is_allow_online_payment = Flag(attribute="allows_online_payment", load_default=False)
    is_allow_partial_payment = Flag(attribute="allows_partial_payment", load_default=False)
    is_carry_forward_balance = off("What is unpaid of other invoices is not carried forward.")
    refund_payment_method = Choice(
        *METHODS,
        attribute="refund_method",
        shows="refund_payment.method",
        doc="Of a refund, how the money goes back.",
    )
    refund_payment_bank_account_guid = Guid(
        attribute="refund_bank_account_id",
        shows="refund_payment.bank_account_id",
        doc="Of a refund, where the money comes from.",
    )
    sale_document_template_guid = no_such("document template")
    is_multi_matter_invoice = Flag(
        attribute="is_for_all_matters", dump_only=True, doc="Whether it names no project of its own."
    )
    is_submit_invoice_for_approval = off("Invoices need no approval.")
    is_sent_to_customer = Flag(attribute="is_sent", dump_only=True)
    bank_account_guid = no_such("bank account of an invoice; payments name theirs")
    default_bank_account_guid = no_such("bank account of an invoice; payments name theirs")
    bank_account = always(Reference(BankAccount), None)
    is_head_note_enabled = off()
    invoice_order = always(
        Choice("Name", "Number"), None, refuses="The items of an invoice are in the order of their rowIndex."
    )
    is_accounting_plus = off()
    is_editing_limited = always(Flag(), False)
    next_available_payment_date_formatted = always(Text(), None)
    enable_future_applied_date_warning_label = off()
    automatic_payment_application_date = always(
        Moment(), None, refuses="Payments are applied at once, not on a later day."
    )

    @post_load
    def say_nothing_of_no_items(self, loaded: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Many a client sends an empty list for one that it has not set."""
        loaded["lines"] = loaded["lines"] or None
        return loaded
