"""The people who work at the firm."""

from schemas.fields import Flag, Group, Guid, Moment, Number, Text
from schemas.v1.camel import CamelShape
from schemas.v1.references import RoleRef


class UserDTO(CamelShape):
    first_name = Text()
    last_name = Text()
    middle_name = Text()
    email = Text(required=True)
    last_login_date = Moment(attribute="last_login_at", dump_only=True)
    is_enabled = Flag(attribute="is_active", load_default=True)
    role = Group(RoleRef)
    created_date = Moment(attribute="created_at", dump_only=True)
    hourly_rate = Number(12, 4, minimum=0)
    guid = Guid(attribute="id")
    display_name = Text(dump_only=True)
    name = Text(attribute="display_name", dump_only=True)
    time_zone_id = Text()
