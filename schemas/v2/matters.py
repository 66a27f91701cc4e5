"""Matters: the cases that the firm works on."""

from marshmallow import missing

from schemas import rules
from schemas.base import Shape
from schemas.fields import Choice, Guid, Moment, Names, OwnedList, References, Renamed, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import RATE_NAMES
from schemas.v2.custom_fields import custom_field_values
from schemas.v2.lookups import chosen
from schemas.v2.matter_records import (
    AssignmentOnMatter,
    IncomeOnMatter,
    LitigationOnMatter,
    MatterChargeOnMatter,
    PartyOnMatter,
    ServiceOnMatter,
)
from schemas.v2.references import UserReference, to_account


def recorded(shape: type[Shape], link: str) -> OwnedList:
    """Records on the matter; in full, with the firm's own fields, where `$expand` asks for them."""
    return OwnedList(shape, link=link, dump_only=True)


class Matter(Shape):
    """A case that the firm works on for an account."""

    id = Guid()
    account_ref = to_account()
    number = rules.number()
    display_name = Text(dump_only=True, doc="Made from number and name.")
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    notes = Text(doc="Plain text or HTML.")
    rate = Renamed(
        RATE_NAMES,
        attribute="rate_type",
        load_default="UserRate",
        doc=f"How the matter is charged: {', '.join(RATE_NAMES.values())}.",
    )
    open_date = Moment()
    close_date = Moment()
    statute_of_limitation_date = Moment()
    tags = Names(link="tags")
    status = Choice("Closed", "Pending", "Open", "Archived", required=True)
    assigned_to_users = References(UserReference, link="assigned_users")
    custom_field_values = custom_field_values()
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
    external_id = rules.external_id()


class Matter_Detail(Matter):  # noqa: N801 - as the published details are called
    """A matter by itself, with what is recorded on it. That is written at addresses of its own: what a body says of
    it changes nothing. The office and the program stay where a body leaves them out."""

    office = chosen("office", load_default=missing, allow_none=True)
    program = chosen("program", load_default=missing, allow_none=True)
    adverse_parties = recorded(PartyOnMatter, "adverse_parties")
    non_adverse_parties = recorded(PartyOnMatter, "non_adverse_parties")
    assignments = recorded(AssignmentOnMatter, "assignments")
    charges = recorded(MatterChargeOnMatter, "charges")
    incomes = recorded(IncomeOnMatter, "incomes")
    litigations = recorded(LitigationOnMatter, "litigations")
    services = recorded(ServiceOnMatter, "services")


class MatterExclusions(Shape):
    """Whom a matter is kept from."""

    id = Guid(dump_only=True)
    excluded_users = References(UserReference, link="excluded_users", required=True, load_default=missing)
