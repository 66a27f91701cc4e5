"""Flat fees: services at a fixed price."""

from schemas.base import Shape
from schemas.fields import Flag, Guid, Moment, Text
from schemas.rules import external_id, price, quantity
from schemas.v2.references import to_account_of_matter, to_biller, to_item, to_matter


class FlatFee(Shape):
    """A service at a fixed price, done for a matter."""

    id = Guid()
    is_billable = Flag(load_default=True, doc="Whether it goes on the next invoice.")
    is_billed = Flag(load_default=False, doc="Whether it has been on an invoice.")
    date = Moment(required=True)
    qty = quantity(attribute="quantity")
    price = price(doc="Left out, the item's.")
    description = Text(doc="What the client reads on the invoice.")
    private_notes = Text(doc="What only the firm reads.")
    account_ref = to_account_of_matter()
    matter_ref = to_matter(required=True)
    billed_by_user_ref = to_biller(required=True)
    item_ref = to_item(required=True)
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
    external_id = external_id()
