"""Flat fees: services at a fixed price."""

from schemas.fields import Guid, Moment, Navigates
from schemas.odata.charges import Charge
from schemas.rules import price, quantity


class FlatFee(Charge):
    id = Guid()
    date = Moment(required=True)
    quantity = quantity()
    price = price()
    billed_by_user_id = Guid(required=True)
    item_id = Guid(required=True)
    item = Navigates(link="item", to="Item")
