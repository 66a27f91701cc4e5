"""Matters: the cases that the firm works on."""

from schemas.fields import Choice, Guid, Moment, Navigates, Number, Renamed, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import made
from schemas.odata.work import WorkedFor
from schemas.rules import RATE_NAMES, external_id, number


class Matter(WorkedFor):
    """A case."""

    id = Guid()
    number = number()
    display_name = Text(dump_only=True)
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    notes = Text()
    status = Choice("Closed", "Pending", "Open", "Archived", load_default="Open")
    practice_area = Text(max_length=100, doc="Such as Family Law.")
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
    external_id = external_id()
    office_id = Guid()
    program_id = Guid()
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    originated_by = Navigates(link="originated_by", to="User")
    balance = Navigates(link="balance", to="MatterBalance")
    office = Navigates(link="office", to="LookupValue")
    program = Navigates(link="program", to="LookupValue")
    excluded_users = Navigates(link="excluded_users", to="User", many=True)
    relationships = Navigates(link="relationships", to="Relationship", many=True)
    parties = Navigates(link="parties", to="Party", many=True)
    charges = Navigates(link="charges", to="MatterCharge", many=True)
    incomes = Navigates(link="incomes", to="Income", many=True)
    litigations = Navigates(link="litigations", to="Litigation", many=True)
    services = Navigates(link="services", to="Service", many=True)
    assignments = Navigates(link="assignments", to="Assignment", many=True)
