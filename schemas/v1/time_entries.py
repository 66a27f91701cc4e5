"""Time entries: the hours worked on projects."""

from schemas.fields import Flag, Group, Guid, Moment, Number, Reference, Text, Whole, always
from schemas.rules import hours
from schemas.v1.billing_references import ItemRef, UtbmsCodeRef, billed_on
from schemas.v1.camel import CamelShape
from schemas.v1.charges import NO_CODE_BY_ID, charge_status
from schemas.v1.references import (
    ActivityRef,
    UserRef,
    account_guid,
    tags_of,
    to_account,
    to_author,
    to_project,
)


class TimeEntryDTO(CamelShape):
    """A time entry in a list."""

    account_tags = tags_of("account")
    project_tags = tags_of("matter")
    account = to_account()
    project = to_project()
    user = Reference(UserRef, attribute="billed_by_user_id", link="billed_by_user", instead_of="user_guid")
    product = Reference(ItemRef, attribute="item_id", link="item", instead_of="product_guid")
    utbms_code = Group(UtbmsCodeRef, present_if="task_code")
    description = Text(doc="What the client reads on the invoice.")
    notes = Text(attribute="private_notes", doc="What only the firm reads.")
    date = Moment(required=True)
    hours = hours(doc="An hour and six minutes is 1.1.")
    hourly_rate = Number(
        12, 4, minimum=0, attribute="rate", doc="Left out, the default of the project or the user."
    )
    total = Number(14, 2, dump_only=True, doc="Hours times rate.")
    created_date = Moment(attribute="created_at", dump_only=True)
    created_by = to_author("created")
    status = charge_status()
    sale_document_item = billed_on()
    guid = Guid(attribute="id")
    name = Text(attribute="description", dump_only=True)


class TimeEntryDTO_Detail(TimeEntryDTO):  # noqa: N801 - the component's published name
    """A time entry by itself."""

    name = Text(attribute="description", dump_only=True)
    account_guid = account_guid()
    project_guid = Guid(attribute="matter_id", required=True)
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
    last_modified_by = to_author("updated")
    activity = Reference(ActivityRef, attribute="activity_id", link="activity", instead_of="activity_guid")
    activity_guid = Guid(attribute="activity_id", doc="The task, event, email or call it was spent on.")
    product_guid = Guid(attribute="item_id")
    utbms_code_id = always(Whole(bits=64), None, refuses=NO_CODE_BY_ID)
    user_guid = Guid(attribute="billed_by_user_id", required=True)
    is_billable = Flag(load_default=True, doc="Whether it goes on the next invoice.")
    is_billed = Flag(load_default=False, doc="Whether it has been on an invoice.")
    is_time_entry_date_limited = always(Flag(), False)
