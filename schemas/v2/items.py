"""Items: the firm's price list."""

from schemas.base import Shape
from schemas.fields import Guid, Moment, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import price


class Item(Shape):
    """A service or product that the firm charges for."""

    id = Guid()
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    code = Text(max_length=NAME_LENGTH)
    description = Text()
    rate = price(required=True)
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
