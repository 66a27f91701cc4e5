"""Bank accounts: where the firm keeps its own money and its clients'."""

from schemas.base import Shape
from schemas.fields import Choice, Guid, Moment, Navigates, Text
from schemas.rules import BANK_ACCOUNT_TYPES


class BankAccount(Shape):
    id = Guid()
    type = Choice(*BANK_ACCOUNT_TYPES)
    name = Text()
    created_at = Moment()
    updated_at = Moment()
    payments = Navigates(link="payments", to="Payment", many=True)
