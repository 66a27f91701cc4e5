"""What entries are charged under and records are labelled with."""

from schemas.base import Shape
from schemas.fields import Guid, Moment, Text


class Item(Shape):
    """A service or product on the price list."""

    id = Guid()
    name = Text()
    code = Text()


class Tag(Shape):
    """A label; it is reached only from what it labels."""

    name = Text()
    created_at = Moment()
