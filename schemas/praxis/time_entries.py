"""Time entries: the hours worked on cases."""

from schemas.fields import Choice, Flag, Guid, Moment, Number, Reference, Text
from schemas.praxis.references import UserReference, made, to_case
from schemas.rules import hours
from schemas.v1.camel import CamelShape


class TimeEntry(CamelShape):
    """Hours that somebody worked on a case."""

    id = Guid()
    case_id = Guid(attribute="matter_id", required=True)
    case = to_case()
    user_id = Guid(attribute="billed_by_user_id", doc="Left out, whoever is asking.")
    user = Reference(
        UserReference, attribute="billed_by_user_id", link="billed_by_user", instead_of="user_id"
    )
    date = Moment(doc="Left out, today.")
    hours = hours(doc="An hour and a half is 1.5.")
    rate = Number(12, 4, minimum=0, doc="Of one hour. Left out, the default of the case or the user.")
    amount = Number(14, 2, attribute="total", dump_only=True, doc="Hours times rate.")
    description = Text(doc="What the client reads on the invoice.")
    notes = Text(attribute="private_notes", doc="What only the firm reads.")
    task_code = Text(doc="A UTBMS task code, such as L110.")
    is_billable = Flag(load_default=True, doc="Whether it goes on the next invoice.")
    is_billed = Flag(dump_only=True, doc="Whether it is on an invoice, or was marked as billed.")
    status = Choice("NotBillable", "Billable", "Billed", "Paid", dump_only=True)
    invoice_id = Guid(attribute="line.invoice_id", dump_only=True)
    created_at = made("created_at")
    updated_at = made("updated_at")
