"""How one record shows another."""

from schemas.fields import Choice, Flag, Guid, Text, Whole, always
from schemas.v1.camel import CamelShape


class TagDTO(CamelShape):
    name = Text(required=True, blank=False, trimmed=True, max_length=100)


class UserRef(CamelShape):
    guid = Guid(attribute="id")
    display_name = Text(dump_only=True)
    name = Text(attribute="display_name", dump_only=True)
    time_zone_id = Text()


class AccountRef(CamelShape):
    name_and_number = Text(dump_only=True)
    guid = Guid(attribute="id")
    utbms_is_enabled = Flag()
    id = Whole(bits=64, attribute="legacy_id", dump_only=True)


class ProjectRef(CamelShape):
    name_and_number = Text(dump_only=True)
    guid = Guid(attribute="id")
    account_guid = Guid(attribute="account_id")
    id = Whole(bits=64, attribute="legacy_id", dump_only=True)


class ContactRef(CamelShape):
    first_name = Text()
    last_name = Text()
    middle_name = Text()
    account_name = Text(attribute="account.display_name", dump_only=True)
    display_name = Text()
    guid = Guid(attribute="id")
    email = Text()


class ItemRef(CamelShape):
    guid = Guid(attribute="id")
    name = Text(required=True)
    code = Text()
    chart_of_account_id = always(Whole(bits=64), None)


class RoleRef(CamelShape):
    """A role is a word on the user, so it has no GUID."""

    guid = always(Guid(), None)
    name = Text(attribute="role", required=True)


class UtbmsCodeRef(CamelShape):
    """The code is a word on the time entry; the standard's names for the codes are not kept."""

    name = always(Text(), None)
    code = Text(attribute="task_code")


class PresetProjectRateRef(CamelShape):
    name = Text()
    description = Text()
    guid = Guid()


class ActivityRef(CamelShape):
    guid = Guid()
    name = Text(required=True)
    type = Choice("Call", "Task", "Event", "Email", "Note", required=True)
