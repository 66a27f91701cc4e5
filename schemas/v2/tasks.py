"""Tasks: what is to be done, by whom and by when."""

from schemas.base import Shape
from schemas.fields import Choice, Guid, Moment, Names, References, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import PRIORITIES, TASK_STATUSES, external_id
from schemas.v2.references import ContactReference, UserReference, to_account_of_matter, to_matter


class Task(Shape):
    """Something to be done."""

    id = Guid()
    account_ref = to_account_of_matter()
    matter_ref = to_matter()
    subject = Text(required=True, blank=False, max_length=NAME_LENGTH)
    notes = Text(attribute="description")
    priority = Choice(*PRIORITIES)
    status = Choice(*TASK_STATUSES, load_default="NotCompleted")
    due_date = Moment()
    assigned_to_users = References(UserReference, link="assigned_users")
    assigned_to_contacts = References(ContactReference, link="assigned_contacts")
    tags = Names(link="tags")
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
    external_id = external_id()
