"""Relationships: who else has to do with a matter."""

from schemas.fields import Guid, Navigates, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import Entity, made


class Relationship(Entity):
    id = Guid()
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    notes = Text()
    contact_id = Guid(required=True)
    matter_id = Guid(required=True)
    created_at = made()
    updated_at = made()
    contact = Navigates(link="contact", to="Contact")
    matter = Navigates(link="matter", to="Matter")
