"""The people who work at the firm."""

from schemas.fields import Flag, Guid, Navigates, Text
from schemas.odata.entity import Entity, made
from schemas.rules import external_unique_id


class User(Entity):
    """Somebody at the firm, with the hours they worked and the records that they are assigned to."""

    id = Guid()
    display_name = Text(dump_only=True)
    first_name = Text()
    middle_name = Text()
    last_name = Text()
    email = Text()
    is_active = Flag()
    external_unique_id = external_unique_id()
    created_at = made()
    updated_at = made()
    time_entries = Navigates(link="time_entries", to="TimeEntry", many=True)
    accounts = Navigates(link="accounts", to="Account", many=True)
    matters = Navigates(link="matters", to="Matter", many=True)
    activities = Navigates(link="activities", to="Activity", many=True)
