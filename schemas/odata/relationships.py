"""Relationships: who else has to do with a matter."""

from schemas.base import Shape
from schemas.fields import Guid, Moment, Navigates, Text


class Relationship(Shape):
    id = Guid()
    name = Text()
    notes = Text()
    contact_id = Guid()
    matter_id = Guid()
    created_at = Moment()
    updated_at = Moment()
    contact = Navigates(link="contact", to="Contact")
    matter = Navigates(link="matter", to="Matter")
