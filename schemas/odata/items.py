"""What entries are charged under, and the taxes on it."""

from schemas.fields import Flag, Guid, Navigates, Number, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import Entity, made
from schemas.rules import price


class Item(Entity):
    """A service or product on the price list."""

    id = Guid()
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    code = Text(max_length=NAME_LENGTH)
    description = Text()
    rate = price(required=True)
    overrides_hourly_rate = Flag(
        load_default=False, doc="Whether time entered under it is charged at its rate."
    )
    tax1_id = Guid()
    tax2_id = Guid()
    created_at = made()
    updated_at = made()
    tax1 = Navigates(link="tax1", to="SalesTax")
    tax2 = Navigates(link="tax2", to="SalesTax")


class SalesTax(Entity):
    """A tax on what the firm sells."""

    id = Guid()
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    description = Text()
    rate = Number(7, 4, minimum=0, required=True, doc="In percent.")
    is_compound = Flag(load_default=False, doc="Whether it is worked out on top of the other tax.")
    created_at = made()
    updated_at = made()
