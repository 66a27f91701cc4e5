"""Flat fees: services at a fixed price."""

from schemas.fields import Flag, Guid, Moment, Navigates, Number, Text
from schemas.odata.entity import Entity, made
from schemas.rules import price, quantity


class FlatFee(Entity):
    id = Guid()
    date = Moment(required=True)
    quantity = quantity()
    price = price()
    total = Number(14, 2, dump_only=True)
    description = Text()
    private_notes = Text()
    is_billable = Flag(load_default=True)
    is_billed = Flag(load_default=False)
    account_id = Guid()
    matter_id = Guid(required=True)
    billed_by_user_id = Guid(required=True)
    item_id = Guid(required=True)
    line_id = Guid(dump_only=True, doc="The invoice line that bills it.")
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    billed_by_user = Navigates(link="billed_by_user", to="User")
    item = Navigates(link="item", to="Item")
    line = Navigates(link="line", to="InvoiceLine")
