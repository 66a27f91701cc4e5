"""What entries are charged under, and the taxes on it."""

from schemas.base import Shape
from schemas.fields import Flag, Guid, Moment, Navigates, Number, Text


class Item(Shape):
    """A service or product on the price list."""

    id = Guid()
    name = Text()
    code = Text()
    description = Text()
    rate = Number(12, 4)
    overrides_hourly_rate = Flag(doc="Whether time entered under it is charged at its rate.")
    tax1_id = Guid()
    tax2_id = Guid()
    created_at = Moment()
    updated_at = Moment()
    tax1 = Navigates(link="tax1", to="SalesTax")
    tax2 = Navigates(link="tax2", to="SalesTax")


class SalesTax(Shape):
    """A tax on what the firm sells."""

    id = Guid()
    name = Text()
    description = Text()
    rate = Number(7, 4, doc="In percent.")
    is_compound = Flag(doc="Whether it is worked out on top of the other tax.")
    created_at = Moment()
    updated_at = Moment()
