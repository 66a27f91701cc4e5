"""Accounts, and the contacts in them."""

from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Navigates, Text, Whole


class Account(Shape):
    """A client of the firm."""

    id = Guid()
    number = Whole()
    display_name = Text()
    company_name = Text()
    status = Choice("Active", "Archived")
    address_street_1 = Text()
    address_street_2 = Text()
    address_city = Text()
    address_state = Text()
    address_country = Text()
    address_zip_code = Text()
    notes = Text()
    created_at = Moment()
    updated_at = Moment()
    primary_contact = Navigates(link="primary_contact", to="Contact")
    contacts = Navigates(link="contacts", to="Contact", many=True)
    matters = Navigates(link="matters", to="Matter", many=True)
    balance = Navigates(link="balance", to="AccountBalance")
    time_entries = Navigates(link="time_entries", to="TimeEntry", many=True)
    expenses = Navigates(link="expenses", to="Expense", many=True)
    flat_fees = Navigates(link="flat_fees", to="FlatFee", many=True)
    invoices = Navigates(link="invoices", to="Invoice", many=True)
    payments = Navigates(link="payments", to="Payment", many=True)
    activities = Navigates(link="activities", to="Activity", many=True)
    messages = Navigates(link="messages", to="Message", many=True)
    files = Navigates(link="files", to="File", many=True)
    custom_field_values = Navigates(link="custom_field_values", to="CustomFieldValue", many=True)
    tags = Navigates(link="tags", to="Tag", many=True)
    assigned_users = Navigates(link="assigned_users", to="User", many=True)


class Contact(Shape):
    """A person in an account."""

    id = Guid()
    account_id = Guid()
    is_primary = Flag()
    display_name = Text()
    first_name = Text()
    middle_name = Text()
    last_name = Text()
    phone_mobile = Text()
    phone_home = Text()
    phone_work = Text()
    phone_fax = Text()
    email = Text()
    notes = Text()
    status = Choice("Active", "Archived")
    created_at = Moment()
    updated_at = Moment()
    account = Navigates(link="account", to="Account")
    relationships = Navigates(link="relationships", to="Relationship", many=True)
    custom_field_values = Navigates(link="custom_field_values", to="CustomFieldValue", many=True)
