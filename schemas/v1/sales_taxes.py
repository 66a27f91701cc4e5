"""Taxes on what the firm sells."""

from schemas.fields import Flag, Guid, Number, Text, always
from schemas.fields.texts import NAME_LENGTH
from schemas.v1.camel import CamelShape


class SalesTaxRef(CamelShape):
    """A tax, as an item shows it."""

    guid = Guid(attribute="id")
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    rate = Number(7, 4, minimum=0, required=True, doc="In percent.")
    is_compound = Flag(load_default=False, doc="Whether it is worked out on top of the other tax.")


class SalesTaxDTO(SalesTaxRef):
    """A tax by itself."""

    description = Text()
    is_deleted = always(Flag(), False)
