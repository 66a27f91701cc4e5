"""The people who work at the firm."""

from schemas.fields import Choice, Guid, Number, Text
from schemas.praxis.references import made
from schemas.v1.camel import CamelShape


class User(CamelShape):
    """Somebody who works at the firm."""

    id = Guid()
    name = Text(attribute="display_name", dump_only=True)
    first_name = Text()
    last_name = Text()
    email = Text()
    role = Choice("administrator", "member", dump_only=True)
    hourly_rate = Number(12, 4, dump_only=True)
    created_at = made("created_at")
