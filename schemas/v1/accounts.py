"""Accounts: the clients of the firm."""

from schemas import rules
from schemas.fields import (
    Choice,
    Flag,
    Group,
    Guid,
    Ids,
    Moment,
    Names,
    Owned,
    OwnedList,
    References,
    Text,
    Whole,
    always,
)
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import NamesSomebody, currency
from schemas.v1.camel import CamelShape
from schemas.v1.contacts import ContactDTO, ContactDTO_Detail
from schemas.v1.custom_fields import custom_field_values
from schemas.v1.money import amount
from schemas.v1.not_built import nameless, no_such
from schemas.v1.references import ContactRef, UserRef, own_tags, to_author


class AddressDTO(CamelShape):
    """A postal address, in columns of its account."""

    name = Text(doc="Such as Home or Office.")
    address_1 = Text(attribute="street_1")
    address_2 = Text(attribute="street_2")
    city = Text()
    state = Text()
    country = Text()
    postal_code = Text(attribute="zip_code")


def unset() -> Flag:
    """A setting that is off unless the body turns it on."""
    return Flag(load_default=False)


class AccountDTO_Export(CamelShape):  # noqa: N801 - the component's published name
    """An account in a list."""

    contacts = OwnedList(ContactDTO, link="other_contacts", doc="All but the primary contact.")
    website = Text()
    billing_address = Group(AddressDTO, prefix="address_")
    name = Text(attribute="company_name", max_length=NAME_LENGTH, doc="The company's name.")
    currency_code = currency("Invoices for the account are in it.")
    number = rules.number()
    assigned_to = References(UserRef, link="assigned_users", instead_of="assigned_to_guids")
    assigned_to_guids = Ids(link="assigned_users")
    primary_contact = Owned(ContactDTO, link="primary_contact")
    tags = own_tags()
    tag_names = Names(link="tags")
    created_date = Moment(attribute="created_at", dump_only=True)
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
    paid = amount()
    trust_balance = amount(doc="What the firm holds for it in trust.")
    operating_balance = amount(doc="Credit less what is due.")
    billable = amount(doc="What its unbilled time entries, expenses and flat fees come to.")
    status = Choice("Active", "Archived", load_default="Active")
    sale_document_template_guid = no_such("document template")
    sale_document_template_name = nameless()
    contact_invoice_recipients = References(
        ContactRef, link="invoice_recipients", instead_of="contact_invoice_recipients_guids"
    )
    contact_invoice_recipients_guids = Ids(link="invoice_recipients")
    is_1099_eligible = unset()
    tax_id = Text()
    surcharges_enabled = unset()
    name_and_number = Text(dump_only=True)
    guid = Guid(attribute="id")
    utbms_is_enabled = unset()
    id = Whole(bits=64, attribute="legacy_id", dump_only=True)


class AccountDTO_Detail(AccountDTO_Export, NamesSomebody):  # noqa: N801 - the component's published name
    """An account by itself. What the standard shape has too stands here for its place in the order."""

    custom_field_values = custom_field_values()
    is_contact_sync = unset()
    is_email_sync = unset()
    is_files_sync = unset()
    users_following = References(UserRef, link="followers")
    culture_name = Text(doc="RFC 4646, such as en-US.")
    notes = Text()
    is_deleted = always(Flag(), False)
    last_modified_by = to_author("updated")
    created_by = to_author("created")
    primary_contact = Owned(ContactDTO_Detail, link="primary_contact")
    contacts = OwnedList(ContactDTO_Detail, link="other_contacts", doc="All but the primary contact.")
    utbms_is_enabled = unset()
    ledes_client_id = Text()
    website = Text()
    billing_address = Group(AddressDTO, prefix="address_")
    shipping_address = Group(AddressDTO, prefix="shipping_")
    is_allow_client_to_view_all_outstanding_invoices = Flag(
        attribute="shows_outstanding_invoices", load_default=False
    )
    is_allow_client_to_view_all_paid_invoices = Flag(attribute="shows_paid_invoices", load_default=False)
    is_allow_client_to_view_all_payments = Flag(attribute="shows_payments", load_default=False)
    is_allow_client_to_view_account_balances = Flag(attribute="shows_balances", load_default=False)
    is_send_invoice_payment_reminders = Flag(attribute="sends_payment_reminders", load_default=False)
    is_send_quote_approval_reminders = Flag(attribute="sends_quote_reminders", load_default=False)
    is_disable_echeck = Flag(attribute="is_echeck_disabled", load_default=False)
    invoices_due = amount(doc="What is unpaid on its invoices.")
    is_contains_only_pending_invoices = always(Flag(), False)
    operating_unapplied_credit = amount("unapplied_credit")
    is_1099_eligible = unset()
    tax_id = Text()
    default_chart_of_account_guid = no_such("account in the chart of accounts")
    default_chart_of_account_name = nameless()
    operating_paid = amount()
    cc_paid = amount("card_paid")
    surcharges_enabled = unset()
