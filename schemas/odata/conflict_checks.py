"""Conflict checks."""

from schemas.fields import Flag, Guid, Navigates, Text, Whole
from schemas.odata.entity import Entity, made, tied


class ConflictCheck(Entity):
    """A search for names among everybody whom the firm has to do with. `asked` and `matches` are JSON."""

    id = Guid()
    matter_id = tied()
    created_by_id = tied()
    threshold = Whole(dump_only=True)
    match_count = Whole(dump_only=True)
    is_cut = Flag(dump_only=True)
    asked = Text(dump_only=True)
    matches = Text(dump_only=True)
    created_at = made()
    updated_at = made()
    matter = Navigates(link="matter", to="Matter")
    created_by = Navigates(link="created_by", to="User")
