"""Deadlines: tasks that are due on some day."""

from schemas.fields import Choice, Flag, Guid, Ids, Moment, Text, Whole
from schemas.fields.texts import NAME_LENGTH
from schemas.praxis.references import made, to_case
from schemas.rules import PRIORITIES, TASK_STATUSES
from schemas.v1.camel import CamelShape


class Deadline(CamelShape):
    """Something to be done by some day."""

    id = Guid()
    title = Text(attribute="subject", required=True, blank=False, max_length=NAME_LENGTH)
    description = Text()
    due_date = Moment(required=True)
    case_id = Guid(attribute="matter_id")
    case = to_case()
    status = Choice(*TASK_STATUSES, load_default="NotCompleted")
    priority = Choice(*PRIORITIES, load_default="Medium")
    assigned_user_ids = Ids(link="assigned_users")
    is_overdue = Flag(dump_only=True, doc="From the day after it is due.")
    days_overdue = Whole(attribute="days_overdue", dump_only=True, doc="Null where it is not overdue.")
    completed_at = made("completed_at")
    completed_by_user_id = Guid(dump_only=True)
    created_at = made("created_at")
    updated_at = made("updated_at")
