"""What entries are charged under."""

from schemas.base import Shape
from schemas.fields import Guid, Text


class Item(Shape):
    """A service or product on the price list."""

    id = Guid()
    name = Text()
    code = Text()
