"""The people who work at the firm."""

from schemas.base import Shape
from schemas.fields import Flag, Guid, Moment, Text


class User(Shape):
    id = Guid()
    display_name = Text()
    first_name = Text()
    middle_name = Text()
    last_name = Text()
    email = Text()
    is_active = Flag()
    created_at = Moment()
    updated_at = Moment()
