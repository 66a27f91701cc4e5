"""What v1 publishes and Matterbase does not keep: documented, and null in every answer."""

from __future__ import annotations

from schemas.fields import Choice, Flag, Guid, Moment, Number, Reference, Text, Whole, always
from schemas.v1.camel import CamelShape
from schemas.v1.references import RoleRef, UserRef

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
FREQUENCIES = ("Never", "Daily", "Weekly", "BiWeekly", "Monthly", "Yearly", "Weekdays", "Monthly_On_Day")


class PortalDTO(CamelShape):
    """A contact's access to the client portal."""

    is_enabled = Flag()
    last_login_date = Moment()


class PresetProjectRateRef(CamelShape):
    name = Text()
    description = Text()
    guid = Guid()


class ProjectRateDTO(CamelShape):
    user = Reference(UserRef)
    role = Reference(RoleRef)
    user_guid = Guid()
    role_guid = Guid()
    hourly_rate = Number(12, 4)
    rate_type = Choice("User", "Role", "Everyone")


class InterestOptions(CamelShape):
    is_charge_interest = Flag()
    annual_percent = Number(7, 4)
    interest_type = Choice("Simple", "Compound")
    charge_each_num_of_days = Whole()


class RecurrenceDTO(CamelShape):
    is_modify_recurrence = Flag()
    day_of_week = Choice(*DAYS)
    day_of_month = Whole()
    month_of_year = Choice(*MONTHS)
    stop_date = Moment()
    max_num_of_occurences = Whole()
    repeat_every = Whole()
    frequency = Choice(*FREQUENCIES)
    guid = Guid()


class LawToolboxCourtRuleRef(CamelShape):
    id = Guid()
    toolset_name = Text()


class BankAccount(CamelShape):
    """An inner record of the published service, shown in one place; see BankAccountRef for what it is."""

    guid = Guid()
    name = Text()


class Activity(CamelShape):
    """An inner record of the published service, shown in two places; see ActivityDTO for what it is."""

    guid = Guid()
    subject = Text()


class ActivityConditionalTask(CamelShape):
    """A task that is made when another is done."""

    guid = Guid()
    subject = Text()


def no_such(thing: str) -> Guid:
    """A reference that cannot be set, because there is nothing of the kind."""
    return always(Guid(), None, refuses=f"There is no such {thing}.")


def nameless() -> Text:
    """The name of something that there is nothing of."""
    return always(Text(), None)


def off(refuses: str | None = None) -> Flag:
    """A switch that nobody can turn on; without a word to say, turning it on is ignored."""
    return always(Flag(), False, refuses=refuses)
