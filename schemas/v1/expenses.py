"""Expenses: what the firm laid out for its projects."""

from schemas.fields import Choice, Flag, Group, Guid, Moment, Number, Reference, Text, Whole, always
from schemas.rules import METHODS, price, quantity
from schemas.v1.billing_references import AccountingAccountRef, BankAccountRef, UtbmsCodeRef, billed_on
from schemas.v1.camel import CamelShape
from schemas.v1.charges import NO_CODE_BY_ID, charge_status
from schemas.v1.not_built import no_such, off
from schemas.v1.references import (
    BlobRef,
    UserRef,
    account_guid,
    tags_of,
    to_account,
    to_author,
    to_project,
)

NO_VENDOR_PAYMENTS = "How a vendor was paid is not kept with the expense."


class ExpenseDTO(CamelShape):
    """An expense in a list."""

    account = to_account()
    account_tags = tags_of("account")
    project_tags = tags_of("matter")
    accounting_account = Reference(
        AccountingAccountRef,
        attribute="expense_category_id",
        link="expense_category",
        instead_of="accounting_account_guid",
        doc="The expense category.",
    )
    project = to_project()
    notes = Text(attribute="private_notes", doc="What only the firm reads.")
    description = Text(doc="What the client reads on the invoice.")
    user = Reference(UserRef, attribute="billed_by_user_id", link="billed_by_user", instead_of="user_guid")
    date = Moment(required=True)
    amount = price(attribute="price", required=True, doc="The price of one.")
    qty = quantity(attribute="quantity")
    total_amount = Number(14, 2, attribute="total", dump_only=True, doc="Quantity times amount.")
    utbms_code = Group(UtbmsCodeRef, present_if="task_code")
    created_date = Moment(attribute="created_at", dump_only=True)
    created_by = to_author("created")
    primary_receipt = always(Reference(BlobRef), None)
    status = charge_status()
    cost_type = Choice(
        "SoftCost", "HardCost", load_default="SoftCost", doc="Hard costs are paid to a vendor for the client."
    )
    sale_document_item = billed_on()
    guid = Guid(attribute="id")
    name = Text(attribute="description", dump_only=True)


class ExpenseDTO_Detail(ExpenseDTO):  # noqa: N801 - the component's published name
    """An expense by itself."""

    account_guid = account_guid()
    project_guid = Guid(attribute="matter_id", required=True)
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
    accounting_account_guid = Guid(attribute="expense_category_id", doc="The expense category.")
    last_modified_by = to_author("updated")
    user_guid = Guid(attribute="billed_by_user_id")
    is_deleted = always(Flag(), False)
    is_billable = Flag(load_default=True, doc="Whether it goes on the next invoice.")
    is_billed = Flag(load_default=False, doc="Whether it has been on an invoice.")
    hard_cost_payment_method = always(Choice(*METHODS), None, refuses=NO_VENDOR_PAYMENTS)
    hard_cost_payment_check_number = always(Whole(), None, refuses=NO_VENDOR_PAYMENTS)
    hard_cost_payment_bank_account_guid = always(Guid(), None, refuses=NO_VENDOR_PAYMENTS)
    hard_cost_payment_bank_account = always(Reference(BankAccountRef), None)
    hard_cost_payment_check_payee_guid = always(Guid(), None, refuses=NO_VENDOR_PAYMENTS)
    hard_cost_payment_check_is_printed = off(NO_VENDOR_PAYMENTS)
    hard_cost_payment_check_is_to_print = off(NO_VENDOR_PAYMENTS)
    hard_cost_payment_chart_of_account_guid = always(Guid(), None, refuses=NO_VENDOR_PAYMENTS)
    hard_cost_payment_chart_of_account_name = always(Text(), None)
    hard_cost_payment_notes = always(Text(), None, refuses=NO_VENDOR_PAYMENTS)
    hard_cost_payment_guid = always(Guid(), None, refuses=NO_VENDOR_PAYMENTS)
    utbms_code_id = always(Whole(bits=64), None, refuses=NO_CODE_BY_ID)
    primary_receipt_guid = no_such("receipt")
    is_matched_to_bank_transaction = off()
