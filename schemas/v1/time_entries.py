"""Time entries: the hours worked on projects."""

from schemas.fields import (
    Choice,
    Flag,
    Group,
    Guid,
    Moment,
    Number,
    Reference,
    References,
    Text,
    Whole,
    always,
)
from schemas.rules import hours
from schemas.v1.billing import SaleDocumentItemRefWithSaleDocumentRef, no_such
from schemas.v1.camel import CamelShape
from schemas.v1.references import (
    AccountRef,
    ActivityRef,
    ItemRef,
    ProjectRef,
    TagDTO,
    UserRef,
    UtbmsCodeRef,
)


class TimeEntryDTO(CamelShape):
    """A time entry in a list."""

    account_tags = References(TagDTO, by="name", link="account.tags", dump_only=True)
    project_tags = References(TagDTO, by="name", link="matter.tags", dump_only=True)
    account = Reference(AccountRef, attribute="account_id", link="account", instead_of="account_guid")
    project = Reference(ProjectRef, attribute="matter_id", link="matter", instead_of="project_guid")
    user = Reference(UserRef, attribute="billed_by_user_id", link="billed_by_user", instead_of="user_guid")
    product = Reference(ItemRef, attribute="item_id", link="item", instead_of="product_guid")
    utbms_code = Group(UtbmsCodeRef, present_if="task_code")
    description = Text(doc="What the client reads on the invoice.")
    notes = Text(attribute="private_notes", doc="What only the firm reads.")
    date = Moment(required=True)
    hours = hours(doc="An hour and six minutes is 1.1.")
    hourly_rate = Number(12, 4, attribute="rate", doc="Left out, the default of the project or the user.")
    total = Number(14, 2, dump_only=True, doc="Hours times rate.")
    created_date = Moment(attribute="created_at", dump_only=True)
    created_by = Reference(UserRef, attribute="created_by_id", link="created_by", dump_only=True)
    status = Choice("Billable", "Billed", "Paid", "NotBillable", dump_only=True)
    sale_document_item = always(Reference(SaleDocumentItemRefWithSaleDocumentRef), None)
    guid = Guid(attribute="id")
    name = Text(attribute="description", dump_only=True)


class TimeEntryDTO_Detail(TimeEntryDTO):  # noqa: N801 - the component's published name
    """A time entry by itself."""

    name = Text(attribute="description", dump_only=True)
    account_guid = Guid(attribute="account_id", doc="Left out, the project's account.")
    project_guid = Guid(attribute="matter_id", required=True)
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
    last_modified_by = Reference(UserRef, attribute="updated_by_id", link="updated_by", dump_only=True)
    activity = always(Reference(ActivityRef), None, refuses="There is no such activity.")
    activity_guid = no_such("activity")
    product_guid = Guid(attribute="item_id")
    utbms_code_id = always(
        Whole(bits=64), None, refuses="There is no such UTBMS code; send utbmsCode.code instead."
    )
    user_guid = Guid(attribute="billed_by_user_id", required=True)
    is_billable = Flag(load_default=True, doc="Whether it goes on the next invoice.")
    is_billed = Flag(load_default=False, doc="Whether it has been on an invoice.")
    is_time_entry_date_limited = always(Flag(), False)
