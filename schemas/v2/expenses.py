"""Expenses: what the firm laid out for its matters, and the kinds of them."""

from schemas.base import Shape
from schemas.fields import Flag, Guid, Moment, Number, Reference, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import external_id, price, quantity
from schemas.v2.references import to_account_of_matter, to_biller, to_matter


class ExpenseCategory(Shape):
    """A kind of expense, such as filing fees."""

    id = Guid()
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)


class Expense(Shape):
    """Money that the firm laid out for a matter."""

    id = Guid()
    is_billable = Flag(load_default=True, doc="Whether it goes on the next invoice.")
    is_billed = Flag(load_default=False, doc="Whether it has been on an invoice.")
    date = Moment(doc="Left out, today.")
    qty = quantity(attribute="quantity")
    price = price(required=True)
    amount = Number(14, 2, attribute="total", dump_only=True, doc="Quantity times price.")
    description = Text(doc="What the client reads on the invoice.")
    private_notes = Text(doc="What only the firm reads.")
    account_ref = to_account_of_matter()
    matter_ref = to_matter(required=True)
    billed_by_user_ref = to_biller()
    expense_category_ref = Reference(
        ExpenseCategory, attribute="expense_category_id", link="expense_category"
    )
    task_code = Text(doc="A UTBMS task code, such as E101.")
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
    external_id = external_id()
