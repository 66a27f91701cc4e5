"""Bank accounts: where the firm keeps its own money and its clients'."""

from schemas.fields import Choice, Guid, Navigates, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import Entity, made
from schemas.rules import BANK_ACCOUNT_TYPES


class BankAccount(Entity):
    id = Guid()
    type = Choice(*BANK_ACCOUNT_TYPES, required=True)
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    created_at = made()
    updated_at = made()
    payments = Navigates(link="payments", to="Payment", many=True)
