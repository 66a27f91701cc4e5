"""Activities: tasks, events, emails, calls and notes."""

from schemas.fields import NAMES, REFERENCES, Choice, Flag, Guid, Moment, Navigates, Number, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import Entity, made
from schemas.rules import PRIORITIES, TASK_STATUSES, external_id


class Activity(Entity):
    """What happened around a matter, or is to happen. The type says which properties apply."""

    id = Guid()
    type = Choice("Task", "Event", "Email", "Call", "Note", required=True)
    subject = Text(required=True, max_length=NAME_LENGTH)
    description = Text(doc="Of an email its plain text, of a note the note.")
    date = Moment(doc="When a call was made, an email sent, a note taken.")
    is_private = Flag(load_default=False)
    status = Choice(*TASK_STATUSES)
    priority = Choice(*PRIORITIES)
    due_date = Moment()
    is_overdue = Flag(dump_only=True)
    completed_at = Moment()
    starts_at = Moment()
    ends_at = Moment()
    is_all_day = Flag(load_default=False)
    location = Text()
    call_direction = Choice("Inbound", "Outbound")
    duration = Number(12, 4, minimum=0)
    from_line = Text()
    to_line = Text()
    cc_line = Text()
    external_message_id = Text()
    external_thread_id = Text()
    external_id = external_id()
    account_id = Guid()
    matter_id = Guid()
    contact_id = Guid()
    completed_by_user_id = Guid()
    completed_by_contact_id = Guid()
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    contact = Navigates(link="contact", to="Contact")
    completed_by_user = Navigates(link="completed_by_user", to="User")
    completed_by_contact = Navigates(link="completed_by_contact", to="Contact")
    assigned_users = Navigates(link="assigned_users", to="User", many=True, takes=REFERENCES)
    assigned_contacts = Navigates(link="assigned_contacts", to="Contact", many=True, takes=REFERENCES)
    tags = Navigates(link="tags", to="Tag", many=True, takes=NAMES)
    files = Navigates(link="files", to="File", many=True, takes=REFERENCES)
    time_entries = Navigates(link="time_entries", to="TimeEntry", many=True)
