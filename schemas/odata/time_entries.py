"""Time entries: the hours worked on matters."""

from schemas.fields import Flag, Guid, Moment, Navigates, Number, Text
from schemas.odata.entity import Entity, made
from schemas.rules import hours


class TimeEntry(Entity):
    id = Guid()
    date = Moment(required=True)
    hours = hours()
    rate = Number(12, 4, minimum=0)
    total = Number(14, 2, dump_only=True)
    description = Text()
    private_notes = Text()
    is_billable = Flag(load_default=True)
    is_billed = Flag(load_default=False)
    task_code = Text()
    account_id = Guid()
    matter_id = Guid(required=True)
    billed_by_user_id = Guid(required=True)
    item_id = Guid()
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    billed_by_user = Navigates(link="billed_by_user", to="User")
    item = Navigates(link="item", to="Item")
    line = Navigates(link="line", to="InvoiceLine")
    activity = Navigates(link="activity", to="Activity")
