"""Labels on accounts, matters and activities."""

from schemas.base import Shape
from schemas.fields import Moment, Text


class Tag(Shape):
    """A label; it is reached only from what it labels."""

    name = Text()
    created_at = Moment()
