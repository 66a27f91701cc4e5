"""Sale document items: the lines of invoices."""

from schemas.fields import (
    Flag,
    Group,
    Guid,
    GuidText,
    Moment,
    Number,
    References,
    Renamed,
    Text,
    Whole,
    always,
)
from schemas.v1.billing_references import ExpenseRef, FlatFeeRef, TimeEntryRef
from schemas.v1.camel import CamelShape
from schemas.v1.money import amount

NO_OTHER_CODES = "Of the LEDES codes only ledesUtbmsCode is kept."
TYPES = ("RegularItem", "TimeEntryItem", "ExpenseItem", "InterestItem", "EmptyItem")
TYPE_NAMES = {"FlatFee": "RegularItem", "TimeEntry": "TimeEntryItem", "Expense": "ExpenseItem"}
"""The stored kinds; what stands behind no record counts among the fees. We make none of the other types."""


class SalesTaxData(CamelShape):
    """A tax as it was when the invoice was made, in columns of its line."""

    id = always(Whole(bits=64), None)
    name = Text()
    rate = Number(7, 4, minimum=0, required=True, doc="In percent.")
    is_compound = Flag(load_default=False, doc="Whether it is worked out on top of the other tax.")
    amount = amount()


class SaleDocumentItemDTO(CamelShape):
    """A line of an invoice. It stays as it was printed, whatever becomes of what it charges for."""

    row_index = Whole(doc="Its place among the lines.")
    qty = Number(12, 4, attribute="quantity", doc="Negative where it takes something off.")
    description = Text()
    entry_date = Moment(attribute="date", doc="When the work was done.")
    user_name = Text(attribute="billed_by", doc="Who did the work.")
    price = Number(12, 4, attribute="rate", doc="The price of one.")
    tax1_data = Group(SalesTaxData, prefix="tax1_", present_if="tax1_name")
    tax1 = amount("tax1_amount")
    tax2_data = Group(SalesTaxData, prefix="tax2_", present_if="tax2_name")
    tax2 = amount("tax2_amount")
    project_guid = Guid(attribute="matter_id")
    project_name = Text(attribute="matter.name", dump_only=True)
    project_number = Whole(attribute="matter.number", dump_only=True)
    discount = amount(doc="Its share of the invoice's discount.")
    sub = amount("subtotal", doc="Quantity times price.")
    total = amount()
    type = Renamed(TYPE_NAMES, enum=TYPES, attribute="kind", doc="Left out, what the records it bills are.")
    time_entries = References(TimeEntryRef, link="time_entries", dump_only=True)
    expenses = References(ExpenseRef, link="expenses", dump_only=True)
    flat_fees = References(FlatFeeRef, link="flat_fees", dump_only=True)
    flat_fees_guids = GuidText(attribute="flat_fee_ids", shows="flat_fee_guids", doc="What it bills.")
    time_entries_guids = GuidText(attribute="time_entry_ids", shows="time_entry_guids", doc="What it bills.")
    expenses_guids = GuidText(attribute="expense_ids", shows="expense_guids", doc="What it bills.")
    flat_rate_project_id = always(
        Whole(bits=64), None, refuses="Flat rates of projects are billed as flat fees."
    )
    ledes_utbms_code = Text(attribute="task_code")
    ledes_item_code = always(Text(), None, refuses=NO_OTHER_CODES)
    ledes_expense_code = always(Text(), None, refuses=NO_OTHER_CODES)
    ledes_timekeeper_class = always(Text(), None, refuses=NO_OTHER_CODES)
    chart_of_account_id = always(
        Whole(bits=64), None, refuses="There is no such account in the chart of accounts."
    )
    guid = Guid(attribute="id")
    name = Text(attribute="item_name")
