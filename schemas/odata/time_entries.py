"""Time entries: the hours worked on matters."""

from schemas.fields import Guid, Moment, Navigates, Number, Text
from schemas.odata.charges import Charge
from schemas.odata.entity import tied
from schemas.rules import hours


class TimeEntry(Charge):
    id = Guid()
    date = Moment(required=True)
    hours = hours()
    rate = Number(12, 4, minimum=0)
    task_code = Text()
    billed_by_user_id = Guid(required=True)
    item_id = Guid()
    activity_id = tied()
    item = Navigates(link="item", to="Item")
    activity = Navigates(link="activity", to="Activity")
