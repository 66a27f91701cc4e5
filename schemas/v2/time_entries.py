"""Time entries: the hours worked on matters."""

from schemas.base import Shape
from schemas.fields import Flag, Guid, Moment, Number, Text
from schemas.rules import external_id, hours
from schemas.v2.references import to_account_of_matter, to_biller, to_item, to_matter


class TimeEntry(Shape):
    """Hours that somebody worked on a matter."""

    id = Guid()
    is_billable = Flag(load_default=True, doc="Whether it goes on the next invoice.")
    is_billed = Flag(load_default=False, doc="Whether it has been on an invoice.")
    date = Moment(required=True)
    hours = hours(doc="An hour and a half is 1.5.")
    rate = Number(12, 4, minimum=0, doc="The hourly rate. Left out, the default of the matter or the user.")
    description = Text(doc="What the client reads on the invoice.")
    private_notes = Text(doc="What only the firm reads.")
    account_ref = to_account_of_matter()
    matter_ref = to_matter(required=True)
    billed_by_user_ref = to_biller(required=True)
    item_ref = to_item()
    task_code = Text(doc="A UTBMS task code, such as L110.")
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
    external_id = external_id()
