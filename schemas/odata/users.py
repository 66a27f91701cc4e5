"""The people who work at the firm."""

from schemas.fields import Flag, Guid, Navigates, Text
from schemas.odata.entity import Entity, made, tied
from schemas.rules import external_unique_id


class Role(Entity):
    """What the firm lets some of its users do and see; those without a role here have a built-in one as it was."""

    id = Guid()
    name = Text(dump_only=True)
    rights = Text(dump_only=True)
    restrictions = Text(dump_only=True)
    created_at = made()
    updated_at = made()


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
    role = Text(dump_only=True)
    office_id = tied()
    program_id = tied()
    created_at = made()
    updated_at = made()
    office = Navigates(link="office", to="LookupValue")
    program = Navigates(link="program", to="LookupValue")
    time_entries = Navigates(link="time_entries", to="TimeEntry", many=True)
    accounts = Navigates(link="accounts", to="Account", many=True)
    matters = Navigates(link="matters", to="Matter", many=True)
    activities = Navigates(link="activities", to="Activity", many=True)
