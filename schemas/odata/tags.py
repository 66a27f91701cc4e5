"""Labels on accounts, matters and activities."""

from schemas.fields import Choice, Text
from schemas.odata.entity import Entity, made, tied


class Tag(Entity):
    """A label; it is made by the first record that carries it."""

    id = tied()
    tag_for = Choice("Account", "Matter", "Activity", dump_only=True)
    name = Text(required=True, max_length=100, blank=False, trimmed=True)
    created_at = made()
