"""Files: what is known of an uploaded document. Its content is a download of its own."""

from schemas.base import Shape
from schemas.fields import Guid, Moment, Navigates, Text, Whole


class File(Shape):
    id = Guid()
    file_name = Text()
    description = Text()
    size = Whole(bits=64, doc="In bytes.")
    content_type = Text()
    account_id = Guid()
    matter_id = Guid()
    activity_id = Guid()
    created_at = Moment()
    updated_at = Moment()
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
    activity = Navigates(link="activity", to="Activity")
    created_by = Navigates(link="created_by", to="User")
