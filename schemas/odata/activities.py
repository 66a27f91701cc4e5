"""Activities: tasks, events, emails, calls and notes."""

from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Navigates, Number, Text
from schemas.rules import PRIORITIES, TASK_STATUSES


class Activity(Shape):
    """What happened around a matter, or is to happen. The type says which properties apply."""

    id = Guid()
    type = Choice("Task", "Event", "Email", "Call", "Note")
    subject = Text()
    description = Text(doc="Of an email its plain text, of a note the note.")
    date = Moment(doc="When a call was made, an email sent, a note taken.")
    is_private = Flag()
    status = Choice(*TASK_STATUSES)
    priority = Choice(*PRIORITIES)
    due_date = Moment()
    is_overdue = Flag()
    completed_at = Moment()
    starts_at = Moment()
    ends_at = Moment()
    is_all_day = Flag()
    location = Text()
    call_direction = Choice("Inbound", "Outbound")
    duration = Number(12, 4)
    from_line = Text()
    to_line = Text()
    cc_line = Text()
    external_message_id = Text()
    external_thread_id = Text()
    account_id = Guid()
    matter_id = Guid()
    contact_id = Guid()
    completed_by_user_id = Guid()
    completed_by_contact_id = Guid()
    created_at = Moment()
    updated_at = Moment()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    contact = Navigates(link="contact", to="Contact")
    completed_by_user = Navigates(link="completed_by_user", to="User")
    completed_by_contact = Navigates(link="completed_by_contact", to="Contact")
    assigned_users = Navigates(link="assigned_users", to="User", many=True)
    assigned_contacts = Navigates(link="assigned_contacts", to="Contact", many=True)
    tags = Navigates(link="tags", to="Tag", many=True)
    files = Navigates(link="files", to="File", many=True)
    time_entries = Navigates(link="time_entries", to="TimeEntry", many=True)
