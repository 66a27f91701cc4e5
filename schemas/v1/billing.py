"""What v1 shows of billing. Documented here; invoices, payments and templates are not built yet."""

from __future__ import annotations

from schemas.fields import Choice, Guid, Moment, Number, Property, Reference, Text, Whole, always
from schemas.v1.camel import CamelShape
from schemas.v1.references import RoleRef, UserRef


class SaleDocumentRef(CamelShape):
    guid = Guid()
    number = Whole()
    name = Text(dump_only=True)
    type = Choice("Invoice", "Quote")
    invoice_type = Choice("Sale", "Refund", "Credit")
    date = Moment(required=True)


class SaleDocumentItemRefWithSaleDocumentRef(CamelShape):
    sale_document = Reference(SaleDocumentRef)
    guid = Guid()
    name = Text()


class ProjectRateDTO(CamelShape):
    user = Reference(UserRef)
    role = Reference(RoleRef)
    user_guid = Guid()
    role_guid = Guid()
    hourly_rate = Number(12, 4)
    rate_type = Choice("User", "Role", "Everyone")


def no_money() -> Property:
    """A sum of invoices or payments, of which there are none."""
    return always(Number(14, 2), 0)


def no_such(thing: str) -> Property:
    """A reference that cannot be set, because there is nothing of the kind."""
    return always(Guid(), None, refuses=f"There is no such {thing}.")


def nameless() -> Property:
    """The name of something that there is nothing of."""
    return always(Text(), None)
