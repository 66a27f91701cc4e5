"""Notes that the firm takes on its matters."""

from schemas.base import Shape
from schemas.fields import Guid, Moment, Names, References, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.v2.references import UserReference, to_account_of_matter, to_matter


class Note(Shape):
    """Something to be remembered."""

    id = Guid()
    account_ref = to_account_of_matter()
    matter_ref = to_matter()
    subject = Text(required=True, blank=False, max_length=NAME_LENGTH)
    note = Text(attribute="description")
    assigned_to_users = References(UserReference, link="assigned_users")
    date = Moment()
    tags = Names(link="tags")
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
