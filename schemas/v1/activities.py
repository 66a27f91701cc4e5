"""Activities: tasks, events, emails, calls and notes."""

from __future__ import annotations

from typing import Any

from marshmallow import post_load

from schemas.fields import (
    Choice,
    Flag,
    Group,
    Guid,
    Ids,
    Moment,
    Names,
    Number,
    OwnedList,
    Reference,
    References,
    Text,
    Whole,
    always,
)
from schemas.rules import PRIORITIES, TASK_STATUSES
from schemas.v1.activity_parts import (
    DIRECTIONS,
    ActivityReminderDTO,
    CallProperties,
    EmailProperties,
    NoteProperties,
)
from schemas.v1.camel import CamelShape
from schemas.v1.not_built import (
    Activity,
    ActivityConditionalTask,
    LawToolboxCourtRuleRef,
    RecurrenceDTO,
    no_such,
    off,
)
from schemas.v1.references import (
    ACTIVITY_TYPES,
    BlobRef,
    ContactRef,
    UserRef,
    account_guid,
    own_tags,
    to_account,
    to_author,
    to_project,
)
from schemas.v1.time_entries import TimeEntryDTO

NO_COURT_RULES = "There is no such court rule."
NO_CONDITIONS = "Tasks that depend on other tasks are not supported."


class ActivityDTO(CamelShape):
    """An activity in a list."""

    is_private = Flag(load_default=False)
    description = Text(doc="Of an email its plain text, of a note the note.")
    blobs = References(BlobRef, link="files", dump_only=True)
    is_deleted = always(Flag(), False)
    assigned_to_users = References(UserRef, link="assigned_users", instead_of="assigned_to_users_guids")
    assigned_to_contacts = References(
        ContactRef, link="assigned_contacts", instead_of="assigned_to_contacts_guids"
    )
    completed_by_user = Reference(
        UserRef,
        attribute="completed_by_user_id",
        link="completed_by_user",
        instead_of="completed_by_user_guid",
    )
    completed_by_contact = Reference(
        ContactRef,
        attribute="completed_by_contact_id",
        link="completed_by_contact",
        instead_of="completed_by_contact_guid",
    )
    tags = own_tags()
    created_by = to_author("created")
    last_modified_by = to_author("updated")
    created_date = Moment(attribute="created_at", dump_only=True)
    account = to_account()
    project = to_project()
    law_toolbox_court_rule_id = always(Guid(data_key="lawToolboxCourtRule_Id"), None, refuses=NO_COURT_RULES)
    due_date = Moment(doc="Of a task.")
    task_complete_date = Moment(attribute="completed_at")
    start_date_time = Moment(attribute="starts_at", doc="Of an event.")
    end_date_time = Moment(attribute="ends_at", doc="Of an event.")
    is_all_day_activity = Flag(attribute="is_all_day", load_default=False, doc="Of an event.")
    location = Text()
    status = Choice(*TASK_STATUSES, doc="Of a task.")
    priority = Choice(*PRIORITIES, doc="Of a task.")
    is_overdue = Flag(dump_only=True)
    hours_logged = Number(14, 4, dump_only=True, doc="The hours of the time entries for it.")
    flat_fees_logged = always(Number(14, 2), 0)
    is_hours_logged_manually = Flag(
        load_default=False, doc="Whether its time counts as logged even without time entries."
    )
    guid = Guid(attribute="id")
    name = Text(attribute="subject", required=True)
    type = Choice(*ACTIVITY_TYPES, required=True)


class ActivityDTO_Detail(ActivityDTO):  # noqa: N801 - the component's published name
    """An activity by itself."""

    law_toolbox_court_rule = always(Reference(LawToolboxCourtRuleRef), None, refuses=NO_COURT_RULES)
    assigned_to_contacts_guids = Ids(link="assigned_contacts")
    assigned_to_users_guids = Ids(link="assigned_users")
    completed_by_user_guid = Guid(attribute="completed_by_user_id")
    completed_by_contact_guid = Guid(attribute="completed_by_contact_id")
    tag_names = Names(link="tags")
    email_properties = Group(EmailProperties, present_if="email", doc="Of an email; else null.")
    call_properties = Group(CallProperties, present_if="call", doc="Of a call; else null.")
    note_properties = Group(NoteProperties, present_if="note", doc="Of a note; else null.")
    activity_reminders = OwnedList(ActivityReminderDTO, link="reminders")
    time_entries = References(TimeEntryDTO, link="time_entries", dump_only=True)
    activity_conditional_tasks = always(References(ActivityConditionalTask), [], refuses=NO_CONDITIONS)
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
    call_type = Choice(*DIRECTIONS, attribute="call_direction", doc="Of a call.")
    account_guid = account_guid()
    project_guid = Guid(attribute="matter_id")
    contact_guid = Guid(attribute="contact_id")
    contact = Reference(ContactRef, attribute="contact_id", link="contact", instead_of="contact_guid")
    event_color = Text(doc="Of an event.")
    is_send_notification_email = always(
        Flag(doc="No emails are sent; to ask for one changes nothing."), False
    )
    is_send_completed_email = always(Flag(doc="No emails are sent; to ask for one changes nothing."), False)
    recurrence = always(Reference(RecurrenceDTO), None, refuses="Recurring activities are not supported.")
    sale_document_guid = no_such("invoice for an activity")
    workflow_guid = no_such("workflow")
    num_of_time_entries = Whole(attribute="number_of_time_entries", dump_only=True)
    num_of_flat_fees = always(Whole(), 0)
    child_tasks = always(References(Activity), [], refuses=NO_CONDITIONS)
    conditional_parent = always(Reference(Activity), None, refuses=NO_CONDITIONS)
    is_conditional = off(NO_CONDITIONS)
    activity_conditional_task = always(Text(), None, refuses=NO_CONDITIONS)
    num_of_due_date = always(Whole(), 0, refuses=NO_CONDITIONS)
    due_date_type = always(
        Choice("Days", "BusinessDays", "Weeks", "Months", "Years"), None, refuses=NO_CONDITIONS
    )
    can_create_conditional_from_details = off()
    number_of_conditional_childs = always(Whole(), 0)
    is_for_signature_request = off("Signatures are not asked for.")
    is_clone = off()

    @post_load
    def spread_groups(self, loaded: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """The three groups say the same in their own words: the one of the activity's type counts."""
        loaded = super().spread_groups(loaded, **kwargs)
        dates = {kind: loaded.pop(f"{kind.lower()}_date") for kind in ("Email", "Call", "Note")}
        loaded["date"] = dates.get(loaded["type"])
        loaded["call_direction"] = loaded.pop("direction") or loaded["call_direction"]
        return loaded
