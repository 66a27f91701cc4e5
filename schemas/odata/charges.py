"""What time entries, expenses and flat fees have in common: what a matter is charged."""

from schemas.fields import Flag, Guid, Navigates, Number, Text
from schemas.odata.entity import Entity, made
from schemas.rules import external_id


class Charge(Entity):
    total = Number(14, 2, dump_only=True)
    description = Text()
    private_notes = Text()
    is_billable = Flag(load_default=True)
    is_billed = Flag(load_default=False)
    account_id = Guid()
    matter_id = Guid(required=True)
    line_id = Guid(dump_only=True, doc="The invoice line that bills it.")
    external_id = external_id()
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    billed_by_user = Navigates(link="billed_by_user", to="User")
    line = Navigates(link="line", to="InvoiceLine")
