"""Matters: the cases that the firm works on."""

from schemas.base import Shape
from schemas.fields import Choice, Guid, Moment, Navigates, Renamed, Text, Whole
from schemas.rules import RATE_NAMES


class Matter(Shape):
    id = Guid()
    number = Whole()
    display_name = Text()
    name = Text()
    notes = Text()
    status = Choice("Closed", "Pending", "Open", "Archived")
    rate = Renamed(RATE_NAMES, attribute="rate_type")
    open_date = Moment()
    close_date = Moment()
    statute_of_limitation_date = Moment()
    account_id = Guid()
    created_at = Moment()
    updated_at = Moment()
    account = Navigates(link="account", to="Account")
    time_entries = Navigates(link="time_entries", to="TimeEntry", many=True)
    tags = Navigates(link="tags", to="Tag", many=True)
    assigned_users = Navigates(link="assigned_users", to="User", many=True)
