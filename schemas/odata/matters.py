"""Matters: the cases that the firm works on."""

from schemas.fields import (
    ENTITIES,
    NAMES,
    REFERENCES,
    Choice,
    Guid,
    Moment,
    Navigates,
    Number,
    Renamed,
    Text,
    Whole,
)
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import Entity, made
from schemas.rules import RATE_NAMES


class Matter(Entity):
    """A case."""

    id = Guid()
    number = Whole()
    display_name = Text(dump_only=True)
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    notes = Text()
    status = Choice("Closed", "Pending", "Open", "Archived", load_default="Open")
    rate = Renamed(RATE_NAMES, attribute="rate_type", load_default="UserRate")
    hourly_rate = Number(12, 4, minimum=0)
    flat_rate = Number(14, 2, minimum=0)
    contingency_rate_percent = Number(7, 4, minimum=0)
    open_date = Moment()
    close_date = Moment()
    due_date = Moment()
    statute_of_limitation_date = Moment()
    account_id = Guid()
    originated_by_id = Guid()
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    originated_by = Navigates(link="originated_by", to="User")
    balance = Navigates(link="balance", to="MatterBalance")
    time_entries = Navigates(link="time_entries", to="TimeEntry", many=True)
    expenses = Navigates(link="expenses", to="Expense", many=True)
    flat_fees = Navigates(link="flat_fees", to="FlatFee", many=True)
    invoices = Navigates(link="invoices", to="Invoice", many=True)
    payments = Navigates(link="payments", to="Payment", many=True)
    activities = Navigates(link="activities", to="Activity", many=True)
    messages = Navigates(link="messages", to="Message", many=True)
    files = Navigates(link="files", to="File", many=True)
    relationships = Navigates(link="relationships", to="Relationship", many=True)
    custom_field_values = Navigates(
        link="custom_field_values", to="CustomFieldValue", many=True, takes=ENTITIES
    )
    tags = Navigates(link="tags", to="Tag", many=True, takes=NAMES)
    assigned_users = Navigates(link="assigned_users", to="User", many=True, takes=REFERENCES)
