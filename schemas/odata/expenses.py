"""Expenses: what the firm laid out for its matters, and the kinds of them."""

from schemas.fields import Choice, Flag, Guid, Moment, Navigates, Number, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import Entity, made
from schemas.rules import price, quantity


class ExpenseCategory(Entity):
    """A kind of expense, such as filing fees."""

    id = Guid()
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    code = Text(dump_only=True)
    created_at = made()
    updated_at = made()


class Expense(Entity):
    """Money that the firm laid out for a matter."""

    id = Guid()
    date = Moment()
    quantity = quantity()
    price = price(required=True)
    total = Number(14, 2, dump_only=True)
    cost_type = Choice("SoftCost", "HardCost", load_default="SoftCost")
    description = Text()
    private_notes = Text()
    is_billable = Flag(load_default=True)
    is_billed = Flag(load_default=False)
    task_code = Text()
    account_id = Guid()
    matter_id = Guid(required=True)
    billed_by_user_id = Guid()
    expense_category_id = Guid()
    line_id = Guid(dump_only=True, doc="The invoice line that bills it.")
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    billed_by_user = Navigates(link="billed_by_user", to="User")
    expense_category = Navigates(link="expense_category", to="ExpenseCategory")
    line = Navigates(link="line", to="InvoiceLine")
