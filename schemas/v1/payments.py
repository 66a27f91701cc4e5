"""Payments: money that came in, and with a negative amount, money that left."""

from decimal import Decimal

from schemas.fields import (
    Choice,
    Flag,
    Guid,
    Moment,
    Number,
    OwnedList,
    Reference,
    Renamed,
    Text,
    Whole,
    always,
)
from schemas.rules import METHOD_NAMES, METHODS, currency
from schemas.v1.billing_references import BankAccountRef, SaleDocumentPaymentRef
from schemas.v1.camel import CamelShape
from schemas.v1.money import amount
from schemas.v1.references import (
    AccountRef,
    UserRef,
    account_guid,
    tags_of,
    to_account,
    to_author,
    to_project,
)


class PaymentDTO(CamelShape):
    """A payment in a list."""

    account_tags = tags_of("account")
    project_tags = tags_of("matter")
    account = to_account()
    check_payee = always(
        Reference(AccountRef), None, refuses="The payee of a check is a name, not an account."
    )
    project = to_project()
    created_by = to_author("created")
    created_date = Moment(attribute="created_at", dump_only=True)
    notes = Text()
    number = Whole(dump_only=True)
    currency_code = currency("Left out, the account's.")
    amount_applied = amount("applied", doc="What of it was applied to invoices.")
    amount_credited = amount("available", doc="What of it was neither applied nor given back.")
    transaction_id = Text(doc="What another service calls it, such as Stripe.")
    bank_account = Reference(
        BankAccountRef, attribute="bank_account_id", link="bank_account", instead_of="bank_account_guid"
    )
    is_reconciled = Flag(load_default=False)
    reconciled_date = Moment(attribute="reconciled_at")
    reconciled_by = always(Reference(UserRef), None)
    check_is_printed = Flag(attribute="is_check_printed", load_default=False)
    is_deposit_slip_printed = Flag(load_default=False)
    check_number = Whole()
    fee_amount_in_cents = Number(14, 2, attribute="fee_in_cents")
    refund_parent_payment_guid = Guid(attribute="refund_of_id", doc="The payment that this one gives back.")
    surcharge_amount = Number(14, 2, minimum=0, attribute="surcharge", load_default=Decimal(0))
    total_amount = amount("total_with_surcharge")
    guid = Guid(attribute="id")
    amount = Number(14, 2, required=True)
    name = Text(dump_only=True)
    date = Moment(required=True)
    method = Choice(*METHODS, load_default="Other")
    method_name = Renamed(METHOD_NAMES, attribute="method", dump_only=True)


class PaymentDTO_Detail(PaymentDTO):  # noqa: N801 - the component's published name
    """A payment by itself."""

    sale_document_payments = OwnedList(
        SaleDocumentPaymentRef, link="applications", doc="What of it goes to which invoices."
    )
    last_modified_by = to_author("updated")
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
    project_guid = Guid(
        attribute="matter_id", doc="The only project that it is for. Left out, any of the account's."
    )
    account_guid = account_guid()
    auth_number = Text(attribute="authorization_number")
    bank_account_guid = Guid(
        attribute="bank_account_id",
        required=True,
        doc="Only money in an operating account can be applied to invoices.",
    )
