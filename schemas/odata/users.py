"""The people who work at the firm."""

from schemas.fields import Flag, Guid, Text
from schemas.odata.entity import Entity, made


class User(Entity):
    id = Guid()
    display_name = Text()
    first_name = Text()
    middle_name = Text()
    last_name = Text()
    email = Text()
    is_active = Flag()
    created_at = made()
    updated_at = made()
