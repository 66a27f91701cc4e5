"""Projects: what v2 calls matters."""

from schemas import rules
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
from schemas.v1.camel import CamelShape
from schemas.v1.custom_fields import custom_field_values
from schemas.v1.money import amount
from schemas.v1.not_built import PresetProjectRateRef, ProjectRateDTO, nameless, no_such
from schemas.v1.references import ContactRef, UserRef, own_tags, tags_of, to_account, to_author


class ProjectDTO(CamelShape):
    """A project in a list."""

    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    account = to_account()
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
    number = rules.number()
    assigned_to_guids = Ids(link="assigned_users")
    tags = own_tags()
    account_tags = tags_of("account")
    tag_names = Names(link="tags")
    account_tags_names = Names(link="account.tags", dump_only=True)
    paid = amount()
    trust_balance = amount(doc="What the firm holds for it in trust.")
    operating_balance = amount(doc="Credit less what is due.")
    billable = amount(doc="What its unbilled time entries, expenses and flat fees come to.")
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

    custom_field_values = custom_field_values()
    is_email_sync = Flag(load_default=False)
    is_files_sync = Flag(load_default=False)
    is_contact_sync = Flag(load_default=False)
    project_rates = always(
        References(ProjectRateDTO), [], refuses="Rates for single users or roles are not kept."
    )
    users_following = References(UserRef, link="followers")
    ledes_client_matter_id = Text()
    created_by = to_author("created")
    notes = Text()
    originated_by_guid = Guid(attribute="originated_by_id")
    last_modified_by = to_author("updated")
    account_guid = Guid(attribute="account_id")
    preset_project_rate_guid = no_such("preset rate")
    operating_unapplied_credit = amount("unapplied_credit")
    invoices_due = amount(doc="What is unpaid on its invoices.")
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
    operating_paid = amount()
    cc_paid = amount("card_paid")
