"""What is recorded on matters besides the work. Each kind has two shapes: as its matter shows it, and by itself with
its matter and what it has in the firm's own fields."""

from schemas.base import Shape
from schemas.fields import Choice, Email, Flag, Guid, Moment, Number, Reference, Text, Whole
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import INCOME_PERIODS, external_unique_id
from schemas.v2.custom_fields import custom_field_values
from schemas.v2.lookups import chosen
from schemas.v2.references import OrganizationReference, UserReference, to_matter


class ByItself(Shape):
    """What a record shows by itself beyond what its matter shows of it."""

    matter_ref = to_matter(required=True)
    custom_field_values = custom_field_values()
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)


class PartyOnMatter(Shape):
    """A person or an organization that a matter has to do with, on the other side of it or on neither side."""

    id = Guid()
    display_name = Text(dump_only=True, doc="Made from the organization's name, or the person's.")
    first_name = Text(max_length=NAME_LENGTH)
    middle_name = Text(max_length=NAME_LENGTH)
    last_name = Text(max_length=NAME_LENGTH)
    suffix = Text(max_length=NAME_LENGTH)
    organization_name = Text(max_length=NAME_LENGTH)
    aliases = Text(doc="Other names that the party goes by, with commas between.")
    employer = Text(max_length=NAME_LENGTH)
    relationship_type = chosen("relationship_type")
    business_type = chosen("business_type")
    language = chosen("language")
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
    is_alert = Flag(load_default=False, doc="Whether those who work on the matter are to be warned.")
    is_family_member = Flag(load_default=False)
    is_household_member = Flag(load_default=False)
    is_potential_conflict = Flag(load_default=False)
    notes = Text()


class Party(PartyOnMatter, ByItself):
    """A party by itself."""


class MatterChargeOnMatter(Shape):
    """An offence that somebody is charged with in a matter."""

    id = Guid()
    lookup_charge = chosen("charge")
    charge_category = chosen("charge_category")
    charge_outcome = chosen("charge_outcome")
    statute_number = Text()
    penalty_class = Text()
    warrant_number = Text()
    charge_date = Moment()
    arraignment_date = Moment()
    charge_reduction_date = Moment()
    disposition_date = Moment()
    top_charge = Flag(
        attribute="is_top_charge",
        load_default=False,
        doc="Whether it is the gravest of the matter. At most one is: setting it takes the mark from the other.",
    )
    note = Text()
    issue_note = Text()
    external_id = external_unique_id()


class MatterCharge(MatterChargeOnMatter, ByItself):
    """A charge by itself."""


class IncomeOnMatter(Shape):
    """What the client of a matter, or somebody in the household, lives on."""

    id = Guid()
    type = chosen("type")
    amount = Number(14, 2, minimum=0, required=True, doc="In dollars a period.")
    period = Choice(*INCOME_PERIODS, required=True)
    other_family = Text(doc="Whose it is, where it is not the client's.")
    is_excluded = Flag(data_key="exclude", load_default=False, doc="Whether it does not count.")
    notes = Text()


class Income(IncomeOnMatter, ByItself):
    """An income by itself."""


class LitigationOnMatter(Shape):
    """A proceeding before a court or an agency."""

    id = Guid()
    court_ref = Reference(
        OrganizationReference,
        attribute="court_id",
        link="court",
        doc="The account that the court is kept as.",
    )
    court_text = Text(doc="The court, where it is not kept as an account.")
    court_number = Text()
    court_calendar = Text()
    caption = Text()
    docket = Text(doc="The case number that the court gave.")
    cause_of_action = Text()
    judge = Text()
    adverse_party = Text()
    litigation_relationship = chosen("litigation_relationship")
    filing_type = chosen("filing_type")
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


class Litigation(LitigationOnMatter, ByItself):
    """A litigation by itself."""


class ServiceOnMatter(Shape):
    """A piece of help that a client got, such as advice, or an application that was filed."""

    id = Guid()
    title = Text()
    type = chosen("type")
    decision = chosen("decision")
    funding_code = chosen("funding_code")
    start_date = Moment(doc="Left out, today.")
    end_date = Moment()
    closed = Flag(attribute="is_closed", load_default=False)
    closed_by = Reference(UserReference, attribute="closed_by_id", link="closed_by")
    active = Flag(attribute="is_active", load_default=True)
    note = Text()
    external_id = external_unique_id()


class Service(ServiceOnMatter, ByItself):
    """A service by itself."""


class AssignmentOnMatter(Shape):
    """Somebody's work on a matter, until it ends."""

    id = Guid()
    user_ref = Reference(UserReference, attribute="user_id", link="user", required=True)
    type = chosen("type")
    office = chosen("office")
    program = chosen("program")
    start_date = Moment(doc="Left out, today.")
    end_date = Moment(
        doc="Set when the assignment has ended; the user is then no longer assigned to the matter."
    )
    date_requested = Moment()
    confirmed = Flag(attribute="is_confirmed", load_default=False)
    assigned_by = Reference(UserReference, attribute="created_by_id", link="created_by", dump_only=True)
    notes = Text()


class Assignment(AssignmentOnMatter, ByItself):
    """An assignment by itself."""
