"""What is recorded on matters besides the work."""

from schemas.fields import ENTITIES, Choice, Email, Flag, Guid, Moment, Navigates, Number, Text, Whole
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import Entity, made
from schemas.rules import INCOME_PERIODS, external_unique_id


def lookup(link: str) -> Navigates:
    return Navigates(link=link, to="LookupValue")


class OnMatter(Entity):
    """What each of them has."""

    matter_id = Guid(required=True)
    created_at = made()
    updated_at = made()
    matter = Navigates(link="matter", to="Matter")
    custom_field_values = Navigates(
        link="custom_field_values", to="CustomFieldValue", many=True, takes=ENTITIES
    )


class Party(OnMatter):
    """A person or an organization on the other side of a matter, or on neither side."""

    fixed = ("is_adverse",)

    id = Guid()
    is_adverse = Flag(required=True)
    display_name = Text(dump_only=True)
    first_name = Text(max_length=NAME_LENGTH)
    middle_name = Text(max_length=NAME_LENGTH)
    last_name = Text(max_length=NAME_LENGTH)
    suffix = Text(max_length=NAME_LENGTH)
    organization_name = Text(max_length=NAME_LENGTH)
    aliases = Text()
    employer = Text(max_length=NAME_LENGTH)
    relationship_type_id = Guid()
    business_type_id = Guid()
    language_id = Guid()
    date_of_birth = Moment()
    email = Email()
    phone_home = Text()
    phone_work = Text()
    phone_mobile = Text()
    phone_fax = Text()
    address_street_1 = Text()
    address_street_2 = Text()
    address_city = Text()
    address_state = Text()
    address_zip_code = Text()
    is_active = Flag(load_default=True)
    is_alert = Flag(load_default=False)
    is_family_member = Flag(load_default=False)
    is_household_member = Flag(load_default=False)
    is_potential_conflict = Flag(load_default=False)
    notes = Text()
    relationship_type = lookup("relationship_type")
    business_type = lookup("business_type")
    language = lookup("language")


class MatterCharge(OnMatter):
    """An offence that somebody is charged with in a matter."""

    id = Guid()
    charge_id = Guid()
    charge_category_id = Guid()
    charge_outcome_id = Guid()
    statute_number = Text()
    penalty_class = Text()
    warrant_number = Text()
    charge_date = Moment()
    arraignment_date = Moment()
    charge_reduction_date = Moment()
    disposition_date = Moment()
    is_top_charge = Flag(load_default=False)
    note = Text()
    issue_note = Text()
    external_id = external_unique_id()
    charge = lookup("charge")
    charge_category = lookup("charge_category")
    charge_outcome = lookup("charge_outcome")


class Income(OnMatter):
    """What the client of a matter, or somebody in the household, lives on."""

    id = Guid()
    type_id = Guid()
    amount = Number(14, 2, minimum=0, required=True)
    period = Choice(*INCOME_PERIODS, required=True)
    other_family = Text()
    is_excluded = Flag(load_default=False)
    notes = Text()
    type = lookup("type")


class Litigation(OnMatter):
    """A proceeding before a court or an agency."""

    id = Guid()
    court_id = Guid()
    court_text = Text()
    court_number = Text()
    court_calendar = Text()
    caption = Text()
    docket = Text()
    cause_of_action = Text()
    judge = Text()
    adverse_party = Text()
    litigation_relationship_id = Guid()
    filing_type_id = Guid()
    application_filing_date = Moment()
    date_served = Moment()
    date_proceeding_initiated = Moment()
    date_proceeding_concluded = Moment()
    default_date = Moment()
    outcome = Text()
    outcome_date = Moment()
    lsc_disclosure_required = Flag(load_default=False)
    number_of_people_served = Whole()
    notes = Text()
    external_id = external_unique_id()
    court = Navigates(link="court", to="Account")
    litigation_relationship = lookup("litigation_relationship")
    filing_type = lookup("filing_type")


class Service(OnMatter):
    """A piece of help that a client got."""

    id = Guid()
    title = Text()
    type_id = Guid()
    decision_id = Guid()
    funding_code_id = Guid()
    start_date = Moment()
    end_date = Moment()
    is_closed = Flag(load_default=False)
    closed_by_id = Guid()
    is_active = Flag(load_default=True)
    note = Text()
    external_id = external_unique_id()
    type = lookup("type")
    decision = lookup("decision")
    funding_code = lookup("funding_code")
    closed_by = Navigates(link="closed_by", to="User")


class Assignment(OnMatter):
    """Somebody's work on a matter, until it ends."""

    id = Guid()
    user_id = Guid(required=True)
    type_id = Guid()
    office_id = Guid()
    program_id = Guid()
    start_date = Moment()
    end_date = Moment()
    date_requested = Moment()
    is_confirmed = Flag(load_default=False)
    notes = Text()
    user = Navigates(link="user", to="User")
    type = lookup("type")
    office = lookup("office")
    program = lookup("program")
