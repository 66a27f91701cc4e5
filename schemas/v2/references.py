"""How one record shows another: its id and what people call it."""

from typing import Any

from schemas.base import Shape
from schemas.fields import Guid, Reference, Text


class AccountReference(Shape):
    id = Guid(required=True)
    display_name = Text()


class OrganizationReference(AccountReference):
    """An account that stands for a court or an agency, as LegalServer calls it."""


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


class ActivityReference(Shape):
    id = Guid()
    subject = Text()


class FileReference(Shape):
    id = Guid()
    file_name = Text()


def to_account(**kwargs: Any) -> Reference:
    """The account that a record is for."""
    return Reference(AccountReference, attribute="account_id", link="account", **kwargs)


def to_account_of_matter() -> Reference:
    """The same, where naming the matter is enough."""
    return to_account(doc="Left out, the matter's account.")


def to_matter(**kwargs: Any) -> Reference:
    """The matter that a record is for."""
    return Reference(MatterReference, attribute="matter_id", link="matter", **kwargs)


def to_biller(**kwargs: Any) -> Reference:
    """The user whose work a charge is."""
    return Reference(UserReference, attribute="billed_by_user_id", link="billed_by_user", **kwargs)


def to_item(**kwargs: Any) -> Reference:
    """What of the price list a charge is for."""
    return Reference(ItemReference, attribute="item_id", link="item", **kwargs)
