"""Files: what is known of an uploaded document. Its content is a download of its own."""

from schemas.fields import Guid, Navigates, Text, Whole
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import Entity, made


class File(Entity):
    id = Guid()
    file_name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    description = Text()
    size = Whole(bits=64, dump_only=True, doc="In bytes.")
    content_type = Text(dump_only=True)
    account_id = Guid()
    matter_id = Guid()
    activity_id = Guid()
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    activity = Navigates(link="activity", to="Activity")
    created_by = Navigates(link="created_by", to="User")
