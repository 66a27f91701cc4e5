"""Bank accounts: where the firm keeps its own money and its clients'."""

from schemas.base import Shape
from schemas.fields import Choice, Guid, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import BANK_ACCOUNT_TYPES


class BankAccount(Shape):
    """An account at a bank. What lies in one of type Trust belongs to the clients."""

    id = Guid()
    type = Choice(*BANK_ACCOUNT_TYPES, required=True)
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
