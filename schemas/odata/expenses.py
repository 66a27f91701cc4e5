"""Expenses: what the firm laid out for its matters, and the kinds of them."""

from schemas.fields import Choice, Guid, Moment, Navigates, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.charges import Charge
from schemas.odata.entity import Entity, made
from schemas.rules import price, quantity


class ExpenseCategory(Entity):
    """A kind of expense, such as filing fees."""

    id = Guid()
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    code = Text(dump_only=True)
    created_at = made()
    updated_at = made()


class Expense(Charge):
    """Money that the firm laid out for a matter."""

    id = Guid()
    date = Moment()
    quantity = quantity()
    price = price(required=True)
    cost_type = Choice("SoftCost", "HardCost", load_default="SoftCost")
    task_code = Text()
    billed_by_user_id = Guid()
    expense_category_id = Guid()
    expense_category = Navigates(link="expense_category", to="ExpenseCategory")
