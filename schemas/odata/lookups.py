"""What can be chosen in the firm's lists."""

from schemas.fields import Flag, Guid, Navigates, Text, Whole
from schemas.odata.entity import Entity, made


class LookupValue(Entity):
    """A value to choose: an office, a kind of charge, or an option of a custom field."""

    id = Guid()
    lookup_id = Whole(dump_only=True)
    table_name = Text(dump_only=True)
    name = Text(dump_only=True)
    is_active = Flag(dump_only=True)
    external_id = Text(dump_only=True)
    custom_field_id = Guid(dump_only=True)
    created_at = made()
    updated_at = made()
    custom_field = Navigates(link="custom_field", to="CustomField")
