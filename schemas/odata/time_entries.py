"""Time entries: the hours worked on matters."""

from schemas.base import Shape
from schemas.fields import Flag, Guid, Moment, Navigates, Number, Text


class TimeEntry(Shape):
    id = Guid()
    date = Moment()
    hours = Number(12, 4)
    rate = Number(12, 4)
    total = Number(14, 2)
    description = Text()
    private_notes = Text()
    is_billable = Flag()
    is_billed = Flag()
    task_code = Text()
    account_id = Guid()
    matter_id = Guid()
    billed_by_user_id = Guid()
    item_id = Guid()
    created_at = Moment()
    updated_at = Moment()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    billed_by_user = Navigates(link="billed_by_user", to="User")
    item = Navigates(link="item", to="Item")
    line = Navigates(link="line", to="InvoiceLine")
    activity = Navigates(link="activity", to="Activity")
