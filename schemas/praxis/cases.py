"""Cases: what v2 calls matters."""

from marshmallow import validate

from schemas.fields import Choice, Guid, Ids, Moment, Names, Number, Text, Whole
from schemas.fields.texts import NAME_LENGTH
from schemas.praxis.references import made, to_client
from schemas.rules import RATE_NAMES
from schemas.v1.camel import CamelShape

AGES = ("0-30 days", "31-90 days", "91-180 days", "181-365 days", "over 365 days")


class Case(CamelShape):
    """A case that the firm works on for a client."""

    id = Guid()
    case_number = Whole(
        attribute="number", validate=validate.Range(min=1), doc="Left out, the next free number."
    )
    title = Text(attribute="name", required=True, blank=False, max_length=NAME_LENGTH)
    description = Text(attribute="notes")
    status = Choice("Open", "Pending", "Closed", "Archived", load_default="Open")
    practice_area = Text(max_length=100, doc="Such as Family Law.")
    client_id = Guid(attribute="account_id")
    client = to_client()
    opened_at = Moment(attribute="open_date")
    closed_at = Moment(attribute="close_date")
    due_date = Moment()
    limitation_date = Moment(attribute="statute_of_limitation_date")
    billing_method = Choice(*RATE_NAMES, attribute="rate_type", load_default="UserRate")
    hourly_rate = Number(12, 4, minimum=0, doc="Used where billingMethod is ProjectRate.")
    assigned_user_ids = Ids(link="assigned_users")
    tags = Names(link="tags")
    age_in_days = Whole(
        attribute="age_in_days", dump_only=True, doc="From opening until closing, or until today."
    )
    age = Choice(*AGES, dump_only=True)
    created_at = made("created_at")
    updated_at = made("updated_at")
