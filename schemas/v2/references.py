"""How one record shows another: its id and what people call it."""

from schemas.base import Shape
from schemas.fields import Guid, Reference, Text


class AccountReference(Shape):
    id = Guid(required=True)
    display_name = Text()


class MatterReference(Shape):
    id = Guid(required=True)
    display_name = Text()


class ContactReference(Shape):
    account_ref = Reference(AccountReference, attribute="account_id", link="account")
    id = Guid(required=True)
    display_name = Text()


class UserReference(Shape):
    id = Guid(required=True)
    display_name = Text()
    email_address = Text(attribute="email")


class ItemReference(Shape):
    id = Guid(required=True)
    name = Text()
