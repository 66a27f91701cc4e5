"""The people who work at the firm."""

from schemas.base import Shape
from schemas.fields import Flag, Guid, Moment, Text
from schemas.rules import external_unique_id


class User(Shape):
    id = Guid()
    is_active = Flag(doc="Left out, it stays as it is; whoever is new is active.")
    display_name = Text(dump_only=True, doc="Made from the name, or else the email address.")
    first_name = Text()
    last_name = Text()
    middle_name = Text()
    email = Text(doc="Whom it signs in.")
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
    external_unique_id = external_unique_id()
