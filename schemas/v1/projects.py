"""Projects: what v2 calls matters."""

from schemas.fields import (
    Choice,
    Flag,
    Guid,
    Ids,
    Moment,
    Names,
    Number,
    Reference,
    References,
    Text,
    Whole,
    always,
)
from schemas.fields.texts import NAME_LENGTH
from schemas.v1.billing import ProjectRateDTO, nameless, no_money, no_such
from schemas.v1.camel import CamelShape
from schemas.v1.custom_fields import no_custom_fields
from schemas.v1.references import AccountRef, ContactRef, PresetProjectRateRef, TagDTO, UserRef


class ProjectDTO(CamelShape):
    """A project in a list."""

    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    account = Reference(AccountRef, attribute="account_id", link="account", instead_of="account_guid")
    tenant_ref_number = Whole(attribute="number", dump_only=True, doc="The project's number.")
    due_date = Moment()
    open_date = Moment()
    close_date = Moment()
    created_date = Moment(attribute="created_at", dump_only=True)
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
    evergreen_is_alert = always(Flag(), False)
    evergreen_is_on = Flag(load_default=False, doc="Whether to warn when the retainer runs low.")
    evergreen_amount = Number(14, 2)
    is_add_evergreen_to_invoice = Flag(attribute="adds_evergreen_to_invoice", load_default=False)
    status = Choice("Closed", "Pending", "Open", "Archived", load_default="Open")
    assigned_to = References(UserRef, link="assigned_users", instead_of="assigned_to_guids")
    originated_by = Reference(
        UserRef, attribute="originated_by_id", link="originated_by", instead_of="originated_by_guid"
    )
    number = Whole(doc="Left out, the next free number.")
    assigned_to_guids = Ids(link="assigned_users")
    tags = References(TagDTO, by="name", link="tags", instead_of="tag_names")
    account_tags = References(TagDTO, by="name", link="account.tags", dump_only=True)
    tag_names = Names(link="tags")
    account_tags_names = Names(link="account.tags", dump_only=True)
    paid = no_money()
    trust_balance = no_money()
    operating_balance = no_money()
    billable = Number(14, 2, dump_only=True, doc="What the unbilled time entries come to.")
    sale_document_template_guid = no_such("document template")
    sale_document_template_name = nameless()
    preset_project_rate = always(
        Reference(PresetProjectRateRef), None, refuses="There is no such preset rate."
    )
    invoice_matter_recipients = References(
        ContactRef, link="invoice_recipients", instead_of="invoice_matter_recipients_guids"
    )
    invoice_matter_recipients_guids = Ids(link="invoice_recipients")
    name_and_number = Text(dump_only=True)
    guid = Guid(attribute="id")
    account_guid = Guid(attribute="account_id")
    id = Whole(bits=64, attribute="legacy_id", dump_only=True)


class ProjectDTO_Detail(ProjectDTO):  # noqa: N801 - the component's published name
    """A project by itself."""

    custom_field_values = no_custom_fields()
    is_email_sync = Flag(load_default=False)
    is_files_sync = Flag(load_default=False)
    is_contact_sync = Flag(load_default=False)
    project_rates = always(
        References(ProjectRateDTO), [], refuses="Rates for single users or roles are not kept."
    )
    users_following = References(UserRef, link="followers")
    ledes_client_matter_id = Text()
    created_by = Reference(UserRef, attribute="created_by_id", link="created_by", dump_only=True)
    notes = Text()
    originated_by_guid = Guid(attribute="originated_by_id")
    last_modified_by = Reference(UserRef, attribute="updated_by_id", link="updated_by", dump_only=True)
    account_guid = Guid(attribute="account_id")
    preset_project_rate_guid = no_such("preset rate")
    operating_unapplied_credit = no_money()
    invoices_due = no_money()
    hourly_rate = Number(12, 4, minimum=0, doc="Used where hourlyRateType is ProjectRate.")
    flat_rate = Number(14, 2, minimum=0, doc="Used where hourlyRateType is FlatRate.")
    contingency_rate_percent = Number(7, 4, minimum=0)
    is_flat_rate_billed = Flag(load_default=False)
    hourly_rate_type = Choice(
        "ItemRate",
        "UserRate",
        "ProjectRate",
        "FlatRate",
        "Contingency",
        "PresetProjectRate",
        attribute="rate_type",
        load_default="UserRate",
    )
    is_contains_only_pending_invoices = always(Flag(), False)
    operating_paid = no_money()
    cc_paid = no_money()
