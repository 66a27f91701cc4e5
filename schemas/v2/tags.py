"""Labels on accounts, matters and activities."""

from schemas.base import Shape
from schemas.fields import Moment, Text


class Tag(Shape):
    created_at = Moment(dump_only=True)
    name = Text()
