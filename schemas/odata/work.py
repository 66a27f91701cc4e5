"""What accounts and matters have in common: the work that is done for them, and what is known of them besides."""

from schemas.fields import ENTITIES, NAMES, REFERENCES, Navigates
from schemas.odata.entity import Entity


class WorkedFor(Entity):
    time_entries = Navigates(link="time_entries", to="TimeEntry", many=True)
    expenses = Navigates(link="expenses", to="Expense", many=True)
    flat_fees = Navigates(link="flat_fees", to="FlatFee", many=True)
    invoices = Navigates(link="invoices", to="Invoice", many=True)
    payments = Navigates(link="payments", to="Payment", many=True)
    activities = Navigates(link="activities", to="Activity", many=True)
    messages = Navigates(link="messages", to="Message", many=True)
    files = Navigates(link="files", to="File", many=True)
    custom_field_values = Navigates(
        link="custom_field_values", to="CustomFieldValue", many=True, takes=ENTITIES
    )
    tags = Navigates(link="tags", to="Tag", many=True, takes=NAMES)
    assigned_users = Navigates(link="assigned_users", to="User", many=True, takes=REFERENCES)
