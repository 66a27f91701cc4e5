"""Expenses: what the firm laid out for its matters, and the kinds of them."""

from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Navigates, Number, Text


class ExpenseCategory(Shape):
    """A kind of expense, such as filing fees."""

    id = Guid()
    name = Text()
    code = Text()
    created_at = Moment()
    updated_at = Moment()


class Expense(Shape):
    """Money that the firm laid out for a matter."""

    id = Guid()
    date = Moment()
    quantity = Number(12, 4)
    price = Number(12, 4)
    total = Number(14, 2)
    cost_type = Choice("SoftCost", "HardCost")
    description = Text()
    private_notes = Text()
    is_billable = Flag()
    is_billed = Flag()
    task_code = Text()
    account_id = Guid()
    matter_id = Guid()
    billed_by_user_id = Guid()
    expense_category_id = Guid()
    line_id = Guid(doc="The invoice line that bills it.")
    created_at = Moment()
    updated_at = Moment()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    billed_by_user = Navigates(link="billed_by_user", to="User")
    expense_category = Navigates(link="expense_category", to="ExpenseCategory")
    line = Navigates(link="line", to="InvoiceLine")
