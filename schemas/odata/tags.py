"""Labels on accounts, matters and activities."""

from schemas.fields import Text
from schemas.odata.entity import Entity, made


class Tag(Entity):
    """A label; it is reached only from what it labels."""

    name = Text(required=True, max_length=100, blank=False, trimmed=True)
    created_at = made()
